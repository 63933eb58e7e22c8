"""References of container images: which ones a registry can have.

Grammar and lengths are those of https://github.com/distribution/reference: `regexp.go`, and `splitDockerDomain` in
`normalize.go`, which tells a registry from the first part of a path.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.aws import limits
from generator.catalogue.arns import attribute_of_block, block_read
from generator.errors import Rejection
from generator.hcl.write.text import Literal, Part, is_literal, parts
from generator.settings.values import Embedded, Schema, Word, shown

_LONGEST_PATH = 255

_HOST_PART = r"(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
_REGISTRY = re.compile(rf"(?:{_HOST_PART}(?:\.{_HOST_PART})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?")
_PATH_PART = re.compile(r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{,127}")
_DIGEST = re.compile(r"sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}")
"""Source: https://github.com/opencontainers/go-digest, `algorithm.go`."""

_NOT_IN_A_REFERENCE = re.compile(r"[^A-Za-z0-9._/:@\[\]-]")
_NOT_IN_A_TAG = re.compile(r"[^A-Za-z0-9_.:@-]")
"""Characters that are neither in a tag nor in a digest behind it."""

_TAG_REMEDY = "write up to 128 letters, digits, `_`, `.` and `-`, and start with neither `.` nor `-`"
_DIGEST_REMEDY = "write `sha256:` and 64 characters of 0-9 and a-f"


def check_image_reference(text: str) -> None:
    """Check the reference of an image, as catalogue text. Of one with expressions, only what is certain is checked.

    Raises `Rejection`.
    """
    pieces = parts(text)
    told = f"{shown(text)} is not an image reference"
    _check_characters(pieces, _NOT_IN_A_REFERENCE, told, "use letters, digits and . _ - / : @")
    is_cut = not is_literal(text)
    name, at, digest = _beginning(pieces).partition("@")
    before, slash, last = name.rpartition("/")
    if slash or not is_cut:  # `a:${var.b}` may go on as `a:5000/c`
        end, colon, tag = last.partition(":")
        _check_name(f"{before}{slash}{end}", is_cut and not (colon or at), told)
        if colon:
            _check_tag(tag, is_cut and not at, told)
        if at and not is_cut:
            _check_digest(digest, told)


class ImageTag(Embedded):
    """The tag of an image, maybe with a digest behind it. What an expression comes to is not checked."""

    def read(self, value: object) -> str:
        text = super().read(value)
        pieces = parts(text)
        told, is_cut = f"{shown(text)} is not a tag", not is_literal(text)
        _check_characters(pieces, _NOT_IN_A_TAG, told, _TAG_REMEDY)
        if isinstance(pieces[0], Literal):
            tag, at, digest = _beginning(pieces).partition("@")
            if tag.startswith("sha256:"):
                remedy = (
                    "write a tag here, or `image: ${aws_ecr_repository.NAME.repository_url}@sha256:…` in the service"
                )
                raise Rejection(f"{shown(text)} is a digest, not a tag", remedy)
            _check_tag(tag, is_cut and not at, told)
            if at and not is_cut:
                _check_digest(digest, told)
        return text


_REPOSITORIES = ("aws_ecr_repository", "data.aws_ecr_repository")
_URL = "repository_url"


class RepositoryName(Word):
    """The name of a repository that the module makes, or text with an expression that is the URL of one that exists."""

    def __init__(self) -> None:
        remedy = "use lower-case letters and digits, with . _ __ or hyphens between them, and single /"
        super().__init__(limits.ECR_REPOSITORY_PATTERN, remedy)
        self._expression = Embedded()

    def read(self, value: object) -> str:
        if not (isinstance(value, str) and "${" in value):
            return super().read(value)
        text = self._expression.read(value)
        type_, attribute = block_read(text) or ("", _URL)
        if type_ and type_ not in _REPOSITORIES:
            raise Rejection(f"{shown(text)} is not a repository", "write `${aws_ecr_repository.NAME.repository_url}`")
        if attribute not in ("", _URL):
            raise Rejection(f"{shown(text)} is not the URL of a repository", f"write its attribute `{_URL}`")
        return text if attribute else attribute_of_block(text, _URL)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": rf"{super().schema()['pattern']}|\$\{{"}


def _beginning(pieces: Sequence[Part]) -> str:
    """Return what stands before the first expression."""
    return pieces[0].value if isinstance(pieces[0], Literal) else ""


def _check_characters(pieces: Sequence[Part], refused: re.Pattern[str], told: str, remedy: str) -> None:
    for piece in pieces:
        found = refused.search(piece.value) if isinstance(piece, Literal) else None
        if found:
            raise Rejection(
                f"{told}: it has {'a space' if found.group() == ' ' else shown(found.group())} in it", remedy
            )


def _check_name(name: str, is_cut: bool, told: str) -> None:
    """Check a registry and a path. The last part of a path that is cut is the beginning of one."""
    registry, path = _split(name)
    if registry and not _REGISTRY.fullmatch(registry):
        what = f"{told}: its registry is {shown(registry)}"
        raise Rejection(what, "write a host, with `:` and a port behind it where it has one")
    *others, last = path.split("/")
    wrong = [part for part in others if not _PATH_PART.fullmatch(part)]
    if not _PATH_PART.fullmatch(f"{last}0" if is_cut else last):
        wrong.append(last)
    if wrong:
        what = f"{told}: a part of its path is {_told(wrong[0])}"
        raise Rejection(what, "use lower-case letters and digits, with single . or _, __, or hyphens between them")
    if len(path) > _LONGEST_PATH:
        raise Rejection(f"{told}: its path has {len(path)} characters", f"use at most {_LONGEST_PATH}")


def _split(name: str) -> tuple[str, str]:
    """Return the registry of a name, which may be empty, and its path."""
    first, slash, rest = name.partition("/")
    is_registry = first == "localhost" or "." in first or ":" in first or first != first.lower()
    return (first, rest) if slash and is_registry else ("", name)


def _check_tag(tag: str, is_cut: bool, told: str) -> None:
    """Check a tag. The beginning of one is a tag too, or empty."""
    if not (_TAG.fullmatch(tag) or (is_cut and not tag)):
        raise Rejection(f"{told}: its tag is {_told(tag)}", _TAG_REMEDY)


def _check_digest(digest: str, told: str) -> None:
    if not _DIGEST.fullmatch(digest):
        raise Rejection(f"{told}: its digest is {_told(digest)}", _DIGEST_REMEDY)


def _told(part: str) -> str:
    return shown(part) if part else "empty"
