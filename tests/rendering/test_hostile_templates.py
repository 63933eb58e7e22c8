"""Templates that came with somebody's pull request: they read nothing, run nothing, and come to an end."""

from __future__ import annotations

import itertools
import mmap
import multiprocessing
import os
import re
import signal
import time
from pathlib import Path

import jinja2
import pytest

from generator.catalogue.read import read
from generator.rendering import bounds
from generator.rendering.render import Overrides, environment_of
from generator.rendering.sandbox import Sandbox
from generator.source.source import Source
from tests.support.project import Project, Result
from tests.support.rendering import SMALL, no_types

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is bounded where no process can be forked")

CATALOGUE = SMALL + "    environment: {A: b}\n    buckets: [{name: videos, access: [read]}]\n    tags: {a: b}\n"
SECRET = "s3cr3t-of-the-machine"  # noqa: S105 - a word to look for
BANNER = "service/banner.tf.j2"


def rendered_with(project: Project, *templates: str | bytes, name: str = BANNER) -> Result:
    """Render with a template that is said to be no harm to anybody; nothing is there afterwards but what was."""
    project.says(CATALOGUE)
    for number, template in enumerate(templates):
        path = project.root / "templates" / (name if not number else f"other{number}.tf.j2")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(template.encode() if isinstance(template, str) else template)
    before = project.contents()
    result = project.run("render")
    if result.exit_code:
        assert project.contents() == before
        assert result.stdout == ""
        assert SECRET not in result.stderr
        (line,) = result.stderr.removesuffix("\n").split("\n")
        assert line.isprintable()
        assert line.count("; ") >= 1
        assert len(line) < 3000
        assert line.startswith(("templates", "out/")), line
    assert multiprocessing.active_children() == []
    return result


@pytest.fixture
def secret(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file outside of the catalogue's folder, and a variable of the environment, that nobody may read."""
    path = tmp_path_factory.mktemp("outside") / "secret.tf.j2"
    path.write_text(f"# {SECRET}\n", encoding="utf-8")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    return path


# --- files

READERS = ['{%% include "%s" %%}', '{%% import "%s" as x %%}', '{%% extends "%s" %%}', '{%% from "%s" import x %%}']
READERS += ['{%% include ["%s", "%s"] %%}']


@pytest.mark.parametrize("reader", READERS)
def test_no_file_outside_is_read_by_its_path(project: Project, secret: Path, reader: str) -> None:
    up = os.path.relpath(secret, project.root / "templates" / "service")
    for path in (str(secret), up, f"../{up}", f"service/../{up}", f"/{secret}", "/etc/passwd", "..", ".", "", "/"):
        result = rendered_with(project, reader.replace("%s", path).replace("%%", "%"))
        assert result.exit_code == 1
        assert "root:" not in result.stderr


@pytest.mark.parametrize(
    "path", ["a\\0b", "../services.yaml", "service\\\\banner.tf.j2", "~", "file:///etc/passwd", "-"]
)
def test_no_odd_name_is_found(project: Project, path: str) -> None:
    assert rendered_with(project, f'{{% include "{path}" %}}').exit_code == 1


@pytest.mark.parametrize("place", [BANNER, "main.tf.j2", "service", "."])
def test_no_link_out_of_the_folder_is_followed(project: Project, secret: Path, place: str) -> None:
    link = project.root / "templates" / place
    if place != ".":
        link.parent.mkdir(parents=True)
    target = secret if place.endswith(".j2") else secret.parent
    if place == ".":
        link = project.root / "templates"
        (secret.parent / "main.tf.j2").write_text(SECRET, encoding="utf-8")
    link.symlink_to(target)

    result = project.run("render")

    assert SECRET not in result.stdout + result.stderr
    assert not project.main.exists() or SECRET not in project.main.read_text(encoding="utf-8")
    assert result.exit_code == 1
    assert "it leads out of the catalogue's folder through a symbolic link" in result.stderr


@pytest.mark.parametrize(
    ("place", "target", "said"),
    [
        (BANNER, "nowhere", f"templates/{BANNER}: it is a broken symbolic link"),
        (BANNER, "banner.tf.j2", f"templates/{BANNER}: it is a broken symbolic link"),
        ("service", "../own", "templates/service: it is a symbolic link to a folder"),
        ("", "nowhere", "templates: cannot be read: No such file or directory"),
    ],
)
def test_no_template_is_passed_over_for_a_link(project: Project, place: str, target: str, said: str) -> None:
    (project.root / "own").mkdir()
    link = project.root / "templates" / place
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(target)

    result = project.run("render")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(said)


@pytest.mark.parametrize("place", ["/dev/zero", "/proc/self/environ", "/dev/stdin"])
def test_no_device_is_read(project: Project, place: str) -> None:
    link = project.root / "templates" / BANNER
    link.parent.mkdir(parents=True)
    link.symlink_to(place)
    project.run("render")
    assert not project.main.exists() or "PATH=" not in project.main.read_text(encoding="utf-8")


def test_a_pipe_in_the_folder_blocks_nothing(project: Project) -> None:
    (project.root / "templates" / "service").mkdir(parents=True)
    os.mkfifo(project.root / "templates" / BANNER)
    told = f"templates/{BANNER}: it is a pipe or a device; put a file in its place, or remove it\n"
    assert project.run("render") == Result(1, "", told)


# --- code

OBJECTS = [
    *("self", "cycler", "joiner", "lipsum", "namespace", "dict", "range", "header", "catalogue", "services"),
    *("services[0]", "catalogue.names", "services[0].names", "services[0].buckets[0]", "services[0].statements"),
    *("services[0].statements[0]", "services[0].target", "catalogue.main_blocks[0]", "catalogue.defaults"),
    *(
        "services[0].name_within",
        "catalogue.image_of",
        "catalogue.main_blocks",
        "services[0].blocks()",
        "(1)",
        "1.5",
    ),
    *("''.format", "[]", "{}", "()", "none", "true", "loop", "caller", "m", "self.b", "cycler('a')"),
    *(
        "catalogue.services.items()",
        "joiner()",
        "namespace()",
        "undefined_name",
        "[1]|map('upper')",
        "[1]|batch(1)",
        "lipsum()",
    ),
]
INSIDES = [
    *(
        "__class__",
        "__globals__",
        "__mro__",
        "__subclasses__",
        "__init__",
        "__builtins__",
        "__dict__",
        "__code__",
        "__func__",
    ),
    *(
        "__self__",
        "__getattribute__",
        "__reduce__",
        "__reduce_ex__",
        "__module__",
        "__base__",
        "__call__",
        "__import__",
    ),
    *(
        "gi_frame",
        "gi_code",
        "cr_frame",
        "ag_frame",
        "f_globals",
        "f_locals",
        "f_back",
        "tb_frame",
        "func_globals",
        "mro",
    ),
    *("_TemplateReference__context", "_environment", "_names", "_Macro__x", "_settings", "__init_subclass__"),
    *("_defaults", "_replace", "_asdict", "_make", "_fields", "_field_defaults", "_main_blocks", "copy"),
    *("__dataclass_fields__", "__slots__", "__setattr__", "__annotations__"),
]
HARMLESS = re.compile(
    r"[\[(]*(Undefined|dict\['\w+'\]|<(built-in )?method '?copy'? of '?(list|dict)'? object[^<>]*>|)[\])]*"
)
"""Nothing, a type's name with a name behind it, and what makes the copy of a list."""

PREAMBLE = "{% macro m() %}{{ caller() }}{% endmacro %}{% block b %}{% endblock %}"


def test_no_inside_of_an_object_is_reached() -> None:
    """Each object, each name, each way to an attribute."""
    environment, given = _as_a_render_has_it()
    told = []
    for expression, way in itertools.product(OBJECTS, WAYS):
        template = environment.from_string(PREAMBLE + way.replace("OBJECT", expression))
        for name in INSIDES:
            shown = _shown(template, {**given, "name": name})
            if not HARMLESS.fullmatch(shown):
                told.append((expression, way, name, shown[:80]))
    assert told == []


def _shown(template: jinja2.Template, given: dict[str, object]) -> str:
    try:
        return template.render(given)
    except Exception:  # whatever it raises, it shows nothing
        return ""


def test_no_inside_is_reached_by_a_dot() -> None:
    environment, given = _as_a_render_has_it()
    for name in INSIDES:
        tried = "".join(
            f"{{{{ ({it}).{name}|default('') }}}}" for it in ("services[0]", "catalogue", "header", "cycler")
        )
        assert environment.from_string(PREAMBLE + tried).render(given) == "", name


def _as_a_render_has_it() -> tuple[Sandbox, dict[str, object]]:
    catalogue, _ = read(Source(CATALOGUE, "services.yaml"))
    given = {"header": "#", "catalogue": catalogue, "services": list(catalogue.services.values())}
    return environment_of(Overrides("templates", {}), Sandbox, no_types), given


WAYS = [
    "{% for x in [1] %}{{ (OBJECT)[name] }}{% endfor %}",
    "{% call m() %}{{ (OBJECT)|attr(name) }}{% endcall %}",
    "{{ [OBJECT]|map(attribute=name)|list }}",
    "{% for group in [OBJECT]|groupby(name) %}{{ group.grouper }}{% endfor %}",
    "{{ ('{0.' ~ name ~ '}').format(OBJECT) }}",
    "{{ ('{x.' ~ name ~ '}').format_map({'x': OBJECT}) }}",
    "{% set f = ('{0.' ~ name ~ '}').format %}{{ f(OBJECT) }}",
    "{{ [OBJECT]|sum(attribute=name, start='') }}",
]

RUNNERS = [
    *("{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ cycler.__init__.__globals__.os.popen('id').read() }}"),
    *("{{ self._TemplateReference__context.cycler.__init__.__globals__.os }}", "{{ lipsum.__globals__['os'] }}"),
    *("{{ joiner.__init__.__globals__ }}", "{{ namespace.__init__.__globals__ }}", "{{ range.__call__ }}"),
    *(
        "{% macro x() %}{% endmacro %}{{ x.__globals__ }}",
        "{{ services[0].blocks().gi_frame.f_back }}",
        "{{ dict.mro() }}",
    ),
    *("{{ services[0].name_within('x', 'y') }}", "{{ catalogue.services.clear() }}", "{{ services.append(1) }}"),
    *("{{ services[0].environment.update({'x': 'y'}) }}", "{{ services.pop() }}", "{{ services.sort() }}"),
    *(
        "{{ catalogue.services.__setitem__('x', 1) }}",
        "{% set services[0].kind = 'x' %}",
        "{{ services|map('attr', '__class__')|first }}",
    ),
    *("{{ import os }}", "{{ catalogue._settings }}", "{{ services[0].__init__(kind='x') }}"),
    *(
        "{% import 'os' as os %}",
        "{{ open('/etc/passwd').read() }}",
        "{{ os.environ }}",
        "{{ env.AWS_SECRET_ACCESS_KEY }}",
    ),
    *(
        "{{ environ['AWS_SECRET_ACCESS_KEY'] }}",
        "{{ config }}",
        "{{ request.application }}",
        "{{ url_for.__globals__ }}",
    ),
    *("{% do services.clear() %}", "{% debug %}", "{{ 'x'|eval }}", "{{ catalogue|pprint|attr('__class__') }}"),
]


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize("template", RUNNERS)
def test_nothing_is_run_or_changed(project: Project, template: str) -> None:
    assert rendered_with(project, template).exit_code == 1


def test_a_template_that_writes_whole_objects_writes_no_address_of_the_memory(project: Project) -> None:
    given = ["services[0]", "services[0].names", "services[0].statements", "catalogue", "catalogue.main_blocks"]
    banner = "".join(f"# {{{{ {it} }}}} {{{{ [{it}] | string }}}}\n" for it in given)

    assert rendered_with(project, banner).exit_code == 0
    assert " at 0x" not in project.main.read_text(encoding="utf-8")


# --- time and memory


def test_what_tfgen_itself_takes_of_the_memory_is_no_fault_of_a_template(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "BYTES", 256 << 20)
    with mmap.mmap(-1, 512 << 20):
        assert rendered_with(project, "# a banner\n").exit_code == 0


ENDLESS = [
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "{% for x in [[[]]] recursive %}{{ loop([[]]) }}{{ loop([x]) }}{% endfor %}",
    "{{ 9**9**9 }}",
    "{{ (9**9**7)|string|length }}",
    "{{ 'x' * 10**6 * 10**6 }}",
    "{{ ['x'] * 10**10 }}",
    "{{ lipsum(n=10**9) }}",
    "{{ 'x'|center(10**10) }}",
    "{{ 'x'.ljust(10**10) }}",
    "{{ '%9999999999d'|format(1) }}",
    "{{ '{:9999999999}'.format(1) }}",
    "{{ 'x' * 10**8 }}{{ 'x' * 10**8 }}{{ 'x' * 10**8 }}{{ 'x' * 10**9 }}",
    "{% set n = namespace(x='x') %}{% for i in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "{% for i in range(99999) %}resource {% for i in range(9999) %}{ a = [{% endfor %}{% endfor %}",
    "{{ range(10**18)|list }}",
    "{{ ('a' * 40)|replace('', 'a' * 10**6)|replace('a', 'b' * 10**6) }}",
    "{{ ('(' * 10**5)|urlize|length }}{{ 'a'|wordwrap(1)|indent(10**10) }}",
    "{{ {'a': range(10**9)|list}|tojson }}",
    "{% include 'service/banner.tf.j2' %}",
    "{{ " + "(" * 3000 + ")" * 3000 + " }}",
    "{% if 1 %}" * 3000,
    "{{ 1" + " + 1" * 50_000 + " }}",
    "# " + "x" * (1 << 20),
    "x = " + "[" * 20_000,
    'x = "' + "${" * 20_000,
    "/* " * 20_000,
]


@pytest.mark.parametrize("template", ENDLESS, ids=lambda template: template[:40])
def test_a_template_comes_to_an_end(project: Project, monkeypatch: pytest.MonkeyPatch, template: str) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 1.5)
    monkeypatch.setattr(bounds, "BYTES", 1 << 30)
    assert rendered_with(project, template).exit_code == 1


LOOPS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
INCLUDED = "{% include 'service/banner.tf.j2' %}{% endfor %}"
INCLUDES = "{% set service = services[0] %}" + LOOPS.replace("{% endfor %}", INCLUDED, 1)


@pytest.mark.parametrize(
    ("templates", "named"),
    [
        ({"service/banner.tf.j2": LOOPS}, "templates/service/banner.tf.j2"),
        ({"service/banner.tf.j2": "{% include 'own.j2' %}", "own.j2": LOOPS}, "templates/own.j2"),
        ({"main.tf.j2": INCLUDES}, "templates/main.tf.j2"),
        ({"service/banner.tf.j2": "{{ 9**(9**9) }}"}, "templates"),  # as it is compiled
    ],
)
def test_a_template_that_takes_too_long_is_named(
    project: Project, monkeypatch: pytest.MonkeyPatch, templates: dict[str, str], named: str
) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 1.5)
    for name, text in templates.items():
        path = project.root / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    result = project.run("check")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{named}: rendering takes more than 2 seconds; fix the templates\n"


def test_what_heeds_no_signal_is_ended_all_the_same(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 1.5)
    monkeypatch.setattr(signal, "setitimer", lambda *_: None)

    assert rendered_with(project, LOOPS).stderr == (
        "templates: rendering takes more than 2 seconds; fix the templates\n"
    )


class _SlowToSend:
    def __reduce__(self) -> tuple[type[int], tuple[int]]:
        time.sleep(1)
        return int, (1,)


def test_work_that_is_done_in_time_is_not_given_up_on_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 0.5)

    result: object = bounds.bounded(_SlowToSend, "templates")

    assert result == 1


RECURSIONS = [
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% include 'service/banner.tf.j2' %}",
    "{% for x in [[[]]] recursive %}{{ loop([[[]]]) }}{% endfor %}",
]


@pytest.mark.parametrize("template", RECURSIONS)
def test_what_leads_back_to_itself_is_told_whatever_it_is(project: Project, template: str) -> None:
    what = "includes, macros or loops nest too deeply, or without end"

    told = rendered_with(project, template).stderr

    assert told == f"templates/service/banner.tf.j2:1:1: {what}; fix the template\n"


def test_a_template_gets_no_more_memory_than_it_may_have(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "BYTES", 1 << 30)

    result = rendered_with(project, "{{ ('x' * 10**9 * 2)|length }}")

    assert result.stderr == "templates: rendering takes more memory than any module needs; fix the templates\n"
