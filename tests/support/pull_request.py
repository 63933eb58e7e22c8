"""A pull request on a stand-in for GitHub, and the steps of `action.yml`, run by bash as a runner runs them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.paths import ROOT
from tests.support.rendering import CATALOGUE, EDITED

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: dict[str, dict[str, Any]] = {step["name"]: step for step in ACTION["runs"]["steps"] if "name" in step}

OWN = "github-actions[bot]"
"""Who comments with the token of a job."""


Answer = Callable[[BaseHTTPRequestHandler], None]


class GitHub:
    """The comments of one pull request, and the API that reads and writes them.

    `user` is whose the token is, or nothing where it is the job's own. `answers` has what is answered otherwise, by
    the beginning of method and path.
    """

    def __init__(self) -> None:
        self.comments: list[dict[str, Any]] = []
        self.calls: list[tuple[str, str]] = []
        self.user: str | None = None
        self.answers: dict[str, Answer] = {}
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
                call = f"{self.command} {self.path}"
                other = next((answer for start, answer in github.answers.items() if call.startswith(start)), None)
                if other:
                    other(self)
                else:
                    told(*github.answer(self.command, self.path, content))(self)

            do_GET = do_POST = do_PATCH = answer  # noqa: N815 - the names that http.server calls

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        return Handler

    def answer(self, method: str, path: str, content: Any) -> tuple[int, Any]:
        if path == "/user":
            return (200, {"login": self.user}) if self.user else (403, {"message": "Resource not accessible"})
        if method == "GET":
            page = int(re.search(r"[?&]page=(\d+)", path)[1])  # type: ignore[index]
            return 200, self.comments[(page - 1) * 100 : page * 100]
        if method == "POST":
            self.add(content["body"], self.user or OWN)
            return 201, self.comments[-1]
        comment = self.comments[int(path.rpartition("/")[2]) - 1]
        comment.update(content)
        return 200, comment

    def add(self, body: str, login: str | None) -> None:
        user = login and {"login": login}
        self.comments.append({"id": len(self.comments) + 1, "body": body, "user": user})

    def written(self) -> list[str]:
        return [method for method, _ in self.calls if method != "GET"]


def told(code: int, data: Any, reason: str | None = None) -> Answer:
    return sent(json.dumps(data).encode(), code, reason)


def sent(content: bytes, code: int = 200, reason: str | None = None, length: int | None = None) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code, reason)
        handler.send_header("Content-Length", str(len(content) if length is None else length))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


@pytest.fixture
def github() -> Iterator[GitHub]:
    running = GitHub()
    often = {"poll_interval": 0.01}  # it looks as often whether it is to end
    thread = threading.Thread(target=running.server.serve_forever, kwargs=often, daemon=True)
    thread.start()
    yield running
    running.server.shutdown()
    running.server.server_close()


class PullRequest:
    """A shallow clone of a repository whose catalogue was edited, as a checkout in CI is, and the action's steps."""

    def __init__(self, folder: Path, github: GitHub) -> None:
        self.folder, self.github = folder, github
        self.origin, self.clone, self.summary = folder / "origin", folder / "clone", folder / "summary.md"
        self.output, self.temporary = folder / "output", folder / "temporary"
        self.output.touch()
        self.temporary.mkdir()
        self.inputs = {name: declared["default"] for name, declared in ACTION["inputs"].items()} | {"token": "secret"}
        self.origin.mkdir()
        self.git(self.origin, "init", "--quiet", "--initial-branch", "main")
        self.git(self.origin, "config", "uploadpack.allowAnySHA1InWant", "true")
        self.inputs["base"] = self.commit({"services.yaml": CATALOGUE})
        self.open({"services.yaml": EDITED})

    def open(self, files: dict[str, str]) -> None:
        """Commit the change, and check it out anew."""
        self.commit(files)
        shutil.rmtree(self.clone, ignore_errors=True)
        self.git(self.folder, "clone", "--quiet", "--depth", "1", f"file://{self.origin}", str(self.clone))

    def commit(self, files: dict[str, str]) -> str:
        for name, content in files.items():
            (self.origin / name).parent.mkdir(parents=True, exist_ok=True)
            (self.origin / name).write_text(content, "utf-8")
        self.git(self.origin, "add", ".")
        self.git(self.origin, "commit", "--quiet", "--message", "a change")
        return self.git(self.origin, "rev-parse", "HEAD").strip()

    def git(self, folder: Path, *arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout

    def plans(self, name: str) -> None:
        """Give the action a plan that does nothing of what the change implies."""
        self.inputs["plan"] = name
        (self.clone / name).write_text(
            '{"format_version": "1.2", "planned_values": {}, "resource_changes": []}', "utf-8"
        )

    def step(self, name: str, **changed: str) -> subprocess.CompletedProcess[str]:
        """Run a step as a runner does, with the variables that the step asks for and those of every step."""
        values = {f"inputs.{key}": value for key, value in self.inputs.items()} | {
            "runner.temp": str(self.temporary),
            "github.event.pull_request.number": "7",
            "steps.report.outputs.report": self.output.read_text("utf-8").strip().rpartition("report=")[2],
        }
        environment = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_API_URL": self.github.url,
            "GITHUB_REPOSITORY": "shop/infrastructure",
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_OUTPUT": str(self.output),
            **changed,
            **{key: _evaluated(value, values) for key, value in STEPS[name].get("env", {}).items()},
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"]]
        return subprocess.run(command, cwd=self.clone, env=environment, check=False, capture_output=True, text=True)

    def report(self, **changed: str) -> subprocess.CompletedProcess[str]:
        """Run the step that reports, and the one that comments."""
        done = self.step("Report", **changed)
        assert done.returncode == 0, done.stderr
        return self.step("Comment", **changed)


def _evaluated(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\$\{\{ (\S+) \}\}", lambda match: values[match[1]], text)


@pytest.fixture
def pull_request(tmp_path: Path, github: GitHub, git_of_its_own: None) -> PullRequest:
    return PullRequest(tmp_path, github)
