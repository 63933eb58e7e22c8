"""Random catalogues that are valid, with every option, hostile texts, and expressions of odd spacing."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeAlias

from hypothesis import strategies as st

from generator.aws.limits import FARGATE_MEMORY_MIB
from generator.aws.schema import aws
from generator.catalogue.access import ThingSort
from generator.catalogue.chosen_names import NamesOfAModule, NamesOfAService
from generator.catalogue.container_types import TITLE, container_type
from generator.catalogue.kinds import all_kinds
from generator.catalogue.model import Catalogue, defaults_of_all_kinds
from generator.catalogue.names import NAMES
from generator.catalogue.provider_types import DEPENDS_ON, block_type, type_of_block
from generator.catalogue.target_groups import TargetHealthCheck
from generator.catalogue.use import Scope
from generator.catalogue.uses.buckets import BUCKET, Bucket
from generator.catalogue.uses.container import Container
from generator.catalogue.uses.email import SENDER
from generator.catalogue.uses.health_check import HealthCheck
from generator.catalogue.uses.keys import KEY
from generator.catalogue.uses.log_group import LogGroupUse
from generator.catalogue.uses.logs import LOGS
from generator.catalogue.uses.parameters import PARAMETER
from generator.catalogue.uses.queue import QUEUE
from generator.catalogue.uses.tables import TABLE
from generator.catalogue.uses.topics import TOPIC
from generator.settings.objects import MapOf, ObjectOf, Refused, WholeObjects, literal_of
from generator.settings.parts import ListOf, MappingOf, Part, PartOf, Setting, known_settings
from generator.settings.values import OrExpression, ValueType
from tests.support.rendering import VARIABLES_FILE

Tree: TypeAlias = dict[str, Any]

SERVICE_KEYS = ("api", "web-app", "job_runner", "mailer", "a", "b2")
"""No two of them meet in a name, nor do the names that are made of them below."""

SECRETS = ("db_url", "app-key")
TARGET_GROUPS = ("public", "web")
LISTENERS = ("http", "https")
ENVIRONMENT_NAMES = ("PORT", "LOG_LEVEL", "a", "Spring.Config-Name", "_X")
SECRET_NAMES = ("DATABASE_URL", "TOKEN", "x.y-z")

COMPANION = "\n".join(
    [
        *(f'variable "{name}" {{}}' for name in ("a", "b", "number", "list", "object", "for_tasks", "in-1")),
        "locals {\n  zone = var.a\n  in  = { for = 1 }\n}",
        *(f'resource "aws_secretsmanager_secret" "{name}" {{}}' for name in SECRETS),
        'resource "aws_kms_key" "main" {}',
        'resource "aws_ecs_cluster" "main" {}',
        'resource "aws_ecr_repository" "shop" {}',
        'resource "aws_ecs_task_definition" "legacy" {}',
        'resource "aws_cloudwatch_log_group" "logs" {}',
        'resource "aws_ecs_capacity_provider" "gpu" {}',
        'resource "aws_efs_file_system" "files" {}',
        'resource "aws_efs_access_point" "web" {\n  file_system_id = aws_efs_file_system.files.id\n}',
        'resource "aws_iam_role" "disks" {\n  assume_role_policy = "{}"\n}',
        *(f'resource "aws_lb_target_group" "{name}" {{}}' for name in TARGET_GROUPS),
        *(f'resource "aws_lb_listener" "{name}" {{}}' for name in LISTENERS),
        'resource "aws_lb_listener_rule" "web" {}',
        'resource "aws_iam_policy" "mail" {\n  policy = "{}"\n}',
        'data "aws_vpc" "main" {}',
        'module "vpc" {\n  source = "./vpc"\n}',
        "",
    ]
)
"""Declares whatever a random catalogue refers to."""


def escaped(text: str) -> str:
    """Return characters as catalogue text that stands for just them."""
    return text.replace("${", "$${").replace("%{", "%%{")


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
        text = "".join(pieces).replace('\\"$${', '\\" $${')
        return f'"{text}"'

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

# Settings, as the catalogue's own schema says what they may be: a new one is drawn by itself

_SUBNETS, _SECURITY_GROUPS = (st.one_of(st.lists(texts, min_size=least, max_size=3), _wholes) for least in (1, 0))
_TAG_KEYS = st.sampled_from(
    ["env", "cost center", "a:b/c", "for_each", "x=y", "+", "-1", "1", "true", "null", "in", "@", "größe", "日本"]
)
_TAG_CHARACTERS = st.characters(categories=["L", "N", "Z"], include_characters="_.:/=+-@")
_tag_literals = st.text(_TAG_CHARACTERS, max_size=6).filter(
    lambda text: unicodedata.is_normalized("NFC", text) and not text.lower().startswith("aws:")
)
_tag_values = st.one_of(_tag_literals, _wholes, st.tuples(_tag_literals, _within_text).map("-".join))

tags = st.dictionaries(_TAG_KEYS, _tag_literals, max_size=3)
"""Tags without expressions."""

_TAGS = st.dictionaries(_TAG_KEYS, _tag_values, max_size=3)
_SIZES = st.sampled_from(
    [{"cpu": cpu, "memory": memory} for cpu, sizes in FARGATE_MEMORY_MIB.items() for memory in sizes]
)


def of_schema(schema: Tree) -> st.SearchStrategy[Any]:
    """Return values that a part of the catalogue's JSON Schema takes."""
    if "examples" in schema:
        return st.one_of(st.sampled_from(schema["examples"]), _within_text)
    if "oneOf" in schema:
        return st.one_of(*map(of_schema, schema["oneOf"]))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    return _OF_TYPE.get(str(schema["type"]), _texts)(schema)


def _integers(schema: Tree) -> st.SearchStrategy[int]:
    if "minimum" not in schema:
        return st.one_of(st.integers(-9, 99), st.just(10**17))
    return st.integers(schema["minimum"], schema.get("maximum", schema["minimum"] + 1000))


def _names(schema: Tree) -> st.SearchStrategy[str]:
    pattern: str = schema["pattern"]
    return _wholes if pattern.startswith("^\\$") else st.from_regex(pattern, fullmatch=True)


def _texts(schema: Tree) -> st.SearchStrategy[str]:
    return texts if schema.get("minLength") else any_texts


def _arrays(schema: Tree) -> st.SearchStrategy[Any]:
    items, least, is_unique = of_schema(schema["items"]), schema.get("minItems", 0), schema.get("uniqueItems", False)
    if "prefixItems" not in schema:
        return st.lists(items, min_size=least, max_size=3, unique=is_unique)
    (first,) = schema["prefixItems"]
    return st.tuples(of_schema(first), st.lists(items, max_size=2)).map(lambda drawn: [drawn[0], *drawn[1]])


def _objects(schema: Tree) -> st.SearchStrategy[Any]:
    if "properties" not in schema:
        return st.dictionaries(
            of_schema(schema["propertyNames"]), of_schema(schema["additionalProperties"]), max_size=3
        )
    members = {name: of_schema(member) for name, member in schema["properties"].items()}
    required = schema.get("required", [])
    optional = {name: member for name, member in members.items() if name not in required}
    return st.fixed_dictionaries({name: members[name] for name in required}, optional=optional)


_OF_TYPE: dict[str, Callable[[Tree], st.SearchStrategy[Any]]] = {
    "integer": _integers,
    "number": lambda schema: st.one_of(_integers(schema), st.sampled_from([0.5, -1.25, 1000000.125])),
    "boolean": lambda _: st.booleans(),
    "array": _arrays,
    "object": _objects,
    "string": _names,
}

_HEALTH_CHECKS = PartOf(HealthCheck).schema()

_KEYS_OF_KMS = st.one_of(st.just("main"), _wholes)
_SECRETS_IN_FULL = st.fixed_dictionaries(
    {"secret": st.sampled_from((*SECRETS, "${var.a}"))},
    optional={"key": st.just("user"), "stage": st.just("AWSCURRENT"), "kms_key": _KEYS_OF_KMS},
)
_SECRETS = st.dictionaries(
    st.sampled_from(SECRET_NAMES), st.one_of(st.sampled_from(SECRETS), _wholes, _SECRETS_IN_FULL), max_size=3
)
_PARAMETERS = st.dictionaries(
    st.just("PARAMETER"),
    st.fixed_dictionaries(
        {"parameter": st.one_of(st.sampled_from(["/shop/key", "key", "/${var.a}/key"]), _wholes)},
        optional={"kms_key": _KEYS_OF_KMS},
    ),
    max_size=1,
)
"""A variable of its own: where layers merge, no secret becomes a parameter too."""

_PERHAPS_AN_OBJECT = re.compile(r"\$\{.*[{\[]")
"""An expression that may be an object or a list, which no variable is."""

_MAPPINGS = _interpolated(expressions.map("merge({})".format))
_LISTS = _interpolated(expressions.map("flatten({})".format))
"""Expressions of which it is known that they are a mapping, or a list."""

_VARIABLES = any_texts.filter(lambda text: not _PERHAPS_AN_OBJECT.match(text))

_TRUTHS = st.one_of(st.booleans(), _wholes)
_FILE_SYSTEMS = st.sampled_from(["files", "fs-0a1b2c3d", "${aws_efs_file_system.files.id}", "${var.a}"])

_VOLUMES: Mapping[str, st.SearchStrategy[Any]] = {
    "empty": st.just({}),
    "folder": st.fixed_dictionaries(
        {"efs": st.fixed_dictionaries({"file_system": _FILE_SYSTEMS}, optional={"root_directory": st.just("/a b")})}
    ),
    "point": st.fixed_dictionaries(
        {
            "efs": st.fixed_dictionaries(
                {
                    "file_system": _FILE_SYSTEMS,
                    "access_point": st.sampled_from(["web", "fsap-0a1b2c3d", "${var.a}"]),
                    "transit_encryption": st.one_of(st.just(True), _wholes),
                },
                optional={"iam": _TRUTHS},
            )
        }
    ),
    "open": st.fixed_dictionaries(
        {"efs": st.fixed_dictionaries({"file_system": _FILE_SYSTEMS, "transit_encryption": _TRUTHS})}
    ),
}
"""Volumes of any task, by their names: where layers merge, none becomes what ECS does not take."""

_DISKS = st.fixed_dictionaries(
    {"role": st.sampled_from(["disks", "${aws_iam_role.disks.arn}"]), "size": st.one_of(st.integers(4, 99), _wholes)},
    optional={
        "type": st.sampled_from(["gp3", "${var.a}"]),
        "encrypted": st.just(True),
        "kms_key": st.just("main"),
        "file_system": st.one_of(st.sampled_from(["ext4", "xfs"]), _wholes),
    },
).map(lambda disk: {"ebs": disk})


@st.composite
def _volumes(draw: st.DrawFn, kind: str) -> Tree:
    """Volumes, and mounts of some of them, each volume at a path of its own."""
    disks = {"disk": _DISKS} if kind and all_kinds()[kind].scope & Scope.ECS_SERVICE else {}
    known = {**_VOLUMES, **disks}
    names = draw(st.lists(st.sampled_from(list(known)), unique=True, max_size=3))
    mounted = draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    mounts = {name: draw(_mounts(f"/mnt/{name}")) for name in mounted}
    return {"volumes": {name: draw(known[name]) for name in names}, "mounts": mounts}


def _mounts(path: str) -> st.SearchStrategy[Any]:
    in_full = st.fixed_dictionaries({"path": st.just(path)}, optional={"read_only": _TRUTHS})
    return st.one_of(st.just(path), st.just(f"{path}/${{var.a}}"), in_full)


_VOLUMES_FROM = st.lists(
    st.one_of(_wholes, st.fixed_dictionaries({"container": st.just("${var.a}-x")}, optional={"read_only": _TRUTHS})),
    max_size=2,
)


def _always_named(kind: str) -> Collection[str]:
    """Return the names of what each service of a kind has; without a kind, all that may lie under services."""
    names: PartOf[Part] = _settings_of(kind)[NAMES].type  # type: ignore[assignment]
    of_some = {"role", "policy", "execution_role", "execution_policy", "log_group", "security_group", "target_group"}
    return known_settings(names.model).keys() - (of_some if kind else set())


def _names_in_aws(keys: Iterable[str]) -> st.SearchStrategy[Tree]:
    """Names, or patterns, of which no two are the same: all have the key of what they name in them.

    Those of a container are the same in each task.
    """
    before, behind = st.sampled_from(["", "x-", "${var.a}-"]), st.sampled_from(["", "_1", "-${ upper( local.zone ) }"])
    names = {key: st.builds(_name_in_aws, st.just(key), before, behind) for key in sorted(keys)}
    return st.fixed_dictionaries({}, optional=names)


def _name_in_aws(key: str, before: str, behind: str) -> str:
    whose = "" if key in _NAMED_AT_THE_TOP_ALONE else "${tfgen.service}-"
    name = f"{before}{whose}{key}{behind}"
    return name.replace("_", "-") if key == "target_group" else name  # it alone may not have `_`


_NAMED_AT_THE_TOP_ALONE = known_settings(NamesOfAModule).keys() - known_settings(NamesOfAService).keys()

_PARTIES: Tree = {
    "security_groups": st.one_of(st.lists(_wholes, min_size=1, max_size=2), _LISTS),
    "cidr_blocks": st.one_of(
        st.lists(st.one_of(st.sampled_from(["10.0.0.0/8", "0.0.0.0/0"]), _wholes), min_size=1), _LISTS
    ),
    "ipv6_cidr_blocks": st.just(["::/0"]),
    "prefix_list_ids": st.just(["pl-0a1b2c3d", "${var.a}"]),
}
_PORTS_OF_RULES: Mapping[str, Tree] = {
    "one-port": {"port": st.one_of(st.integers(0, 65535), _wholes)},
    "ports": {
        "port": st.integers(0, 99),
        "to_port": st.integers(99, 65535),
        "protocol": st.sampled_from(["tcp", "${var.a}"]),
    },
    "all": {"protocol": st.sampled_from(["all", "icmp", "udp"])},
}
"""Rules of security groups by name, each of one sort: where layers merge, none becomes what EC2 does not take."""


@st.composite
def _rules(draw: st.DrawFn, of_all: Mapping[str, Tree]) -> Tree:
    names = draw(st.lists(st.sampled_from(list(of_all)), unique=True, max_size=2))
    found = {}
    for name in names:
        parties = draw(st.lists(st.sampled_from(list(_PARTIES)), unique=True, min_size=1))
        said = of_all[name] | {party: _PARTIES[party] for party in parties}
        found[name] = draw(st.fixed_dictionaries(said, optional={"description": st.just("from (all) others")}))
    return found


_TARGET_GROUPS = st.fixed_dictionaries(
    {},
    optional={
        "protocol": st.sampled_from(["HTTPS", "TCP", "${var.a}"]),
        "deregistration_delay": st.one_of(st.integers(0, 3600), _wholes),
        "health_check": _objects(PartOf(TargetHealthCheck).schema()).map(
            lambda found: {name: value for name, value in found.items() if name not in ("protocol", "timeout")}
        ),
    },
)
_load_balancers = st.fixed_dictionaries(
    {"target_group": st.one_of(st.sampled_from(TARGET_GROUPS), _wholes, _TARGET_GROUPS)},
    optional={"listener": st.sampled_from(LISTENERS), "rule": st.just("web")},
)


def _things(sort: ThingSort, literal: str, **further: st.SearchStrategy[Any]) -> st.SearchStrategy[Tree]:
    """Things of a sort by their names, each of which names another one; `literal` is the name of one."""
    words = st.lists(st.sampled_from(list(sort.by_word)), min_size=1, unique=True)
    by_name = {"name": st.just(f"x-${{var.a}}-{sort.noun.replace(' ', '-')}"), "access": words}
    by_arn = {"arn": st.just("${local.zone}"), "access": words}
    said: Tree = {
        literal: words,
        "by-name": st.fixed_dictionaries(by_name, optional=further),
        "by-arn": st.fixed_dictionaries(by_arn, optional=further),
    }
    return st.fixed_dictionaries({}, optional=said)


_THINGS: dict[str, st.SearchStrategy[Any]] = {
    "queues": _things(QUEUE, "of-tasks.fifo", kms_key=_KEYS_OF_KMS),
    "buckets": st.one_of(
        st.lists(of_schema(PartOf(Bucket).schema()), max_size=3),
        _things(BUCKET, "shop-videos", kms_key=_KEYS_OF_KMS, prefix=st.sampled_from(["in/", "${var.a}/"])),
    ),
    "topics": _things(TOPIC, "orders", kms_key=_KEYS_OF_KMS),
    "tables": _things(TABLE, "orders"),
    "parameters": _things(PARAMETER, "/shop/flags"),
    "keys": _things(KEY, "1234abcd-12ab-34cd-56ef-1234567890ab"),
    "email": _things(SENDER, "shop.example.com"),
    "logs": _things(LOGS, "/shop/audit"),
}
"""What tasks may do with things: no two entries are of one thing."""

_STATEMENTS = st.fixed_dictionaries(
    {
        "actions": st.one_of(
            st.just(["sqs:SendMessage", "s3:Get*"]), st.lists(_wholes, min_size=1, max_size=2), _LISTS
        ),
        "resources": st.one_of(st.just(["*"]), st.just(["arn:aws:s3:::shop/*", "${var.a}/b"]), _LISTS),
    },
    optional={
        "effect": st.sampled_from(["Allow", "Deny"]),
        "conditions": st.fixed_dictionaries(
            {
                "StringEquals": st.dictionaries(
                    st.sampled_from(["aws:SourceVpc", "aws:PrincipalTag/team"]), any_texts, min_size=1
                )
            }
        ),
    },
)
_PERMISSIONS = st.fixed_dictionaries(
    {},
    optional={
        "plain": _STATEMENTS,
        "named": st.tuples(_STATEMENTS, st.just({"sid": "Named"})).map(lambda both: both[0] | both[1]),
    },
)
_POLICIES = st.lists(
    st.sampled_from(
        [
            *("AmazonS3ReadOnlyAccess", "service-role/AmazonECSTaskExecutionRolePolicy", "${aws_iam_policy.mail.arn}"),
            *("arn:aws:iam::111111111111:policy/team/Shop", "${var.b}"),
        ]
    ),
    unique=True,
    max_size=3,
)

_CHOSEN: dict[str, st.SearchStrategy[Any]] = {
    **_THINGS,
    "metrics": st.lists(st.sampled_from(["Shop/Orders", "${var.a}"]), max_size=2),
    "permissions": _PERMISSIONS,
    "policies": _POLICIES,
    "when": st.one_of(st.just(True), _wholes),  # with `false`, what is said of its blocks is an error
    "volumes_from": _VOLUMES_FROM,
    "environment": st.one_of(st.dictionaries(st.sampled_from(ENVIRONMENT_NAMES), _VARIABLES, max_size=4), _MAPPINGS),
    "environment_file": st.just(VARIABLES_FILE),
    "environment_from": st.lists(_LISTS, max_size=2),
    "secrets": st.one_of(st.tuples(_SECRETS, _PARAMETERS).map(lambda both: both[0] | both[1]), _MAPPINGS),
    "secrets_from": st.lists(_LISTS, max_size=2),
    "role": st.sampled_from(
        [
            *("shared", "own", "${aws_iam_role.disks.arn}", "${aws_iam_role.disks}"),
            *("arn:aws:iam::111111111111:role/a/tasks", {"arn": "${var.a}", "name": "${var.b}"}),
        ]
    ),
    "execution_role": st.sampled_from(
        [
            *("shared", "own", "${var.a}", "${aws_iam_role.disks.arn}", "arn:aws:iam::111111111111:role/start"),
            *({}, {"managed": ["service-role/AmazonECSTaskExecutionRolePolicy", "${var.a}"]}),
        ]
    ),
    "tags": _TAGS,
    "health_check": _objects({**_HEALTH_CHECKS, "required": ["command"]}),
    "security_group": st.fixed_dictionaries(
        {}, optional={"ingress": _rules(_PORTS_OF_RULES), "egress": _rules({**_PORTS_OF_RULES, "every-port": {}})}
    ),
    "load_balancer": st.one_of(
        _load_balancers,
        st.lists(_load_balancers, min_size=1, max_size=2, unique_by=lambda one: str(one["target_group"])).filter(
            lambda found: sum(isinstance(one["target_group"], dict) for one in found) < 2
        ),
    ),
}
"""Settings of which a schema does not say all that must hold: names that `COMPANION` declares, or that must differ."""

_TASKS_OF_OTHERS = st.sampled_from(
    [
        *("${aws_ecs_task_definition.legacy}", "${aws_ecs_task_definition.legacy.arn}", "${var.a}", "legacy:3"),
        "arn:aws:ecs:eu-west-1:111111111111:task-definition/legacy:3",
    ]
)

_DRAWN_ELSEWHERE = {
    *("kind", "image", "cpu", "memory", "log_group", "policy_name", "outputs", "depends_on", "volumes", "mounts"),
    *("launch", "capacity", "operating_system", "network_mode", "placement", "scheduling"),
}
"""Settings that depend on others."""


def _settings_of(kind: str) -> Mapping[str, Setting]:
    """Return what a kind may set; that of none is what `defaults` may hold."""
    return known_settings(all_kinds()[kind] if kind else defaults_of_all_kinds())


@functools.cache
def _drawn(kind: str) -> dict[str, st.SearchStrategy[Any]]:
    said = {
        "terraform": _said_of_blocks(_always_rendered(kind)),
        TITLE: entries(container_type(), TITLE, is_whole=False, may_be_null=True),
        NAMES: _names_in_aws(_always_named(kind)),
        "task_definition": _TASKS_OF_OTHERS if kind == "service" else st.just("latest"),
    }
    chosen = _CHOSEN | said | {"ports": _ports(40_000), "containers": containers(), "log_router": _log_routers()}
    return {
        name: chosen[name] if name in chosen else of_schema(it.schema())
        for name, it in _settings_of(kind).items()
        if name not in _DRAWN_ELSEWHERE
    }


# What tasks run on: in services alone, since what lies under one may not go with it

_PROVIDERS_OF_FARGATE = ("FARGATE_SPOT", "FARGATE", '${var.a ? "FARGATE" : "FARGATE_SPOT"}')
_OTHER_PROVIDERS = ("large", "${var.a}", "${aws_ecs_capacity_provider.gpu.name}")
_WEIGHTS = st.one_of(st.integers(1, 1000), _wholes)


def _strategies(providers: tuple[str, ...]) -> st.SearchStrategy[Any]:
    with_base = st.fixed_dictionaries({"base": st.one_of(st.integers(0, 10), _wholes), "weight": _WEIGHTS})
    chosen = st.lists(st.sampled_from(providers), unique=True, min_size=1, max_size=2)
    first_with_base = st.tuples(chosen, with_base)
    return first_with_base.map(
        lambda drawn: [
            {"provider": name, **(drawn[1] if index == 0 else {"weight": 1})} for index, name in enumerate(drawn[0])
        ]
    )


_OF_INSTANCES: Tree = {
    "placement": st.fixed_dictionaries(
        {},
        optional={
            "strategy": st.lists(
                st.one_of(
                    st.just("random"),
                    st.fixed_dictionaries({"spread": any_texts.filter(bool)}),
                    st.fixed_dictionaries({"binpack": st.one_of(st.just("cpu"), _wholes)}),
                ),
                max_size=3,
            ),
            "constraints": st.lists(
                st.one_of(st.just("distinct_instance"), st.fixed_dictionaries({"member_of": any_texts.filter(bool)})),
                max_size=3,
            ),
        },
    ),
    "operating_system": st.sampled_from(["WINDOWS_SERVER_2025_CORE", "LINUX", "${var.a}"]),
}


@st.composite
def _on_fargate(draw: st.DrawFn) -> Tree:
    if draw(st.booleans()):
        return {"launch": draw(st.one_of(st.just("FARGATE"), _wholes))}
    return {"capacity": draw(st.one_of(st.just([]), _strategies(_PROVIDERS_OF_FARGATE)))}


@st.composite
def _on_instances(draw: st.DrawFn) -> Tree:
    """What runs elsewhere than on Fargate, and so in sizes of its own."""
    launch = {"launch": draw(st.sampled_from(["EC2", "EXTERNAL"]))}
    runs_on = launch if draw(st.booleans()) else {"capacity": draw(_strategies(_OTHER_PROVIDERS))}
    cpu = {"cpu": draw(st.integers(128, 9999))} if draw(st.booleans()) else {}
    mode = draw(st.sampled_from(["bridge", "host", "none", "awsvpc"])) if "EC2" in runs_on.values() else "host"
    drawn = draw(st.fixed_dictionaries({"memory": st.one_of(st.integers(6, 9999), _wholes)}, optional=_OF_INSTANCES))
    return runs_on | cpu | {"network_mode": mode} | drawn


# Further containers: each has ports of its own, and all may wait for the first one

FIRST_CONTAINER = "init"
_OTHER_CONTAINERS = ("proxy", "x-ray", "A_1")
_CONDITIONS = st.sampled_from(["START", "COMPLETE", "SUCCESS", "HEALTHY"])
_IMAGE_REFERENCES = ["ghcr.io/acme/app:1.2.3", f"busybox@sha256:{'0123' * 16}"]


_DRAWN_BY_HAND = ("image", "depends_on", "environment_file", "mounts")


def _ports(first: int) -> st.SearchStrategy[Any]:
    numbers = [first, first + 1]
    in_full = st.fixed_dictionaries(
        {"port": st.sampled_from([first + 2, "${var.number}"])},
        optional={"protocol": st.sampled_from(["tcp", "udp", "${var.a}"]), "app_protocol": st.just("grpc")},
    )
    return st.tuples(st.lists(st.sampled_from(numbers), unique=True), st.lists(in_full, max_size=1)).map(
        lambda drawn: [*drawn[0], *drawn[1]]
    )


@st.composite
def _container(draw: st.DrawFn, name: str, number: int) -> Tree:
    said = entries(container_type(), TITLE, is_whole=False, may_be_null=True)
    chosen = _CHOSEN | {TITLE: said, "ports": _ports(41_000 + 10 * number)}
    known = {one: it for one, it in known_settings(Container).items() if one not in _DRAWN_BY_HAND}
    names = draw(st.lists(st.sampled_from(list(known)), unique=True, max_size=4))
    found = {one: draw(chosen[one] if one in chosen else of_schema(known[one].schema())) for one in names}
    found["image"] = draw(st.one_of(st.sampled_from(_IMAGE_REFERENCES), _wholes))
    if name == FIRST_CONTAINER:
        return found | {"essential": False, "health_check": draw(_CHOSEN["health_check"])}
    return found | ({"depends_on": {FIRST_CONTAINER: draw(_CONDITIONS)}} if draw(st.booleans()) else {})


@st.composite
def containers(draw: st.DrawFn) -> Tree:
    """Containers beside the main one."""
    names = [FIRST_CONTAINER, *draw(st.lists(st.sampled_from(_OTHER_CONTAINERS), unique=True, max_size=2))]
    return {name: draw(_container(name, number)) for number, name in enumerate(names)}


@st.composite
def _log_routers(draw: st.DrawFn) -> Tree:
    found = draw(_container("router", 5))
    found = {name: it for name, it in found.items() if name not in ("when", "depends_on")}
    options: Tree = {
        "image": st.one_of(st.sampled_from(_IMAGE_REFERENCES), _wholes),
        "type": st.sampled_from(["fluentd", "fluentbit", "${var.a}"]),
        "config_file": st.just("/extra.conf"),
        "metadata": st.one_of(st.booleans(), _wholes),
        "options": st.dictionaries(_MAP_KEYS, any_texts, max_size=3),
        "secret_options": _SECRETS,
    }
    return found | draw(st.fixed_dictionaries({}, optional=options))


# What is said in Terraform's own names, and in those of ECS: as their types have it

_DEPENDED_ON = [
    *("aws_lb_listener.http", "aws_lb_listener.https", "aws_kms_key.main", "aws_secretsmanager_secret.db_url"),
    *("module.vpc", "data.aws_vpc.main"),
]
_TRIGGERS = ["aws_kms_key.main", "aws_lb_listener.http.arn"]
_MAP_KEYS = st.one_of(
    st.sampled_from(["a", "awslogs-group", "for", "null", "true", "1", "a b", "x.y/z", 'a"b', "\\", "é", "{", "in"]),
    literals.filter(lambda text: text and "${" not in text and "%{" not in text),
)


def _writes(part: type[Part]) -> set[str]:
    """Return the arguments that the settings of a part write, and of the parts within it."""
    found = set()
    for it in known_settings(part).values():
        type_ = it.type.item if isinstance(it.type, MappingOf) else it.type
        found |= set(it.writes) | (_writes(type_.model) if isinstance(type_, PartOf) else set())
    return found


@functools.cache
def written_by_settings() -> set[str]:
    """Nothing drawn says one of these: whether a setting says it too is not known where it is drawn."""
    return {path for part in [*all_kinds().values(), Container] for path in _writes(part)}


@st.composite
def entries(draw: st.DrawFn, type_: ObjectOf, path: str, *, is_whole: bool, may_be_null: bool) -> Tree:
    """What is said of a block or an object: of one that is whole, all that it requires."""
    written = written_by_settings()
    members = {
        name: it
        for name, it in type_.members.items()
        if not isinstance(it, Refused) and f"{path}.{name}" not in written
    }
    named = draw(st.lists(st.sampled_from(list(members)), unique=True, max_size=4)) if members else []
    needed = [name for name in type_.required if name in members] if is_whole else []
    found: Tree = {}
    for name in dict.fromkeys([*named, *needed]):
        is_complete = all(f"{path}.{name}.{one}" not in written for one in _required_in(members[name]))
        if may_be_null and name not in type_.required and (not is_complete or draw(st.integers(0, 4)) == 0):
            found[name] = None
        elif is_complete:
            found[name] = draw(value_of_type(members[name], f"{path}.{name}", may_be_null=may_be_null))
    return dict(draw(st.permutations(list(found.items()))))


def _required_in(type_: ValueType[Any]) -> frozenset[str]:
    literal = literal_of(type_)
    return literal.required if isinstance(literal, ObjectOf) else frozenset()


def value_of_type(  # noqa: PLR0911 - one for each sort of type
    type_: ValueType[Any], path: str, *, may_be_null: bool
) -> st.SearchStrategy[Any]:
    """Return what may stand at a path. Within a list, nothing lies under a value, so that a null takes nothing away."""
    name = path.rpartition(".")[2]
    if name in _OF_TERRAFORM:
        return _OF_TERRAFORM[name](type_)
    if isinstance(type_, OrExpression):
        return st.one_of(value_of_type(type_.literal, path, may_be_null=may_be_null), _wholes)
    if isinstance(type_, ObjectOf):
        return entries(type_, path, is_whole=True, may_be_null=may_be_null)
    if isinstance(type_, MapOf):
        values = value_of_type(type_.item, path, may_be_null=may_be_null)
        return st.dictionaries(_MAP_KEYS, _or_null(values) if may_be_null else values, max_size=3)
    if isinstance(type_, WholeObjects):
        return st.lists(entries(type_.item, path, is_whole=True, may_be_null=False), max_size=2)
    if isinstance(type_, ListOf):
        return st.lists(value_of_type(type_.item, path, may_be_null=False), max_size=3)
    return of_schema(type_.schema())


def _or_null(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, values, values, st.none())


def _ignored(type_: ValueType[Any]) -> st.SearchStrategy[Any]:
    paths = st.tuples(st.sampled_from(sorted(type_.item.names)), st.sampled_from(["", "[0]", '["a b"]', ".x"]))  # type: ignore[attr-defined]
    return st.one_of(st.just("all"), st.lists(paths.map("".join), min_size=1, max_size=3))


_CREDENTIALS = st.sampled_from(
    ["${aws_secretsmanager_secret.db_url.arn}", "${var.a}", "arn:aws:secretsmanager:eu-west-1:111111111111:secret:x"]
)
_ARNS_OF_SECRETS = st.sampled_from(
    ["${aws_secretsmanager_secret.db_url.arn}", "arn:aws:ssm:eu-west-1:111111111111:parameter/x"]
)

_OF_TERRAFORM: Mapping[str, Callable[[ValueType[Any]], st.SearchStrategy[Any]]] = {
    DEPENDS_ON: lambda _: st.lists(st.sampled_from(_DEPENDED_ON), min_size=1, max_size=3),
    "replace_triggered_by": lambda _: st.lists(st.sampled_from(_TRIGGERS), min_size=1, max_size=2),
    "ignore_changes": _ignored,
    "credentialsParameter": lambda _: _CREDENTIALS,
    "environmentFiles": lambda _: st.lists(
        st.fixed_dictionaries(
            {"value": st.sampled_from(["${var.a}/x.env", "arn:aws:s3:::b/k"]), "type": st.just("s3")}
        ),
        max_size=2,
    ),
    "secretOptions": lambda _: st.lists(
        st.fixed_dictionaries({"name": any_texts, "valueFrom": _ARNS_OF_SECRETS}), max_size=2
    ),
    "condition": lambda type_: of_schema(type_.schema()) if "enum" in type_.schema() else _wholes,
}
"""Members of which a type's schema does not say all that must hold."""


def _said_of_blocks(names: tuple[str, ...]) -> st.SearchStrategy[Tree]:
    """Return what is said of blocks, which are named by their types or their addresses."""
    return st.lists(st.sampled_from(names), unique=True, max_size=2).flatmap(
        lambda chosen: st.fixed_dictionaries({name: _said_of(name) for name in chosen})
    )


def _said_of(name: str) -> st.SearchStrategy[Tree]:
    type_ = type_of_block(name)
    return entries(block_type(type_), type_, is_whole=False, may_be_null=True)


def _always_rendered(kind: str) -> tuple[str, ...]:
    """Return types of which each service of a kind has a block; without a kind, all that may lie under services."""
    if not kind:
        return tuple(known_settings(defaults_of_all_kinds())["terraform"].type.types)  # type: ignore[attr-defined]
    has_log_group = all_kinds()[kind].scope & Scope.TASK_DEFINITION
    return (*all_kinds()[kind].resources, *(LogGroupUse.resources if has_log_group else ()))


_OF_EXECUTION_ROLE = ("aws_iam_role.task_execution", "aws_iam_role_policy.exec_extra")


def _said_at_the_top(*, with_execution_role: bool, with_cluster: bool) -> st.SearchStrategy[Tree]:
    types = known_settings(Catalogue)["terraform"].type.types  # type: ignore[attr-defined]
    cluster = ("aws_ecs_cluster.this",) if with_cluster else ()
    return _said_of_blocks((*types, *cluster, *(_OF_EXECUTION_ROLE if with_execution_role else ())))


_CLUSTERS = st.sampled_from(
    [
        *("main", "${var.a}-main", "${aws_ecs_cluster.main.arn}", "${aws_ecs_cluster.main.name}"),
        *("${aws_ecs_cluster.main}", "arn:aws:ecs:eu-west-1:111111111111:cluster/main"),
        *({"arn": "${var.a}"}, {"arn": "${var.a}", "name": "${var.b}"}),
    ]
)
"""Clusters that exist."""
_MADE_CLUSTERS = st.fixed_dictionaries({}, optional={"name": st.sampled_from(["main", "${var.a}"])})


_tag_literals_of_images = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{,9}", fullmatch=True)
_image_tags = st.one_of(
    _tag_literals_of_images, _within_text, st.tuples(_tag_literals_of_images, _within_text).map("".join)
)

_IMAGES: Tree = {
    "backend": {"repository": "shop-backend"},
    "front-end": {"repository": "shop/front_end"},
    "_x": {"repository": "x2"},
    "theirs": {"repository": "${aws_ecr_repository.shop.repository_url}"},
}


@st.composite
def settings(draw: st.DrawFn, kind: str = "") -> Tree:
    """What `defaults` or a service may hold: any of the settings, and a size of task that Fargate offers."""
    options = _drawn(kind)
    required = [name for name in options if _settings_of(kind)[name].is_required]
    names = draw(st.lists(st.sampled_from(list(options)), unique=True, max_size=6))
    size = draw(_SIZES) if draw(st.booleans()) else {}
    volumes = draw(_volumes(kind)) if draw(st.booleans()) else {}
    found = size | volumes | {name: draw(options[name]) for name in dict.fromkeys([*required, *names])}
    if FIRST_CONTAINER in found.get("containers", {}) and draw(st.booleans()):
        found["depends_on"] = {FIRST_CONTAINER: draw(_CONDITIONS)}
    return {name: value for name, value in found.items() if name in _settings_of(kind)}


@st.composite
def services(draw: st.DrawFn, key: str, images: tuple[str, ...]) -> Tree:
    """A service whose own names begin with its key."""
    kind = draw(st.sampled_from(list(all_kinds())))
    launched = draw(st.one_of(st.just({}), _on_fargate(), _on_instances()))
    chosen: Tree = {"kind": kind} | draw(settings(kind))
    chosen |= {name: value for name, value in launched.items() if name in _settings_of(kind)}
    defines_tasks = kind != "service"
    if defines_tasks and (len(images) != 1 or draw(st.booleans())):
        references = [*_IMAGE_REFERENCES, *images]
        chosen["image"] = draw(st.one_of(st.sampled_from(references), _wholes))
    for option in ("log_group", "policy_name") if defines_tasks else ():
        if draw(st.booleans()):
            chosen[option] = f"{key}-{option}"
    if draw(st.booleans()):
        type_ = draw(st.sampled_from([one for one in all_kinds()[kind].resources if one.startswith("aws_ecs_")]))
        address = f"{type_}.{key.replace('-', '_')}"
        chosen["terraform"] = chosen.get("terraform", {}) | {address: draw(_said_of(address))}
    if draw(st.booleans()):
        values = draw(st.lists(st.sampled_from(list(all_kinds()[kind].exports)), unique=True))
        chosen["outputs"] = {value: f"the-{key}-{value}" for value in values}
    if not defines_tasks:
        return _of_other_tasks(chosen)
    return _without_log_group(chosen, draw(_NO_LOG_GROUPS)) if draw(st.integers(0, 3)) == 0 else chosen


def _of_other_tasks(chosen: Tree) -> Tree:
    """Return a service that runs tasks of others, with the port of each load balancer."""
    said = chosen.get("load_balancer", [])
    balancers = [{**one, "port": 8080} for one in (said if isinstance(said, list) else [said])]
    of_container = {"names": {**chosen.get("names", {}), "container": "app"}, "load_balancer": balancers}
    return chosen | (of_container if balancers else {})


_NO_LOG_GROUPS = st.sampled_from(
    [
        *(False, "/logs", "${var.a}-logs", "${var.a}", "${aws_cloudwatch_log_group.logs.arn}"),
        *({"arn": "${var.a}"}, {"arn": "arn:aws:logs:eu-west-1:111111111111:log-group:logs:*", "name": "logs"}),
    ]
)
"""What a service says of a log group that the module does not make."""


def _without_log_group(chosen: Tree, log_group: Any) -> Tree:
    """Return a service without a log group of its own, and without what is said of one."""
    chosen.pop("log_retention_days", None)
    chosen.get("outputs", {}).pop("log_group_name", None)
    for name in LogGroupUse.resources:
        chosen.get("terraform", {}).pop(name, None)
    driver = {"logConfiguration": {"logDriver": "awslogs"}}
    return chosen | {"log_group": log_group, TITLE: chosen.get(TITLE, {}) | (driver if log_group is False else {})}


_REQUIRES = st.fixed_dictionaries(
    {},
    optional={
        "terraform": st.sampled_from([">= 1.9", "~> 1.11", "> 1.10.2, != 1.11.0"]),
        "aws": st.sampled_from([f">= {aws().version}", f"~> {aws().version}", aws().version]),
    },
)
"""Whatever else is drawn, the newest provider has."""


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
            key: {
                **_IMAGES[key],
                "tag": draw(_image_tags),
            }
            for key in image_keys
        },
        "network": {"subnets": draw(_SUBNETS), "security_groups": draw(_SECURITY_GROUPS), "vpc": draw(_wholes)},
        "services": {key: draw(services(key, image_keys)) for key in keys},
    }
    catalogue |= {"defaults": draw(settings())} if draw(st.booleans()) else {}
    of_all = catalogue.get("defaults", {}).get("execution_role", "shared")
    defining = [one for one in catalogue["services"].values() if one["kind"] != "service"]
    stays_shared = len(defining) > 1 and all(one.get("execution_role", of_all) == "shared" for one in defining)
    exists = draw(st.integers(0, 2)) == 0
    catalogue |= {"cluster": draw(_CLUSTERS if exists else _MADE_CLUSTERS)} if draw(st.booleans()) else {}
    top = _said_at_the_top(with_execution_role=stays_shared, with_cluster=_is_made(catalogue.get("cluster", {})))
    catalogue |= {"terraform": draw(top)} if draw(st.booleans()) else {}
    catalogue |= {"requires": draw(_REQUIRES)} if draw(st.booleans()) else {}
    catalogue |= {NAMES: draw(_names_in_aws(known_settings(NamesOfAModule)))} if draw(st.booleans()) else {}
    _remove_what_cannot_be_merged(catalogue)
    catalogue = _in_bare(catalogue) if draw(st.integers(0, 3)) == 0 else catalogue
    return _reading_what_is_there(catalogue)


def _reading_what_is_there(catalogue: Tree) -> Tree:
    """Return a catalogue whose expressions read nothing that the module does not make."""
    cluster, is_bare = catalogue.get("cluster", {}), "preset" in catalogue
    read_instead = {"aws_ecs_cluster.this": "aws_ecs_cluster.main"} if not _is_made(cluster) else {}
    read_instead |= {"local.common_tags": "local.zone"} if is_bare and not catalogue["tags"] else {}
    read_instead |= {"data.aws_region.current.name": "data.aws_vpc.main.id"} if is_bare else {}
    return functools.reduce(_reading, read_instead.items(), catalogue)


def _is_made(cluster: Any) -> bool:
    return isinstance(cluster, dict) and "arn" not in cluster


def _reading(value: Any, names: tuple[str, str]) -> Any:
    """Return a value with one name in place of another in its texts."""
    if isinstance(value, dict):
        return {key: _reading(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [_reading(inner, names) for inner in value]
    return value.replace(*names) if isinstance(value, str) else value


def _in_bare(catalogue: Tree) -> Tree:
    """Return a catalogue with the preset `bare`, in which the rest is there that what was drawn needs."""
    under = {"role": "shared", "execution_role": "shared"} | catalogue.get("defaults", {})
    sized = under if "cpu" in under else {**under, "cpu": 256, "memory": 512}
    services = {key: _with_log_group(key, one) for key, one in catalogue["services"].items()}
    return {"cluster": {}} | catalogue | {"preset": "bare", "defaults": sized, "services": services}


def _with_log_group(key: str, service: Tree) -> Tree:
    return service if service["kind"] == "service" else {"log_group": f"{key}-logs"} | service


@st.composite
def edits_of_a_service(draw: st.DrawFn) -> tuple[str, Tree, Tree]:
    """The key of a service, and a valid catalogue before and after an edit of this service."""
    catalogue = draw(catalogues(min_services=2))
    key = draw(st.sampled_from(list(catalogue["services"])))
    service = draw(services(key, tuple(catalogue["images"])))
    service = _with_log_group(key, service) if "preset" in catalogue else service
    edited = catalogue | {"services": catalogue["services"] | {key: service}}
    _remove_what_cannot_be_merged(catalogue, edited)
    return key, catalogue, _reading_what_is_there(edited)


_OF_AN_INTERFACE = [
    *("subnets", "security_groups", "security_group", "assign_public_ip"),
    *("ports", "containers", "depends_on", "log_router"),
]
"""What needs a network interface, or ports of it."""


def _without(parts: list[Tree], names: list[str], is_so: Callable[[Tree], bool]) -> None:
    """Take settings away from the layers of services, if one of these is so."""
    for part in parts if any(map(is_so, parts)) else ():
        for name in names:
            part.pop(name, None)


def _remove_what_cannot_be_merged(*catalogues: Tree) -> None:
    """Leave no file of variables where an expression may stand in place of those that they lie under.

    Nor anything of Fargate, or of a network interface, where a service may be without.
    """
    parts = [part for one in catalogues for part in (one.get("defaults", {}), *one["services"].values())]
    _without(parts, ["architecture"], lambda part: "operating_system" in part)
    _without(parts, _OF_AN_INTERFACE, lambda part: part.get("network_mode", "awsvpc") != "awsvpc")
    _without(parts, ["ephemeral_storage", "assign_public_ip"], lambda part: "network_mode" in part)
    _without(parts, ["load_balancer"], lambda part: part.get("launch") == "EXTERNAL")
    if any(isinstance(part.get("environment"), str) for part in parts):
        for part in parts:
            part.pop("environment_file", None)
