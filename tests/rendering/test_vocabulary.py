"""What a template writes is a function of what it is given: each filter, test and global of Jinja is judged here."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping

import jinja2
import pytest

from generator.errors import RenderError
from generator.rendering.render import Overrides, environment_of, written
from generator.rendering.sandbox import Sandbox
from tests.support.processes import environment
from tests.support.rendering import SMALL, catalogue_of, no_types

CATALOGUE = f"""{SMALL}    environment: {{A: b, C: d, E: f, G: h, I: j}}
    buckets: [{{name: videos, access: [read, list]}}]
    queue: jobs
    tags: {{a: b, c: d}}
"""

GIVEN = catalogue_of(CATALOGUE)

# Each of them by a template, and what that writes; none where it is refused.

FILTERS = {
    "abs": ("{{ -1 | abs }}", "1"),
    "attr": ("{{ services[0] | attr('queue') }}", "jobs"),
    "batch": ("{% for row in 'abc' | batch(2, '-') %}{{ row | join }};{% endfor %}", "ab;c-;"),
    "capitalize": ("{{ 'ab' | capitalize }}", "Ab"),
    "center": ("{{ 'a' | center(3) }}", " a "),
    "count": ("{{ 'ab' | count }}", "2"),
    "d": ("{{ none | d('a', true) }}", "a"),
    "default": ("{{ services[0].x | default('a') }}", "a"),
    "dictsort": ("{{ {'b': 1, 'a': 2} | dictsort }}", "[('a', 2), ('b', 1)]"),
    "e": ("{{ '<' | e }}", "&lt;"),
    "escape": ("{{ '<' | escape }}", "&lt;"),
    "filesizeformat": ("{{ 1000 | filesizeformat }}", "1.0 kB"),
    "first": ("{{ 'ab' | first }}", "a"),
    "float": ("{{ '1.50' | float }}", "1.5"),
    "forceescape": ("{{ '<' | forceescape }}", "&lt;"),
    "format": ("{{ '%s-%03d' | format('a', 7) }}", "a-007"),
    "groupby": ("{{ [{'k': 2}, {'k': 1}] | groupby('k') }}", "[(1, [{'k': 1}]), (2, [{'k': 2}])]"),
    "hcl": ("{{ 'a\"b' | hcl }}", '"a\\"b"'),
    "hcl_bool": ("{{ '${var.a}' | hcl_bool }} {{ false | hcl_bool }}", "tobool(var.a) false"),
    "hcl_key": ("{{ 'a b' | hcl_key }}", '"a b"'),
    "hcl_number": ("{{ '${var.a}' | hcl_number }}", "tonumber(var.a)"),
    "hcl_operand": ("{{ '${var.a ? 1 : 2}' | hcl_operand }}", "(var.a ? 1 : 2)"),
    "hcl_string": ("{{ '${true}' | hcl_string }}", "true"),
    "indent": ("{{ 'a\nb' | indent(1) }}", "a\n b"),
    "int": ("{{ '07' | int }}", "7"),
    "items": ("{% for k, v in {'a': 1} | items %}{{ k }}{{ v }}{% endfor %}", "a1"),
    "join": ("{{ services[0].buckets | join('-', attribute='name') }}", "videos"),
    "last": ("{{ 'ab' | last }}", "b"),
    "length": ("{{ 'ab' | length }}", "2"),
    "list": ("{{ range(2) | list }}", "[0, 1]"),
    "lower": ("{{ 'AB' | lower }}", "ab"),
    "map": ("{{ ['a'] | map('upper') | list }}", "['A']"),
    "max": ("{{ [1, 2] | max }}", "2"),
    "min": ("{{ [1, 2] | min }}", "1"),
    "pprint": ("{{ {'a': 1} | pprint }}", None),
    "random": ("{{ 'ab' | random }}", None),
    "reject": ("{{ [1, 2] | reject('even') | list }}", "[1]"),
    "rejectattr": ("{{ services | rejectattr('queue') | list }}", "[]"),
    "replace": ("{{ 'aba' | replace('a', 'c') }}", "cbc"),
    "reverse": ("{{ 'ab' | reverse }}", "ba"),
    "round": ("{{ 1.26 | round(1) }}", "1.3"),
    "safe": ("{{ '<' | safe }}", "<"),
    "select": ("{{ [1, 2] | select('even') | list }}", "[2]"),
    "selectattr": ("{{ services | selectattr('queue') | list | length }}", "1"),
    "slice": ("{{ 'abc' | slice(2) | list }}", "[['a', 'b'], ['c']]"),
    "sort": ("{{ ['b', 'a'] | sort }}", "['a', 'b']"),
    "string": ("{{ 7 | string }}", "7"),
    "striptags": ("{{ '<b>a</b>' | striptags }}", "a"),
    "sum": ("{{ [1, 2] | sum }}", "3"),
    "title": ("{{ 'ab cd' | title }}", "Ab Cd"),
    "tojson": ("{{ {'b': [1], 'a': none} | tojson }}", '{"a": null, "b": [1]}'),
    "trim": ("{{ ' a ' | trim }}", "a"),
    "truncate": ("{{ 'a b c d' | truncate(5, leeway=0) }}", "a..."),
    "unique": ("{{ ['b', 'a', 'b'] | unique | list }}", "['b', 'a']"),
    "upper": ("{{ 'ab' | upper }}", "AB"),
    "urlencode": ("{{ 'a b' | urlencode }}", "a%20b"),
    "urlize": ("{{ 'a' | urlize }}", "a"),
    "wordcount": ("{{ 'a b' | wordcount }}", "2"),
    "wordwrap": ("{{ 'a b' | wordwrap(1) }}", "a\nb"),
    "xmlattr": ("{{ {'a': 'b'} | xmlattr }}", ' a="b"'),
}
TESTS = {
    "!=": ("{{ [1, 2] | select('!=', 1) | list }}", "[2]"),
    "<": ("{{ [1, 2] | select('<', 2) | list }}", "[1]"),
    "<=": ("{{ [1, 2] | select('<=', 1) | list }}", "[1]"),
    "==": ("{{ [1, 2] | select('==', 1) | list }}", "[1]"),
    ">": ("{{ [1, 2] | select('>', 1) | list }}", "[2]"),
    ">=": ("{{ [1, 2] | select('>=', 2) | list }}", "[2]"),
    "boolean": ("{{ true is boolean }}", "True"),
    "callable": ("{{ range is callable }}", "True"),
    "defined": ("{{ x is defined }}", "False"),
    "divisibleby": ("{{ 4 is divisibleby 2 }}", "True"),
    "eq": ("{{ 1 is eq 1 }}", "True"),
    "equalto": ("{{ 1 is equalto 1 }}", "True"),
    "escaped": ("{{ 'a' is escaped }}", "False"),
    "even": ("{{ 2 is even }}", "True"),
    "false": ("{{ false is false }}", "True"),
    "filter": ("{{ 'hcl' is filter }}", "True"),
    "float": ("{{ 1.5 is float }}", "True"),
    "ge": ("{{ 1 is ge 1 }}", "True"),
    "greaterthan": ("{{ 1 is greaterthan 1 }}", "False"),
    "gt": ("{{ 2 is gt 1 }}", "True"),
    "in": ("{{ 'a' is in 'ab' }}", "True"),
    "integer": ("{{ 1 is integer }}", "True"),
    "iterable": ("{{ services is iterable }}", "True"),
    "le": ("{{ 1 is le 1 }}", "True"),
    "lessthan": ("{{ 1 is lessthan 1 }}", "False"),
    "lower": ("{{ 'a' is lower }}", "True"),
    "lt": ("{{ 1 is lt 2 }}", "True"),
    "mapping": ("{{ catalogue.services is mapping }}", "True"),
    "ne": ("{{ 1 is ne 2 }}", "True"),
    "none": ("{{ none is none }}", "True"),
    "number": ("{{ 1 is number }}", "True"),
    "odd": ("{{ 1 is odd }}", "True"),
    "sameas": ("{{ 1 is sameas 1 }}", None),
    "sequence": ("{{ services is sequence }}", "True"),
    "string": ("{{ 'a' is string }}", "True"),
    "test": ("{{ 'even' is test }}", "True"),
    "true": ("{{ true is true }}", "True"),
    "undefined": ("{{ x is undefined }}", "True"),
    "upper": ("{{ 'A' is upper }}", "True"),
}
GLOBALS = {
    "cycler": ("{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}", "aba"),
    "dict": ("{{ dict(a=1) }}", "{'a': 1}"),
    "joiner": ("{% set comma = joiner() %}{{ comma() }}a{{ comma() }}b", "a, b"),
    "lipsum": ("{{ lipsum() }}", None),
    "namespace": ("{% set n = namespace(x=1) %}{% set n.x = n.x + 1 %}{{ n.x }}", "2"),
    "range": ("{% for n in range(2) %}{{ n }}{% endfor %}", "01"),
}
JUDGED = {"filters": FILTERS, "tests": TESTS, "globals": GLOBALS}
EACH = [(kind, name, *judged) for kind, table in JUDGED.items() for name, judged in table.items()]


def told(template: str) -> tuple[bool, str]:
    """Return what a template writes, or what is said of it."""
    overrides = Overrides("templates", {"main.tf.j2": template.encode(), "outputs.tf.j2": b""})
    try:
        return True, written(environment_of(overrides, Sandbox, no_types), GIVEN, "services.yaml")["main.tf"]
    except RenderError as error:
        return False, str(error)


@pytest.mark.parametrize(("kind", "name", "template", "expected"), EACH)
def test_what_is_judged_to_be_a_function_of_what_it_is_given_is_there(
    kind: str, name: str, template: str, expected: str | None
) -> None:
    is_written, text = told(template)

    assert is_written == (expected is not None), text
    if is_written:
        assert text == expected
    else:
        assert text.startswith(f"templates/main.tf.j2:1:1: `{name}` ")


def in_sandbox(kind: str) -> Mapping[str, object]:
    found: Mapping[str, object] = getattr(environment_of(Overrides("templates", {}), Sandbox, no_types), kind)
    return found


@pytest.mark.parametrize("kind", JUDGED)
def test_nothing_is_there_that_is_not_judged(kind: str) -> None:
    assert in_sandbox(kind).keys() == JUDGED[kind].keys()


def test_what_another_version_of_jinja_adds_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    for table in (jinja2.filters.FILTERS, jinja2.tests.TESTS, jinja2.defaults.DEFAULT_NAMESPACE):
        monkeypatch.setitem(table, "now", lambda *_: 0)

    assert told("{{ 1 | now }}") == (False, "templates/main.tf.j2:1:1: No filter named 'now'; fix the template")
    assert told("{{ 1 is now }}") == (False, "templates/main.tf.j2:1:1: No test named 'now'; fix the template")
    assert told("{{ now() }}") == (False, "templates/main.tf.j2:1:1: 'now' is undefined; fix the template")


# Whatever becomes text, in whatever way

OBJECTS = [
    *("range", "range(3)", "dict", "cycler", "cycler('a')", "joiner()", "namespace(a=1)", "lipsum", "imported"),
    *("self", "self.b", "loop", "loop.cycle", "caller", "m", "m.name", "undefined", "none", "2 ** 0.5", "(-1) ** 0.5"),
    *("catalogue", "catalogue.image_of", "catalogue.main_blocks", "services", "services[0].names", "services[0].tags"),
    *("services[0].blocks()", "services[0].statements", "services[0].target", "services[0].environment.items"),
    *("services[0].environment.keys()", "services[0].environment.keys() - []", "services[0].environment.items() - []"),
    *(
        "'a'.upper",
        "'a'.format",
        "[].index",
        "[1] | map('upper')",
        "['a'] | unique",
        "['a'] | slice(1)",
        "['a'] | reverse",
    ),
    *("{'a': 1} | items", "[{'a': 1}] | groupby('a')", "'a' | safe", "'a'.encode()", "[[range]]", "{range: 1}"),
]
WAYS = [
    *(
        "{{ OBJECT }}",
        "{{ [OBJECT] }}",
        "{{ {'a': OBJECT} }}",
        "{{ ((OBJECT), 1) }}",
        "{{ OBJECT ~ '' }}",
        "{{ 1 ~ OBJECT }}",
    ),
    *(
        "{{ '%s' % (OBJECT) }}",
        "{{ '%r' % ((OBJECT), ) }}",
        "{{ '%(a)s' % {'a': OBJECT} }}",
        "{{ '%s' | format(OBJECT) }}",
    ),
    *("{{ '%(a)s' | format(a=OBJECT) }}", "{{ '{}'.format(OBJECT) }}", "{{ '{a!r}'.format(a=OBJECT) }}"),
    *("{{ '{a}'.format_map({'a': OBJECT}) }}", "{{ '{0.index}'.format(OBJECT) }}", "{{ '{0[0]}'.format(OBJECT) }}"),
    *("{{ '{0.items}'.format(OBJECT) }}", "{{ '{:{}}'.format(1, OBJECT) }}", "{{ ('{}' | safe).format(OBJECT) }}"),
    *("{{ (OBJECT) | string }}", "{{ (OBJECT) | pprint }}", "{{ (OBJECT) | tojson }}", "{{ [OBJECT] | join }}"),
    *("{{ (OBJECT) | join(',') }}", "{{ 'ab' | join(OBJECT) }}", "{{ [{'a': OBJECT}] | join(attribute='a') }}"),
    *("{{ (OBJECT) | upper }}", "{{ (OBJECT) | lower }}", "{{ (OBJECT) | title }}", "{{ (OBJECT) | capitalize }}"),
    *(
        "{{ (OBJECT) | trim }}",
        "{{ (OBJECT) | center(9) }}",
        "{{ (OBJECT) | replace('a', 'b') }}",
        "{{ (OBJECT) | e }}",
    ),
    *(
        "{{ 'a' | replace('a', OBJECT) }}",
        "{{ (OBJECT) | forceescape }}",
        "{{ (OBJECT) | safe }}",
        "{{ (OBJECT) | urlize }}",
    ),
    *(
        "{{ (OBJECT) | urlencode }}",
        "{{ (OBJECT) | striptags }}",
        "{{ {'a': OBJECT} | xmlattr }}",
        "{{ (OBJECT) | indent }}",
    ),
    *(
        "{{ 'a\nb' | indent(OBJECT) }}",
        "{{ (OBJECT) | wordwrap(3) }}",
        "{{ (OBJECT) | wordcount }}",
        "{{ (OBJECT) | hcl }}",
    ),
    *("{{ (OBJECT) | truncate(9) }}", "{{ 'aaaaaaaaaa' | truncate(3, end=OBJECT) }}", "{{ (OBJECT) | hcl_key }}"),
    *("{{ [OBJECT] | map('string') | list }}", "{{ ['%s'] | map('format', OBJECT) | list }}", "{{ (OBJECT) | list }}"),
    *(
        "{% for x in OBJECT %}{{ x }}{% endfor %}",
        "{% set x %}{{ OBJECT }}{% endset %}{{ x }}",
        "{{ (OBJECT) | first }}",
    ),
    *("{% filter upper %}{{ OBJECT }}{% endfilter %}", "{% macro n(x) %}{{ x }}{% endmacro %}{{ n(OBJECT) }}"),
    *(
        "{% include OBJECT %}",
        "{{ [].index(OBJECT) }}",
        "{{ {}[OBJECT] }}",
        "{{ 'a' in (OBJECT) }}",
        "{{ (OBJECT) + 1 }}",
    ),
    *("{{ (OBJECT) | sort }}", "{{ (OBJECT) | unique | list }}", "{{ (OBJECT) | int }}", "{{ (OBJECT) | float }}"),
    *(
        "{{ (OBJECT)() }}",
        "{{ (OBJECT).x }}",
        "{{ (OBJECT) | attr('x') }}",
        "{% autoescape true %}{{ OBJECT }}{% endautoescape %}",
    ),
    *("{% autoescape true %}{{ '' ~ OBJECT }}{% endautoescape %}", "{{ (OBJECT) | default('a') }}", "{{ -(OBJECT) }}"),
]
FRAME = """\
{% import 'outputs.tf.j2' as imported %}{% block b %}{% endblock %}
{% macro m() %}{{ caller() }}{% for one in [1] %}WAY{% endfor %}{% endmacro %}
{% call m() %}{% endcall %}
"""
"""Where all of these are there."""


def all_that_is_told() -> dict[str, tuple[bool, str]]:
    tried = [way.replace("OBJECT", it) for way in WAYS for it in OBJECTS]
    return {template: told(FRAME.replace("WAY", template)) for template in tried}


def test_each_text_is_the_same_in_every_process() -> None:
    """Addresses differ from process to process, and with the seed of hashes the order of what has none."""
    program = f"import json; from {__name__} import all_that_is_told; print(json.dumps(all_that_is_told()))"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program], env=environment() | {"PYTHONHASHSEED": seed}, stdout=subprocess.PIPE
        )
        for seed in ("1", "2")
    ]
    first, second = (json.loads(process.communicate()[0]) for process in running)

    assert [template for template in first if first[template] != second[template]] == []
    assert [template for template, (_, text) in first.items() if " at 0x" in text] == []
    assert sum(is_written for is_written, _ in first.values()) > len(first) / 10
