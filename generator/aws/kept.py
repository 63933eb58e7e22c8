"""What a resource keeps where an argument is no longer written."""

from __future__ import annotations

from generator.aws.values import values_of


def is_kept(type_: str, argument: str) -> bool:
    """Tell whether the provider leaves an argument, or a block, as it is where it is no longer written.

    It does so with what it may compute by itself and has no default of. Source:
    https://developer.hashicorp.com/terraform/plugin/sdkv2/schemas/schema-behaviors, "Computed".
    """
    body = values_of(type_)
    return body is not None and argument in body.optional_computed - body.defaults.keys()
