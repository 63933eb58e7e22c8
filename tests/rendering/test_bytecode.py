"""What Jinja makes of the built-in templates is kept, and nobody can tell by anything but the time that it takes."""

from __future__ import annotations

import marshal
import os
import pickle
import py_compile
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import jinja2
import pytest
from jinja2.bccache import Bucket

from generator.blame.templates import FollowingEnvironment
from generator.rendering import bytecode, sandbox, vocabulary
from generator.rendering.bytecode import KeptBytecode
from generator.rendering.render import built_in_templates, environment_of
from generator.rendering.sandbox import Sandbox
from tests.support.paths import ROOT
from tests.support.processes import MAIN, environment
from tests.support.rendering import CATALOGUE, NO_OVERRIDES, no_types

NAME = "module/region.tf.j2"
WORDS = {NAME: "region {{ word }}", "main.tf.j2": '{% include "module/region.tf.j2" %} and {{ word.upper() }}'}


@pytest.fixture(autouse=True)
def bytecode_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Templates that nothing has been made of."""
    folder = tmp_path / "templates"
    for name, text in WORDS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def kept(folder: Path) -> dict[str, bytes]:
    """Return each file that is kept for the templates of a folder."""
    paths = folder.rglob("__pycache__/*")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def environment_in(folder: Path, kind: type[Sandbox] = Sandbox) -> Sandbox:
    found = kind(jinja2.FileSystemLoader(folder))
    found.bytecode_cache = KeptBytecode(folder)
    return found


def rendered(folder: Path, kind: type[Sandbox] = Sandbox) -> str:
    return environment_in(folder, kind).get_template("main.tf.j2").render(word="word")


RENDERED = "region word and WORD"


@pytest.fixture
def compiled_names(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that are compiled, as they are."""
    names: list[str] = []
    compile_template = Sandbox.compile

    def compile_and_tell(self: Sandbox, source: Any, name: str | None = None, *rest: Any) -> Any:
        names.append(name or "")
        return compile_template(self, source, name, *rest)

    monkeypatch.setattr(Sandbox, "compile", compile_and_tell)
    return names


# --- what is kept counts for what it was made of


def test_a_template_is_compiled_once(folder: Path, compiled_names: list[str]) -> None:
    assert [rendered(folder), rendered(folder)] == [RENDERED, RENDERED]
    assert sorted(compiled_names) == sorted(WORDS)


def test_an_edited_template_counts_at_once(folder: Path) -> None:
    rendered(folder)
    stat = (folder / NAME).stat()
    (folder / NAME).write_text(WORDS[NAME].replace("region", "REGION"), "utf-8")
    os.utime(folder / NAME, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    assert rendered(folder) == "REGION word and WORD"


def another_jinja(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(jinja2, "__version__", "3.1.0")


def another_python(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(bytecode, "MAGIC_NUMBER", b"1234")


def another_sandbox(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    edit(sandbox, monkeypatch, tmp_path)


def another_vocabulary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    edit(vocabulary, monkeypatch, tmp_path)


def edit(module: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    edited = tmp_path / "edited.py"
    edited.write_text(Path(str(module.__file__)).read_text("utf-8") + "\n", "utf-8")
    monkeypatch.setattr(module, "__file__", str(edited))


@pytest.mark.parametrize("change", [another_jinja, another_python, another_sandbox, another_vocabulary])
def test_what_another_maker_made_is_not_taken(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    compiled_names: list[str],
    change: Callable[[pytest.MonkeyPatch, Path], None],
) -> None:
    rendered(folder)
    before = kept(folder)
    compiled_names.clear()
    change(monkeypatch, tmp_path)

    assert rendered(folder) == RENDERED
    assert sorted(compiled_names) == sorted(WORDS)
    assert kept(folder) != before


def test_nothing_of_a_jinja_that_does_not_say_its_version_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(jinja2, "__version__")

    assert rendered(folder) == RENDERED
    assert kept(folder) == {}


def test_a_folder_that_moved_tells_errors_at_its_new_place(folder: Path, tmp_path: Path) -> None:
    (folder / NAME).write_text("{{ nothing }}", "utf-8")
    with pytest.raises(jinja2.UndefinedError):
        rendered(folder)
    moved = folder.rename(tmp_path / "elsewhere")
    with pytest.raises(jinja2.UndefinedError) as error:
        rendered(moved)
    assert str(moved / NAME) in [str(entry.path) for entry in error.traceback]


def test_a_folder_may_have_any_name(folder: Path, tmp_path: Path, compiled_names: list[str]) -> None:
    odd = folder.rename(tmp_path / os.fsdecode(b"caf\xe9"))
    assert [rendered(odd), rendered(odd)] == [RENDERED, RENDERED]
    assert len(compiled_names) == len(WORDS)


class Shouting(Sandbox):
    """An environment that compiles another code of the same template."""

    def _generate(self, source: jinja2.nodes.Template, *rest: Any, **options: Any) -> str:
        for data in source.find_all(jinja2.nodes.TemplateData):
            data.data = data.data.upper()
        return super()._generate(source, *rest, **options)


def test_what_another_kind_of_environment_compiles_is_neither_kept_nor_taken(folder: Path) -> None:
    shouted = "REGION word AND WORD"
    assert rendered(folder, Shouting) == shouted
    assert kept(folder) == {}
    assert rendered(folder) == RENDERED
    before = kept(folder)
    assert rendered(folder, Shouting) == shouted
    assert (kept(folder), rendered(folder)) == (before, RENDERED)


def test_what_blame_compiles_is_not_kept(folder: Path) -> None:
    rendered(folder, FollowingEnvironment)
    assert kept(folder) == {}


def test_what_is_kept_of_the_built_in_templates_is_what_jinja_makes_of_them(tmp_path: Path) -> None:
    folder = shutil.copytree(built_in_templates(), tmp_path / "copy", ignore=shutil.ignore_patterns("__pycache__"))
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*.j2")]
    for _ in range(2):
        environment = environment_of(NO_OVERRIDES, Sandbox, no_types)
        environment.loader, environment.bytecode_cache = jinja2.FileSystemLoader(folder), KeptBytecode(folder)
        for name in names:
            source, filename, _ = environment.loader.get_source(environment, name)
            made = environment.compile(source, name, filename)
            found = environment.get_template(name).root_render_func.__code__
            assert found in made.co_consts, name
    assert len(kept(folder)) == len(names) > 15


def test_no_filter_of_tfgens_is_asked_while_a_template_is_compiled() -> None:
    """What it said would be kept, and hold for another version of it."""
    asked: list[object] = []
    environment = environment_of(NO_OVERRIDES, Sandbox, no_types)
    environment.filters |= dict.fromkeys(("hcl", "hcl_key"), asked.append)
    for path in built_in_templates().rglob("*.j2"):
        environment.compile(path.read_text("utf-8"))
    assert asked == []


# --- what is not as it was written does not count


def damaged(content: bytes) -> list[bytes]:
    flipped = [content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :] for at in range(0, len(content), 23)]
    cut = [content[:at] for at in (0, 1, 31, 32, 33, len(content) // 2, len(content) - 1)]
    return [*flipped, *cut, content + b"\0"]


class Bomb:
    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (3,)


def of_others(folder: Path) -> list[bytes]:
    """Files that other programs would keep there."""
    (folder / "python.py").write_text("raise SystemExit(3)\n", "utf-8")
    python = py_compile.compile(str(folder / "python.py"), str(folder / "python.pyc"))
    code = compile("raise SystemExit(3)", "code", "exec")
    jinjas = jinja2.bccache.bc_magic + pickle.dumps("", 2) + marshal.dumps(code)
    return [Path(str(python)).read_bytes(), jinjas, pickle.dumps(Bomb()), marshal.dumps(code), b"# text\n" * 99]


def test_a_file_that_is_not_as_it_was_written_is_made_anew(folder: Path) -> None:
    rendered(folder)
    whole = kept(folder)
    for name, content in whole.items():
        for other in [*damaged(content), *of_others(folder)]:
            (folder / name).write_bytes(other)
            assert rendered(folder) == RENDERED
            assert kept(folder) == whole


def test_a_file_of_another_template_does_not_count(folder: Path) -> None:
    rendered(folder)
    whole = kept(folder)
    one, other = whole
    (folder / one).write_bytes(whole[other])

    assert rendered(folder) == RENDERED
    assert kept(folder) == whole


# --- where nothing can be kept


def test_nothing_is_written_where_python_writes_no_bytecode(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(folder) == RENDERED
    assert kept(folder) == {}


def test_it_is_kept_where_python_keeps_its_own(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "prefix"))
    assert rendered(folder) == RENDERED
    assert kept(folder) == {}
    assert len(list((tmp_path / "prefix").rglob("*.pyc"))) == len(WORDS)


def a_file(place: Path) -> None:
    place.write_bytes(b"mine\n")


def a_link_to_nowhere(place: Path) -> None:
    place.symlink_to(place.with_name("nowhere") / "within")


def a_file_in_place_of_each(place: Path) -> None:
    for name in ("main.tf", "region.tf"):
        (place / f"{name}.{sys.implementation.cache_tag}.pyc" / "within").mkdir(parents=True)


@pytest.mark.parametrize("put", [a_file, a_link_to_nowhere, a_file_in_place_of_each])
def test_a_folder_that_takes_no_file_is_no_fault(folder: Path, put: Callable[[Path], None]) -> None:
    for place in (folder / "__pycache__", folder / "module" / "__pycache__"):
        put(place)
    before = sorted(folder.rglob("*"))

    assert [rendered(folder), rendered(folder)] == [RENDERED, RENDERED]
    assert sorted(folder.rglob("*")) == before


def test_a_full_disk_is_no_fault_and_leaves_nothing_behind(folder: Path) -> None:
    program = (
        f"import resource, sys; from pathlib import Path; from {__name__} import rendered;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); print(rendered(Path(sys.argv[1])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, folder], env=environment(), capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == (RENDERED + "\n", "")
    assert kept(folder) == {}


def test_every_user_may_read_what_is_kept(folder: Path) -> None:
    before = os.umask(0o022)
    try:
        rendered(folder)
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*.pyc")} == {0o644}


# --- many processes, and projects with templates of their own


def test_another_process_sees_the_whole_file_or_none(folder: Path) -> None:
    code = compile("\n".join(f"x{number} = {number}" for number in range(5000)), "code", "exec")
    cache = KeptBytecode(folder)
    written, read = (Bucket(environment_in(folder), str(folder / "kept.pyc"), "text") for _ in range(2))
    written.code = code
    cache.dump_bytecode(written)
    with ThreadPoolExecutor(1) as others:
        writing = others.submit(lambda: any(map(cache.dump_bytecode, [written] * 200)))
        while not writing.done():
            read.reset()
            cache.load_bytecode(read)
            assert read.code == code


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """tfgen's own folder, of which nothing has been run."""
    unwanted = shutil.ignore_patterns("__pycache__")
    for name in ("generator", "templates"):
        shutil.copytree(ROOT / name, tmp_path / "checkout" / name, ignore=unwanted)
    return tmp_path / "checkout"


def check(project: Path, checkout: Path) -> subprocess.CompletedProcess[str]:
    variables = environment() | {"PYTHONPATH": os.pathsep.join([str(checkout), *sys.path])}
    return subprocess.run(
        [sys.executable, "-c", MAIN, "check"], cwd=project, env=variables, capture_output=True, text=True, check=False
    )


def project_in(tmp_path: Path) -> Path:
    project = tmp_path / "project"
    project.mkdir()
    (project / "services.yaml").write_text(CATALOGUE, "utf-8")
    return project


def test_many_processes_at_once_keep_the_same(tmp_path: Path, checkout: Path) -> None:
    project = project_in(tmp_path)
    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(lambda _: check(project, checkout), range(12)))

    assert {(result.returncode, result.stderr) for result in results} == {(2, results[0].stderr)}
    assert len({result.stdout for result in results}) == 1
    names = [Path(name).name for name in kept(checkout / "templates")]
    assert names
    assert all(name.endswith(".pyc") for name in names)


def test_of_a_projects_own_templates_nothing_is_kept(tmp_path: Path, checkout: Path) -> None:
    project = project_in(tmp_path)
    own = project / "templates" / "service" / "banner.tf.j2"
    own.parent.mkdir(parents=True)
    plain = check(project, checkout).stdout
    before = kept(checkout / "templates")
    for word in ("mine", "yours"):
        own.write_text(f"# {word} {{{{ service.names.title }}}}\n", "utf-8")
        result = check(project, checkout)
        assert f"+# {word} Mail" in result.stdout
        assert kept(project) == {}
        assert kept(checkout / "templates") == before
    shutil.rmtree(project / "templates")
    assert check(project, checkout).stdout == plain


def test_a_checkout_of_tfgen_has_no_templates_besides_the_built_in_ones(checkout: Path) -> None:
    (checkout / "services.yaml").write_text(CATALOGUE, "utf-8")
    assert check(checkout, checkout).returncode == 2
    assert len(kept(checkout / "templates")) > 15
