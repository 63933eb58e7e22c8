"""`${tfgen.NAME}` in values: replaced as a whole, within texts, and within expressions."""

from __future__ import annotations

import pytest

from generator.catalogue.own_names import OwnNames, names_of_service
from generator.source.source import Scalar
from tests.support.rendering import SMALL, catalogue_of, module_of

NAMES = names_of_service("shop", "resize_images")


def replaced(text: str) -> str:
    names = OwnNames(NAMES)
    found: str = names.replaced(text)
    assert names.breaches == []
    return found


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("${tfgen.project}", "shop"),
        ("${tfgen.key}", "resize_images"),
        ("${tfgen.service}", "resize-images"),
        ("/${tfgen.project}/${ tfgen.service }/x", "/shop/resize-images/x"),
        ("${~ tfgen.project ~}", "shop"),
        ("${upper(tfgen.key)}", '${upper("resize_images")}'),
        ("${lookup(var.cpu, tfgen.service, 512)}", '${lookup(var.cpu, "resize-images", 512)}'),
        ('${format("/a/${tfgen.project}/%s", tfgen.key)}', '${format("/a/shop/%s", "resize_images")}'),
        ("${var.sizes[tfgen.key]}", '${var.sizes["resize_images"]}'),
        ('${tfgen.key == "mail" ? 1 : 2}', '${"resize_images" == "mail" ? 1 : 2}'),
        ("$${tfgen.key}", "$${tfgen.key}"),
        ("tfgen.key", "tfgen.key"),
        ("${var.tfgen.key}", "${var.tfgen.key}"),
        ('${"tfgen.key"}', '${"tfgen.key"}'),
        ("${tfgen.key", "${tfgen.key"),
        ("${{ tfgen = 1 }}", "${{ tfgen = 1 }}"),
    ],
)
def test_a_reference_becomes_the_name(written: str, expected: str) -> None:
    assert replaced(written) == expected


@pytest.mark.parametrize("text", ["${tfgen}", "${tfgen[*]}", '${tfgen["key"]}', "${tfgen.key.x}", "${upper(tfgen)}"])
def test_what_is_no_name_is_told(text: str) -> None:
    names = OwnNames(NAMES)
    names.replaced(text, ("tags", "a"))
    (breach,) = names.breaches
    assert breach.what == "`tfgen` is not a value, and its names are texts"
    assert breach.remedy == "write `tfgen.project`, `tfgen.service` or `tfgen.key` alone"


def test_names_are_replaced_within_lists_and_mappings_and_no_key_is() -> None:
    found = OwnNames(NAMES).replaced({"${tfgen.key}": ["${tfgen.key}", {"a": "x-${tfgen.project}"}]})
    assert found == {"${tfgen.key}": ["resize_images", {"a": "x-shop"}]}


def test_a_text_in_quotes_stays_in_quotes() -> None:
    text = Scalar("${tfgen.key}")
    text.quoted = True
    assert OwnNames(NAMES).replaced(text).quoted


def test_a_name_that_is_not_there_is_told_at_its_place() -> None:
    names = OwnNames(NAMES)
    names.replaced({"environment": {"A": "${tfgen.nmae}", "B": ["${tfgen.env}"]}}, ("services", "mail"))
    assert [breach.key for breach in names.breaches] == [
        ("services", "mail", "environment", "A"),
        ("services", "mail", "environment", "B", 0),
    ]


def test_each_service_puts_its_own_name_into_what_it_takes_over() -> None:
    text = SMALL.replace("services:", "defaults: {queue: 'jobs-${tfgen.service}'}\nservices:")
    text += "  my_audit: {kind: worker, image: busybox:1}\n"
    services = catalogue_of(text).services.values()
    assert [getattr(service, "queue", None) for service in services] == ["jobs-mail", "jobs-my-audit"]


def test_a_replaced_name_is_judged_as_any_other_text() -> None:
    main, _ = module_of(SMALL + "    tags: {name: 'the ${tfgen.service}'}\n").files
    assert 'name = "the mail"' in main.text
