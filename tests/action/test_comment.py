"""The script that comments, against whatever GitHub may answer, and whoever else comments."""

from __future__ import annotations

import io
import re
import socket
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest

from action import comment
from tests.support.pull_request import OWN, Answer, GitHub, sent, told

Commented = Callable[..., str]

MARK = "<!-- tfgen report of x -->"


@pytest.fixture
def commented(github: GitHub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Commented:
    """Run the script, and return what it prints. Any exception that leaves it fails the test."""

    def run(report: str = "# Title\n", name: str = "x", **changed: str) -> str:
        variables = {"PULL_REQUEST": "7", "TOKEN": "secret", "GITHUB_API_URL": github.url, "GITHUB_REPOSITORY": "a/b"}
        with monkeypatch.context() as patch:
            for variable, value in (variables | changed).items():
                patch.setenv(variable, value)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(report.encode())))
            comment.main(name)
        printed = capsys.readouterr()
        assert printed.err == ""
        return printed.out

    return run


# --- whose comment it is


@pytest.mark.parametrize("user", [None, "a-maintainer"], ids=["the job's token", "a user's token"])
@pytest.mark.parametrize("stranger", ["stranger", "github-actions", "other-app[bot]", None])
def test_a_comment_of_somebody_else_is_left_alone(
    github: GitHub, commented: Commented, user: str | None, stranger: str | None
) -> None:
    github.user = user
    github.add(f"{MARK}\nAll is fine.", stranger)

    for report in ("# Title\n", "# Another\n"):
        assert commented(report) == ""

    assert github.written() == ["POST", "PATCH"]
    (theirs, own) = github.comments
    assert theirs["body"] == f"{MARK}\nAll is fine."
    assert own == {"id": 2, "body": f"{MARK}\n# Another\n", "user": {"login": user or OWN}}


def test_a_comment_with_the_jobs_token_is_not_one_with_a_users(github: GitHub, commented: Commented) -> None:
    commented()
    github.user = "a-maintainer"
    commented()
    assert [comment["user"]["login"] for comment in github.comments] == [OWN, "a-maintainer"]


@pytest.mark.parametrize("body", ["", "LGTM", f" {MARK}", MARK.replace("x", "y"), None])
def test_another_comment_of_ones_own_is_left_alone(github: GitHub, commented: Commented, body: str | None) -> None:
    github.add("", OWN)
    github.comments[0]["body"] = body
    assert commented() == ""
    assert (github.written(), github.comments[0]["body"]) == (["POST"], body)


@pytest.mark.parametrize("name", ["a--b.yaml", "a--->.yaml", "---", "-->"])
def test_the_name_of_a_catalogue_does_not_end_the_mark(github: GitHub, commented: Commented, name: str) -> None:
    assert commented(name=name) == ""
    mark, _, rest = github.comments[0]["body"].partition("\n")
    assert rest == "# Title\n"
    assert re.fullmatch(r"<!-- (?:(?!--).)* -->", mark)


# --- what GitHub may answer

USER, LIST, WRITE, UPDATE = "GET /user", "GET /repos/", "POST /repos/", "PATCH /repos/"
WARNING = "::warning title=tfgen::the report is not commented: "
ELSEWHERE = "; it stands in the job's summary\n"


def closed(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def of_another_protocol(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"220 mail.example\n::error::x\r\n\r\n")
    handler.close_connection = True


@pytest.mark.parametrize("call", [USER, LIST, WRITE, UPDATE])
@pytest.mark.parametrize("code", [301, 307, 400, 401, 404, 410, 422, 429, 500, 502, 503, 504])
def test_an_answer_that_refuses_is_a_warning(github: GitHub, commented: Commented, code: int, call: str) -> None:
    if call == UPDATE:
        github.add(MARK, OWN)
    github.answers[call] = told(code, {"message": "no"}, "Reason")
    remedy = "; the job needs `pull-requests: write`\n" if code in (401, 404) else ELSEWHERE
    printed = commented()
    assert printed.startswith(f"{WARNING}HTTP Error {code}: ")
    assert printed.endswith(f"Reason{remedy}")
    assert printed.count("\n") == 1


@pytest.mark.parametrize("call", [LIST, WRITE, UPDATE])
def test_a_token_that_may_not_comment_is_a_warning(github: GitHub, commented: Commented, call: str) -> None:
    if call == UPDATE:
        github.add(MARK, OWN)
    github.answers[call] = told(403, {"message": "Resource not accessible by integration"})
    assert commented() == f"{WARNING}HTTP Error 403: Forbidden; the job needs `pull-requests: write`\n"


@pytest.mark.parametrize("call", [USER, LIST, WRITE, UPDATE])
@pytest.mark.parametrize(
    "answer",
    [
        closed,
        of_another_protocol,
        sent(b""),
        sent(b"<html>Unicorn!</html>"),
        sent(b"\xff\xfe"),
        sent(b"[" * 100_000),
        sent(b'[{"id": 1', length=1000),
        sent(b"[]\n\n::error::x"),
    ],
    ids=["closed", "another protocol", "empty", "HTML", "no UTF-8", "deep", "broken off", "more than JSON"],
)
def test_an_answer_that_is_none_is_a_warning(github: GitHub, commented: Commented, answer: Answer, call: str) -> None:
    if call == UPDATE:
        github.add(MARK, OWN)
    github.answers[call] = answer
    printed = commented()
    assert printed.startswith(WARNING)
    assert printed.endswith(ELSEWHERE)
    assert printed.count("\n") == 1


@pytest.mark.parametrize("data", [None, {}, [], "x", 1, {"login": None}, {"login": 1}])
def test_a_user_without_a_name_is_a_warning(github: GitHub, commented: Commented, data: object) -> None:
    github.answers[USER] = told(200, data)
    assert commented() == f"{WARNING}GitHub does not tell whose the token is{ELSEWHERE}"
    assert github.written() == []


@pytest.mark.parametrize("data", [None, {}, "x", 1, {"message": "x"}])
def test_comments_that_are_none_are_a_warning(github: GitHub, commented: Commented, data: object) -> None:
    github.answers[LIST] = told(200, data)
    assert commented() == f"{WARNING}GitHub answers with something else than comments{ELSEWHERE}"
    assert github.written() == []


@pytest.mark.parametrize("data", [None, 1, "x", [], {}, {"id": 1}, {"id": "1", "body": MARK, "user": {"login": OWN}}])
def test_what_is_no_comment_is_passed_over(github: GitHub, commented: Commented, data: object) -> None:
    github.answers[LIST] = told(200, [data])
    assert commented() == ""
    assert github.written() == ["POST"]


def test_a_list_without_end_is_left(github: GitHub, commented: Commented) -> None:
    github.answers[LIST] = told(200, [{"id": 1, "body": "LGTM", "user": {"login": "somebody"}}] * 100)
    assert commented() == ""
    assert len(github.calls) == 1 + comment.PAGES + 1


def test_a_service_that_cannot_be_reached_is_a_warning(commented: Commented) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobodys:
        url = f"http://127.0.0.1:{nobodys.getsockname()[1]}"
    printed = commented(GITHUB_API_URL=url)
    assert printed.startswith(f"{WARNING}<urlopen error [Errno")
    assert printed.endswith(ELSEWHERE)


def test_a_service_that_does_not_answer_is_a_warning(commented: Commented, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comment, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        printed = commented(GITHUB_API_URL=f"http://127.0.0.1:{silent.getsockname()[1]}")
    assert printed == f"{WARNING}timed out{ELSEWHERE}"


def test_a_warning_is_one_command_whatever_the_service_says(github: GitHub, commented: Commented) -> None:
    github.answers[WRITE] = told(500, None, "100%\r::error::x")
    assert commented() == f"{WARNING}HTTP Error 500: 100%25%0D::error::x{ELSEWHERE}"


@pytest.mark.parametrize("token", ["secret\n", " secret\r\n"])
def test_a_line_end_behind_the_token_is_none_of_it(github: GitHub, commented: Commented, token: str) -> None:
    assert commented(TOKEN=token) == ""
    assert len(github.comments) == 1


@pytest.mark.parametrize("token", ["sec\nret", "sec\x7fret", "secr\u00e9t"])
def test_what_is_no_token_is_a_warning_that_does_not_tell_it(commented: Commented, token: str) -> None:
    assert commented(TOKEN=token) == f"{WARNING}TOKEN holds characters that are of no token{ELSEWHERE}"
