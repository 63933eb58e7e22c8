"""Repositories, settings and programs for git that somebody laid into a checkout: none of it acts.

Each test lays traps whose programs leave a file behind. That a trap works is shown with git as anybody runs it.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.files import git
from tests.support.project import Result, RunTfgen
from tests.support.rendering import CATALOGUE, EDITED
from tests.support.repository import Repository

COMMANDS = [["changes"], ["report"], ["verify-plan", "plan.json"]]

REFUSED = (
    "this folder is laid out as a repository of git, whose settings may name programs that git runs; "
    "remove `HEAD` from it, and run no git there until then"
)
UNKNOWN = "git knows no such commit; name a commit, a branch or a tag with --base REV, or give --base-file FILE"

NO_OBJECT = "1" * 40
"""A partial clone that is asked for an object that it lacks fetches it, by the program that its settings name."""


class Checkout:
    """A repository with a catalogue below its top, edited since the last commit, and a place for what a trap leaves."""

    def __init__(self, repository: Repository, run_tfgen: RunTfgen, at: str = "infra/live") -> None:
        self.repository, self.run_tfgen = repository, run_tfgen
        self.folder = repository.root / at
        self.trace = repository.root.parent / f"{repository.root.name}.ran"
        repository.write(f"{at}/services.yaml", CATALOGUE)
        repository.write(f"{at}/plan.json", "{}")
        self.base = repository.commit()
        repository.write(f"{at}/services.yaml", EDITED)

    @property
    def has_run(self) -> bool:
        """Whether a trap has gone off since this was last asked."""
        was_there = self.trace.exists()
        self.trace.unlink(missing_ok=True)
        return was_there

    def tfgen(self, *arguments: str) -> Result:
        return self.run_tfgen(*arguments, cwd=self.folder)

    def git_itself(self, folder: Path, *arguments: str) -> None:
        unprotected = ["-c", "safe.bareRepository=all"]  # as it is by default, up to git 3
        subprocess.run(["git", *unprotected, *arguments], cwd=folder, capture_output=True, check=False)

    def program(self) -> str:
        return f"touch '{self.trace}'; false"


@pytest.fixture
def checkout(repository: Repository, run_tfgen: RunTfgen) -> Checkout:
    return Checkout(repository, run_tfgen)


def settings(program: str, **core: str) -> str:
    """Return a repository's settings that name a program wherever git's documentation knows a place for one."""
    quoted = f'"{program}"'
    programs = ("fsmonitor", "pager", "editor", "sshCommand", "gitProxy", "askPass", "alternateRefsCommand")
    return "\n".join(
        [
            "[core]",
            "\trepositoryformatversion = 1",
            *(f"\t{name} = {value}" for name, value in core.items()),
            *(f"\t{name} = {quoted}" for name in programs),
            "[extensions]",
            "\tpartialClone = origin",
            '[remote "origin"]',
            "\turl = .",
            "\tpromisor = true",
            "\tfetch = +refs/heads/*:refs/remotes/origin/*",
            f"\tuploadpack = {quoted}",
            "[diff]",
            f"\texternal = {quoted}",
            '[diff "trap"]',
            f"\ttextconv = {quoted}",
            f"\tcommand = {quoted}",
            '[filter "trap"]',
            f"\tclean = {quoted}",
            f"\tsmudge = {quoted}",
            f"\tprocess = {quoted}",
            "[pager]",
            *(f"\t{command} = {quoted}" for command in ("rev-parse", "ls-tree", "cat-file")),
            "[alias]",
            *(f'\t{command} = "!{program}"' for command in ("rev-parse", "ls-tree", "cat-file")),
            "[credential]",
            f'\thelper = "!{program}"',
            '[protocol "file"]',
            "\tallow = always",
            "",
        ]
    )


def as_files(folder: Path, program: str) -> None:
    write(folder / "HEAD", "ref: refs/heads/main\n")
    write(folder / "objects/keep", "")
    write(folder / "refs/heads/keep", "")
    write(folder / "config", settings(program, bare="true"))


def with_a_work_tree(folder: Path, program: str) -> None:
    """One that says it is no bare repository."""
    as_files(folder, program)
    write(folder / "config", settings(program, bare="false", worktree="."))


def with_head_as_a_link(folder: Path, program: str) -> None:
    as_files(folder, program)
    (folder / "HEAD").unlink()
    (folder / "HEAD").symlink_to("refs/heads/main")


def with_its_parts_elsewhere(folder: Path, program: str) -> None:
    """One whose settings are in another folder, as those of a linked work tree are."""
    write(folder / "HEAD", "ref: refs/heads/main\n")
    write(folder / "commondir", "../elsewhere\n")
    as_files(folder.parent / "elsewhere", program)


def with_a_commit_of_its_own(folder: Path, program: str) -> None:
    """One in which every name of a commit of the checkout means something."""
    top = subprocess.run(
        ["git", "rev-parse", "--show-toplevel"], cwd=folder, capture_output=True, text=True, check=True
    )
    subprocess.run(["git", "clone", "--quiet", "--bare", top.stdout.strip(), folder / "x"], check=True)
    for path in sorted((folder / "x").iterdir()):
        path.rename(folder / path.name)
    write(folder / "config", settings(program, bare="true"))


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")


@pytest.mark.parametrize("place", [".", ".."])
@pytest.mark.parametrize(
    "plant",
    [as_files, with_a_work_tree, with_head_as_a_link, with_its_parts_elsewhere, with_a_commit_of_its_own],
)
def test_a_bare_repository_between_catalogue_and_checkout_is_refused(
    checkout: Checkout, plant: Callable[[Path, str], None], place: str
) -> None:
    planted = Path(os.path.normpath(checkout.folder / place))
    plant(planted, checkout.program())
    checkout.git_itself(checkout.folder, "cat-file", "-e", NO_OBJECT)
    assert checkout.has_run, "the trap does not work"

    for base in ("HEAD", checkout.base):
        result = checkout.tfgen("changes", "--base", base)

        assert not checkout.has_run
        assert result == Result(1, "", f"{'.' if place == '.' else planted.as_posix()}: {REFUSED}\n")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_command_refuses_it_and_tells_where_it_is_as_the_user_sees_it(
    checkout: Checkout, run_tfgen: RunTfgen, command: list[str]
) -> None:
    as_files(checkout.folder, checkout.program())
    result = run_tfgen(*command, "-C", "infra/live", cwd=checkout.repository.root)
    assert result == Result(1, "", f"infra/live: {REFUSED}\n")
    assert not checkout.has_run


def test_git_before_it_knew_of_bare_repositories_is_not_asked_either(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git knows `safe.bareRepository` since 2.38; Debian 11 and Ubuntu 22.04 have an older one."""
    unknown = {"safe.bareRepository=explicit": "safe.directory=x"}
    assert unknown.keys() <= set(git._OPTIONS)
    monkeypatch.setattr(git, "_OPTIONS", [unknown.get(option, option) for option in git._OPTIONS])
    with_a_commit_of_its_own(checkout.folder, checkout.program())

    assert checkout.tfgen("changes").exit_code == 1
    assert not checkout.has_run


def test_a_git_that_looks_further_than_tfgen_refuses_the_bare_repository_itself(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git, "_refuse_bare_repository", lambda folder: None)
    as_files(checkout.folder, checkout.program())

    result = checkout.tfgen("changes")

    assert result.exit_code == 1
    assert "HEAD: git fails: cannot use bare repository" in result.stderr
    assert not checkout.has_run


@pytest.mark.parametrize("place", ["", "infra/other", "infra/live/out"])
def test_a_bare_repository_where_git_does_not_look_is_nobodys_matter(checkout: Checkout, place: str) -> None:
    """Git finds the checkout before one at its top."""
    as_files(checkout.repository.root / place, checkout.program())
    result = checkout.tfgen("changes")
    assert (result.exit_code, "desired_count" in result.stdout) == (0, True)
    assert not checkout.has_run


def test_a_folder_with_some_names_of_a_repository_is_none(checkout: Checkout) -> None:
    for name in ("HEAD", "config", "objects/keep"):
        write(checkout.folder / name, "")
    assert checkout.tfgen("changes").exit_code == 0


def test_a_work_tree_within_a_bare_repository_is_a_checkout(checkout: Checkout) -> None:
    """Some people keep all work trees of a repository in its own folder."""
    bare = checkout.repository.root.parent / f"{checkout.repository.root.name}.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", checkout.repository.root, bare], check=True)
    subprocess.run(["git", "worktree", "add", "--quiet", "tree"], cwd=bare, check=True)
    write(bare / "tree/infra/live/services.yaml", EDITED)
    assert "desired_count" in checkout.run_tfgen("changes", cwd=bare / "tree/infra/live").stdout


# --- what git checks out under no name, but an archive may hold: `.git`


def as_a_folder(folder: Path, program: str) -> None:
    as_files(folder / ".git", program)
    write(folder / ".git/config", settings(program, bare="false"))


def as_a_file_that_leads_elsewhere(folder: Path, program: str) -> None:
    as_files(folder / "elsewhere", program)
    write(folder / "elsewhere/config", settings(program, bare="false"))
    write(folder / ".git", "gitdir: elsewhere\n")


@pytest.mark.parametrize("plant", [as_a_folder, as_a_file_that_leads_elsewhere])
def test_of_a_repository_within_the_checkout_no_program_is_run(
    checkout: Checkout, plant: Callable[[Path, str], None]
) -> None:
    """To git it is the catalogue's repository, as a submodule is one, and to tfgen too."""
    plant(checkout.folder, checkout.program())
    checkout.git_itself(checkout.folder, "cat-file", "-e", NO_OBJECT)
    assert checkout.has_run, "the trap does not work"

    result = checkout.tfgen("changes", "--base", checkout.base)

    assert not checkout.has_run
    assert result == Result(1, "", f"{checkout.base}: {UNKNOWN}\n")


@pytest.mark.parametrize("kind", ["config", "objects/info/alternates", "refs/heads/main", "HEAD"])
def test_a_pipe_in_place_of_one_of_gits_files_does_not_hang(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(git, "SECONDS", 0.5)
    as_a_folder(checkout.folder, "true")
    path = checkout.folder / ".git" / kind
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    os.mkfifo(path)

    result = checkout.tfgen("changes", "--base", NO_OBJECT if "objects" in kind else "HEAD")

    assert (result.exit_code, result.stdout) == (1, "")
    assert ": git takes more than 0 seconds; name another revision with --base REV" in result.stderr


# --- the checkout's own repository, as in an archive that somebody made


def test_no_setting_of_the_checkouts_own_repository_names_a_program_that_runs(checkout: Checkout) -> None:
    root = checkout.repository.root
    write(root / ".git/config", settings(checkout.program(), bare="false"))
    for hook in ("post-checkout", "reference-transaction", "post-index-change", "fsmonitor-watchman"):
        write(root / ".git/hooks" / hook, f"#!/bin/sh\n{checkout.program()}\n")
        (root / ".git/hooks" / hook).chmod(0o755)
    write(root / ".gitattributes", "* diff=trap filter=trap\n")
    for arguments in (["cat-file", "-e", NO_OBJECT], ["diff"], ["status"]):
        checkout.git_itself(root, *arguments)
        assert checkout.has_run, "the trap does not work"

    for command in ("changes", "report"):
        result = checkout.tfgen(command)
        assert (result.exit_code, "desired_count" in result.stdout) == (0, True), result.stderr
        assert not checkout.has_run


@pytest.mark.parametrize("command", [["status"], ["update-ref", "refs/heads/x", "HEAD"]], ids=["fsmonitor", "hook"])
def test_whatever_git_is_asked_it_runs_no_watcher_and_no_hook(checkout: Checkout, command: list[str]) -> None:
    """The commands of tfgen would run none; this holds for those to come."""
    root = checkout.repository.root
    write(root / ".git/config", f'[core]\n\tfsmonitor = "{checkout.program()}"\n')
    write(root / ".git/hooks/reference-transaction", f"#!/bin/sh\n{checkout.program()}\n")
    (root / ".git/hooks/reference-transaction").chmod(0o755)
    checkout.git_itself(root, *command)
    assert checkout.has_run, "the trap does not work"

    git.ask(root, *command, most=1000)
    assert not checkout.has_run


@pytest.mark.parametrize("unknown", ["GIT_NO_LAZY_FETCH", "GIT_ALLOW_PROTOCOL"])
def test_what_a_clone_lacks_is_not_fetched(checkout: Checkout, monkeypatch: pytest.MonkeyPatch, unknown: str) -> None:
    """Either variable is enough, for a git that does not know the other."""
    root = checkout.repository.root
    blob = checkout.repository.git("rev-parse", "HEAD:infra/live/services.yaml")
    (root / f".git/objects/{blob[:2]}/{blob[2:]}").unlink()
    write(root / ".git/config", settings(checkout.program(), bare="false"))
    checkout.git_itself(root, "cat-file", "-e", "HEAD:infra/live/services.yaml")
    assert checkout.has_run, "the trap does not work"
    monkeypatch.delitem(git._SET, unknown)

    result = checkout.tfgen("changes")

    assert not checkout.has_run
    assert result == Result(
        1, "", "HEAD: this clone lacks a part of it, and tfgen fetches nothing; clone it anew, without `--filter`\n"
    )


def test_what_a_commit_is_replaced_by_or_grafted_to_does_not_count(checkout: Checkout) -> None:
    first = checkout.base
    second = checkout.repository.commit(**{"infra/live/services.yaml": EDITED})
    checkout.repository.git("replace", first, second)
    checkout.repository.write(".git/info/grafts", f"{second}\n")
    assert checkout.repository.git("show", f"{first}:infra/live/services.yaml") == EDITED.strip()

    for base in (first, f"{second}~1"):
        assert "desired_count" in checkout.tfgen("changes", "--base", base).stdout


def test_a_clone_that_shares_the_objects_of_another_is_read(tmp_path: Path, checkout: Checkout) -> None:
    shared = tmp_path.parent / f"{tmp_path.name}.shared"
    subprocess.run(["git", "clone", "--quiet", "--shared", checkout.repository.root, shared], check=True)
    write(shared / "infra/live/services.yaml", EDITED)
    assert "desired_count" in checkout.run_tfgen("changes", cwd=shared / "infra/live").stdout


# --- names and programs


@pytest.mark.parametrize("name", ["origin/main", "v1", "HEAD"])
def test_a_branch_that_is_named_as_something_else_does_not_take_its_place(checkout: Checkout, name: str) -> None:
    """Whoever checks out a pull request has a branch of the name that its author chose."""
    repository = checkout.repository
    repository.git("update-ref", "refs/remotes/origin/main", checkout.base)
    repository.git("tag", "v1", checkout.base)
    repository.git("config", "core.warnAmbiguousRefs", "false")
    assert "desired_count" in checkout.tfgen("changes", "--base", name).stdout

    repository.commit(**{"infra/live/services.yaml": EDITED})
    repository.git("update-ref", f"refs/heads/{name}", "HEAD")

    assert checkout.tfgen("changes", "--base", name) == Result(
        1,
        "",
        f"{name}: git knows several things of this name; "
        "write it in full, such as refs/remotes/origin/main, or give the commit's whole id\n",
    )
    assert "desired_count" in checkout.tfgen("changes", "--base", "refs/remotes/origin/main").stdout


@pytest.mark.parametrize("digits", [7, 12, 40])
def test_a_branch_that_is_named_as_a_commits_id_does_not_take_its_place(checkout: Checkout, digits: int) -> None:
    repository, name = checkout.repository, checkout.base[:digits]
    repository.commit(**{"infra/live/services.yaml": EDITED})
    repository.git("update-ref", f"refs/heads/{name}", "HEAD")

    told = checkout.tfgen("changes", "--base", name)

    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.startswith(f"{name}: git knows several things of this name;")


def test_a_report_names_a_commit_that_no_branch_can_take_the_place_of(checkout: Checkout) -> None:
    told = checkout.tfgen("report", "--base", "HEAD").stdout
    assert f"tfgen verify-plan plan.json --base {checkout.base}\n" in told


@pytest.mark.parametrize("path", [".", "", "bin", "./bin", "../live/bin"])
def test_a_program_in_the_folder_that_git_runs_in_is_not_taken_for_git(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    planted = checkout.folder / path / "git"
    write(planted, f"#!/bin/sh\n{checkout.program()}\n")
    planted.chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([path, os.environ["PATH"]]))
    checkout.git_itself(checkout.folder, "version")
    assert checkout.has_run, "the trap does not work"

    assert "desired_count" in checkout.tfgen("changes").stdout
    assert not checkout.has_run


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("GIT_DIR", "elsewhere"), ("GIT_COMMON_DIR", "elsewhere"), ("GIT_OBJECT_DIRECTORY", "elsewhere/objects")),
        *(("GIT_WORK_TREE", "/"), ("GIT_INDEX_FILE", "elsewhere"), ("GIT_PREFIX", "x/"), ("GIT_NAMESPACE", "x")),
        *(("GIT_SHALLOW_FILE", "elsewhere"), ("GIT_REPLACE_REF_BASE", "refs/heads/"), ("GIT_GRAFT_FILE", "elsewhere")),
        *(("GIT_ALTERNATE_OBJECT_DIRECTORIES", "elsewhere"), ("GIT_CONFIG", "elsewhere")),
    ],
)
def test_no_variable_that_git_hands_to_a_hook_names_another_repository(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    as_files(checkout.folder / "elsewhere", checkout.program())
    monkeypatch.setenv(name, value)
    assert "desired_count" in checkout.tfgen("changes").stdout
    assert not checkout.has_run


def test_every_variable_that_git_hands_to_a_hook_is_known() -> None:
    """Settings in them are the user's own, and those of tfgen go before them."""
    told = subprocess.run(["git", "rev-parse", "--local-env-vars"], capture_output=True, text=True, check=True).stdout
    of_settings = {"GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"}
    set_or_unset = git._UNSET | git._SET.keys() | {"GIT_NO_REPLACE_OBJECTS"}
    assert set(told.split()) - of_settings <= set_or_unset
