"""The action for pull requests: its steps, run by bash against git and a stand-in for GitHub."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.paths import ROOT
from tests.support.pull_request import ACTION, STEPS, PullRequest
from tests.support.rendering import CATALOGUE, EDITED

MARK = "<!-- tfgen report of ./services.yaml -->"
HOLD = "Hold the plan to the contract"
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def test_the_report_becomes_a_comment_and_the_summary(pull_request: PullRequest) -> None:
    done = pull_request.report()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (comment,) = pull_request.github.comments
    assert comment["body"].startswith(f"{MARK}\n# Terraform change: `mail` changed\n")
    assert "| `desired_count` | `1` | `2` |" in comment["body"]
    assert comment["body"] == f"{MARK}\n{pull_request.summary.read_text('utf-8')}"
    assert [path for method, path in pull_request.github.calls if method == "POST"] == [
        "/repos/shop/infrastructure/issues/7/comments"
    ]


def test_the_summary_is_there_before_github_is_asked(pull_request: PullRequest) -> None:
    assert pull_request.step("Report").returncode == 0
    assert "`mail` changed" in pull_request.summary.read_text("utf-8")
    assert pull_request.github.calls == []


def test_a_second_run_updates_the_comment(pull_request: PullRequest) -> None:
    github = pull_request.github
    for _ in range(150):
        github.add("LGTM", "somebody")
    pull_request.report()
    (pull_request.clone / "services.yaml").write_text(CATALOGUE.replace("mail", "post"), "utf-8")
    assert pull_request.report().returncode == 0
    reports = [comment["body"] for comment in github.comments if comment["body"].startswith(MARK)]
    assert len(reports) == 1
    assert "`post` added and `mail` removed" in reports[0]
    assert ("PATCH", "/repos/shop/infrastructure/issues/comments/151") in github.calls


def test_what_landed_on_the_base_meanwhile_is_not_told_as_undone(pull_request: PullRequest) -> None:
    pull_request.git(pull_request.origin, "branch", "feature")
    pull_request.git(pull_request.origin, "reset", "--quiet", "--hard", "HEAD~1")
    pull_request.commit({"services.yaml": CATALOGUE + '  post: {kind: worker, image: "busybox:1"}\n'})
    pull_request.git(pull_request.origin, "checkout", "--quiet", "feature")
    pull_request.open({"services.yaml": EDITED, "README.md": "The shop\n"})
    pull_request.inputs["base"] = "refs/remotes/origin/main"

    assert pull_request.report().returncode == 0

    (comment,) = pull_request.github.comments
    assert comment["body"].startswith(f"{MARK}\n# Terraform change: `mail` changed\n")


def test_a_history_that_cannot_be_fetched_is_told_with_the_remedy(pull_request: PullRequest) -> None:
    pull_request.git(pull_request.clone, "fetch", "--quiet", "--depth=1", "origin", pull_request.inputs["base"])
    pull_request.git(pull_request.clone, "remote", "set-url", "origin", f"file://{pull_request.folder}/nowhere")
    done = pull_request.step("Report")
    assert done.returncode == 1
    assert done.stderr.endswith(
        "run `git fetch --unshallow`, or set `fetch-depth: 0` where `actions/checkout` is used\n"
    )


def test_the_base_is_the_branch_that_is_merged_into_and_none_without_a_pull_request() -> None:
    """The id of the base in the event may be older than what GitHub merges."""
    default = ACTION["inputs"]["base"]["default"]
    assert default == "${{ github.base_ref && format('refs/remotes/origin/{0}', github.base_ref) }}"


def test_a_comment_that_is_right_is_left_alone(pull_request: PullRequest) -> None:
    pull_request.report()
    pull_request.github.calls.clear()
    assert pull_request.step("Comment").returncode == 0
    assert pull_request.github.written() == []


def test_a_catalogue_with_an_error_fails_and_reports_nothing(pull_request: PullRequest) -> None:
    (pull_request.clone / "services.yaml").write_text(CATALOGUE.replace("worker", "wroker"), "utf-8")
    done = pull_request.step("Report")
    assert done.returncode == 1
    assert "`wroker` is not a kind of service" in done.stderr
    assert not pull_request.summary.exists()
    assert pull_request.output.read_text("utf-8") == ""


def test_what_the_steps_leave_behind_is_in_the_runners_own_folder(pull_request: PullRequest) -> None:
    before = pull_request.git(pull_request.clone, "status", "--porcelain", "--ignored")
    pull_request.report()
    assert len(list(pull_request.temporary.iterdir())) == 1
    assert pull_request.git(pull_request.clone, "status", "--porcelain", "--ignored") == before


# --- the checkout of a stranger


class Traps:
    """Programs and modules in a checkout, each of which leaves a file behind."""

    def __init__(self, pull_request: PullRequest) -> None:
        self.trace = pull_request.folder / "ran"

    @property
    def has_run(self) -> bool:
        was_there = self.trace.exists()
        self.trace.unlink(missing_ok=True)
        return was_there

    @property
    def program(self) -> str:
        return f"touch '{self.trace}'; false"

    @property
    def module(self) -> str:
        return f"open({str(self.trace)!r}, 'w').close()\n"

    def repository(self) -> dict[str, str]:
        """Return the files of a bare repository that has every program of git run, and another origin."""
        settings = f"""\
[core]
	repositoryformatversion = 1
	bare = true
	fsmonitor = "{self.program}"
	sshCommand = "{self.program}"
[extensions]
	partialClone = origin
[remote "origin"]
	url = .
	promisor = true
	uploadpack = "{self.program}"
	fetch = +refs/heads/*:refs/remotes/origin/*
"""
        names = {"HEAD": "ref: refs/heads/main\n", "objects/keep": "", "refs/heads/keep": "", "config": settings}
        return {f"infra/live/{name}": content for name, content in names.items()}


@pytest.fixture
def traps(pull_request: PullRequest) -> Traps:
    return Traps(pull_request)


def test_no_step_runs_what_a_planted_repository_names(pull_request: PullRequest, traps: Traps) -> None:
    pull_request.open({"infra/live/services.yaml": EDITED, **traps.repository()})
    pull_request.inputs["directory"] = "infra/live"
    unprotected = ["git", "-c", "safe.bareRepository=all", "fetch", "origin", pull_request.inputs["base"]]
    subprocess.run(unprotected, cwd=pull_request.clone / "infra/live", check=False, capture_output=True)
    assert traps.has_run, "the trap does not work"

    for step in ("Check", "Report"):
        done = pull_request.step(step)
        assert not traps.has_run
    assert done.returncode == 1
    assert "infra/live: this folder looks like a git repository" in done.stderr
    assert not pull_request.summary.exists()
    assert pull_request.git(pull_request.clone, "cat-file", "-t", pull_request.inputs["base"]) == "commit\n"


def test_a_hook_in_the_checkout_does_not_run(pull_request: PullRequest, traps: Traps) -> None:
    """Git checks out none, but an archive may hold one. A fetch runs it where it writes the branch of a remote."""
    pull_request.git(pull_request.origin, "branch", "release")
    pull_request.git(pull_request.clone, "config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
    hook = pull_request.clone / ".git/hooks/reference-transaction"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{traps.program}\n", "utf-8")
    hook.chmod(0o755)
    pull_request.inputs["base"] = "release"

    pull_request.step("Report")

    assert not traps.has_run
    pull_request.git(pull_request.clone, "rev-parse", "--verify", "refs/remotes/origin/release")
    subprocess.run(["git", "update-ref", "refs/x", "HEAD"], cwd=pull_request.clone, check=False, capture_output=True)
    assert traps.has_run, "the trap does not work"


NAMES = ["pip", "hatchling", "tfgen", "generator", "action", "cut", "click", "yaml", "json", "urllib", "re"]
MODULES = [*NAMES, "sitecustomize", "usercustomize"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("path", [None, ".", "CHECKOUT"])
def test_no_module_of_the_checkout_is_imported(
    pull_request: PullRequest, traps: Traps, step: str, path: str | None
) -> None:
    for name in MODULES:
        (pull_request.clone / f"{name}.py").write_text(traps.module, "utf-8")
    subprocess.run([sys.executable, "-c", "import json"], cwd=pull_request.clone, check=True)
    assert traps.has_run, "the trap does not work"
    pull_request.step("Report")
    changed = {"PIP_DRY_RUN": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_NO_INDEX": "1"}
    if path is not None:
        changed["PYTHONPATH"] = path.replace("CHECKOUT", str(pull_request.clone))

    if step == HOLD:
        pull_request.plans("plan.json")

    done = pull_request.step(step, **changed)

    assert not traps.has_run
    assert done.returncode == (2 if step in ("Check", HOLD) else 0), done.stderr


@pytest.mark.parametrize("folder", [".", "", "bin", "./bin"])
def test_no_program_of_the_checkout_is_taken_for_git(pull_request: PullRequest, traps: Traps, folder: str) -> None:
    program = pull_request.clone / folder / "git"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f"#!/bin/sh\n{traps.program}\n", "utf-8")
    program.chmod(0o755)
    path = os.pathsep.join([folder, str(Path(sys.executable).parent), os.environ["PATH"]])
    assert pull_request.step("Report", PATH=path).returncode == 0
    assert not traps.has_run


@pytest.mark.parametrize("directory", ["-x", "--help", "-", "$(touch x) `touch x`", "'; touch x; 'é"])
def test_a_directory_of_any_name_is_a_directory(pull_request: PullRequest, directory: str) -> None:
    pull_request.inputs["base"] = pull_request.commit({f"{directory}/services.yaml": CATALOGUE})
    pull_request.open({f"{directory}/services.yaml": EDITED})
    pull_request.inputs["directory"] = directory
    assert pull_request.report().returncode == 0
    (comment,) = pull_request.github.comments
    assert comment["body"].startswith(f"<!-- tfgen report of {re.sub('-+', '-', directory)}/services.yaml -->\n# Terr")
    assert not list(pull_request.clone.rglob("x"))


@pytest.mark.parametrize("catalogue", ["-x", "--help", "-", "$(touch x) `touch x`", "'; touch x; 'é"])
def test_a_catalogue_of_any_name_is_a_catalogue(pull_request: PullRequest, catalogue: str) -> None:
    pull_request.inputs["base"] = pull_request.commit({catalogue: CATALOGUE})
    pull_request.open({catalogue: EDITED})
    pull_request.inputs["catalogue"] = catalogue
    assert pull_request.report().returncode == 0
    assert "| `desired_count` | `1` | `2` |" in pull_request.github.comments[0]["body"]
    assert not (pull_request.clone / "x").exists()


@pytest.mark.parametrize("plan", ["plan.json", "-x", "--help", "-", "$(touch x) `touch x`", "'; touch x; 'é"])
def test_a_plan_of_any_name_is_a_plan(pull_request: PullRequest, plan: str) -> None:
    pull_request.plans(plan)
    assert pull_request.report().returncode == 0
    body = pull_request.github.comments[0]["body"]
    assert "| `module.shop.aws_ecs_service.mail` | `update` | `nothing` | `missing` |" in body
    done = pull_request.step(HOLD)
    assert (done.returncode, done.stdout) == (2, "::error title=tfgen::module.shop.aws_ecs_service.mail: missing\n")
    assert done.stderr.startswith("broken: 1 of 1 ")
    assert not (pull_request.clone / "x").exists()


@pytest.mark.parametrize("base", ["--upload-pack=touch x; false", "-x", "--help", "-", "$(touch x)", "; touch x; é"])
def test_a_base_of_any_name_is_a_name(pull_request: PullRequest, base: str) -> None:
    pull_request.inputs["base"] = base
    done = pull_request.step("Report")
    assert done.returncode == 1
    assert f"{base}: git does not know this commit" in done.stderr
    assert not (pull_request.clone / "x").exists()


def test_a_base_that_cannot_be_fetched_is_told(pull_request: PullRequest) -> None:
    pull_request.git(pull_request.clone, "remote", "set-url", "origin", f"file://{pull_request.folder}/nowhere")
    done = pull_request.step("Report")
    assert done.returncode == 1
    assert "nowhere" in done.stderr
    assert done.stderr.endswith(
        "git does not know this commit; name a commit, a branch or a tag with --base REV, or give --base-file FILE\n"
    )


# --- what the files say


def all_steps() -> Iterator[tuple[str, dict[str, Any]]]:
    for step in ACTION["runs"]["steps"]:
        yield "action.yml", step
    for path in WORKFLOWS:
        for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values():
            yield from ((path.name, step) for step in job["steps"])


def test_the_action_names_what_is_there() -> None:
    scripts = {name: re.findall(r"GITHUB_ACTION_PATH/(action/\S+?)\"", step["run"]) for name, step in STEPS.items()}
    assert scripts == {
        "Install tfgen": [],
        "Check": [],
        "Report": ["action/report.sh"],
        HOLD: [],
        "Comment": ["action/comment.py"],
    }
    assert os.access(ROOT / "action/report.sh", os.X_OK)
    used = set(re.findall(r"inputs\.(\w+)", (ROOT / "action.yml").read_text("utf-8")))
    assert used == set(ACTION["inputs"])


def test_a_step_is_given_the_variables_that_it_reads() -> None:
    """But for those that the runner sets for all."""
    reads = {
        "Check": STEPS["Check"]["run"],
        "Report": (ROOT / "action/report.sh").read_text("utf-8"),
        "Comment": STEPS["Comment"]["run"],
    }
    for name, text in reads.items():
        wanted = {word for word in re.findall(r"\$\{?([A-Z_]+)", text) if not word.startswith("GITHUB_")}
        assert wanted - {"PATH", "PWD", "BASH_SOURCE"} <= STEPS[name]["env"].keys()
    read = set(re.findall(r"environ\[[\"'](\w+)", (ROOT / "action/comment.py").read_text("utf-8")))
    assert {word for word in read if not word.startswith("GITHUB_")} <= STEPS["Comment"]["env"].keys()


def test_no_text_of_a_pull_request_is_put_into_a_script() -> None:
    """Source: GitHub Actions documentation, "Script injections"."""
    for file, step in all_steps():
        assert "${{" not in step.get("run", ""), file


def test_one_step_alone_has_the_token() -> None:
    holding = [
        (file, step.get("name"))
        for file, step in all_steps()
        if re.search(r"inputs\.token|github\.token|secrets\.|TOKEN", json.dumps(step))
    ]
    assert holding == [("action.yml", "Comment")]
    assert set(re.findall(r"TOKEN", (ROOT / "action/report.sh").read_text("utf-8"))) == set()
    for path in WORKFLOWS:
        assert "secrets." not in path.read_text("utf-8")


def test_no_workflow_leaves_its_token_in_the_checkout() -> None:
    checkouts = [step for _, step in all_steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert len(checkouts) == len(WORKFLOWS)
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_no_workflow_may_write_or_runs_with_the_rights_of_the_base() -> None:
    for path in WORKFLOWS:
        workflow = yaml.safe_load(path.read_text("utf-8"))
        assert workflow["permissions"] == {"contents": "read"}
        assert "pull_request_target" not in str(workflow[True]), "YAML 1.1 reads `on` as a truth value"


def test_python_leaves_the_checkout_out_of_its_path_wherever_it_is_called() -> None:
    """`-I` leaves out the folder that Python runs in, and what `PYTHONPATH` says."""
    lines = [line for _, step in all_steps() for line in step.get("run", "").splitlines()]
    lines += [line for path in (ROOT / "action").glob("*.sh") for line in path.read_text("utf-8").splitlines()]
    calls = [(before, Path(word.strip('"')).name, after) for line in lines for before, word, after in neighbours(line)]
    pythons = [after for _, program, after in calls if re.fullmatch(r"(python|py)[\d.]*", program)]
    assert pythons == ["-I"] * 4
    assert {before for before, program, _ in calls if re.fullmatch(r"(pip|tfgen|pytest)[\d.]*", program)} == {"-m", ""}


def neighbours(line: str) -> Iterator[tuple[str, str, str]]:
    """Yield each word of a line of the shell between the one before it and the one behind it."""
    words = re.sub(r"#.*", "", line).replace("&&", "&& ").split()
    return zip(["", *words], words, [*words[1:], ""], strict=False)


def test_no_program_of_python_is_given_a_path_of_the_workflows() -> None:
    """`tfgen` and what pip runs heed `PYTHONPATH`, which may name the checkout."""
    for name in STEPS.keys() - {"Comment"}:
        assert STEPS[name]["env"]["PYTHONPATH"] == ""


def test_the_readme_shows_the_workflow_as_it_is() -> None:
    (path,) = (path for path in WORKFLOWS if path.name == "tfgen.yml")
    workflow = path.read_text("utf-8").partition("\n")[2]
    assert f"```yaml\n{workflow}```\n" in (ROOT / "README.md").read_text("utf-8")
