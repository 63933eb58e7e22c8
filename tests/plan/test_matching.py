"""As many wanted things as can be get one that fits."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from generator.plan.matching import MOST, matched

FITTING = st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=4)


@given(FITTING)
def test_no_other_pairs_are_more(fitting: list[list[bool]]) -> None:
    pairs = matched(len(fitting), 4, lambda one, other: fitting[one][other])
    assert all(fitting[one][other] for one, other in pairs.items())
    assert len(set(pairs.values())) == len(pairs)
    most = max(sum(fitting[one][order[one]] for one in range(len(fitting))) for order in permutations(range(4)))
    assert len(pairs) == most


def test_of_very_many_each_has_to_fit_the_one_at_its_own_place() -> None:
    many = MOST + 1
    assert len(matched(many, many, lambda one, other: one == other)) == many
    assert matched(many, many, lambda one, other: one + other == many) == {}
