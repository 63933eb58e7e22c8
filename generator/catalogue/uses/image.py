"""What runs: the image, and what is run in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from generator.catalogue.credentials import words_with_a_credential
from generator.catalogue.image_references import check_image_reference
from generator.catalogue.named import NameInAws, Told
from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Column, Drawn, Feature, Rule, Use
from generator.errors import Rejection, Words, listed
from generator.settings.breach import Breach
from generator.settings.parts import TextList, setting
from generator.settings.values import Text

_BARE_WORD = re.compile(r"[A-Za-z0-9_-]+")
"""An image without a registry and a tag can only be a key of `images`."""

_MOST_LISTED = 20
"""Images that a message names."""


def _every_image_is_known(service: ImageUse, shared: Shared) -> Iterator[Breach]:
    image = service.image
    if image is None and len(shared.images) != 1:
        remedy = "write `image:` with a key of `images` or an image reference"
        yield Breach((), f"it names no image, and `images` has {len(shared.images)} entries", remedy)
    elif image is not None and _BARE_WORD.fullmatch(image) and image not in shared.images:
        near = Words(shared.images).nearest(image)
        known = f"use {listed([*islice(shared.images, _MOST_LISTED)])}, or " if shared.images else ""
        remedy = f"did you mean `{near}`?" if near else f"{known}write its tag as well, such as `{image}:1.2.3`"
        yield Breach(("image",), f"`images` has no entry `{image}`", remedy)


def _every_image_is_a_reference(service: ImageUse, shared: Shared) -> Iterator[Breach]:
    image = service.image
    if image is None or image in shared.images or _BARE_WORD.fullmatch(image):
        return
    try:
        check_image_reference(image)
    except Rejection as rejection:
        yield Breach(("image",), rejection.what, rejection.remedy)


def _no_credential_is_in_the_command(service: ImageUse, shared: Shared) -> Iterator[Breach]:
    for name, words in (("entry_point", _words(service.entry_point)), ("command", _words(service.command))):
        for index in words_with_a_credential(words):
            what = "it looks like a credential, and everyone who may read the task definition can read it"
            remedy = "store it in Secrets Manager, and let the command read it from a variable under `secrets`"
            yield Breach((name, index), what, remedy, "warning")


def _words(command: tuple[str, ...] | str) -> tuple[str, ...]:
    """Return the words of a command; of one that is an expression, none are known."""
    return () if isinstance(command, str) else command


class ImageUse(Use):
    """The container image, and what replaces its entry point and command."""

    position = 10
    draws = "image"
    columns = (Column(40, "IMAGE", lambda service, shared: service.chosen_image(shared)),)

    image: str | None = setting(
        Text(),
        "Key of an entry in `images`, an image reference, or an expression. The only entry is the default.",
        default=None,
    )
    entry_point: tuple[str, ...] | str = setting(
        TextList(), "Replaces the image's entry point.", default=(), writes=("container_definition.entryPoint",)
    )
    command: tuple[str, ...] | str = setting(
        TextList(), "Replaces the image's command.", default=(), writes=("container_definition.command",)
    )

    rules = (
        Rule(
            "known-image",
            frozenset({"image"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
            _every_image_is_known,
        ),
        Rule(
            "image-reference",
            frozenset({"image"}),
            "https://github.com/distribution/reference",
            _every_image_is_a_reference,
        ),
        Rule(
            "no-credential-in-the-command",
            frozenset({"entry_point", "command"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-task-management.html",
            _no_credential_is_in_the_command,
        ),
    )

    def image_reference(self, shared: Shared) -> str:
        """Return the container image, as catalogue text."""
        chosen = self.chosen_image(shared)
        return f"${{local.{chosen}_image}}" if chosen in shared.images else chosen

    def chosen_image(self, shared: Shared) -> str:
        """Return the image of the service, or the key of the only one in `images`."""
        return self.image or next(iter(shared.images))

    def _shown(self, shared: Shared) -> Told:
        chosen = self.chosen_image(shared)
        image = shared.images.get(chosen)
        if image is None:
            return chosen
        if not image.makes_repository:
            return f"{image.repository}:{image.tag}"
        return NameInAws(f"aws_ecr_repository.{chosen}", image.repository, f":{image.tag}")

    def checks(self, shared: Shared) -> Iterator[Check]:
        scripts = tuple(word for word in (*_words(self.entry_point), *_words(self.command)) if "/" in word)
        yield Check("The image {} is built and pushed", (self._shown(shared),), scripts)

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        yield Drawn(ImageUse.draws, self.image_reference(shared), self._shown(shared), "image", ("runs",))

    def features(self, shared: Shared) -> Iterator[Feature]:
        yield Feature(50, "image", self.image_reference(shared))
