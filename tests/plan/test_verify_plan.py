"""`tfgen verify-plan` as people and CI use it, in real repositories of git."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.project import Result, RunTfgen
from tests.support.rendering import CATALOGUE
from tests.support.repository import Repository
from tests.support.terminal import Terminal

TWO = CATALOGUE.replace('"busybox:1"', '"busybox:1", desired_count: 2')
BROKEN = CATALOGUE.replace("worker", "wroker")
SERVICE = "module.shop.aws_ecs_service.mail"
MAKE_IT = "make it with `terraform plan -out=plan.tfplan && terraform show -json plan.tfplan > plan.json`"
SAME = "holds: the catalogue's change since HEAD implies nothing, and nothing is planned\n"
DIFFERENT_CLUSTER = """\
resource "aws_ecs_cluster" "this" {
  name = "{{ catalogue.names.cluster }}-x"
  tags = local.common_tags
}
"""


def change(address: str, *actions: str, **details: Any) -> dict[str, Any]:
    return {"address": address, "mode": "managed", "change": {"actions": actions, **details}}


COUNTED = change(SERVICE, "update", before={"desired_count": 1}, after={"desired_count": 2})


class Project:
    """A repository with a catalogue, in which tfgen runs, and a plan beside it."""

    def __init__(self, repository: Repository, run_tfgen: RunTfgen) -> None:
        self.repository, self.root = repository, repository.root
        self._run_tfgen = run_tfgen
        self.plans()

    def says(self, catalogue: str, folder: str = ".") -> Project:
        self.repository.write(f"{folder}/services.yaml", catalogue)
        return self

    def commits(self, catalogue: str, folder: str = ".") -> Project:
        self.says(catalogue, folder).repository.commit()
        return self

    def plans(self, *changes: dict[str, Any], **members: Any) -> Project:
        plan = {"format_version": "1.2", "planned_values": {}, "resource_changes": changes, **members}
        self.repository.write("plan.json", json.dumps(plan))
        return self

    def run(self, *arguments: str, folder: str = ".") -> Result:
        return self._run_tfgen(*arguments, cwd=self.root / folder)

    def verify(self, *options: str) -> Result:
        return self.run("verify-plan", "plan.json", *options)

    def contents(self) -> dict[str, tuple[bytes, int]]:
        files = (path for path in sorted(self.root.rglob("*")) if path.is_file() and ".git" not in path.parts)
        return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.fixture
def project(repository: Repository, run_tfgen: RunTfgen) -> Project:
    return Project(repository, run_tfgen).commits(CATALOGUE)


def failed(result: Result) -> str:
    """Return the one line of an error: it is told on stderr, without a traceback, and nothing goes to stdout."""
    assert (result.exit_code, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    return line


def rows(result: Result) -> dict[str, list[str]]:
    """Return the table's rows by address: what is implied, what is planned, and the verdict."""
    heading, *lines = [line.rstrip() for line in result.stdout.splitlines()]
    starts = [heading.index(word) for word in ("ADDRESS", "IMPLIED", "PLANNED", "VERDICT")]
    cells = [
        [line[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True)] for line in lines
    ]
    return {address: rest for address, *rest in cells}


# --- holds, broken


def test_a_plan_of_nothing_holds_where_nothing_has_changed(project: Project) -> None:
    assert project.verify() == Result(0, "", SAME)


def test_a_plan_that_does_what_the_uncommitted_change_implies_holds(project: Project) -> None:
    result = project.says(TWO).plans(COUNTED).verify()

    assert (result.exit_code, [line.rstrip() for line in result.stdout.splitlines()]) == (
        0,
        [
            "ADDRESS                           IMPLIED  PLANNED  VERDICT",
            "module.shop.aws_ecs_service.mail  update   update   holds",
        ],
    )
    assert result.stderr == "holds: the plan does what the catalogue's change since HEAD implies, and nothing else\n"


def test_a_plan_that_does_less_is_broken(project: Project) -> None:
    result = project.says(TWO).verify()

    assert result.exit_code == 2
    assert rows(result) == {SERVICE: ["update", "nothing", "missing"]}
    assert result.stderr == "broken: 1 of 1 resource does not do what the catalogue's change since HEAD implies\n"


def test_a_plan_that_does_more_is_broken(project: Project) -> None:
    result = project.says(TWO).plans(COUNTED, change("aws_vpc.a", "delete")).verify()

    assert result.exit_code == 2
    assert rows(result) == {
        SERVICE: ["update", "update", "holds"],
        "aws_vpc.a": ["nothing", "destroy", "not implied: it is outside of module.shop"],
    }
    assert result.stderr == "broken: 1 of 2 resources does not do what the catalogue's change since HEAD implies\n"


def test_a_plan_of_another_commit_is_broken(project: Project) -> None:
    project.says(TWO.replace("desired_count: 2", "desired_count: 3"))

    result = project.plans(COUNTED).verify()

    assert result.exit_code == 2
    assert rows(result)[SERVICE] == ["update", "update", "desired_count is not what is rendered"]


def test_what_is_committed_already_is_no_change_since_head(project: Project) -> None:
    project.commits(TWO)

    assert project.verify() == Result(0, "", SAME)
    assert project.verify("--base", "HEAD~1").exit_code == 2
    assert project.plans(COUNTED).verify("--base", "HEAD~1").exit_code == 0


@pytest.mark.parametrize("base", ["HEAD~1", "v1", "feature/x", "origin/main"])
def test_the_base_may_be_any_commit(project: Project, base: str) -> None:
    project.repository.git("tag", "v1")
    project.repository.git("branch", "feature/x")
    project.repository.git("update-ref", "refs/remotes/origin/main", "HEAD")
    project.commits(TWO).plans(COUNTED)

    result = project.verify(f"--base={base}")

    assert result.exit_code == 0
    assert result.stderr == f"holds: the plan does what the catalogue's change since {base} implies, and nothing else\n"


def test_the_generated_files_need_not_be_rendered(project: Project) -> None:
    """The plan is of what a render writes; whether that is on disk is what `check` tells."""
    assert not (project.root / "out").exists()
    assert project.says(TWO).plans(COUNTED).verify().exit_code == 0


def test_without_a_catalogue_at_the_base_everything_is_created(project: Project) -> None:
    project.repository.git("rm", "--cached", "--quiet", "services.yaml")
    project.repository.git("commit", "--quiet", "--message=x")

    result = project.verify()

    assert result.exit_code == 2
    found = rows(result)
    assert {tuple(row) for row in found.values()} == {("create", "nothing", "missing")}
    assert {SERVICE, "module.shop.aws_ecs_cluster.this", "module.shop.aws_iam_role.task"} <= found.keys()
    project.plans(*(change(address, "create", after={}) for address in found))
    assert project.verify().exit_code == 0


def test_a_module_that_is_called_otherwise_is_destroyed_and_created(project: Project) -> None:
    project.says(CATALOGUE.replace("module.shop", "module.store"))

    result = project.verify()

    assert result.exit_code == 2
    found = rows(result)
    assert found[SERVICE] == ["destroy", "nothing", "missing"]
    assert found[SERVICE.replace("shop", "store")] == ["create", "nothing", "missing"]
    actions = {"destroy": "delete", "create": "create"}
    project.plans(*(change(address, actions[implied], after={}) for address, (implied, *_) in found.items()))
    assert project.verify().exit_code == 0


def test_a_hand_written_file_is_taken_as_it_is_in_the_work_tree(project: Project) -> None:
    project.repository.write("out/mine.tf", 'resource "aws_lb" "mine" {\n  tags = local.common_tags\n}\n')
    assert project.verify() == Result(0, "", SAME)

    project.says(CATALOGUE.replace("network:", "tags: {a: b}\nnetwork:"))

    assert rows(project.verify())["module.shop.aws_lb.mine"] == ["update", "nothing", "missing"]


def test_the_templates_of_the_base_are_those_of_the_base(project: Project) -> None:
    project.repository.commit(**{"templates/module/cluster.tf.j2": DIFFERENT_CLUSTER})
    assert project.verify() == Result(0, "", SAME)

    (project.root / "templates/module/cluster.tf.j2").unlink()

    result = project.verify()
    assert result.exit_code == 2
    assert rows(result)["module.shop.aws_ecs_cluster.this"] == ["replace", "nothing", "missing"]


def test_a_new_template_is_a_change_since_the_base(project: Project) -> None:
    project.repository.write("templates/module/cluster.tf.j2", DIFFERENT_CLUSTER)

    result = project.verify()

    assert rows(result)["module.shop.aws_ecs_cluster.this"] == ["replace", "nothing", "missing"]


# --- which catalogue


@pytest.mark.parametrize("options", ["-C sub", "--catalogue sub/services.yaml"])
def test_the_catalogue_may_be_in_a_subfolder(project: Project, options: str) -> None:
    project.commits(CATALOGUE, "sub").says(BROKEN).says(TWO, "sub")
    project.plans(COUNTED)

    before = project.run(*options.split(), "verify-plan", "plan.json")
    behind = project.run("verify-plan", "plan.json", *options.split())

    assert before == behind
    assert before.exit_code == 0
    assert list(rows(before)) == [SERVICE]


def test_templates_are_those_beside_the_catalogue_in_a_subfolder(project: Project) -> None:
    project.says(CATALOGUE, "sub")
    project.repository.commit(**{"sub/templates/module/cluster.tf.j2": DIFFERENT_CLUSTER})
    assert project.verify("-C", "sub") == Result(0, "", SAME)

    (project.root / "sub/templates/module/cluster.tf.j2").unlink()

    assert "module.shop.aws_ecs_cluster.this" in rows(project.verify("-C", "sub"))


def test_tfgen_may_run_within_a_subfolder(project: Project) -> None:
    project.says(TWO, ".").plans(COUNTED)
    (project.root / "deep").mkdir()

    assert project.run("verify-plan", "../plan.json", "-C", "..", folder="deep").exit_code == 0


def test_a_catalogue_that_was_renamed_is_a_new_one(project: Project) -> None:
    (project.root / "services.yaml").rename(project.root / "shop.yaml")

    found = rows(project.verify("--catalogue", "shop.yaml"))

    assert {tuple(row) for row in found.values()} == {("create", "nothing", "missing")}


def test_a_catalogue_behind_a_symbolic_link_is_no_new_one(project: Project) -> None:
    """Git keeps of a link where it leads. Not to follow it is an error, and nothing that implies a whole module."""
    (project.root / "link.yaml").symlink_to("services.yaml")
    project.repository.commit()

    assert project.verify("--catalogue", "link.yaml").exit_code in (0, 1)


# --- errors


@pytest.mark.usefixtures("git_of_its_own")
def test_outside_of_a_repository_it_is_an_error(tmp_path: Path, run_tfgen: RunTfgen) -> None:
    (tmp_path / "services.yaml").write_text(CATALOGUE, "utf-8")

    assert failed(run_tfgen("verify-plan", "plan.json", cwd=tmp_path)) == (
        "HEAD: git fails: not a git repository (or any of the parent directories): .git; "
        "run tfgen within the repository that holds the catalogue, or give --base-file FILE"
    )


@pytest.mark.parametrize(
    ("option", "shown"),
    [
        ("--base=nope", "nope"),
        ("--base=origin/nope", "origin/nope"),
        ("--base=--help", "--help"),
        ("--base=-x", "-x"),
        ("--base=--output=services.yaml", "--output=services.yaml"),
        ("--base=HEAD:services.yaml", "HEAD:services.yaml"),
        ("--base=\x1b[2J", "\\x1b[2J"),
    ],
)
def test_an_unknown_revision_is_an_error(project: Project, option: str, shown: str) -> None:
    before = project.contents()

    assert failed(project.verify(option)) == (
        f"{shown}: git does not know this commit; "
        "name a commit, a branch or a tag with --base REV, or give --base-file FILE"
    )
    assert project.contents() == before


def test_an_empty_revision_is_not_taken_for_head(project: Project) -> None:
    """As `--base "$BASE"` is where the variable is not set: HEAD would have every committed change pass unseen."""
    assert project.commits(TWO).verify("--base=").exit_code == 1


def test_a_repository_without_commits_is_an_error(repository: Repository, run_tfgen: RunTfgen) -> None:
    result = Project(repository, run_tfgen).says(CATALOGUE).verify()

    assert failed(result) == (
        "HEAD: git does not know this commit; "
        "name a commit, a branch or a tag with --base REV, or give --base-file FILE"
    )


def test_without_git_it_is_an_error(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))

    assert failed(project.verify()) == (
        "HEAD: no absolute folder in PATH holds git; install git, add its folder to PATH, or give --base-file FILE"
    )


@pytest.mark.parametrize("base", ["HEAD", "v1"])
def test_a_fault_of_the_base_catalogue_is_told_at_its_place_in_the_base(project: Project, base: str) -> None:
    project.commits(BROKEN).repository.git("tag", "v1")
    project.says(CATALOGUE)

    assert failed(project.verify("--base", base)) == (
        f"{base}:services.yaml:6:16: services.mail.kind: `wroker` is not a kind of service; "
        "name another revision with --base REV, or another catalogue with --base-file FILE"
    )


def test_a_fault_of_the_base_catalogue_in_a_subfolder_is_told_with_its_path(project: Project) -> None:
    project.commits(BROKEN, "sub").says(CATALOGUE, "sub")

    assert failed(project.verify("-C", "sub")).startswith("HEAD:sub/services.yaml:6:16: services.mail.kind: ")


@pytest.mark.parametrize(
    ("catalogue", "place"),
    [("", "HEAD:services.yaml:1:1: "), ("[]", "HEAD:services.yaml:1:1: "), ("a: [", "HEAD:services.yaml:2:1: ")],
)
def test_a_base_catalogue_that_is_none_is_an_error(project: Project, catalogue: str, place: str) -> None:
    project.commits(catalogue).says(CATALOGUE)

    assert failed(project.verify()).startswith(place)


def test_a_base_catalogue_that_is_not_utf_8_is_an_error(project: Project) -> None:
    project.repository.commit(**{"services.yaml": b"version: 1\nproject: \xff\n"})
    project.says(CATALOGUE)

    assert failed(project.verify()).startswith("HEAD:services.yaml:2:10: ")


def test_a_fault_of_the_catalogue_in_the_work_tree_is_told_at_its_place(project: Project) -> None:
    assert failed(project.says(BROKEN).verify()).startswith("services.yaml:6:16: services.mail.kind: `wroker` ")


def test_a_missing_catalogue_is_an_error(project: Project) -> None:
    (project.root / "services.yaml").unlink()

    assert failed(project.verify()).startswith("services.yaml: no such file; ")


def test_a_missing_folder_is_an_error_of_the_folder(project: Project) -> None:
    assert failed(project.verify("-C", "nope")).startswith("nope/services.yaml: no such file; ")


def test_a_template_of_the_base_that_fails_is_told_at_its_place_in_the_base(project: Project) -> None:
    project.repository.commit(**{"templates/module/cluster.tf.j2": "{{ nope }}\n"})
    (project.root / "templates/module/cluster.tf.j2").unlink()

    assert failed(project.verify()) == (
        "HEAD:templates/module/cluster.tf.j2:1:1: 'nope' is undefined; "
        "name another revision with --base REV, or another catalogue with --base-file FILE"
    )


@pytest.mark.parametrize("template", ['resource "aws_ecs_cluster" "this" {\n  name = "\n}\n', "resource {\n", "}\n"])
def test_a_template_of_the_base_that_wrote_no_hcl_is_an_error(project: Project, template: str) -> None:
    project.repository.commit(**{"templates/module/cluster.tf.j2": template})
    (project.root / "templates/module/cluster.tf.j2").unlink()

    assert failed(project.verify()).startswith("HEAD:")


def test_a_tag_that_reads_all_tags_is_no_reason_for_a_traceback(project: Project) -> None:
    """Terraform refuses a local that reads itself, so such a catalogue has no plan."""
    project.commits(CATALOGUE.replace("network:", "tags: {a: '${local.common_tags.b}'}\nnetwork:"))

    assert project.verify().exit_code in (0, 1)


def test_what_terraform_alone_refuses_is_no_reason_for_a_traceback(project: Project) -> None:
    project.commits(CATALOGUE)
    project.repository.write("out/mine.tf", "locals {\n  a = jsonencode()\n}\n")

    assert project.verify() == Result(0, "", SAME)


@pytest.mark.parametrize("value", ['"\\UFFFFFFFF"', '"\\U00110000"'])
def test_what_is_no_character_is_told_at_its_place(project: Project, value: str) -> None:
    project.commits(CATALOGUE)
    project.repository.write("out/mine.tf", f"locals {{\n  a = {value}\n}}\n")

    assert failed(project.verify()).startswith("out/mine.tf:2:8: ")


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        (None, f"cannot be read: No such file or directory; {MAKE_IT}"),
        ("", f"not JSON: Expecting value: line 1 column 1 (char 0); {MAKE_IT}"),
        ("[]", f"not a plan: it is not an object of JSON; {MAKE_IT}"),
        (
            '{"format_version": "1.0", "values": {}}',
            f"not a plan: it lacks format_version or planned_values; {MAKE_IT}",
        ),
    ],
)
def test_what_is_no_plan_is_an_error(project: Project, plan: str | None, message: str) -> None:
    file = project.root / "plan.json"
    file.unlink() if plan is None else file.write_text(plan, "utf-8")

    assert failed(project.verify()) == f"plan.json: {message}"


def test_a_plan_that_calls_another_module_is_an_error(project: Project) -> None:
    project.plans(configuration={"root_module": {"module_calls": {"shops": {"module": {}}}}})

    assert failed(project.verify()) == (
        "plan.json: the plan's configuration does not call module.shop; "
        "did you mean `module.shops`? Set `module.address` in the catalogue"
    )


@pytest.mark.parametrize(
    "arguments", ["verify-plan", "verify-plan plan.json more", "verify-plan plan.json --base", "verify-plan --nope x"]
)
def test_a_usage_error_exits_with_1(project: Project, arguments: str) -> None:
    result = project.run(*arguments.split())

    assert (result.exit_code, result.stdout) == (1, "")
    assert "Error: " in result.stderr


def test_help_says_what_the_codes_are(project: Project) -> None:
    result = project.run("verify-plan", "--help")

    assert (result.exit_code, result.stderr) == (0, "")
    text = " ".join(result.stdout.split())
    assert result.stdout.startswith("Usage: tfgen verify-plan [OPTIONS] PLAN.json")
    assert "--base REV" in text
    assert "Exits with 0 if the plan does everything that the change implies and nothing else, 1 on an error, 2" in text


# --- streams, files, terminals


def test_nothing_is_written(project: Project) -> None:
    project.says(TWO)
    before = project.contents()

    assert project.verify().exit_code == 2
    assert project.contents() == before
    assert project.repository.git("status", "--porcelain") == "M services.yaml"


def test_no_value_of_the_plan_is_printed(project: Project) -> None:
    secret = {"desired_count": "hunter2", "password": "hunter2", "tags": {"hunter2": "hunter2"}}
    project.says(TWO).plans(
        change(SERVICE, "update", before=secret | {"desired_count": 1}, after=secret),
        change("aws_db_instance.a", "update", before={"password": "hunter1"}, after=secret),
        change("module.shop.aws_ecs_cluster.this", "create", after=secret),
    )

    result = project.verify()

    assert result.exit_code == 2
    assert "hunter" not in result.stdout + result.stderr


def test_no_control_character_of_a_plan_reaches_a_terminal(project: Project) -> None:
    project.plans(change('aws_lb.a["\x1b]0;owned\x07\u202e\n"]', "create"), change("aws_lb.b", "\x1b[2J"))

    result = project.verify()

    shown = result.stdout + result.stderr
    assert [character for character in shown if not (character.isprintable() or character == "\n")] == []
    assert len(result.stdout.splitlines()) == 3


def _on_terminal(project: Project, monkeypatch: pytest.MonkeyPatch) -> str:
    terminal = Terminal()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", terminal)
        assert project.says(TWO).plans(COUNTED, change("aws_vpc.a", "delete")).verify().exit_code == 2
    return terminal.text()


@pytest.fixture
def no_colour_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "200")


@pytest.mark.usefixtures("no_colour_wish")
def test_what_breaks_the_contract_is_red_on_a_terminal(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = _on_terminal(project, monkeypatch).splitlines()

    assert [("\x1b[31m" in line) for line in lines if "aws_vpc.a" in line] == [True]
    assert [("\x1b[31m" in line) for line in lines if SERVICE in line] == [False]


@pytest.mark.usefixtures("no_colour_wish")
def test_no_color_gives_a_plain_table_on_a_terminal(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    shown = _on_terminal(project, monkeypatch)

    assert "aws_vpc.a" in shown
    assert "\x1b" not in shown


@pytest.mark.usefixtures("no_colour_wish")
def test_a_table_for_a_program_is_plain_and_nothing_is_cut_off(project: Project) -> None:
    address = f"module.network.aws_subnet.a[{'x' * 300!r}]"

    result = project.says(TWO).plans(COUNTED, change(address, "delete")).verify()

    assert "\x1b" not in result.stdout + result.stderr
    assert rows(result)[address] == ["nothing", "destroy", "not implied: it is outside of module.shop"]
