"""The versions of Terraform and of the AWS provider that a module allows."""

from __future__ import annotations

import re

from generator.catalogue import elsewhere
from generator.errors import Rejection
from generator.hcl.version_constraints import AllowedVersions, allowed_versions
from generator.hcl.write.text import is_literal
from generator.settings.parts import Part, setting
from generator.settings.values import Text, shown

USUAL_TERRAFORM = ">= 1.6.0"
"""The versions of Terraform that a module allows whose catalogue does not say so."""

_WRITTEN = re.compile("[ -~]+")
"""A constraint. `blame` puts a mark behind it."""


class _Constraint(Text):
    """A version constraint. Terraform takes no expression there.

    Source: https://developer.hashicorp.com/terraform/language/terraform
    """

    def read(self, value: object) -> str:
        text = super().read(value)
        if not is_literal(text):
            raise Rejection(
                f"{shown(text)} is not a version constraint: here, Terraform does not take an expression", "write one"
            )
        allowed_versions(text)
        return text


class Requires(Part):
    """The versions that the module allows, as Terraform writes constraints."""

    elsewhere = elsewhere.OF_REQUIRES

    terraform: str | None = setting(
        _Constraint(), "Versions of Terraform: `required_version`.", default=None, examples=(">= 1.9", "~> 1.11")
    )
    aws: str | None = setting(
        _Constraint(),
        "Versions of the AWS provider, for `required_providers`. What is rendered works with the least of them.",
        default=None,
        examples=("~> 6.0", ">= 5.100, < 7.0"),
    )

    @property
    def is_said(self) -> bool:
        return bool(self.terraform or self.aws)

    @property
    def allowed_terraform(self) -> AllowedVersions | None:
        """The versions of Terraform, where the catalogue says which."""
        return _allowed(self.terraform)

    @property
    def allowed_aws(self) -> AllowedVersions | None:
        """The versions of the AWS provider, where the catalogue says which."""
        return _allowed(self.aws)


def _allowed(constraint: str | None) -> AllowedVersions | None:
    written = _WRITTEN.match(constraint) if constraint else None
    return allowed_versions(written[0]) if written else None
