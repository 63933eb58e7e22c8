"""Files of variables from the command line: on the disk, at a revision of git, beside another catalogue."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.errors import FolderError
from generator.files import beside
from generator.files import revision as revisions
from generator.workspace import Workspace
from tests.support.project import Project, RunTfgen
from tests.support.rendering import SMALL
from tests.support.repository import Repository

WITH_FILE = f"{SMALL}    environment_file: config/mail.env\n"
TWO_SERVICES = f"{WITH_FILE}  post: {{kind: task, image: 'busybox:1', environment_file: ./config//mail.env}}\n"


@pytest.fixture
def with_file(project: Project) -> Project:
    (project.root / "config").mkdir()
    writes(project, "HOST=a\n")
    project.says(WITH_FILE)
    return project


def writes(project: Project, content: str) -> None:
    (project.root / "config" / "mail.env").write_text(content, "utf-8")


def test_what_is_wrong_with_a_file_of_several_services_is_told_once(with_file: Project) -> None:
    with_file.says(TWO_SERVICES)
    writes(with_file, 'DB_PASSWORD=hunter2hunter2\nEMPTY=\nQUOTED="x"\n')
    result = with_file.run("validate")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "config/mail.env:1:13: warning: DB_PASSWORD: it looks like a credential, and everyone who may read the task "
        "definition can read it; store it in Secrets Manager, and refer to it under `secrets`",
        "config/mail.env:2:7: warning: EMPTY: Fargate leaves out a variable with an empty value: the container does "
        "not get it; write a value, or remove it",
        "config/mail.env:3:8: warning: QUOTED: the quotes become a part of the value; remove them, unless the "
        "container needs them",
        "services.yaml is valid: 2 services",
    ]


def test_annotations_stand_at_the_line_of_the_file(with_file: Project) -> None:
    writes(with_file, "A=1\nA=2\n")
    assert "::error file=config/mail.env,line=2,col=1," in with_file.run("check", "--format", "github").stdout


@pytest.mark.parametrize("place", [".", "infra"])
def test_a_file_that_changes_is_drift(tmp_path: Path, run_tfgen: RunTfgen, place: str) -> None:
    root = tmp_path / place
    (root / "config").mkdir(parents=True)
    (root / "services.yaml").write_text(WITH_FILE)
    (root / "config" / "mail.env").write_text("HOST=a\n")
    assert run_tfgen("-C", place, "render", cwd=tmp_path).exit_code == 0
    (root / "config" / "mail.env").write_text("HOST=b\n")
    result = run_tfgen("-C", place, "check", cwd=tmp_path)
    assert result.exit_code == 2
    assert '-          value = "a"\n+          value = "b"\n' in result.stdout
    (root / "config" / "mail.env").write_text("HOST\n")
    shown = "config/mail.env" if place == "." else "infra/config/mail.env"
    assert run_tfgen("-C", place, "check", cwd=tmp_path).stderr.startswith(f"{shown}:1:1: there is no `=`")


def test_a_file_that_changes_while_tfgen_runs_is_told(with_file: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(with_file.root)
    workspace = Workspace(Path("services.yaml"))
    rendered = workspace.rendered()
    workspace.confirm(rendered)
    writes(with_file, "HOST=b\n")
    with pytest.raises(
        FolderError, match=r"^config/mail\.env: it was changed while tfgen was running; run tfgen again$"
    ):
        workspace.confirm(rendered)
    (with_file.root / "config" / "mail.env").unlink()
    with pytest.raises(FolderError, match="it was changed"):
        workspace.confirm(rendered)


def test_blame_leads_to_the_line_of_the_file(with_file: Project) -> None:
    writes(with_file, "# hosts\nHOST=a\nUSER=me\n")
    main = with_file.rendered().main.read_text("utf-8")
    number = main.splitlines().index('          value = "me"') + 1
    told = with_file.run("blame", f"out/main.tf:{number}").stdout
    assert "  config/mail.env:3:6 services.mail.environment.USER  " in told


def test_a_file_of_defaults_lies_under_the_variables_of_all_layers(with_file: Project) -> None:
    defaults = "defaults: {environment_file: config/mail.env, environment: {HOST: defaults, LEVEL: info}}"
    with_file.says(f"{defaults}\n{SMALL}    environment: {{OWN: x, GONE: null}}\n")
    writes(with_file, "GONE=file\nHOST=file\nLAST=file\n")
    shown = with_file.rendered().run("show", "mail").stdout
    assert "  environment:\n    OWN: x\n    HOST: defaults\n    LEVEL: info\n    LAST: file\n" in shown
    assert "  environment_file: config/mail.env\n" in shown


def test_changes_reads_the_file_as_it_was_at_the_base(repository: Repository, run_tfgen: RunTfgen) -> None:
    repository.commit(**{"services.yaml": WITH_FILE, "config/mail.env": "HOST=a\nUSER=me\n"})
    repository.write("config/mail.env", "HOST=b\nPORT=25\n")
    result = run_tfgen("changes", cwd=repository.root)
    assert result.exit_code == 0, result.stderr
    rows = [line.split() for line in result.stdout.splitlines() if "environment." in line]
    assert rows == [
        ["mail", "-", "config/mail.env:1:6", "environment.HOST", "a", "b"],
        ["mail", "-", "config/mail.env:2:6", "environment.PORT", "-", "25"],
        ["mail", "-", "HEAD:config/mail.env:2:6", "environment.USER", "me", "-"],
    ]


def test_a_base_without_the_file_is_told_with_the_revision(repository: Repository, run_tfgen: RunTfgen) -> None:
    repository.commit(**{"services.yaml": WITH_FILE})
    repository.write("config/mail.env", "HOST=b\n")
    result = run_tfgen("changes", cwd=repository.root)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "HEAD:services.yaml:9:23: services.mail.environment_file: HEAD:config/mail.env does not exist; name another "
        "revision with --base REV, or another catalogue with --base-file FILE\n"
    )


def test_a_link_at_the_base_is_not_followed(repository: Repository, run_tfgen: RunTfgen) -> None:
    (repository.root / "config").mkdir()
    (repository.root / "config" / "mail.env").symlink_to("../other.env")
    repository.commit(**{"services.yaml": WITH_FILE, "other.env": "HOST=a\n"})
    result = run_tfgen("changes", cwd=repository.root)
    assert result.exit_code == 1
    assert result.stderr == "HEAD: config/mail.env is a symbolic link there; name the file that it leads to\n"


def test_a_path_that_means_something_to_git_is_a_path(repository: Repository, run_tfgen: RunTfgen) -> None:
    """`:/x` is a file at the top of the repository to git."""
    catalogue = f"{SMALL}    environment_file: ':/mail.env'\n"
    repository.commit(**{"mail.env": "SECRET=1\n", "infra/:/mail.env": "HOST=a\n", "infra/services.yaml": catalogue})
    repository.write("infra/:/mail.env", "HOST=b\n")
    result = run_tfgen("-C", "infra", "changes", cwd=repository.root)
    assert result.exit_code == 0, result.stderr
    assert "SECRET" not in result.stdout
    assert "environment.HOST" in result.stdout


def test_many_files_of_a_revision_are_read_in_groups(
    repository: Repository, run_tfgen: RunTfgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revisions, "_MOST_PATHS", 2)
    names = [f"s{number}" for number in range(5)]
    services = "".join(f"  {name}: {{kind: task, image: 'busybox:1'}}\n" for name in names)
    header, _, _ = SMALL.partition("services:")
    catalogue = f"{header}defaults: {{environment_file: 'config/${{tfgen.service}}.env'}}\nservices:\n{services}"
    repository.commit(**{"services.yaml": catalogue}, **{f"config/{name}.env": f"NAME={name}\n" for name in names})
    for name in names:
        repository.write(f"config/{name}.env", f"NAME={name}2\n")
    result = run_tfgen("changes", cwd=repository.root)
    assert result.stdout.count("environment.NAME") == len(names)


def test_a_base_file_has_its_own_files(project: Project) -> None:
    other = project.root / "old"
    (other / "config").mkdir(parents=True)
    (other / "services.yaml").write_text(WITH_FILE)
    (other / "config" / "mail.env").write_text("HOST=old\nGONE=1\n")
    (project.root / "config").mkdir()
    (project.root / "config" / "mail.env").write_text("HOST=new\n")
    project.says(WITH_FILE)
    rows = [line.split() for line in project.run("changes", "--base-file", "old/services.yaml").stdout.splitlines()]
    assert [row for row in rows if "environment." in "".join(row)] == [
        ["mail", "-", "config/mail.env:1:6", "environment.HOST", "old", "new"],
        ["mail", "-", "old/config/mail.env:2:6", "environment.GONE", "1", "-"],
    ]


def test_a_base_file_reads_nothing_outside_of_its_folder(project: Project) -> None:
    (project.root / "old" / "config").mkdir(parents=True)
    (project.root / "secret.env").write_text("SECRET=1\n")
    (project.root / "old" / "config" / "mail.env").symlink_to(project.root / "secret.env")
    (project.root / "old" / "services.yaml").write_text(WITH_FILE)
    result = project.run("changes", "--base-file", "old/services.yaml")
    assert result.exit_code == 1
    assert result.stderr == (
        "old/services.yaml:9:23: services.mail.environment_file: old/config/mail.env leads out of the catalogue's "
        "folder through a symbolic link; put the file itself there\n"
    )


def test_what_is_read_of_all_files_is_bounded(with_file: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    (with_file.root / "config" / "post.env").write_text("A=1\n")
    with_file.says(TWO_SERVICES.replace("config//mail.env", "config/post.env"))
    monkeypatch.setattr(beside, "LARGEST_SUM", 7)
    assert with_file.run("validate").stderr.startswith(
        "services.yaml:10:60: services.post.environment_file: config/post.env is not read: the files before it have "
    )
    monkeypatch.setattr(beside, "LARGEST_SUM", 8)
    assert with_file.run("validate").exit_code == 0


def test_a_pipe_is_not_waited_for(with_file: Project) -> None:
    (with_file.root / "config" / "mail.env").unlink()
    os.mkfifo(with_file.root / "config" / "mail.env")
    assert "config/mail.env is a pipe or a device; name a file" in with_file.run("validate").stderr
