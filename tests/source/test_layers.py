"""Mappings that lie over each other, and what a null takes away."""

from __future__ import annotations

import pytest

from generator.source.layers import may_hold_nulls, merged, without_nulls
from generator.source.source import Source
from tests.support.rendering import catalogue_of, module_of

HEAD = """\
version: 1
project: shop
module: {path: out, address: module.shop}
network: {subnets: [subnet-1], security_groups: [sg-1]}
"""


def test_the_topmost_comes_first_and_mappings_merge_at_every_depth() -> None:
    top, under = {"b": {"x": "1", "y": {"p": "1"}}}, {"a": "0", "b": {"y": {"q": "2"}, "x": "9"}, "c": ["3"]}
    assert merged([top, under]) == {"b": {"x": "1", "y": {"p": "1", "q": "2"}}, "a": "0", "c": ["3"]}
    assert list(merged([top, under])) == ["b", "a", "c"]


@pytest.mark.parametrize("null", ["null", "Null", "NULL", "~"])
def test_a_plain_null_is_not_set_and_a_quoted_one_is_text(null: str) -> None:
    text = f"a: {null}\nb: '{null}'\nc: {{d: {null}, e: [{null}]}}\n"
    assert may_hold_nulls(text)
    assert without_nulls(Source(text, "x").data) == {"b": null, "c": {"e": [null]}}


def test_what_only_begins_like_a_null_is_none() -> None:
    assert not may_hold_nulls("a: nullable\nb: ~/x\nc: [nulls]\n")


@pytest.mark.parametrize("behind", ["\n", "\r\n", " # none\n", "\x85", "\u2028"])
def test_a_null_is_found_whatever_ends_its_line(behind: str) -> None:
    assert may_hold_nulls(f"a: null{behind}b: c\n")
    assert may_hold_nulls(f"a: ~{behind}b: c\n")


def test_a_null_takes_away_what_lies_under_it() -> None:
    catalogue = catalogue_of(
        f"""{HEAD}defaults: {{image: "busybox:1", queue: jobs, environment: {{A: a, B: b}}, tags: {{team: web}}}}
services:
  mail: {{kind: worker, queue: null, environment: {{A: ~}}, tags: null, log_group: ~}}
"""
    )
    mail = catalogue.services["mail"]
    assert vars(mail)["queue"] is None
    assert vars(mail)["environment"] == {"B": "b"}
    assert vars(mail)["tags"] == {}
    assert mail.names.log_group == "/shop/mail"


def test_a_service_that_is_null_is_left_out() -> None:
    text = f'{HEAD}defaults: {{image: "busybox:1"}}\nservices:\n  mail: {{kind: worker}}\n  post: null\n'
    assert list(catalogue_of(text).services) == ["mail"]


def test_the_word_null_is_never_rendered() -> None:
    text = f"""{HEAD}services:
  mail: {{kind: worker, image: "busybox:1", queue: null, environment: {{A: null, B: "null"}}}}
"""
    main = module_of(text).files[0].text
    assert main.count("null") == main.count('value = "null"') == 1
