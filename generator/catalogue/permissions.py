"""What a service's tasks may do, as a statement of an IAM policy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    """One statement of a policy: IAM actions, and the ARNs they are allowed on, as catalogue text."""

    actions: tuple[str, ...]
    resources: tuple[str, ...]

    @property
    def service(self) -> str:
        """The AWS service of the actions, as IAM writes it."""
        return self.actions[0].partition(":")[0]
