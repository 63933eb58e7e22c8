"""Files of an older commit, out of real repositories."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import pytest

from generator.errors import RevisionError
from generator.files import git, revision
from generator.files.folder import is_terraforms
from generator.files.git import ask
from generator.files.revision import LARGEST_FOLDER, Revision
from tests.support.repository import Repository

NO_COMMIT = "git does not know this commit; name a commit, a branch or a tag with --base REV, or give --base-file FILE"


def refused(name: str, folder: Path) -> str:
    with pytest.raises(RevisionError) as refusal:
        Revision(name, folder).file("a")
    (problem,) = refusal.value.problems
    return str(problem)


def test_a_repository_of_somebody_elses_is_told_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "true")  # git's own way to try it

    with pytest.raises(RevisionError, match=r"run `git config --global --add safe[.]directory`"):
        Revision("HEAD", tmp_path).file("services.yaml")


def test_a_file_is_as_it_was_at_the_commit_whatever_the_work_tree_holds(repository: Repository) -> None:
    repository.commit(a="old\n")
    repository.write("a", "new\n")
    assert Revision("HEAD", repository.root).file("a") == b"old\n"
    (repository.root / "a").unlink()
    assert Revision("HEAD", repository.root).file("a") == b"old\n"


def test_what_is_staged_is_in_no_commit(repository: Repository) -> None:
    repository.commit(a="old\n")
    repository.write("a", "new\n")
    repository.write("b", "new\n")
    repository.git("add", "--all")
    past = Revision("HEAD", repository.root)
    assert (past.file("a"), past.file("b")) == (b"old\n", None)


def test_a_revision_may_be_named_in_every_way_of_git(repository: Repository) -> None:
    first = repository.commit(a="1")
    repository.git("tag", "light")
    repository.git("tag", "--annotate", "--message=x", "annotated")
    repository.git("branch", "feature/x")
    repository.git("update-ref", "refs/remotes/origin/main", first)
    repository.commit(a="2")
    ways = [
        first,
        first[:10],
        "light",
        "annotated",
        "feature/x",
        "origin/main",
        "HEAD~1",
        "HEAD^",
        "main~1",
        "HEAD~1^{/x}",
    ]
    assert {name: Revision(name, repository.root).file("a") for name in ways} == dict.fromkeys(ways, b"1")
    assert Revision("HEAD", repository.root).file("a") == b"2"


@pytest.mark.parametrize("content", [b"", b"\x00\xff\r\n", b"a\r\nb\n", "é".encode(), b"no line end"])
def test_a_file_is_read_byte_by_byte(repository: Repository, content: bytes) -> None:
    repository.commit(a=content)
    repository.write("a", b"")
    assert Revision("HEAD", repository.root).file("a") == content


@pytest.mark.parametrize("path", ["b", "a/b", "A", "a*", "dir", ":a", "-a"])
def test_a_file_that_the_commit_lacks_is_none(repository: Repository, path: str) -> None:
    repository.commit(a="1", **{"dir/x": "1"})
    assert Revision("HEAD", repository.root).file(path) is None


@pytest.mark.parametrize("path", ["a b", "é.yaml", "-x", "*", "[a]", "a:b", 'a"b', "a\\b", "$HOME"])
def test_a_file_of_an_odd_name_is_found(repository: Repository, path: str) -> None:
    repository.commit(**{path: "1", "x": "2", "a": "3", f"dir/{path}": "4"})
    past = Revision("HEAD", repository.root)
    assert past.file(path) == b"1"
    assert past.files("dir") == {path: b"4"}


def test_every_file_below_a_folder_is_found_by_its_path_below_it(repository: Repository) -> None:
    names = {
        "templates/a": "1",
        "templates/b/c": "2",
        "templates/b/d/e": "3",
        "templates2/a": "4",
        "x/templates/a": "5",
    }
    repository.commit(**names)
    past = Revision("HEAD", repository.root)
    assert past.files("templates") == {"a": b"1", "b/c": b"2", "b/d/e": b"3"}
    assert past.files("templates/b") == {"c": b"2", "d/e": b"3"}
    assert past.files("x/templates") == {"a": b"5"}


@pytest.mark.parametrize("path", ["none", "a", "templates/a"])
def test_below_what_is_no_folder_there_is_nothing(repository: Repository, path: str) -> None:
    repository.commit(a="1", **{"templates/a": "1"})
    assert Revision("HEAD", repository.root).files(path) == {}


@pytest.mark.parametrize("path", ["./out", "out/", "./out/", "out//in/..", "."])
def test_a_folder_may_be_written_in_every_way(repository: Repository, path: str) -> None:
    repository.commit(**{"out/a": "1"})
    expected = "out/a" if path == "." else "a"
    assert Revision("HEAD", repository.root).files(path) == {expected: b"1"}


def test_paths_are_those_below_the_folder_even_within_a_greater_repository(repository: Repository) -> None:
    repository.commit(**{"a": "root", "sub/a": "sub", "sub/templates/t": "1", "templates/t": "0"})
    past = Revision("HEAD", repository.root / "sub")
    assert past.file("a") == b"sub"
    assert past.files("templates") == {"t": b"1"}
    assert past.file("sub/a") is None


def test_a_hook_of_git_reads_the_same_files(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git tells its hooks where the repository is, and then takes any folder for the top of the work tree."""
    repository.commit(**{"a": "root", "sub/a": "sub"})
    monkeypatch.setenv("GIT_DIR", str(repository.root / ".git"))
    assert Revision("HEAD", repository.root / "sub").file("a") == b"sub"


def test_a_folder_that_the_commit_lacks_has_no_files(repository: Repository) -> None:
    repository.commit(a="1")
    (repository.root / "new").mkdir()
    past = Revision("HEAD", repository.root / "new")
    assert (past.file("a"), past.files("templates")) == (None, {})


def test_a_submodule_below_a_folder_is_no_file_of_it(repository: Repository) -> None:
    commit = repository.commit(**{"templates/a": "1"})
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{commit},templates/sub")
    repository.git("commit", "--quiet", "--message=x")
    assert Revision("HEAD", repository.root).files("templates") == {"a": b"1"}


@pytest.mark.parametrize(
    "name",
    [
        *("nope", "origin/nope", "HEAD~9", "v1", "0" * 40, "deadbeef", "HEAD:a", "HEAD^{tree}", "HEAD..HEAD", "^HEAD"),
        *(
            "a b",
            "--help",
            "-x",
            "--",
            "-",
            "--all",
            "--upload-pack=touch x",
            "$(touch x)",
            "; touch x",
            "HEAD\ntouch x",
        ),
    ],
)
def test_a_name_of_no_commit_is_refused_and_never_taken_for_an_option(repository: Repository, name: str) -> None:
    repository.commit(a="1")
    shown = name.replace("\n", "\\n")
    assert refused(name, repository.root) == f"{shown}: {NO_COMMIT}"
    assert [path.name for path in repository.root.iterdir() if path.name != ".git"] == ["a"]


@pytest.mark.parametrize("name", ["^HEAD", "HEAD^@", "HEAD^!"])
def test_a_name_of_another_set_of_commits_than_one_is_refused(repository: Repository, name: str) -> None:
    repository.commit(a="1")
    assert refused(name, repository.root).startswith(f"{name}: git ")


def test_a_tag_of_something_else_than_a_commit_is_refused(repository: Repository) -> None:
    repository.commit(a="1")
    repository.git("tag", "blob", "HEAD:a")
    assert refused("blob", repository.root) == f"blob: {NO_COMMIT}"


def test_a_repository_without_commits_has_no_head(repository: Repository) -> None:
    assert refused("HEAD", repository.root) == f"HEAD: {NO_COMMIT}"


@pytest.mark.usefixtures("git_of_its_own")
def test_a_folder_outside_of_any_repository_is_refused(tmp_path: Path) -> None:
    assert refused("HEAD", tmp_path) == (
        "HEAD: git fails: not a git repository (or any of the parent directories): .git; "
        "run tfgen within the repository that holds the catalogue, or give --base-file FILE"
    )


def test_without_git_nothing_can_be_read(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit(a="1")
    monkeypatch.setenv("PATH", str(repository.root))
    assert refused("HEAD", repository.root) == (
        "HEAD: no absolute folder in PATH holds git; install git, add its folder to PATH, or give --base-file FILE"
    )


def fake_git(repository: Repository, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program `git` on the path, before any other."""
    program = repository.root / "bin" / "git"
    repository.write("bin/git", f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


@pytest.mark.parametrize("said", ["", "fatal: \\033[2Jbroken\\nand more"])
def test_a_git_that_fails_is_told_in_a_line_that_a_terminal_may_show(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    fake_git(repository, f"printf '{said}' >&2; exit 128", monkeypatch)
    message = refused("HEAD", repository.root)
    assert message.isprintable()
    what = "it does not say why" if not said else "\\x1b[2Jbroken"
    assert (
        message == f"HEAD: git fails: {what}; "
        "run tfgen within the repository that holds the catalogue, or give --base-file FILE"
    )


def test_git_is_asked_in_the_language_in_which_its_answer_is_read(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    english, german = "fatal: Needed a single revision", "fatal: Ein einzelner Commit wird benötigt"
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    fake_git(repository, f'[ "$LC_ALL" = C ] && echo "{english}" >&2 || echo "{german}" >&2; exit 128', monkeypatch)
    assert refused("HEAD", repository.root) == f"HEAD: {NO_COMMIT}"


def test_git_is_asked_for_a_commit_once(repository: Repository) -> None:
    repository.commit(a="1")
    past = Revision("main", repository.root)
    assert past.file("a") == b"1"
    repository.commit(a="2")
    assert past.file("a") == b"1", "a branch that moves in between does not mix two commits"


def test_a_commit_is_named_by_its_whole_id(repository: Repository) -> None:
    first = repository.commit(a="1")
    repository.git("tag", "--annotate", "--message=x", "v1")
    repository.commit(a="2")

    assert Revision("HEAD~1", repository.root).commit == first
    assert Revision("v1", repository.root).commit == first


def test_two_lines_of_history_share_the_commit_at_which_they_parted(repository: Repository) -> None:
    shared = repository.commit(a="1")
    repository.git("checkout", "--quiet", "-b", "feature")
    mine = repository.commit(a="mine")
    repository.git("checkout", "--quiet", "main")
    theirs = repository.commit(a="theirs")
    repository.git("checkout", "--quiet", "feature")
    assert Revision("main", repository.root).merge_base == shared
    assert Revision(mine, repository.root).merge_base == mine
    assert Revision(shared, repository.root).merge_base == shared

    repository.git("merge", "--quiet", "--strategy=ours", "--message=x", "main")
    assert Revision("main", repository.root).merge_base == theirs


def test_a_shallow_clone_without_the_shared_commit_is_told_as_that(repository: Repository, tmp_path: Path) -> None:
    repository.commit(a="1")
    repository.git("branch", "other")
    repository.commit(a="2")
    repository.git("checkout", "--quiet", "other")
    repository.commit(a="3")
    clone = tmp_path / "clone"
    repository.git("clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{repository.root}", str(clone))
    with pytest.raises(RevisionError) as refusal:
        _ = Revision("origin/main", clone).merge_base
    assert str(refusal.value) == (
        "origin/main: this clone is shallow, and holds no commit that it has in common with HEAD; "
        "run `git fetch --unshallow`, or set `fetch-depth: 0` where `actions/checkout` is used"
    )
    subprocess.run(["git", "fetch", "--quiet", "--unshallow"], cwd=clone, check=True)
    assert Revision("origin/main", clone).merge_base == repository.git("rev-parse", "main~1")


def test_histories_that_share_no_commit_are_told_as_that(repository: Repository) -> None:
    repository.commit(a="1")
    repository.git("checkout", "--quiet", "--orphan", "other")
    repository.commit(a="2")
    with pytest.raises(RevisionError) as refusal:
        _ = Revision("main", repository.root).merge_base
    assert str(refusal.value) == (
        "main: it has no commit in common with HEAD; "
        "name another revision with --base REV, or another catalogue with --base-file FILE"
    )


def test_nothing_is_written(repository: Repository) -> None:
    repository.commit(**{"a": "1", "templates/t": "1"})
    before = {path: path.stat().st_mtime_ns for path in repository.root.rglob("*")}
    past = Revision("HEAD", repository.root)
    assert (past.file("a"), past.files("templates")) == (b"1", {"t": b"1"})
    assert {path: path.stat().st_mtime_ns for path in repository.root.rglob("*")} == before


# --- bounds


def git_of(repository: Repository, *arguments: str, given: bytes) -> str:
    command = ["git", *arguments]
    return (
        subprocess.run(command, cwd=repository.root, input=given, capture_output=True, check=True)
        .stdout.decode()
        .strip()
    )


def commands_asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which every command of git is added as it is run."""
    asked = []

    def noted(folder: Path, command: str, *arguments: str, most: int, questions: str = "") -> bytes:
        asked.append(command)
        return ask(folder, command, *arguments, most=most, questions=questions)

    monkeypatch.setattr(revision, "ask", noted)
    return asked


def test_a_file_that_is_larger_than_any_is_refused_and_not_read(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(a=b"\0" * (LARGEST_FOLDER + 1))
    asked = commands_asked(monkeypatch)

    assert refused("HEAD", repository.root) == (
        "HEAD: a has more than 64 MiB there; "
        "name another revision with --base REV, or another catalogue with --base-file FILE"
    )
    assert asked == ["rev-parse", "ls-tree"]


def test_many_files_are_refused_by_what_they_have_together(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revision, "LARGEST_FOLDER", 1 << 20)
    half = 1 << 19
    repository.commit(**{"x/a": b"\0" * half, "x/b.tf": b"\1" * half})
    past = Revision("HEAD", repository.root)
    with pytest.raises(RevisionError, match=r"HEAD: x has more than 1 MiB there; "):
        past.files("x")
    assert past.direct_files("x", is_wanted=lambda name: name == "a") == {"a": b"\0" * half}


def test_a_tree_that_names_more_files_than_a_disk_holds_is_refused(repository: Repository) -> None:
    """Ten trees of ten entries each, one within the other, are ten thousand million files."""
    inner = git_of(repository, "hash-object", "-w", "--stdin", given=b"")
    mode = "100644 blob"
    for _ in range(10):
        inner = git_of(repository, "mktree", given="".join(f"{mode} {inner}\t{n}\n" for n in range(10)).encode())
        mode = "040000 tree"
    outer = git_of(repository, "mktree", given=f"040000 tree {inner}\ttemplates\n".encode())

    with pytest.raises(
        RevisionError, match=r": git's answer has more than 8 MiB; name another revision with --base REV"
    ):
        Revision(repository.git("commit-tree", "-m", "x", outer), repository.root).files("templates")


def test_only_a_folder_itself_is_listed_for_its_direct_files(repository: Repository) -> None:
    repository.commit(**{"a.tf": "1", "x/a.tf": "2", "x/b": "3", "x/y/c.tf": "4"})
    past = Revision("HEAD", repository.root)
    found = {path: past.direct_files(path, is_terraforms) for path in ("x", ".", "./x/../x/", "none")}
    assert found == {"x": {"a.tf": b"2"}, ".": {"a.tf": b"1"}, "./x/../x/": {"a.tf": b"2"}, "none": {}}
    assert Revision("HEAD", repository.root / "x").direct_files(".", is_terraforms) == {"a.tf": b"2"}


def test_git_runs_once_for_all_files_of_a_folder(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"x/{number}": f"\n{number} blob\n" * number for number in range(200)}
    repository.commit(**files)
    asked = commands_asked(monkeypatch)
    assert Revision("HEAD", repository.root).files("x") == {name[2:]: text.encode() for name, text in files.items()}
    assert asked == ["rev-parse", "ls-tree", "cat-file"]


def test_a_git_that_does_not_end_is_ended(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git, "SECONDS", 0.5)
    fake_git(repository, "exec sleep 1000", monkeypatch)
    assert refused("HEAD", repository.root).startswith("HEAD: git takes more than 0 seconds; name another revision")


def test_a_git_that_tells_without_end_is_ended(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_git(repository, "exec yes", monkeypatch)
    assert refused("HEAD", repository.root).startswith("HEAD: git's answer has more than 8 MiB; name another revision")


def test_a_git_that_complains_without_end_does_not_fill_the_memory(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_git(repository, "yes 'fatal: no' | head -c 10000000 >&2; exit 1", monkeypatch)
    assert (
        refused("HEAD", repository.root)
        == "HEAD: git fails: no; run tfgen within the repository that holds the catalogue, or give --base-file FILE"
    )


@pytest.mark.parametrize("size", [3, 300_000])
def test_a_file_that_the_repository_has_lost_is_told(repository: Repository, size: int) -> None:
    repository.commit(a=b"x" * size)
    blob = repository.git("rev-parse", "HEAD:a")
    (repository.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert refused("HEAD", repository.root) == (
        "HEAD: this clone lacks a part of it, and tfgen does not fetch it; clone it again, without `--filter`"
    )


@pytest.mark.parametrize("lacking", ["blob:none", "tree:0"])
def test_what_a_partial_clone_lacks_is_told(repository: Repository, tmp_path: Path, lacking: str) -> None:
    repository.commit(a="1")
    repository.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path.parent / f"{tmp_path.name}.clone"
    options = ["--quiet", "--no-checkout", f"--filter={lacking}"]
    subprocess.run(["git", "clone", *options, f"file://{repository.root}", clone], check=True)
    assert refused("HEAD", clone) == (
        "HEAD: this clone lacks a part of it, and tfgen does not fetch it; clone it again, without `--filter`"
    )
