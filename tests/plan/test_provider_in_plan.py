"""What a plan of a new service tells of its provider: region, default tags, and what is known too early.

The plans are made by hand, as the documented format has them: https://developer.hashicorp.com/terraform/internals/json-format.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.plan.contract import Contract
from generator.plan.read import read_plan
from generator.plan.verdict import Verdict
from tests.support.rendering import SMALL, edition_of

Json = dict[str, Any]

CREATED = "aws_cloudwatch_log_group.mail"
OWN_TAGS = {"project": "shop"}
REGION = "eu-west-1"

TAGGED = SMALL.replace("network:", "tags: {project: shop}\nnetwork:")


def provider(tags: Mapping[str, str] | None = None, region: str = REGION, **more: str) -> Json:
    expressions: Json = {"region": {"constant_value": region}}
    if tags:
        expressions["default_tags"] = [{"tags": {"constant_value": tags}}]
    return {"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws", "expressions": expressions, **more}


INHERITED = {"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws", "module_address": "module.shop"}
"""How a plan tells of a module that requires the provider and does not configure it."""


@pytest.fixture
def judged(tmp_path: Path) -> Callable[..., Verdict]:
    """Judge the creation of the log group by the contract of a new catalogue."""

    def judge(providers: Mapping[str, Json], key: str, unknown: Json | None = None, **after: Any) -> Verdict:
        after = {"name": "/shop/mail", "retention_in_days": 30, "tags": OWN_TAGS, "tags_all": OWN_TAGS} | after
        change = {"actions": ["create"], "before": None, "after": after, "after_unknown": unknown or {"arn": True}}
        resources = [{"address": CREATED, "mode": "managed", "provider_config_key": key}]
        plan = {
            "format_version": "1.2",
            "planned_values": {},
            "resource_changes": [{"address": f"module.shop.{CREATED}", "mode": "managed", "change": change}],
            "configuration": {
                "provider_config": providers,
                "root_module": {"module_calls": {"shop": {"module": {"resources": resources}}}},
            },
        }
        file = tmp_path / "plan.json"
        file.write_text(json.dumps(plan), "utf-8")
        verdicts = Contract.between(None, edition_of(TAGGED)).judge(read_plan(file, "module.shop"))
        return next(one for one in verdicts if one.address == f"module.shop.{CREATED}")

    return judge


Judged = Callable[..., Verdict]


def faults(verdict: Verdict) -> list[str]:
    return list(map(str, verdict.faults))


def test_a_new_resource_with_the_tags_and_the_region_of_its_provider_holds(judged: Judged) -> None:
    tags = {"owner": "web"}
    verdict = judged({"aws": provider(tags)}, "aws", tags_all=OWN_TAGS | tags, region=REGION)
    assert (faults(verdict), verdict.unjudged) == ([], 0)


def test_the_region_of_another_provider_is_not_its_own(judged: Judged) -> None:
    providers = {"aws": provider(), "aws.us": provider(region="us-east-1", alias="us")}
    assert faults(judged(providers, "aws", region="us-east-1")) == ["region is set, and not rendered"]
    assert faults(judged(providers, "aws.us", region="us-east-1")) == []


def test_tags_that_are_neither_its_own_nor_its_providers_break_the_contract(judged: Judged) -> None:
    providers = {"aws": provider({"owner": "web"}), "aws.us": provider({"owner": "ops"}, alias="us")}
    assert faults(judged(providers, "aws", tags_all=OWN_TAGS | {"owner": "ops"})) == [
        "tags_all.owner is not what is rendered"
    ]
    assert faults(judged(providers, "aws.us", tags_all=OWN_TAGS | {"owner": "ops"})) == []
    assert faults(judged(providers, "aws")) == ["tags_all.owner is rendered, and not set"]
    assert faults(judged({"aws": provider()}, "aws", tags_all=OWN_TAGS | {"owner": "web"})) == [
        "tags_all has a key that is not rendered"
    ]


def test_a_module_that_only_requires_the_provider_has_that_of_its_caller(judged: Judged) -> None:
    tags = {"owner": "web"}
    verdict = judged({"aws": provider(tags), "module.shop:aws": INHERITED}, "module.shop:aws", tags_all=OWN_TAGS | tags)
    assert (faults(verdict), verdict.unjudged) == ([], 0)


def test_which_of_several_providers_a_module_was_given_cannot_be_told(judged: Judged) -> None:
    """The plan does not say what `providers` of the module's call was."""
    us = provider({"owner": "ops"}, "us-east-1", alias="us")
    providers = {"aws": provider({"owner": "web"}), "aws.us": us, "module.shop:aws": INHERITED}
    given = {"tags_all": OWN_TAGS | {"owner": "ops"}, "region": "us-east-1"}
    verdict = judged(providers, "module.shop:aws", **given)
    assert (faults(verdict), verdict.unjudged) == ([], 2)


@pytest.mark.parametrize(
    ("unknown", "after"),
    [({"arn": True}, {"arn": "arn:aws:logs:x"}), ({"tags_all": {"project": True}}, {}), ({"x": [True]}, {"x": ["y"]})],
)
def test_a_value_that_is_told_and_said_to_be_unknown_breaks_the_contract(
    judged: Judged, unknown: Json, after: Json
) -> None:
    told = "it has a value, and after_unknown says that the value is known only after the apply"
    assert told in faults(judged({}, "aws", unknown, **after))
