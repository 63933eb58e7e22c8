"""Tags of a service's own resources."""

from __future__ import annotations

from generator.catalogue.use import Use
from generator.catalogue.words import TAG_KEY
from generator.settings.parts import MappingOf, setting
from generator.settings.values import AnyText


class TagsUse(Use):
    """Tags beside those of the module."""

    position = 150

    tags: dict[str, str] = setting(MappingOf(TAG_KEY, AnyText()), "Tags beside those of the module.", default={})
