"""An edition's blocks as Terraform sees them: hand-written files beside them, override files merged over them."""

from __future__ import annotations

from generator.changes.edit import Edit
from generator.changes.resources import implied_between
from generator.edition import Edition
from generator.hcl.moves import Move
from generator.hcl.values import Expression
from tests.support.rendering import SMALL, module_of

TASK, SERVICE, LOAD_BALANCER = "aws_ecs_task_definition.mail", "aws_ecs_service.mail", "aws_lb.this"
TAGGED = SMALL.replace("services:", "tags: {env: test}\nservices:")
OTHER_IMAGE = SMALL.replace("busybox:1", "busybox:2")

CONTAINERS = 'resource "aws_ecs_task_definition" "mail" {\n  container_definitions = "[]"\n}\n'
TAGS = "locals {\n  common_tags = { own = 1 }\n}\n"
CLUSTER_ARN = 'output "ecs_cluster_arn" {\n  value = "own"\n}\n'
LISTENER = 'resource "aws_lb" "this" {\n  name = "a"\n  tags = local.common_tags\n}\n'


def edition(text: str = SMALL, **companions: str) -> Edition:
    """Return a catalogue's edition; `companions` are its hand-written files, by name with `__` for a dot."""
    module = module_of(text)
    files = {name.replace("__", "."): content.encode() for name, content in companions.items()}
    return Edition(module.source, module.catalogue, module.files, files)


def implied(before: Edition | None, after: Edition) -> dict[str, str]:
    return {address.removeprefix("module.shop."): str(one) for address, one in implied_between(before, after).items()}


# --- hand-written files in JSON


def test_what_stands_in_json_follows_what_the_catalogue_changes() -> None:
    text = '{"resource": {"aws_lb": {"this": {"name": "a", "tags": "${local.common_tags}"}}}}'
    of_native = implied(edition(lb__tf=LISTENER), edition(TAGGED, lb__tf=LISTENER))
    of_json = implied(edition(lb__tf__json=text), edition(TAGGED, lb__tf__json=text))

    assert of_json[LOAD_BALANCER].startswith("update")
    assert of_json == of_native


# --- override files


def test_blocks_are_told_with_overrides_merged_over_them() -> None:
    found = edition(lb__tf=LISTENER, a_override__tf=CONTAINERS + 'resource "aws_lb" "this" {\n  name = "o"\n}\n')

    assert found.nodes[TASK].arguments["container_definitions"] == "[]"
    assert found.nodes[TASK].arguments["family"] == "shop-mail"
    assert found.companion_nodes[LOAD_BALANCER].arguments == {"name": "o", "tags": Expression("local . common_tags")}
    assert found.module_nodes == found.nodes | found.companion_nodes
    assert list(found.module_nodes) == [*found.nodes, *found.companion_nodes]
    assert found.nodes.keys() == edition().nodes.keys()


def test_overrides_are_merged_in_the_order_of_their_names() -> None:
    names = ("b_override__tf__json", "override__tf", "a_override__tf")
    texts = (
        '{"locals": {"common_tags": "b"}}',
        'locals {\n  common_tags = "o"\n}\n',
        'locals {\n  common_tags = "a"\n}\n',
    )

    found = edition(**dict(zip(names, texts, strict=True)))

    assert found.nodes["local.common_tags"].arguments == {"value": "o"}


def test_what_an_override_covers_does_not_change_with_the_catalogue() -> None:
    own = {"image_override__tf": CONTAINERS}

    assert implied(edition(), edition(OTHER_IMAGE)) == {TASK: "replace", SERVICE: "update"}
    assert implied(edition(**own), edition(OTHER_IMAGE, **own)) == {}


def test_what_reads_an_overridden_local_does_not_change_with_the_catalogue() -> None:
    own = {"override__tf": TAGS, "lb__tf": LISTENER}

    assert implied(edition(lb__tf=LISTENER), edition(TAGGED, lb__tf=LISTENER))
    assert implied(edition(**own), edition(TAGGED, **own)) == {}


def test_what_an_override_reads_is_followed() -> None:
    own = {"override__tf": 'resource "aws_ecs_cluster" "this" {\n  name = local.common_tags.env\n}\n'}

    assert "aws_ecs_cluster.this" in implied(edition(TAGGED, **own), edition(TAGGED.replace("test", "live"), **own))


def test_an_override_that_is_new_gone_or_another_is_no_change_of_the_catalogue() -> None:
    own, another = {"a_override__tf": CONTAINERS + CLUSTER_ARN}, {"a_override__tf": TAGS}
    for before, after in (({}, own), (own, {}), (own, another)):
        edit = Edit(edition(**before), edition(**after))
        assert implied_between(edit.before, edit.after) == {}
        assert edit.parts == []


def test_an_output_that_an_override_sets_does_not_change_with_the_catalogue() -> None:
    own = {"override__tf": 'output "mail_log_group_name" {\n  value = "own"\n}\n'}
    other = SMALL.replace("image: busybox:1", "image: busybox:1\n    log_group: web")

    def changed_outputs(**companions: str) -> set[str]:
        edit = Edit(edition(**companions), edition(other, **companions))
        return {change.address for change in edit.blocks if ".output." in change.address and change.what == "changed"}

    assert changed_outputs() == {"module.shop.output.mail_log_group_name"}
    assert changed_outputs(**own) == set()


def test_of_a_module_that_is_new_the_overridden_blocks_are_created() -> None:
    found = implied(None, edition(lb__tf=LISTENER, override__tf=CONTAINERS))

    assert found[TASK] == "create"
    assert LOAD_BALANCER not in found, "what is hand-written is not the catalogue's"


# --- moves


def test_moves_are_those_of_every_file_but_overrides() -> None:
    moved = "moved {{\n  from = aws_a.{}\n  to   = aws_a.{}\n}}\n".format
    of_json = '{"moved": [{"from": "aws_a.g", "to": "aws_a.h"}, {"from": "aws_a.i", "to": "aws_a.j[\\"k\\"]"}]}'

    found = edition(
        z__tf=moved("e", "f"),
        a__tf=moved("a", "b") + moved("c[\n  0\n]", "d"),
        m__tf__json=of_json,
        override__tf=moved("x", "y"),
    )

    assert found.moves == [
        Move("aws_a.a", "aws_a.b"),
        Move("aws_a.c[0]", "aws_a.d"),
        Move("aws_a.g", "aws_a.h"),
        Move("aws_a.i", 'aws_a.j["k"]'),
        Move("aws_a.e", "aws_a.f"),
    ]
    assert edition().moves == []


def test_a_move_without_both_its_ends_is_left_to_terraform() -> None:
    assert edition(a__tf="moved {\n  from = aws_a.b\n}\n").moves == []
