"""What can go wrong: where it stands, what it is, and what to do about it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import islice
from typing import Literal, NamedTuple

_LONGEST = 500
"""Characters of a part of a message: a key may have a megabyte, and nobody reads that."""

_LONGEST_WORD = 100
"""Characters of a word that is looked for among known ones: the time grows with the square of the length."""

_MOST_COMPARED = 500
"""Known words that a misspelt one is compared with, letters for letters."""

_MOST_LIKE = 20
"""Of many known words, those that are compared with a misspelt one."""

_MOST = 100
"""Problems that are told at once: one fault may have a hundred thousand, and nobody reads these."""

_COMMAND = re.compile(r"^([^\S\n]*):(?=:)", re.MULTILINE)

_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: |\r?$)", re.MULTILINE)
"""A mark of a merge conflict. Source: git's documentation of `git merge`, "How conflicts are presented"."""

Severity = Literal["error", "warning"]


class Position(NamedTuple):
    """A place in a file. Lines and columns count from 1; 0 stands for the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    @classmethod
    def behind(cls, file: str, text: str) -> Position:
        """Return the place right behind a file's first characters."""
        return cls(file, text.count("\n") + 1, len(text.rpartition("\n")[2]) + 1)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Problem(NamedTuple):
    """One finding: `key` is the dotted path of the catalogue entry, empty where there is none."""

    where: Position
    key: str
    what: str
    remedy: str
    severity: Severity = "error"

    def __str__(self) -> str:
        level = "warning: " if self.severity == "warning" else ""
        key = f"{visible(self.key, _LONGEST)}: " if self.key else ""
        what, remedy = visible(self.what, _LONGEST), visible(self.remedy, _LONGEST)
        return f"{printable(str(self.where))}: {level}{key}{what}; {remedy}"


def changed(name: str) -> Problem:
    """Return the problem that a file is no longer what it was when tfgen began its work on it."""
    return Problem(Position(name), "", "it was changed while tfgen was running", "run tfgen again")


def first_of(problems: Sequence[Problem]) -> list[Problem]:
    """Return as many problems as a person reads, and in place of the others one that counts them."""
    shown, others = list(problems[:_MOST]), problems[_MOST:]
    if others:
        first = others[0]
        what = plural(len(others), f"more {first.severity}")
        shown.append(Problem(Position(first.where.file), "", what, "fix these first", first.severity))
    return shown


class Rejection(Exception):  # noqa: N818 - what is rejected is a value; the catalogue makes an error of it
    """A single value that cannot be taken: what is wrong with it, and what to write instead."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what, self.remedy = what, remedy
        super().__init__(f"{what}; {remedy}")


class TfgenError(Exception):
    """An expected failure. Carries every problem that was found, in file order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.where))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[TfgenError], tuple[list[Problem]]]:
        """An error crosses from one process to another as its problems."""
        return type(self), (list(self.problems),)


class SourceError(TfgenError):
    """The catalogue's file cannot be read, or is not the YAML that a catalogue is written in."""


class CatalogueError(TfgenError):
    """The catalogue is YAML, and describes nothing that can be rendered."""


class RenderError(TfgenError):
    """A template cannot be read, or fails on a catalogue that is sound."""


class VerificationError(TfgenError):
    """The rendered text is not what the catalogue implies."""


class UnmanagedError(TfgenError):
    """A file without the generated header stands where a render would write."""


class FolderError(TfgenError):
    """The module's folder cannot be read or written."""


class RevisionError(TfgenError):
    """Git does not give out the catalogue of a revision."""


class PlanError(TfgenError):
    """A file is no plan that can be judged."""


class BlameError(TfgenError):
    """There is no such line of a generated file, or nothing can be told of it."""


def listed(choices: Sequence[object], conjunction: str = "or") -> str:
    """Return choices as prose: `a, b or c`."""
    *others, last = [str(choice) for choice in choices]
    return f"{', '.join(others)} {conjunction} {last}" if others else last


def file_in(folder_name: str, name: str) -> str:
    """Return what messages call a file of a folder: its name alone, where the folder is `.`, as in `HEAD:.` of git."""
    is_current = folder_name == "." or folder_name.endswith(":.")
    return folder_name.removesuffix(".") + name if is_current else f"{folder_name}/{name}"


def folder_in_words(folder_name: str) -> str:
    """Return what messages call a folder."""
    return "the current folder" if folder_name == "." else folder_name


def plural(count: int, noun: str) -> str:
    """Return a number of things in words: `1 service`, `2 services`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


class Words:
    """Known words, to find the one that a misspelt word may stand for.

    Of many words, only those are looked at that have the rarest three letters in a row in common with the misspelt one.
    """

    def __init__(self, known: Collection[str]) -> None:
        self._known = known

    def nearest(self, word: str) -> str | None:
        """Return the known word that is most like a given one, if any is like it."""
        from difflib import get_close_matches

        if len(word) > _LONGEST_WORD:
            return None
        candidates = self._known if len(self._known) <= _MOST_COMPARED else self._sharing_letters(word)
        return next(iter(get_close_matches(word, candidates, n=1)), None)

    def _sharing_letters(self, word: str) -> list[str]:
        found: Counter[str] = Counter()
        left = _MOST_COMPARED
        for words in sorted((self._by_letters.get(letters, []) for letters in _threes(word)), key=len):
            left -= len(words)
            if left < 0:
                break
            found.update(words)
        return [word for word, _ in found.most_common(_MOST_LIKE)]

    @cached_property
    def _by_letters(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self._known:
            for letters in _threes(word):
                found.setdefault(letters, []).append(word)
        return found


def _threes(word: str) -> set[str]:
    return {word[start : start + 3] for start in range(len(word) - 2)}


def nearest(word: str, known: Collection[str]) -> str | None:
    """Return the known word that is most like a given one, if any is like it. For many words, there are `Words`."""
    return Words(known).nearest(word)


def likely(word: str, known: Collection[str]) -> str:
    """Return what to write instead of an unknown word: the known one that is most like it, or else any of them."""
    near = nearest(word, known)
    return f"did you mean `{near}`?" if near else f"use {listed([*islice(known, _LONGEST)])}"


def visible(text: str, length: int = 60) -> str:
    """Return text fit for a message: one line, nothing that a terminal would act on, at most `length` characters."""
    shown = text if len(text) <= length else f"{text[: length - 3]}..."
    return printable(shown)


def printable(text: str) -> str:
    """Return text in one line, each control character as an escape: a catalogue's author may be anyone."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def not_utf_8(file: str, content: bytes, error: UnicodeDecodeError) -> Problem:
    """Return what is wrong with a file that is not UTF-8, at the first byte that is none of it."""
    where = Position.behind(file, content[: error.start].decode())
    return Problem(where, "", f"byte 0x{content[error.start]:02x} is not UTF-8", "save the file in UTF-8")


def merge_conflict(file: str, text: str) -> Problem | None:
    """Return what is wrong with a file in which git has left both sides of a merge, at the first mark."""
    mark = _CONFLICT.search(text)
    if mark is None:
        return None
    where = Position.behind(file, text[: mark.start()])
    return Problem(where, "", "a merge conflict is not resolved here", "keep one side, and remove the marks")


def printable_lines(text: str) -> str:
    """Return lines of text with every control character but the tab as an escape."""
    if all(line.isprintable() for line in text.split("\n")):
        return text
    return "".join(c if c in "\n\t" else printable(c) for c in text)


def without_commands(text: str) -> str:
    """Return lines of text of which GitHub Actions takes none for a command: two colons at its start make it one.

    Source: GitHub Actions documentation, "Workflow commands".
    """
    return _COMMAND.sub(r"\1\\x3a", text)


def json_text(data: object) -> str:
    """Return JSON for people and programs; what cannot be seen is a number in it, as JSON writes numbers."""
    text = json.dumps(data, indent=2, ensure_ascii=False)
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c).strip('"') for c in text)
