"""The action for pull requests: its scripts, run here against git and a stand-in for GitHub's API."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
MARK = "<!-- tfgen report of ./services.yaml -->"
CATALOGUE = """\
version: 1
project: shop
module: {path: out, address: module.shop}
network: {subnets: [subnet-1], security_groups: [sg-1]}
services:
  mail: {kind: worker, image: "busybox:1"}
"""


class GitHub:
    """The comments of one pull request, and the API that reads and writes them."""

    def __init__(self) -> None:
        self.comments: list[dict[str, Any]] = []
        self.calls: list[tuple[str, str]] = []
        self.refuses = False
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        github = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                github.calls.append((self.command, self.path))
                length = int(self.headers.get("Content-Length", 0))
                content = json.loads(self.rfile.read(length) or "null")
                assert self.headers["Authorization"] == "Bearer secret"
                code, found = (403, None) if github.refuses else (200, github.answer(self.command, self.path, content))
                self.send_response(code)
                self.end_headers()
                self.wfile.write(json.dumps(found).encode())

            do_GET = do_POST = do_PATCH = answer  # noqa: N815 - the names that http.server calls

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        return Handler

    def answer(self, method: str, path: str, content: Any) -> Any:
        if method == "GET":
            page = int(re.search(r"[?&]page=(\d+)", path)[1])  # type: ignore[index]
            return self.comments[(page - 1) * 100 : page * 100]
        if method == "POST":
            self.comments.append({"id": len(self.comments) + 1, **content})
            return self.comments[-1]
        comment = self.comments[int(path.rpartition("/")[2]) - 1]
        comment.update(content)
        return comment


@pytest.fixture
def github() -> Iterator[GitHub]:
    running = GitHub()
    thread = threading.Thread(target=running.server.serve_forever, daemon=True)
    thread.start()
    yield running
    running.server.shutdown()
    running.server.server_close()


class PullRequest:
    """A shallow clone of a repository whose catalogue was edited, as a checkout in CI is."""

    def __init__(self, folder: Path, github: GitHub) -> None:
        self.origin, self.clone, self.summary = folder / "origin", folder / "clone", folder / "summary.md"
        self.github = github
        self.origin.mkdir()
        self.git(self.origin, "init", "--quiet", "--initial-branch", "main")
        self.git(self.origin, "config", "uploadpack.allowAnySHA1InWant", "true")
        self.base = self.commit(CATALOGUE)
        self.commit(CATALOGUE.replace("mail: {", "mail: {desired_count: 2, "))
        self.git(folder, "clone", "--quiet", "--depth", "1", f"file://{self.origin}", str(self.clone))

    def commit(self, catalogue: str) -> str:
        (self.origin / "services.yaml").write_text(catalogue, "utf-8")
        self.git(self.origin, "add", ".")
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.com")
        self.git(self.origin, *identity, "commit", "--quiet", "--message", "a change")
        return self.git(self.origin, "rev-parse", "HEAD").strip()

    def git(self, folder: Path, *arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout

    def report(self, **changed: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "DIRECTORY": ".",
            "CATALOGUE": "services.yaml",
            "BASE": self.base,
            "PULL_REQUEST": "7",
            "TOKEN": "secret",
            "GITHUB_API_URL": self.github.url,
            "GITHUB_REPOSITORY": "shop/infrastructure",
            "GITHUB_STEP_SUMMARY": str(self.summary),
            **changed,
        }
        command = [str(ROOT / "action" / "report.sh")]
        return subprocess.run(command, cwd=self.clone, env=environment, check=False, capture_output=True, text=True)


@pytest.fixture
def pull_request(tmp_path: Path, github: GitHub) -> PullRequest:
    return PullRequest(tmp_path, github)


def test_the_report_becomes_a_comment_and_the_summary(pull_request: PullRequest) -> None:
    done = pull_request.report()
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    (comment,) = pull_request.github.comments
    assert comment["body"].startswith(f"{MARK}\n# Terraform change: mail changed\n")
    assert "| `desired_count` | `1` | `2` |" in comment["body"]
    assert comment["body"] == f"{MARK}\n{pull_request.summary.read_text('utf-8')}"
    assert [path for method, path in pull_request.github.calls if method == "POST"] == [
        "/repos/shop/infrastructure/issues/7/comments"
    ]


def test_a_second_run_updates_the_comment(pull_request: PullRequest) -> None:
    github = pull_request.github
    github.comments += [{"id": number, "body": "LGTM"} for number in range(1, 151)]
    pull_request.report()
    (pull_request.clone / "services.yaml").write_text(CATALOGUE.replace("mail", "post"), "utf-8")
    assert pull_request.report().returncode == 0
    reports = [comment["body"] for comment in github.comments if comment["body"].startswith(MARK)]
    assert len(reports) == 1
    assert "post added and mail removed" in reports[0]
    assert ("PATCH", "/repos/shop/infrastructure/issues/comments/151") in github.calls


def test_a_comment_that_is_right_is_left_alone(pull_request: PullRequest) -> None:
    pull_request.report()
    pull_request.github.calls.clear()
    assert pull_request.report().returncode == 0
    assert {method for method, _ in pull_request.github.calls} == {"GET"}


def test_a_token_that_may_not_comment_is_a_warning(pull_request: PullRequest) -> None:
    pull_request.github.refuses = True
    done = pull_request.report()
    assert done.returncode == 0
    assert done.stdout.startswith("::warning title=tfgen::the report is not commented: HTTP Error 403: Forbidden")
    assert "mail changed" in pull_request.summary.read_text("utf-8")


def test_without_a_pull_request_there_is_only_the_summary(pull_request: PullRequest) -> None:
    assert pull_request.report(PULL_REQUEST="").returncode == 0
    assert pull_request.github.calls == []
    assert "mail changed" in pull_request.summary.read_text("utf-8")


def test_a_catalogue_with_an_error_fails_and_comments_nothing(pull_request: PullRequest) -> None:
    (pull_request.clone / "services.yaml").write_text(CATALOGUE.replace("worker", "wroker"), "utf-8")
    done = pull_request.report()
    assert done.returncode == 1
    assert "`wroker` is no kind of service" in done.stderr
    assert pull_request.github.calls == []


def test_a_report_that_is_too_long_is_cut_and_says_so(github: GitHub) -> None:
    lines = "\n".join(f"+ line {number}" for number in range(10_000))
    environment = {
        **os.environ,
        "PULL_REQUEST": "7",
        "TOKEN": "secret",
        "GITHUB_API_URL": github.url,
        "GITHUB_REPOSITORY": "shop/infrastructure",
    }
    script = ROOT / "action" / "comment.py"
    subprocess.run(
        [sys.executable, script, "x"], input=f"# Title\n```diff\n{lines}\n```\n", env=environment, text=True, check=True
    )
    body = github.comments[0]["body"]
    assert 60_000 < len(body) <= 65_536
    assert body.endswith("\n```\n\n*The report goes on; the whole of it is in the job's summary.*\n")


def test_the_action_names_what_is_there() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    steps = action["runs"]["steps"]
    (script,) = (re.search(r"GITHUB_ACTION_PATH/(action/\S+?)\"", step["run"]) for step in steps if step.get("if"))
    assert script
    assert os.access(ROOT / script[1], os.X_OK)
    used = set(re.findall(r"inputs\.(\w+)", (ROOT / "action.yml").read_text("utf-8")))
    assert used == set(action["inputs"])
    variables = set(re.findall(r"\$\{?([A-Z_]+)", (ROOT / script[1]).read_text("utf-8")))
    assert variables - {"GITHUB_STEP_SUMMARY"} <= steps[-1]["env"].keys()


def test_no_text_of_a_pull_request_is_put_into_a_script() -> None:
    """Source: GitHub Actions documentation, "Security hardening", "Understanding the risk of script injections"."""
    for step in yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
