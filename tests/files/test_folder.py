"""The folders that a catalogue works with: what of them is read, and what is refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import FolderError
from generator.files.folder import is_override, is_terraforms, read_folder, read_tree, refuse_links


def lay(folder: Path, **contents: bytes) -> None:
    for name, content in contents.items():
        path = folder / name.replace("__", "/").replace("_tf", ".tf")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def refusal(read: Callable[[], object]) -> list[str]:
    with pytest.raises(FolderError) as caught:
        read()
    return [f"{problem.where}: {problem.what}; {problem.remedy}" for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("main.tf", True),
        ("main.tf.json", True),
        (".tf", False),
        (".main.tf", False),
        ("main.tf~", False),
        ("main.json", False),
        ("main.tfvars", False),
        ("main", False),
    ],
)
def test_a_file_is_terraforms_by_its_ending_unless_it_is_hidden(name: str, expected: bool) -> None:
    assert is_terraforms(name) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("override.tf", True),
        ("override.tf.json", True),
        ("main_override.tf", True),
        ("_override.tf.json", True),
        ("mainoverride.tf", False),
        ("override_main.tf", False),
        ("overrides.tf", False),
        ("main.tf", False),
    ],
)
def test_a_file_overrides_others_by_the_end_of_its_name(name: str, expected: bool) -> None:
    assert is_override(name) is expected


def test_the_files_of_a_folder_are_terraforms_alone_and_none_of_the_folders_in_it(tmp_path: Path) -> None:
    lay(tmp_path, b_tf=b"b\r\n", a_tf=b"\xff", README=b"text", inner__c_tf=b"c")
    (tmp_path / "folder.tf").mkdir()
    (tmp_path / "link.tf").symlink_to("b.tf")
    found = read_folder(tmp_path, "out", ["a.tf"])
    assert found == {"a.tf": b"\xff", "b.tf": b"b\r\n", "link.tf": b"b\r\n"}
    assert list(found) == sorted(found)


def test_a_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    assert read_folder(tmp_path / "absent", "out", ()) == {}
    assert read_tree(tmp_path / "absent", "templates", tmp_path) == {}


def test_what_is_no_folder_or_cannot_be_read_is_told_with_what_to_do(tmp_path: Path) -> None:
    lay(tmp_path, file=b"")
    let_read = "set `module.path` to a folder that tfgen may read, with its files"
    assert refusal(lambda: read_folder(tmp_path / "file", "out", ())) == [
        f"out: cannot be read: Not a directory; {let_read}"
    ]
    refuse_links(tmp_path / "file", "out", ["main.tf"])


@pytest.mark.parametrize("target", ["b.tf", "absent", "link.tf", ".."])
def test_a_link_in_place_of_a_file_is_refused_wherever_it_leads(tmp_path: Path, target: str) -> None:
    lay(tmp_path, b_tf=b"")
    (tmp_path / "link.tf").symlink_to(target)
    expected = ["out/link.tf: it is a symbolic link; put a file in its place, or remove it"]
    assert refusal(lambda: refuse_links(tmp_path, "out", ["b.tf", "link.tf", "absent.tf"])) == expected
    refuse_links(tmp_path, "out", ["b.tf", "absent.tf"])


def test_a_tree_is_read_with_all_its_folders_and_links_within_the_catalogues(tmp_path: Path) -> None:
    lay(tmp_path, templates__a=b"a", templates__b__c=b"c", templates__b__hidden=b"h", other=b"o")
    (tmp_path / "templates" / "link").symlink_to("../other")
    (tmp_path / "templates" / "empty").mkdir()
    found = read_tree(tmp_path / "templates", "templates", tmp_path)
    assert found == {"a": b"a", "b/c": b"c", "b/hidden": b"h", "link": b"o"}
    assert list(found) == sorted(found)


def test_a_tree_with_what_must_not_be_read_is_refused_with_all_of_it(tmp_path: Path) -> None:
    root, templates = tmp_path / "root", tmp_path / "root" / "templates"
    lay(tmp_path, outside=b"secret", root__templates__a=b"a")
    links = {"out": "../../outside", "far": "/etc", "nowhere": "absent", "folder": "..", "itself": "itself"}
    for name, target in links.items():
        (templates / name).symlink_to(target)
    leads_out = "it leads out of the catalogue's folder through a symbolic link; put the file itself there"
    leads_nowhere = "it is a broken symbolic link; put the file itself there"
    assert refusal(lambda: read_tree(templates, "templates", root)) == [
        f"templates/far: {leads_out}",
        "templates/folder: it is a symbolic link to a folder; put the folder itself there",
        f"templates/itself: {leads_nowhere}",
        f"templates/nowhere: {leads_nowhere}",
        f"templates/out: {leads_out}",
    ]


def test_a_template_is_no_larger_than_any(tmp_path: Path) -> None:
    lay(tmp_path, large=b"x" * ((1 << 20) + 1), full=b"x" * (1 << 20))
    assert refusal(lambda: read_tree(tmp_path, "templates", tmp_path)) == [
        "templates/large: it has more than 1 MiB; remove it, or make it smaller"
    ]


@pytest.mark.parametrize(("read", "name"), [(read_tree, "pipe"), (read_folder, "pipe.tf")])
def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path, read: Callable[..., object], name: str) -> None:
    os.mkfifo(tmp_path / name)
    assert refusal(lambda: read(tmp_path, "out", tmp_path if read is read_tree else ())) == [
        f"out/{name}: it is a pipe or a device; put a file in its place, or remove it"
    ]


def test_a_link_to_nowhere_among_hand_written_files_is_told(tmp_path: Path) -> None:
    (tmp_path / "nowhere.tf").symlink_to("absent")
    assert refusal(lambda: read_folder(tmp_path, "out", ())) == [
        "out/nowhere.tf: it is a broken symbolic link; put a file in its place, or remove it"
    ]


def test_a_file_in_place_of_a_tree_is_told_with_what_to_do(tmp_path: Path) -> None:
    lay(tmp_path, templates=b"")
    expected = ["templates: cannot be read: Not a directory; allow tfgen to read it, or move it away"]
    assert refusal(lambda: read_tree(tmp_path / "templates", "templates", tmp_path)) == expected


def test_a_folder_that_may_not_be_searched_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, a__b__c=b"")
    listed = Path.iterdir

    def refusing(path: Path) -> object:
        if path.name == "b":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refusing)
    expected = ["templates/a/b: cannot be read: Permission denied; allow tfgen to read it, or move it away"]
    assert refusal(lambda: read_tree(tmp_path, "templates", tmp_path)) == expected
