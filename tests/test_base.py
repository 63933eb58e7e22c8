"""What an edit is compared with: where a pull request began, and what is said if there is no such thing."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.project import Project, RunTfgen
from tests.support.rendering import CATALOGUE, EDITED
from tests.support.repository import Repository

ANOTHER = "name another revision with --base REV, or another catalogue with --base-file FILE"
LANDED = CATALOGUE + '  post: {kind: worker, image: "busybox:1"}\n'
"""What somebody else has merged into `main` meanwhile."""

PLAN = '{"format_version": "1.2", "planned_values": {}, "resource_changes": []}'


@pytest.fixture
def pull_request(repository: Repository) -> Repository:
    """A branch that edits the catalogue, while `main` goes on."""
    repository.commit(**{"services.yaml": CATALOGUE})
    repository.git("checkout", "--quiet", "-b", "feature")
    repository.commit(**{"services.yaml": EDITED})
    repository.git("checkout", "--quiet", "main")
    repository.commit(**{"services.yaml": LANDED})
    repository.git("checkout", "--quiet", "feature")
    return repository


def test_what_landed_meanwhile_is_not_told_as_undone(pull_request: Repository, run_tfgen: RunTfgen) -> None:
    began = pull_request.git("merge-base", "main", "HEAD")
    (pull_request.root / "plan.json").write_text(PLAN, "utf-8")

    changes = run_tfgen("changes", "--base", "main", cwd=pull_request.root)
    report = run_tfgen("report", "--base", "main", cwd=pull_request.root)
    verified = run_tfgen("verify-plan", "plan.json", "--base", "main", cwd=pull_request.root)

    assert changes.stderr == f"1 block changed since {began}: mail changed (in place)\n"
    assert "post" not in changes.stdout + report.stdout + verified.stdout
    assert f"- **Compared with:** `{began}`" in report.stdout
    assert f"tfgen verify-plan plan.json --base {began}\n" in report.stdout
    assert verified.stderr.endswith(f"what the catalogue's change since {began} implies\n")


def test_what_was_merged_into_the_branch_is_not_told_as_done_by_it(
    pull_request: Repository, run_tfgen: RunTfgen
) -> None:
    """So it is in the merge of both that GitHub checks out for a pull request."""
    both = LANDED.replace("mail: {", "mail: {desired_count: 2, ")
    pull_request.git("merge", "--quiet", "--no-commit", "--strategy=ours", "main")
    pull_request.commit(**{"services.yaml": both})

    result = run_tfgen("changes", "--base", "main", cwd=pull_request.root)

    assert result.stderr == "1 block changed since main: mail changed (in place)\n"


def test_a_revision_before_head_is_taken_as_it_is(pull_request: Repository, run_tfgen: RunTfgen) -> None:
    result = run_tfgen("changes", "--base", "HEAD~1", "--format", "json", cwd=pull_request.root)
    assert json.loads(result.stdout)["base"] == "HEAD~1"


def test_a_shallow_clone_tells_how_to_get_the_rest(
    pull_request: Repository, run_tfgen: RunTfgen, tmp_path: Path
) -> None:
    clone = tmp_path / "clone"
    address = f"file://{pull_request.root}"
    pull_request.git("clone", "--quiet", "--depth=1", "--no-single-branch", address, str(clone))

    result = run_tfgen("changes", "--base", "origin/main", cwd=clone)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "origin/main: this clone is shallow, and holds no commit that it has in common with HEAD; "
        "run `git fetch --unshallow`, or set `fetch-depth: 0` where `actions/checkout` is used\n"
    )
    subprocess.run(["git", "fetch", "--quiet", "--unshallow"], cwd=clone, check=True)
    assert run_tfgen("changes", "--base", "origin/main", cwd=clone).exit_code == 0


def test_a_history_of_its_own_tells_so(pull_request: Repository, run_tfgen: RunTfgen) -> None:
    pull_request.git("checkout", "--quiet", "--orphan", "other")
    pull_request.commit()

    result = run_tfgen("changes", "--base", "main", cwd=pull_request.root)

    assert (result.exit_code, result.stderr) == (1, f"main: it has no commit in common with HEAD; {ANOTHER}\n")


def test_what_is_wrong_in_a_commit_is_not_to_be_fixed_there(repository: Repository, run_tfgen: RunTfgen) -> None:
    repository.commit(**{"services.yaml": CATALOGUE.replace("worker", "wroker")})
    repository.write("services.yaml", CATALOGUE)

    result = run_tfgen("changes", cwd=repository.root)

    assert (result.exit_code, result.stderr) == (
        1,
        f"HEAD:services.yaml:6:16: services.mail.kind: `wroker` is not a kind of service; {ANOTHER}\n",
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("changes",),
            "services.yaml: no such file; run tfgen where the catalogue is, or name it with --catalogue FILE",
        ),
        (
            ("changes", "--catalogue", "nope.yaml"),
            "nope.yaml: no such file; run tfgen where the catalogue is, or name it with --catalogue FILE",
        ),
        (
            ("changes", "-C", "nope"),
            "nope/services.yaml: no such file; "
            "name the catalogue's folder with -C DIR, and the catalogue in it with --catalogue FILE",
        ),
        (
            ("changes", "-C", "infra", "--base-file", "nope.yaml"),
            "nope.yaml: no such file; name another file with --base-file FILE",
        ),
        (
            ("changes", "-C", "infra", "--base-file", "."),
            ".: cannot be read: Is a directory; name a readable YAML file with --base-file FILE",
        ),
        (
            ("check", "-C", ".", "--catalogue", "infra"),
            "infra: cannot be read: Is a directory; name a readable YAML file with --catalogue FILE",
        ),
    ],
)
def test_a_remedy_names_the_option_that_was_used(project: Project, arguments: tuple[str, ...], message: str) -> None:
    (project.root / "infra").mkdir()
    shutil.move(project.root / "services.yaml", project.root / "infra")

    result = project.run(*arguments)

    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"{message}\n")
