"""Large inputs and hostile ones, of any size: what `scaling.py` doubles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import NamedTuple

Files = dict[str, str]
"""Texts by their path below the catalogue's folder."""

Build = Callable[[int], Files]


class Input(NamedTuple):
    """An input of a size: `first` is the least that is tried. `commands` are those that it is tried with.

    `edited` is what a person makes of each generated file.
    """

    name: str
    first: int
    files: Build
    commands: tuple[str, ...]
    edited: Callable[[str], str] | None = None


READ = ("list", "validate", "check", "check json", "check github", "diff", "render")
TOLD = ("show", "blame line", "blame file", "mermaid", "dot", "svg", "html")
COMPARED = ("changes", "changes json", "report", "verify-plan")
ALL = (*READ, *TOLD, *COMPARED)

HEAD = """\
version: 1
project: shop
module: {path: out, address: module.shop}
network: {subnets: [subnet-1], security_groups: [sg-1]}
"""
SMALL = f"{HEAD}services:\n  first: {{kind: worker, image: 'b:1'}}\n"


def catalogue(services: str, top: str = "") -> str:
    return f"{HEAD}{top}services:\n  first: {{kind: worker, image: 'b:1'}}\n{services}"


def lines(n: int, line: Callable[[int], str]) -> str:
    return "".join(line(i) + "\n" for i in range(n))


def service(key: str, rest: str = "") -> str:
    return f"  {key}: {{kind: worker, image: 'b:1'{rest}}}"


def one_service(settings: str) -> str:
    return f"  second:\n    kind: worker\n    image: 'b:1'\n{settings}"


def pair(base: str, now: str, **more: str) -> Files:
    return {"base.yaml": base, "services.yaml": now, "plan.json": PLAN_OF_NOTHING, **more}


PLAN_OF_NOTHING = '{"format_version": "1.2", "planned_values": {}, "resource_changes": []}'


def alike(n: int) -> Files:
    now = lines(n, lambda i: service(f"s{i:06}", f", queue: 'q{i:06}', role: own"))
    return pair(SMALL, catalogue(now))


def gone(n: int) -> Files:
    now = lines(n, lambda i: service(f"s{i:06}", f", queue: 'q{i:06}', role: own"))
    return pair(catalogue(now), SMALL)


def unlike(n: int) -> Files:
    def rest(i: int) -> str:
        names = ", ".join(f"A{i:06}_{j}: '${{var.a{i:06}}}{{{i:06}:{j}}}'" for j in range(3))
        return f", command: [run, '{{\"{i:06}\": 1}}'], environment: {{{names}}}"

    variables = lines(n, lambda i: f'variable "a{i:06}" {{}}')
    now = lines(n, lambda i: service(f"s{i:06}", rest(i)))
    return pair(SMALL, catalogue(now), **{"out/variables.tf": variables})


def half_changed(n: int) -> Files:
    def environment(even: str) -> str:
        return "    environment:\n" + lines(n, lambda i: f"      A{i:06}: '{'b' if i % 2 else even}'")

    return pair(catalogue(one_service(environment("b"))), catalogue(one_service(environment("c"))))


def renamed(n: int) -> Files:
    def services(mark: str) -> str:
        return lines(n, lambda i: service(f"{mark}{i:06}", f", queue: 'q{i:06}', role: own, command: [c{i:06}]"))

    return pair(catalogue(services("a")), catalogue(services("b")))


def each_changed(n: int) -> Files:
    def services(queue: str) -> str:
        return lines(n, lambda i: service(f"s{i:06}", f", queue: '{queue}{i:06}', role: own"))

    return pair(catalogue(services("a")), catalogue(services("b")))


def sharing_a_role(n: int) -> Files:
    def services(command: str) -> str:  # IAM takes the policies of some fifty queues for one role
        return lines(n, lambda i: service(f"s{i:06}", f", command: ['{command}{i:06}']"))

    return pair(catalogue(services("a")), catalogue(services("b")))


def half_new(n: int) -> Files:
    def services(step: int) -> str:
        return lines(n // step, lambda i: service(f"s{i * step:06}", f", queue: 'a{i:06}', role: own"))

    return pair(catalogue(services(2)), catalogue(services(1)))


def moved(n: int) -> Files:
    def services(sign: int) -> str:
        return "".join(service(f"s{i:06}") + "\n" for i in range(n)[::sign])

    return pair(catalogue(services(1)), catalogue(services(-1)))


def long_list(n: int) -> Files:
    def command(mark: str) -> str:
        words = ", ".join(f"'{mark if i % 2 else 'w'}{i:06}'" for i in range(n))
        return f"    command: [{words}]\n    subnets: [{words}]\n"

    return pair(catalogue(one_service(command("a"))), catalogue(one_service(command("b"))))


def long_text(n: int) -> Files:
    def command(mark: str) -> str:
        return f"    command: ['{mark * n}']\n    environment: {{A: '{mark * n}', B: '{'é$' * n}'}}\n"

    return pair(catalogue(one_service(command("a"))), catalogue(one_service(command("b"))))


def text_of_lines(n: int) -> Files:
    def command(mark: str) -> str:
        return "    environment:\n      A: |\n" + lines(n, lambda i: f"        {mark if i % 2 else 'l'}{i:06}")

    return pair(catalogue(one_service(command("a"))), catalogue(one_service(command("b"))))


def expressions(n: int) -> Files:
    def environment(mark: str) -> str:
        many = " ".join(f"${{var.a}}-{mark}{i:06}" for i in range(n))
        return f"    environment:\n      A: '{many}'\n" + lines(n, lambda i: f"      B{i:06}: '${{{mark}({i:06})}}'")

    variables = 'variable "a" {}\n'
    return pair(
        catalogue(one_service(environment("abs"))),
        catalogue(one_service(environment("max"))),
        **{"out/variables.tf": variables},
    )


def escapes(n: int) -> Files:
    environment = f"    environment:\n      A: '{'$${' * n}'\n      B: '{'%%{a}' * n}'\n      C: '{'$' * n}'\n"
    return pair(SMALL, catalogue(one_service(environment)))


def tags(n: int) -> Files:
    def whole(mark: str) -> str:
        now = lines(n, lambda i: service(f"s{i:06}", f", tags: {{team: '{mark if i % 2 else 'v'}', t{i:06}: a}}"))
        return catalogue(now, "tags: {env: test}\n")

    return pair(whole("a"), whole("b"))


def secrets(n: int) -> Files:
    """Many variables of few secrets: the policy of the execution role cannot name many."""

    def of(mark: str) -> str:
        return "    secrets:\n" + lines(n, lambda i: f"      A{i:06}: {mark if i % 2 else 's'}{i % 32:02}")

    declared = lines(32, lambda i: "".join(f'resource "aws_secretsmanager_secret" "{m}{i:02}" {{}}\n' for m in "abs"))
    return pair(catalogue(one_service(of("a"))), catalogue(one_service(of("b"))), **{"out/secrets.tf": declared})


def buckets(n: int) -> Files:
    def of(mark: str) -> str:
        return "    role: own\n    buckets:\n" + lines(
            n, lambda i: f"      - {{name: {mark if i % 2 else 's'}bucket{i:06}, access: [read, list]}}"
        )

    return pair(catalogue(one_service(of("a"))), catalogue(one_service(of("b"))))


def images(n: int) -> Files:
    def of(mark: str) -> str:
        images = "images:\n" + lines(n, lambda i: f"  i{i:06}: {{repository: r{i:06}, tag: '{mark if i % 2 else 1}'}}")
        return catalogue(lines(n, lambda i: f"  s{i:06}: {{kind: worker, image: i{i:06}}}"), images)

    return pair(of("a"), of("b"))


def one_image(n: int) -> Files:
    images = "images:\n  app: {repository: app, tag: '1'}\n"
    services = lines(n, lambda i: f"  s{i:06}: {{kind: worker, image: app}}")
    return pair(SMALL, catalogue(services, images))


def backends(n: int) -> Files:
    def rest(i: int) -> str:
        return f"{{kind: backend, image: 'b:1', port: 80, load_balancer: {{target_group: g{i:06}, listener: l{i:06}}}}}"

    declared = lines(
        n, lambda i: f'resource "aws_lb_target_group" "g{i:06}" {{}}\nresource "aws_lb_listener" "l{i:06}" {{}}'
    )
    return pair(SMALL, catalogue(lines(n, lambda i: f"  s{i:06}: {rest(i)}")), **{"out/lb.tf": declared})


def defaults(n: int) -> Files:
    def of(mark: str) -> str:
        environment = "defaults:\n  environment:\n" + lines(20, lambda i: f"    A{i:06}: '{mark if i % 2 else 1}'")
        return catalogue(lines(n, lambda i: service(f"s{i:06}")), environment)

    return pair(of("a"), of("b"))


def wide_defaults(n: int) -> Files:
    def of(mark: str) -> str:
        environment = "defaults:\n  environment:\n" + lines(n, lambda i: f"    A{i:06}: '{mark if i % 2 else 1}'")
        return catalogue(lines(20, lambda i: service(f"s{i:06}")), environment)

    return pair(of("a"), of("b"))


def aliases(n: int) -> Files:
    def of(mark: str) -> str:
        first = f"  x: {{kind: worker, image: 'b:1', environment: &e {{A: '{mark}', B: '1', C: '2'}}}}\n"
        return catalogue(first + lines(n, lambda i: service(f"s{i:06}", ", environment: *e")))

    return pair(of("a"), of("b"))


# --- catalogues with errors


def undeclared(n: int) -> Files:
    environment = "    environment:\n" + lines(n, lambda i: f"      A{i:06}: '${{var.wanted_{i:06}}}'")
    declared = lines(n, lambda i: f'variable "given_{i:06}" {{}}')
    return pair(SMALL, catalogue(one_service(environment)), **{"out/variables.tf": declared})


def undeclared_secrets(n: int) -> Files:
    environment = "    secrets:\n" + lines(n, lambda i: f"      A{i:06}: wanted_{i:06}")
    declared = lines(n, lambda i: f'resource "aws_secretsmanager_secret" "given_{i:06}" {{}}')
    return pair(SMALL, catalogue(one_service(environment)), **{"out/secrets.tf": declared})


def unknown_keys(n: int) -> Files:
    return pair(SMALL, catalogue(one_service(lines(n, lambda i: f"    imagee{i:06}: a"))))


def unknown_images(n: int) -> Files:
    images = "images:\n" + lines(n, lambda i: f"  given{i:06}: {{repository: r{i:06}, tag: '1'}}")
    return pair(SMALL, catalogue(lines(n, lambda i: f"  s{i:06}: {{kind: worker, image: wanted{i:06}}}"), images))


def unknown_kinds(n: int) -> Files:
    return pair(SMALL, catalogue(lines(n, lambda i: f"  s{i:06}: {{kind: wrker{i:06}}}")))


def wrong_values(n: int) -> Files:
    environment = "    environment:\n" + lines(n, lambda i: f"      A{i:06}: '${{' \n      ä{i:06}: [b]")
    return pair(SMALL, catalogue(one_service(environment)))


def repeated_keys(n: int) -> Files:
    return pair(SMALL, catalogue(one_service("    environment:\n" + lines(n, lambda i: "      A: b"))))


def set_twice(n: int) -> Files:
    both = lines(n, lambda i: f"      A{i:06}: b")
    return pair(SMALL, catalogue(one_service(f"    environment:\n{both}    secrets:\n{both}")))


def wrong_in_defaults(n: int) -> Files:
    environment = "defaults:\n  environment:\n" + lines(10, lambda i: f"    ä{i:06}: b")
    return pair(SMALL, catalogue(lines(n, lambda i: service(f"s{i:06}")), environment))


def same_names(n: int) -> Files:
    return pair(SMALL, catalogue(lines(n, lambda i: service(f"s{i:06}", ", log_group: same"))))


def credentials(n: int) -> Files:
    environment = "    environment:\n" + lines(n, lambda i: f"      A{i:06}_TOKEN: 'AKIAABCDEFGHIJ{i:06}'")
    return pair(SMALL, catalogue(one_service(environment)))


def nearly_credentials(n: int) -> Files:
    texts = {
        "A": "AKIA" * n,
        "B": "-----BEGIN A" * n,
        "C": "-----BEGIN " + "A " * n,
        "D": "ghp_" * n,
        "E": "github_pat_" * n,
        "F": "xoxb-" * n,
        "G": "eyJ" * n,
        "H": "eyJ" + "a" * n + ".eyJ" + "a" * n,
        "I": "eyJaaaaaaaa." * n,
        "J": "://" * n,
        "K": "://" + "a" * n + ":" + "b" * n,
        "L": "://a:b" * n,
        "M": ":" * n,
        "N": "sk_live_" * n,
        "P": "glpat-" * n,
        "SECRET_" * n: "a",
        "Z" + "_-." * n: "a",
    }
    environment = "    environment:\n" + "".join(f"      {name}: '{value}'\n" for name, value in texts.items())
    return pair(SMALL, catalogue(one_service(environment)))


def long_key(n: int) -> Files:
    environment = f"    environment:\n      ? A{'a' * n}\n      : b\n"
    return pair(SMALL, catalogue(one_service(environment)))


def wrong_long_key(n: int) -> Files:
    return pair(
        SMALL, catalogue(f"  ? a{'é' * n}\n  : {{kind: worker}}\n  b: {{kind: {'w' * n}, image: '${'{' * n}'}}\n")
    )


def yaml_depth(n: int) -> Files:
    return {"services.yaml": catalogue(one_service("    command: " + "[" * n + "]" * n + "\n"))}


def yaml_unclosed(n: int) -> Files:
    return {"services.yaml": catalogue(one_service("    command: " + "[" * n + "\n"))}


def yaml_question_marks(n: int) -> Files:
    return {"services.yaml": catalogue("? " * n)}


def yaml_junk(sign: str) -> Build:
    return lambda n: {"services.yaml": catalogue(sign * n)}


# --- hand-written files


def companion(text: Build | Callable[[int], str]) -> Build:
    def files(n: int) -> Files:
        return pair(SMALL, catalogue(service("second")), **{"out/x.tf": str(text(n))})

    return files


def nested_heredocs(n: int) -> str:
    inside = "".join(f"${{<<A{i:06}\n" for i in range(1, n))
    ends = "".join(f"A{i:06}\n}}\n" for i in range(n - 1, 0, -1))
    return f"locals {{\n  x = <<A000000\n{inside}{ends}A000000\n}}\n"


def interpolations_in_a_heredoc(n: int) -> str:
    return "locals {\n  x = <<A\n" + "${var.a}\n" * n + "A\n}\n"


def blocks(n: int) -> str:
    return lines(n, lambda i: f'resource "aws_x_y" "n{i:06}" {{\n  a = var.b{i:06}\n}}\nvariable "b{i:06}" {{}}\n')


def a_deep(opening: str, closing: str) -> Callable[[int], str]:
    return lambda n: f"locals {{\n  x = {opening * n}{closing * n}\n}}\n"


def chain_of_locals(n: int) -> str:
    return (
        "locals {\n"
        + lines(n, lambda i: f"  a{i:06} = local.a{i + 1:06}")
        + f"  a{n:06} = aws_ecs_service.first.arn\n}}\n"
    )


def depends_on(n: int) -> str:
    listed = ", ".join(f"aws_x_y.n{i:06}" for i in range(n))
    return f'resource "aws_x_y" "z" {{\n  depends_on = [{listed}]\n}}\n' + blocks(n)


def one_argument_of_many(n: int) -> str:
    words = ", ".join(f'"{i:06}"' for i in range(n))
    return (
        f'resource "aws_x_y" "z" {{\n  list = [{words}]\n  object = {{\n'
        + lines(n, lambda i: f"    a{i:06} = {i}")
        + "  }\n}\n"
    )


def many_arguments(n: int) -> str:
    return (
        'resource "aws_x_y" "z" {\n'
        + lines(n, lambda i: f"  a{i:06} = local.b{i:06}")
        + "}\nlocals {\n"
        + lines(n, lambda i: f"  b{i:06} = 1")
        + "}\n"
    )


def nested_blocks(n: int) -> str:
    return 'resource "aws_x_y" "z" {\n' + lines(n, lambda i: f"  b{i % 10} {{\n    a = {i}\n  }}") + "}\n"


def blocks_of_many_names(n: int) -> str:
    return 'resource "aws_x_y" "z" {\n' + lines(n, lambda i: f"  b{i:06} {{\n    a = {i}\n  }}") + "}\n"


def for_expressions(n: int) -> str:
    return "locals {\n  x = [" + "for a in [" * n + "var.b" + "] : a" * n + "]\n}\n"


def many_for(n: int) -> str:
    return "locals {\n" + lines(n, lambda i: f"  x{i:06} = [for a{i:06} in var.b : a{i:06}.b]") + "}\n"


def one_for(n: int) -> str:
    return "locals {\n  x = [for a in [" + ", ".join(["aws_x_y.z.b"] * n) + "] : [for b in a : b]]\n}\n"


def newlines(n: int) -> str:
    return "locals {\n  x = [" + "\n" * n + "for a in b : a]\n}\n" + "[\n" * 0


def brackets_behind(n: int) -> str:
    return "locals {\n  x = [" + ", ".join(["aws_x_y.z[0].b"] * n) + "]\n}\n"


def nested_index(n: int) -> str:
    return "locals {\n  x = " + "aws_x_y.z[" * n + "0" + "]" * n + "\n}\n"


def dots(n: int) -> str:
    return "locals {\n  x = var" + ".a" * n + "\n  y = " + "a.b." * n + "c\n}\n"


def long_string(n: int) -> str:
    return 'locals {\n  x = "' + "$${" * n + '"\n  y = "' + "${var.a}" * n + '"\n  z = "' + "%%{ $a" * n + '"\n}\n'


def repeated(text: str, head: str = "", tail: str = "") -> Callable[[int], str]:
    return lambda n: head + text * n + tail


def json_blocks(n: int) -> Files:
    variables = {f"v{i:06}": {"type": "string"} for i in range(n)}
    return pair(SMALL, catalogue(service("second")), **{"out/x.tf.json": json.dumps({"variable": variables})})


def json_of(text: Callable[[int], str]) -> Build:
    return lambda n: pair(SMALL, catalogue(service("second")), **{"out/x.tf.json": text(n)})


def many_files(n: int) -> Files:
    companions = {f"out/c{i:06}.tf": f'variable "v{i:06}" {{}}\n' for i in range(n)}
    return pair(SMALL, catalogue(service("second")), **companions)


# --- plans


def plan(changes: Callable[[int], Iterator[dict[str, object]]]) -> Build:
    def files(n: int) -> Files:
        document = {"format_version": "1.2", "planned_values": {}, "resource_changes": list(changes(n))}
        return {**pair(SMALL, catalogue(service("second"))), "plan.json": json.dumps(document)}

    return files


def change(address: str, before: object, after: object, unknown: object, actions: tuple[str, ...]) -> dict[str, object]:
    details = {"actions": list(actions), "before": before, "after": after, "after_unknown": unknown}
    return {"address": address, "mode": "managed", "change": details}


def many_resources(n: int) -> Iterator[dict[str, object]]:
    for i in range(n):
        yield change(f"module.shop.aws_x_y.n{i:06}", {"a": "b"}, {"a": "c"}, {}, ("update",))


def many_instances(n: int) -> Iterator[dict[str, object]]:
    for i in range(n):
        yield change(f'module.shop.aws_ecs_service.second["{i:06}"]', {"a": "b"}, {"a": "c"}, {}, ("create",))


def one_large_resource(n: int) -> Iterator[dict[str, object]]:
    def containers(mark: str) -> str:
        environment = [{"name": f"A{i:06}", "value": mark if i % 2 else "v"} for i in range(n)]
        return json.dumps([{"name": "second", "environment": environment}])

    before, after = {"container_definitions": containers("a")}, {"container_definitions": containers("b")}
    yield change("module.shop.aws_ecs_task_definition.second", before, after, {}, ("create",))


def many_values(n: int) -> Iterator[dict[str, object]]:
    before, after = {f"a{i:06}": i for i in range(n)}, {f"a{i:06}": i + 1 for i in range(n)}
    yield change(
        "module.shop.aws_ecs_service.second", before, after, {f"b{i:06}": [True] for i in range(n)}, ("update",)
    )


def module_calls(n: int) -> Files:
    calls: dict[str, object] = {f"m{i:06}": {"module": {}} for i in range(n)}
    document = {
        "format_version": "1.2",
        "planned_values": {},
        "resource_changes": [],
        "configuration": {"root_module": {"module_calls": calls}},
    }
    return {**pair(SMALL, catalogue(service("second"))), "plan.json": json.dumps(document)}


def plan_text(text: Callable[[int], str]) -> Build:
    return lambda n: {**pair(SMALL, catalogue(service("second"))), "plan.json": text(n)}


# --- own templates


def own_templates(n: int) -> Files:
    templates = {f"templates/own/t{i:06}.j2": f"{{# t{i:06} #}}\n" for i in range(n)}
    return pair(SMALL, SMALL, **templates)


def own_template_of_many_lines(n: int) -> Files:
    text = lines(n, lambda i: f"# line {i:06} {{{{ service.names.key }}}}")
    banner = text + "# {{ service.names.title }}\n"
    return pair(SMALL, SMALL, **{"templates/service/banner.tf.j2": banner})


def own_template_of_blank_lines(n: int) -> Files:
    return pair(SMALL, SMALL, **{"templates/service/banner.tf.j2": "# a\n" + "\n" * n + "# b\n" + "  \n" * n})


def own_template_of_wide_lines(n: int) -> Files:
    return pair(SMALL, SMALL, **{"templates/service/banner.tf.j2": "# " + "a = b " * n + "\n# " + "<<A " * n + "\n"})


# --- generated files that were edited by hand


def shuffled(text: str) -> str:
    """Return the lines below the header in an order that is the same each time."""
    head, *body = text.splitlines(keepends=True)
    return head + "".join(sorted(body, key=lambda line: (hash(line) * 2654435761) % 4294967296))


def with_every_third_line_changed(text: str) -> str:
    head, *body = text.splitlines(keepends=True)
    return head + "".join(line if i % 3 else f"# {i}\n" for i, line in enumerate(body))


def with_every_third_line_gone(text: str) -> str:
    head, *body = text.splitlines(keepends=True)
    return head + "".join(line for i, line in enumerate(body) if i % 3)


def with_all_lines_equal(text: str) -> str:
    head, *body = text.splitlines(keepends=True)
    return head + "}\n" * len(body)


def with_two_lines_by_turns(text: str) -> str:
    head, *body = text.splitlines(keepends=True)
    return head + "}\n\n" * (len(body) // 2)


def reversed_lines(text: str) -> str:
    head, *body = text.splitlines(keepends=True)
    return head + "".join(reversed(body))


DRIFT = ("check", "check json", "check github", "diff", "render")

INPUTS = (
    Input("services, all new", 16, alike, ALL),
    Input("services, all gone", 16, gone, COMPARED),
    Input("services unlike each other", 8, unlike, ALL),
    Input("one service, half of its variables changed", 128, half_changed, ALL),
    Input("services renamed", 16, renamed, COMPARED),
    Input("services each changed", 16, each_changed, COMPARED),
    Input("services sharing a role, each changed", 16, sharing_a_role, ALL),
    Input("services, half of them new", 16, half_new, COMPARED),
    Input("services in another order", 16, moved, COMPARED),
    Input("long lists", 256, long_list, ALL),
    Input("long texts", 4096, long_text, ALL),
    Input("a text of many lines", 512, text_of_lines, ALL),
    Input("many expressions", 32, expressions, ALL),
    Input("many escapes", 512, escapes, ALL),
    Input("tags", 128, tags, ALL),
    Input("secrets", 64, secrets, ALL),
    Input("buckets", 64, buckets, ALL),
    Input("images", 16, images, ALL),
    Input("one image for all", 16, one_image, ALL),
    Input("backends", 16, backends, ALL),
    Input("defaults under many services", 8, defaults, ALL),
    Input("wide defaults under 20 services", 8, wide_defaults, ALL),
    Input("aliases", 16, aliases, ALL),
    Input("undeclared variables", 64, undeclared, ("check", "check json", "report")),
    Input("undeclared secrets", 64, undeclared_secrets, ("check", "check json")),
    Input("unknown keys", 64, unknown_keys, ("check", "check json", "list")),
    Input("unknown images", 16, unknown_images, ("check", "check json", "list")),
    Input("unknown kinds", 32, unknown_kinds, ("check", "check json", "list")),
    Input("wrong values", 64, wrong_values, ("check", "check json", "list")),
    Input("repeated keys", 256, repeated_keys, ("check", "check json", "list")),
    Input("variables set twice", 64, set_twice, ("check", "check json", "list")),
    Input("errors in defaults", 32, wrong_in_defaults, ("check", "check json", "list")),
    Input("services with the same names", 16, same_names, ("check", "check json", "list")),
    Input("credentials", 64, credentials, ("check", "check json", "validate")),
    Input("texts that are nearly credentials", 64, nearly_credentials, ("list",)),
    Input("a long key", 4096, long_key, ALL),
    Input("a wrong long key", 4096, wrong_long_key, ("check", "list")),
    Input("deep YAML", 8192, yaml_depth, ("list",)),
    Input("unclosed YAML", 8192, yaml_unclosed, ("list",)),
    Input("question marks of YAML", 4096, yaml_question_marks, ("list",)),
    *(
        Input(f"YAML of {sign!r}", 4096, yaml_junk(sign), ("list",))
        for sign in (
            "- ",
            "[a,",
            "{a: ",
            "&a ",
            "*a ",
            "!!x ",
            "'",
            '"',
            "|",
            "\n",
            " ",
            "a: ",
            "#",
            "%",
            "a\n",
            "é",
            "? [",
            "a:\n",
        )
    ),
    Input("nested heredocs", 2, companion(nested_heredocs), ("check", "changes")),
    Input("interpolations in a heredoc", 64, companion(interpolations_in_a_heredoc), ("check", "changes")),
    Input("blocks by hand", 64, companion(blocks), ("check", "changes", "report", "verify-plan")),
    Input("deep lists", 64, companion(a_deep("[", "]")), ("check", "changes")),
    Input("deep calls", 64, companion(a_deep("a(", ")")), ("check", "changes")),
    Input("deep objects", 64, companion(a_deep("{a = ", "}")), ("check", "changes")),
    Input("deep templates", 64, companion(a_deep('"${', '}"')), ("check", "changes")),
    Input("a chain of locals", 32, companion(chain_of_locals), ("check", "changes")),
    Input("depends_on", 64, companion(depends_on), ("check", "changes")),
    Input("one argument of many parts", 256, companion(one_argument_of_many), ("check", "changes")),
    Input("many arguments", 256, companion(many_arguments), ("check", "changes")),
    Input("nested blocks", 128, companion(nested_blocks), ("check", "changes")),
    Input("nested blocks of many names", 128, companion(blocks_of_many_names), ("check", "changes")),
    Input("for within for", 16, companion(for_expressions), ("check", "changes")),
    Input("many for", 64, companion(many_for), ("check", "changes")),
    Input("one for over much", 128, companion(one_for), ("check", "changes")),
    Input("blank lines in a list", 1024, companion(newlines), ("check", "changes")),
    Input("indices", 64, companion(brackets_behind), ("check", "changes")),
    Input("indices within indices", 64, companion(nested_index), ("check", "changes")),
    Input("long traversals", 256, companion(dots), ("check", "changes")),
    Input("long strings", 256, companion(long_string), ("check", "changes")),
    Input("unclosed heredocs", 64, companion(repeated("x = <<A\n")), ("check", "changes")),
    Input(
        "unclosed heredocs of many names",
        64,
        companion(lambda n: lines(n, lambda i: f"x{i:06} = <<A{i:06}")),
        ("check", "changes"),
    ),
    Input(
        "heredocs",
        64,
        companion(lambda n: "locals {\n" + lines(n, lambda i: f"x{i:06} = <<A{i:06}\na\nA{i:06}") + "}\n"),
        ("check", "changes"),
    ),
    Input("unclosed comments", 256, companion(repeated("/* ")), ("check", "changes")),
    Input("comments", 256, companion(repeated("/* a */ # b\n// c\n")), ("check", "changes")),
    Input("unclosed braces", 64, companion(repeated("a {\n")), ("check", "changes")),
    Input("unclosed brackets", 256, companion(repeated("[", "a = ")), ("check", "changes")),
    Input("unclosed templates", 64, companion(repeated("${", 'a = "')), ("check", "changes")),
    Input("unclosed templates in a heredoc", 64, companion(repeated("${\n", "a = <<A\n", "A\n")), ("check", "changes")),
    Input(
        "unclosed templates in heredocs",
        64,
        companion(lambda n: "locals {\n" + lines(n, lambda i: f"x{i:06} = <<A\n${{\nA") + "}\n"),
        ("check", "changes"),
    ),
    Input("dollars", 256, companion(repeated("$", 'locals {\n  a = "', '"\n}\n')), ("check", "changes")),
    Input("escaped templates", 256, companion(repeated("$${", 'locals {\n  a = "', '"\n}\n')), ("check", "changes")),
    Input("blank lines", 1024, companion(repeated("\n")), ("check", "changes")),
    Input("spaces", 1024, companion(repeated(" ")), ("check", "changes")),
    Input("a long name", 1024, companion(repeated("a", "locals {\n  ", " = 1\n}\n")), ("check", "changes")),
    Input("a long number", 1024, companion(repeated("1", "locals {\n  a = ", "\n}\n")), ("check", "changes")),
    Input("JSON by hand", 64, json_blocks, ("check", "changes")),
    Input("deep JSON by hand", 512, json_of(lambda n: '{"a":' * n + "1" + "}" * n), ("check", "changes")),
    Input(
        "a long number in JSON by hand", 4096, json_of(lambda n: '{"variable": ' + "1" * n + "}"), ("check", "changes")
    ),
    Input("many hand-written files", 32, many_files, ("check", "changes", "report")),
    Input("plan of many resources", 64, plan(many_resources), ("verify-plan",)),
    Input("plan of many instances", 64, plan(many_instances), ("verify-plan",)),
    Input("plan of one large resource", 64, plan(one_large_resource), ("verify-plan",)),
    Input("plan of many values", 64, plan(many_values), ("verify-plan",)),
    Input("plan of many modules", 64, module_calls, ("verify-plan",)),
    Input("deep plan", 512, plan_text(lambda n: '{"a":' * n + "1" + "}" * n), ("verify-plan",)),
    Input("deep list for a plan", 512, plan_text(lambda n: "[" * n + "]" * n), ("verify-plan",)),
    Input("a long number for a plan", 4096, plan_text(lambda n: "1" * n), ("verify-plan",)),
    Input("a string for a plan", 4096, plan_text(lambda n: '"' + "\\u00e9" * n + '"'), ("verify-plan",)),
    Input("own templates", 16, own_templates, ("check", "changes", "report")),
    Input(
        "an own template of many lines",
        128,
        own_template_of_many_lines,
        ("validate", "changes", "report", "blame file"),
    ),
    Input("an own template of blank lines", 512, own_template_of_blank_lines, ("validate", "changes", "report")),
    Input("an own template of wide lines", 512, own_template_of_wide_lines, ("validate", "changes", "report")),
    Input("every third line edited", 8, alike, DRIFT, with_every_third_line_changed),
    Input("every third line removed", 8, alike, DRIFT, with_every_third_line_gone),
    Input("all lines shuffled", 8, alike, DRIFT, shuffled),
    Input("all lines reversed", 8, alike, DRIFT, reversed_lines),
    Input("all lines equal", 8, alike, DRIFT, with_all_lines_equal),
    Input("two lines by turns", 8, alike, DRIFT, with_two_lines_by_turns),
)
