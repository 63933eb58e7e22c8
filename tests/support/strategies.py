"""Random catalogues that are valid, with every option, hostile texts, and expressions of odd spacing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any, TypeAlias

import hypothesis
from hypothesis import HealthCheck
from hypothesis import strategies as st

from generator.aws.limits import FARGATE_MEMORY_MIB, LOG_RETENTION_DAYS
from generator.catalogue.service import OUTPUT_VALUES

Tree: TypeAlias = dict[str, Any]

SERVICE_KEYS = ("api", "web-app", "job_runner", "mailer", "a", "b2")
"""No two of them meet in a name, nor do the names that are made of them below."""

SECRETS = ("db_url", "app-key")
TARGET_GROUPS = ("api", "web")
LISTENERS = ("http", "https")
ENVIRONMENT_NAMES = ("PORT", "LOG_LEVEL", "a", "Spring.Config-Name", "_X")
SECRET_NAMES = ("DATABASE_URL", "TOKEN", "x.y-z")

COMPANION = "\n".join(
    [
        *(f'variable "{name}" {{}}' for name in ("a", "b", "number", "list", "object", "for_tasks", "in-1")),
        "locals {\n  zone = var.a\n  in  = { for = 1 }\n}",
        *(f'resource "aws_secretsmanager_secret" "{name}" {{}}' for name in SECRETS),
        *(f'resource "aws_lb_target_group" "{name}" {{}}' for name in TARGET_GROUPS),
        *(f'resource "aws_lb_listener" "{name}" {{}}' for name in LISTENERS),
        'data "aws_vpc" "main" {}',
        'module "vpc" {\n  source = "./vpc"\n}',
        "",
    ]
)
"""Declares whatever a random catalogue refers to."""


def escaped(text: str) -> str:
    """Return characters as catalogue text that stands for just them."""
    return text.replace("${", "$${").replace("%{", "%%{")


def a_few(examples: int) -> hypothesis.settings:
    """Return what lets a test try so many examples, each as slow as it may be."""
    slow_on_purpose = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
    return hypothesis.settings(max_examples=examples, deadline=None, suppress_health_check=slow_on_purpose)


# Texts

_PIECES = st.sampled_from(
    [
        *("${", "%{", "$${", "%%{", "$$${", "}", "~}", "{", "$", "%", "$$", '"', "\\", "\\u0024", "\\n", "'", "`"),
        *("\n", "\r\n", "\t", "\x00"[:0], "\x07", "\x1b[31m", "\x7f", "\x85", "\u00a0", "\u2028", "\ufeff"),
        *("*/", "/*", "//", "#", "<<EOT\n", "EOT", "<<-END", "{{ x }}", "{% raw %}", "}}", "= [", "<", "&amp;"),
        *("é", "日本", "\U0001f600", "\u202e", "e\u0301", "-", ":", "8080", "yes", "null", "~", " "),
    ]
)
_CHARACTERS = st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\x00")

_some_pieces = st.lists(st.one_of(_PIECES, _PIECES, st.text(_CHARACTERS, max_size=6)), max_size=6)
literals = _some_pieces.map(lambda pieces: unicodedata.normalize("NFC", "".join(pieces)))
"""Characters that stand for themselves, in the form in which Terraform reads them: what a hostile author would try."""

# Expressions. Left out is what python-hcl2 cannot read or write back; `tests/hcl/write/test_text.py` lists it.

_SPACE = st.sampled_from(["", " ", "  ", "\t"])
_GAP = st.sampled_from([" ", "  ", " \t"])
"""Where two names, or a name and a minus, would else be one."""

_NAMES = st.sampled_from(
    [
        *("var.a", "var.b", "var.for_tasks", "var.in-1", "local.common_tags", "local.zone", "local.in.for"),
        *("var.list[0]", "var.list[*].id", "var.list.*.id", "var.object.for", 'var.object["in"]', "var.list[var.a]"),
        *("data.aws_region.current.name", "aws_ecs_cluster.this.arn", "data.aws_vpc.main.id", "module.vpc.id"),
    ]
)
_NUMBERS = st.sampled_from(["2", "1.5", "1e3", "10"])
_WORDS = st.sampled_from(["true", "null", "[]", '""', '"x"', '"-"'])
_PLAIN = st.one_of(_NAMES, _NUMBERS, _WORDS)
_QUOTED_PIECES = st.sampled_from(
    ["a", " ", "-", "$", "%", "$${x}", "%%{x}", "\\n", '\\"', "\\\\", "\\u0041", "é", "x{}", "=", "[", "#", "/*", "//"]
)
_QUOTED_PIECES_WITHIN_TEXT = _QUOTED_PIECES.filter(lambda piece: "{" not in piece)
"""Python-hcl2 counts the braces of a text, those of an expression within it as well."""

_OPERATORS = st.sampled_from(["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||"])
_FUNCTIONS = st.sampled_from(["tostring", "max", "coalesce", "provider::a::f"])
_BOUND = st.sampled_from(["x", "k, v", "k ,v", "in_x, y"])
_KEYS = st.sampled_from(["a", "b-c", '"d e"', "(var.a)", "for_each", "null"])


@st.composite
def _expression(draw: st.DrawFn, depth: int, with_objects: bool) -> str:
    """An expression that nests no deeper than it may. One within quotes has no objects in it."""
    if not depth or draw(st.integers(0, 3)) == 0:
        return draw(_PLAIN)
    form = draw(st.sampled_from([*_FLAT_FORMS, *_OBJECT_FORMS] if with_objects else _FLAT_FORMS))
    return form(_Writer(draw, depth - 1, with_objects))


class _Writer:
    """Draws the parts of an expression, and joins them with the spaces that an author may leave between them."""

    def __init__(self, draw: st.DrawFn, depth: int, with_objects: bool) -> None:
        self.draw, self._depth, self._with_objects = draw, depth, with_objects

    def inner(self) -> str:
        return self.draw(_expression(self._depth, self._with_objects))

    def some(self, item: Callable[[], str]) -> str:
        separator = self.draw(st.sampled_from([",", ", ", " ,", " , "]))
        return separator.join(item() for _ in range(self.draw(st.integers(1, 3))))

    def spaced(self, *parts: str) -> str:
        return self.draw(_SPACE).join(parts)

    def quoted(self) -> str:
        pieces = [self._piece() for _ in range(self.draw(st.integers(0, 3)))]
        return f'"{"".join(pieces)}"'

    def _piece(self) -> str:
        if self.draw(st.booleans()):
            return self.draw(_QUOTED_PIECES if self._with_objects else _QUOTED_PIECES_WITHIN_TEXT)
        inner = self.draw(_expression(self._depth, with_objects=False))
        # What stands in front keeps a `$` from standing right before an interpolation.
        return self.draw(st.sampled_from(["-", "a "])) + self.spaced("${", inner, "}")

    def operand(self) -> str:
        """What python-hcl2 can write back wherever it stands."""
        return _call(self) if self.draw(st.booleans()) else self.draw(_NAMES)


def _operation(write: _Writer) -> str:
    return f"{write.inner()}{write.draw(_GAP)}{write.draw(_OPERATORS)}{write.draw(_GAP)}{write.inner()}"


def _conditional(write: _Writer) -> str:
    return write.spaced(write.inner(), "?", write.inner(), ":", write.inner())


def _call(write: _Writer) -> str:
    function = write.draw(_FUNCTIONS)
    form = write.draw(st.integers(0, 2))
    arguments = "" if form == 0 else write.some(write.inner) if form == 1 else write.spaced(write.inner(), "...")
    return write.spaced(function, "(", arguments, ")")


def _grouped(write: _Writer) -> str:
    return write.spaced("(", write.draw(st.sampled_from([_operation, _conditional]))(write), ")")


def _list(write: _Writer) -> str:
    return write.spaced("[", write.some(write.inner), "]")


def _unary(write: _Writer) -> str:
    return write.draw(st.sampled_from(["-", "!", "- ", "! "])) + write.operand()


def _for_list(write: _Writer) -> str:
    return write.spaced("[", f"for {write.draw(_BOUND)} in {write.inner()}", ":", write.operand(), "]")


def _object(write: _Writer) -> str:
    def entry() -> str:
        return write.spaced(write.draw(_KEYS), write.draw(st.sampled_from(["=", ":"])), write.inner())

    return write.spaced("{", write.some(entry), "}")


def _for_object(write: _Writer) -> str:
    head = f"for {write.draw(_BOUND)} in {write.inner()}"
    return write.spaced("{", head, ":", write.draw(_NAMES), "=>", write.operand(), "}")


_FLAT_FORMS = (_operation, _conditional, _call, _grouped, _list, _unary, _for_list, _Writer.quoted)
_OBJECT_FORMS = (_object, _for_object)

expressions = _expression(3, with_objects=True)
"""Expressions of one line, without the braces around them, whose references `COMPANION` declares."""


def _interpolated(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(_SPACE, inner, _SPACE).map(lambda drawn: f"${{{''.join(drawn)}}}")


_wholes = _interpolated(expressions)
_within_text = _interpolated(_expression(2, with_objects=False))
# A `$` right before an interpolation would be the escape `$${`, in a catalogue as in Terraform, and an accent right
# behind one would become a part of what it ends with.
_mixed = st.lists(st.one_of(literals.map(lambda text: f"-{escaped(text)}-"), _within_text), max_size=3).map("".join)

any_texts = st.one_of(literals.map(escaped), _wholes, _mixed)
"""Catalogue text of every sort; may be empty."""

texts = any_texts.map(lambda text: text or "x")

# Catalogues

_TEXT_LISTS = st.one_of(st.lists(texts, max_size=3), _wholes)
_TAG_KEYS = st.sampled_from(
    ["env", "cost center", "a:b/c", "for_each", "x=y", "+", "-1", "1", "true", "null", "in", "@"]
)
_TAGS = st.dictionaries(_TAG_KEYS, any_texts, max_size=3)
_BUCKET_NAMES = st.one_of(
    st.sampled_from(["videos", "1.2-3"]), _within_text, _within_text.map(lambda text: f"x-{text}")
)
_BUCKETS = st.fixed_dictionaries(
    {
        "name": _BUCKET_NAMES,
        "access": st.lists(st.sampled_from(["read", "write", "delete", "list"]), min_size=1, unique=True),
    }
)
_HEALTH_CHECKS = st.fixed_dictionaries(
    {
        "command": st.tuples(st.sampled_from(["CMD", "CMD-SHELL"]), st.lists(texts, max_size=2)).map(
            lambda drawn: [drawn[0], *drawn[1]]
        )
    },
    optional={
        "interval": st.integers(5, 300),
        "timeout": st.integers(2, 60),
        "retries": st.integers(1, 10),
        "start_period": st.integers(0, 300),
    },
)
_DEPLOYMENTS = st.fixed_dictionaries(
    {},
    optional={"minimum_healthy_percent": st.integers(0, 100), "maximum_percent": st.integers(100, 200)},
)
_SIZES = st.sampled_from(
    [{"cpu": cpu, "memory": memory} for cpu, sizes in FARGATE_MEMORY_MIB.items() for memory in sizes]
)
_OPTIONS: dict[str, st.SearchStrategy[Any]] = {
    "entry_point": st.lists(texts, max_size=2),
    "command": st.lists(texts, max_size=3),
    "architecture": st.sampled_from(["X86_64", "ARM64"]),
    "ephemeral_storage": st.integers(21, 200),
    "stop_timeout": st.integers(0, 120),
    "health_check": _HEALTH_CHECKS,
    "environment": st.dictionaries(st.sampled_from(ENVIRONMENT_NAMES), any_texts, max_size=4),
    "secrets": st.dictionaries(st.sampled_from(SECRET_NAMES), st.one_of(st.sampled_from(SECRETS), _wholes), max_size=3),
    "queue": st.one_of(st.sampled_from(["jobs", "Jobs_2.fifo"]), _within_text),
    "buckets": st.lists(_BUCKETS, max_size=2),
    "role": st.sampled_from(["shared", "own"]),
    "desired_count": st.integers(0, 5000),
    "deployment": _DEPLOYMENTS,
    "wait_for_steady_state": st.booleans(),
    "execute_command": st.booleans(),
    "subnets": _TEXT_LISTS,
    "security_groups": _TEXT_LISTS,
    "assign_public_ip": st.booleans(),
    "log_retention_days": st.sampled_from(LOG_RETENTION_DAYS),
    "tags": _TAGS,
}
_LOAD_BALANCERS = st.fixed_dictionaries(
    {"target_group": st.one_of(st.sampled_from(TARGET_GROUPS), _wholes)},
    optional={"listener": st.sampled_from(LISTENERS)},
)
_IMAGES: Tree = {
    "backend": {"repository": "shop-backend"},
    "front-end": {"repository": "shop/front_end"},
    "_x": {"repository": "x2"},
}


@st.composite
def settings(draw: st.DrawFn) -> Tree:
    """What `defaults` may hold: any of the options, and a size of task that Fargate offers."""
    names = draw(st.lists(st.sampled_from(list(_OPTIONS)), unique=True, max_size=6))
    size = draw(_SIZES) if draw(st.booleans()) else {}
    return size | {name: draw(_OPTIONS[name]) for name in names}


@st.composite
def services(draw: st.DrawFn, key: str, images: tuple[str, ...]) -> Tree:
    """A service whose own names begin with its key."""
    chosen: Tree = {"kind": draw(st.sampled_from(["backend", "worker"])), **draw(settings())}
    if chosen["kind"] == "backend":
        chosen["port"] = draw(st.integers(1, 65535))
        if draw(st.booleans()):
            chosen["load_balancer"] = draw(_LOAD_BALANCERS)
    if len(images) != 1 or draw(st.booleans()):
        references = ["ghcr.io/acme/app:1.2.3", "busybox@sha256:0123", *images]
        chosen["image"] = draw(st.one_of(st.sampled_from(references), _wholes))
    for option in ("log_group", "policy_name"):
        if draw(st.booleans()):
            chosen[option] = f"{key}-{option}"
    if draw(st.booleans()):
        values = draw(st.lists(st.sampled_from(list(OUTPUT_VALUES)), unique=True))
        chosen["outputs"] = {value: f"the-{key}-{value}" for value in values}
    return chosen


@st.composite
def catalogues(draw: st.DrawFn, min_services: int = 1) -> Tree:
    """A valid catalogue of a few services."""
    image_keys = tuple(draw(st.lists(st.sampled_from(list(_IMAGES)), unique=True)))
    keys = draw(st.lists(st.sampled_from(SERVICE_KEYS), min_size=min_services, max_size=3, unique=True))
    catalogue: Tree = {
        "version": 1,
        "project": draw(st.sampled_from(["shop", "a", "my-project_2"])),
        "module": {"path": "out", "address": "module.shop"},
        "tags": draw(_TAGS),
        "images": {
            key: {**_IMAGES[key], "tag": draw(st.one_of(_within_text, literals.map(lambda text: escaped(text) or "x")))}
            for key in image_keys
        },
        "network": {"subnets": draw(_TEXT_LISTS), "security_groups": draw(_TEXT_LISTS)},
        "services": {key: draw(services(key, image_keys)) for key in keys},
    }
    return catalogue | ({"defaults": draw(settings())} if draw(st.booleans()) else {})
