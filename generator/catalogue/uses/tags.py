"""Tags of a service's own resources."""

from __future__ import annotations

from generator.catalogue.tags import TAGS
from generator.catalogue.use import Scope, Use
from generator.settings.parts import setting
from generator.settings.values import OrExpression


class TagsUse(Use):
    """Tags beside those of the module."""

    position = 150
    scope = Scope.ALL

    tags: dict[str, str] | str = setting(OrExpression(TAGS), "Tags beside those of the module.", default={})

    @property
    def has_tags(self) -> bool:
        return self.names.has_common_tags or bool(self.tags)
