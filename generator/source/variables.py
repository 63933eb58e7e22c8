"""Files of environment variables: lines `NAME=value` to names and values, and where each of them stands.

They are read as `docker run --env-file` reads them, and ECS its `environmentFiles`: a value is all that stands behind
the first `=`, with its spaces and quotes, and nothing in it is expanded. Blanks before a name do not count, nor do
blank lines and those that begin with `#`. Sources: https://github.com/docker/cli/blob/master/opts/file.go,
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EnvironmentFile.html
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from generator.errors import Position, Problem, Rejection, merge_conflict, not_utf_8
from generator.source.source import EntryPlace

MOST_BYTES = 64 << 10
"""Of a file. Its variables become a part of a task definition, of which ECS takes no more.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html, "Task definition size".
"""

_BLANKS = " \t"
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")
_QUOTES = ("'", '"')


class FileBeside(NamedTuple):
    """A file beside a catalogue: what messages call it, and its content, or what is wrong with the file."""

    name: str
    content: bytes | Rejection


ReadFiles: TypeAlias = Callable[[Collection[str]], Mapping[str, FileBeside]]
"""Reads files all at once, by their paths from the catalogue's folder."""


class VariableLine(NamedTuple):
    """The value of a variable, of which each character stands for itself, and where the variable is written."""

    value: str
    place: EntryPlace


class FileOfVariables(NamedTuple):
    """The variables of a file by their names, in its order, without those that a problem keeps from being read."""

    variables: dict[str, VariableLine]
    problems: list[Problem]


def variables_in(content: bytes, file: str) -> FileOfVariables:
    """Read a file's content. `file` is what messages call it."""
    if len(content) > MOST_BYTES:
        what = f"it has more than {MOST_BYTES >> 10} KiB, the most that ECS takes in a task definition"
        return FileOfVariables({}, [Problem(Position(file), "", what, "make it smaller")])
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return FileOfVariables({}, [not_utf_8(file, content, error)])
    conflict = merge_conflict(file, text)
    return FileOfVariables({}, [conflict]) if conflict else _read_lines(text, file)


def _read_lines(text: str, file: str) -> FileOfVariables:
    found = FileOfVariables({}, [])
    for number, line in enumerate(text.split("\n"), start=1):
        start = Position(file, number, 1)
        written = line.removesuffix("\r")
        stray = _CONTROL.search(written)
        if stray:
            where = start._replace(column=stray.start() + 1)
            what = f"the character U+{ord(stray.group()):04X} is not allowed in a file of variables"
            found.problems.append(Problem(where, "", what, "remove it"))
        elif written.lstrip(_BLANKS) and not written.lstrip(_BLANKS).startswith("#"):
            found.problems.extend(_read_line(written, start, found.variables))
    return found


def _read_line(line: str, start: Position, variables: dict[str, VariableLine]) -> Iterator[Problem]:
    """Add the variable of a line to those before it, and yield what is wrong with the line."""
    before, sign, value = line.partition("=")
    name = before.lstrip(_BLANKS)
    place = EntryPlace(
        start._replace(column=len(before) - len(name) + 1),
        start._replace(column=len(before) + len(sign) + 1),
    )
    if not sign:
        remedy = "write `NAME=value`, or `#` in front of a comment"
        yield Problem(place.name, "", "there is no `=` in this line", remedy)
    elif name in variables:
        what = f"the name is written twice, first in line {variables[name].place.name.line}"
        yield Problem(place.name, name, what, "keep one of them")
    else:
        variables[name] = VariableLine(value, place)
        if len(value) > 1 and value.startswith(_QUOTES) and value.endswith(value[0]):
            what = "the quotes become a part of the value"
            yield Problem(place.value, name, what, "remove them, unless the container needs them", "warning")
