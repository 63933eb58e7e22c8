"""Version constraints: the least version that each allows, and what lies above all of them."""

from __future__ import annotations

import pytest

from generator.errors import Rejection
from generator.hcl.version_constraints import allowed_versions, told_release


@pytest.mark.parametrize(
    ("constraint", "least", "below"),
    [
        ("1.9", "1.9.0", "1.9.1"),
        ("= 1.9.2", "1.9.2", "1.9.3"),
        (">= 1.9", "1.9.0", None),
        (">=1.9", "1.9.0", None),
        ("> 1.9", "1.9.1", None),
        ("< 7", "0.0.0", "7.0.0"),
        ("<= 6.4.1", "0.0.0", "6.4.2"),
        ("~> 6", "6.0.0", "7.0.0"),
        ("~> 6.1", "6.1.0", "7.0.0"),
        ("~> 6.1.3", "6.1.3", "6.2.0"),
        (">= 5.31, < 7.0", "5.31.0", "7.0.0"),
        ("< 7.0,>= 5.31 , ~> 6.0", "6.0.0", "7.0.0"),
        (">= 5.31.0, != 5.31.0, != 5.31.1", "5.31.2", None),
        ("!= 5.0.0", "0.0.0", None),
        (">= 1.10.0-beta1", "1.10.0", None),
        ("1.2.3+build.5", "1.2.3", "1.2.4"),
    ],
)
def test_a_constraint_allows_versions(constraint: str, least: str, below: str | None) -> None:
    allowed = allowed_versions(constraint)
    assert told_release(allowed.least) == least
    assert (allowed.below and told_release(allowed.below)) == below


@pytest.mark.parametrize(
    "constraint",
    [
        "",
        ",",
        ">=",
        "latest",
        "v1.9",
        ">= v1.9",
        "1.x",
        "1.*",
        "1.2.3.4",
        ">= 1.9 < 2",
        "=> 1.9",
        "^1.9",
        "01.2",
        "1.9,",
    ],
)
def test_what_is_no_constraint_is_refused(constraint: str) -> None:
    with pytest.raises(Rejection, match="is not a version constraint"):
        allowed_versions(constraint)


@pytest.mark.parametrize(
    "constraint", [">= 6, < 6", "~> 5.0, >= 6.0", "1.9, 1.10", "= 6.0.0, != 6.0.0", "> 1.9.0, < 1.9.1"]
)
def test_a_constraint_that_allows_nothing_is_refused(constraint: str) -> None:
    with pytest.raises(Rejection, match="no version is as"):
        allowed_versions(constraint)


@pytest.mark.parametrize(
    ("constraint", "all_are", "some_are"),
    [("~> 5.0", False, False), (">= 5.0", False, True), (">= 6.0", True, True), ("< 6.0.1", False, True)],
)
def test_all_versions_or_some_are_from_one_on(constraint: str, all_are: bool, some_are: bool) -> None:
    allowed = allowed_versions(constraint)
    assert (allowed.all_are_from("6.0.0"), allowed.some_are_from("6.0.0")) == (all_are, some_are)
