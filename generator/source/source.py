"""YAML text to plain data, with a position for every key and value.

A scalar stays the text that its author wrote. The catalogue's fields give it a type, so that nothing depends on
what YAML 1.1 would make of `yes`, `1.10` or `007`.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import yaml

from generator.errors import Position, Problem, SourceError, changed, merge_conflict, not_utf_8
from generator.source.reading import opened
from generator.stages import Stage, enter

MAX_BYTES = 32 << 20
"""Size of one catalogue: it has room for 30,000 services, and any text of this size takes at most a gigabyte."""

MAX_NODES = 1_000_000
"""Nodes of one catalogue with its aliases expanded: far more than any real one has, far less than fills the memory."""

_BEFORE_A_NODE = ",:?[{\n-"
"""Every node except the first follows one of these."""

_LINE_WITH_AN_EXPRESSION = re.compile(r"\s*(?P<before>(?:- )*(?:[\w.-]+: )?)(?P<value>[^\"'\[{\s].*\$\{.*|\$\{.*)")
"""An item or an entry whose text has an expression of Terraform in it, and no quotes around it."""

_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "map", "seq")
)

_MERGE_TAG = "tag:yaml.org,2002:merge"
_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}

_OF_PLAIN_TEXT = ("mapping values are not allowed", "while scanning an a", "cannot start any token")
"""What libyaml says where a text without quotes looks like something else: a mapping, an alias, an anchor, a token."""

Data: TypeAlias = "Scalar | list[Data] | dict[str, Data]"
Key: TypeAlias = tuple[str | int, ...]
"""The way from a catalogue's root to one of its entries: mapping keys and list indices."""


Entry: TypeAlias = "tuple[yaml.Node | None, yaml.Node | None]"


class Scalar(str):
    """A scalar as its author wrote it; `quoted` when quotes or a block style say that it is text."""

    __slots__ = ("quoted",)
    quoted: bool


def dotted(key: Key) -> str:
    """Return a key path as people write it: `services.worker.command[0]`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key).lstrip(".")


class Naming(NamedTuple):
    """How the user named a catalogue: what to do if there is no such file, and if it cannot be read."""

    if_missing: str
    if_unreadable: str


BY_CATALOGUE = Naming(
    "run tfgen where the catalogue is, or name it with --catalogue FILE",
    "name a readable YAML file with --catalogue FILE",
)
BY_FOLDER = BY_CATALOGUE._replace(
    if_missing="name the catalogue's folder with -C DIR, and the catalogue in it with --catalogue FILE"
)
BY_BASE_FILE = Naming("name another file with --base-file FILE", "name a readable YAML file with --base-file FILE")


class EntryPlace(NamedTuple):
    """Where an entry stands: its name, and its value."""

    name: Position
    value: Position


class StampedContent(NamedTuple):
    """What a file held when it was read, and its stamp at that time, which any later write changes."""

    content: bytes
    stamp: tuple[int, ...]


class Source:
    """A catalogue's text as data, and where each part of it stands.

    `name` is the file as messages call it. `written_twice` are the keys that stand twice: the first one counts, and
    whoever reads the data has to tell of them. Raises `SourceError` with every other problem of the text.
    """

    def __init__(self, text: str, name: str) -> None:
        enter(Stage("reading the catalogue"))
        self.name, self.text = name, text
        self._reading: StampedContent | None = None
        self._entries: dict[int, Mapping[str | int, Entry]] = {}
        self._under: dict[Key, Mapping[str, EntryPlace]] = {}
        self._root = _compose(text, name)
        reader = _Reader(name)
        self.written_twice = reader.written_twice
        try:
            self.data: Data = reader.read(self._root, ())
        except RecursionError:
            raise _too_deep(name) from None
        if reader.problems:
            raise SourceError([*reader.problems, *reader.written_twice])

    @classmethod
    def from_file(cls, path: Path, name: str, naming: Naming = BY_CATALOGUE) -> Source:
        """Read a file.

        Raises `SourceError` where it is missing, unreadable, too large, not UTF-8, or being written.
        """
        reading = _read(path, name, naming)
        source = cls.from_bytes(reading.content, name)
        source._reading = reading
        return source

    @classmethod
    def from_bytes(cls, content: bytes, name: str) -> Source:
        """Read a file's content. Raises `SourceError` where it is too large or not UTF-8."""
        if len(content) > MAX_BYTES:
            what = f"it has more than {MAX_BYTES >> 20} MiB"
            raise SourceError(
                [Problem(Position(name), "", what, "split it into two catalogues, each with its own module")]
            )
        return cls(_decode(content, name), name)

    def confirm(self, path: Path) -> None:
        """Raise `SourceError` where the file that this was read from has been written since.

        Equal content is not enough: a file that is rewritten again and again can be half written at both reads.
        """
        if self._reading is not None and self._reading.stamp and _read(path, self.name) != self._reading:
            raise SourceError([changed(self.name)])

    def lay_under(self, key: Key, places: Mapping[str, EntryPlace]) -> None:
        """Say that another file has entries of the mapping at `key`. Where the text has them too, its own count."""
        self._under[key] = places

    def is_written(self, key: Key) -> bool:
        """Tell whether the text itself has this entry."""
        return self._node(key) is not None

    def holds(self, key: Key) -> bool:
        """Tell whether the text, or another file that lies under it, has this entry."""
        return self.is_written(key) or self._place(key) is not None

    def label(self, key: Key) -> str:
        """Return what messages call an entry: the way to it, or its name alone in another file."""
        return dotted(key) if self._place(key) is None else str(key[-1])

    def is_mapping(self, key: Key) -> bool:
        """Tell whether this entry is a mapping."""
        return isinstance(self._node(key), yaml.MappingNode)

    def position(self, key: Key) -> Position:
        """Return where the value at `key` starts; for a mapping or a list, where its key starts.

        If nothing has the entry, it is the place of the nearest entry above it.
        """
        place = self._place(key)
        if place is not None:
            return place.value
        node = self._node(key)
        return _position(node, self.name) if isinstance(node, yaml.ScalarNode) else self.key_position(key)

    def key_position(self, key: Key) -> Position:
        """Return where the key that ends `key` stands, or that of the nearest entry above it."""
        place = self._place(key)
        if place is not None:
            return place.name
        while key:
            name = self._name_node(key)
            if name is not None:
                return _position(name, self.name)
            key = key[:-1]
        return _position(self._root, self.name)

    def scalars(self, below: Key) -> Iterator[tuple[Key, str]]:
        """Yield every scalar at or below an entry, with its key, in file order."""
        node = self._node(below)
        if node is not None:
            yield from _scalars(node, below)

    def _place(self, key: Key) -> EntryPlace | None:
        """Return where another file has an entry that the text itself does not have."""
        places = self._under.get(key[:-1])
        return places.get(str(key[-1])) if places and not self.is_written(key) else None

    def _name_node(self, key: Key) -> yaml.Node | None:
        return self._child(self._node(key[:-1]), key[-1])[0]

    def _node(self, key: Key) -> yaml.Node | None:
        node: yaml.Node | None = self._root
        for part in key:
            _, node = self._child(node, part)
        return node

    def _child(self, node: yaml.Node | None, part: str | int) -> Entry:
        """Return where an entry of a mapping or a list has its name, and the entry itself."""
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            return node.value[part], node.value[part]
        if isinstance(node, yaml.MappingNode):
            return self._entries_of(node).get(part, (None, None))
        return None, None

    def _entries_of(self, node: yaml.MappingNode) -> Mapping[str | int, Entry]:
        """Return a table of a mapping: without it, the places of many problems would take the square of its length."""
        if id(node) not in self._entries:
            words = [(name, value) for name, value in node.value if isinstance(name, yaml.ScalarNode)]
            self._entries[id(node)] = {name.value: (name, value) for name, value in reversed(words)}
        return self._entries[id(node)]


def _scalars(node: yaml.Node, key: Key) -> Iterator[tuple[Key, str]]:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _scalars(value, (*key, name.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _scalars(value, (*key, index))
    else:
        yield key, node.value


class _Reader:
    """Turns composed nodes into data; an aliased node is read once and shared."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.written_twice: list[Problem] = []
        self._done: dict[int, tuple[Data, int]] = {}
        self._open: set[int] = set()

    def read(self, node: yaml.Node, key: Key) -> Data:
        data, size = self._sized(node, key)
        if size > MAX_NODES:
            self._report(node, (), f"its aliases expand to {size:,} values", "use fewer aliases")
        return data

    def _sized(self, node: yaml.Node, key: Key) -> tuple[Data, int]:
        done = self._done.get(id(node))
        if done is None:
            done = self._done[id(node)] = self._fresh(node, key)
        return done

    def _fresh(self, node: yaml.Node, key: Key) -> tuple[Data, int]:
        if id(node) in self._open:
            self._report(node, key, "the alias contains itself", "write the value out")
            return Scalar(), 1
        if node.tag not in _PLAIN_TAGS:
            self._report(node, key, f"the YAML tag {_short(node.tag)} has no meaning here", "remove it")
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, key), 1
        self._open.add(id(node))
        read = self._mapping(node, key) if isinstance(node, yaml.MappingNode) else self._list(node, key)
        self._open.remove(id(node))
        return read

    def _list(self, node: yaml.Node, key: Key) -> tuple[Data, int]:
        items = [self._sized(item, (*key, index)) for index, item in enumerate(node.value)]
        return [data for data, _ in items], 1 + sum(size for _, size in items)

    def _mapping(self, node: yaml.MappingNode, key: Key) -> tuple[Data, int]:
        mapping: dict[str, Data] = {}
        total = 1
        for name, value in node.value:
            if not isinstance(name, yaml.ScalarNode):
                self._report(name, key, "a key is not a word", "write a plain key")
                continue
            if name.tag == _MERGE_TAG:
                self._report(
                    name, key, "YAML's merge keys have no meaning here", "use `defaults`, or write the keys out"
                )
                continue
            text = self._text(name, key)
            if text in mapping:
                first = next(other for other, _ in node.value if other.value == text)
                what = f"the key is written twice, first in line {first.start_mark.line + 1}"
                where = _position(name, self.name)
                self.written_twice.append(Problem(where, dotted((*key, text)), what, "keep one of them"))
                continue
            mapping[text], size = self._sized(value, (*key, text))
            total += size
        return mapping, total

    def _scalar(self, node: yaml.ScalarNode, key: Key) -> Scalar:
        scalar = Scalar(self._text(node, key))
        scalar.quoted = bool(node.style)
        return scalar

    def _text(self, node: yaml.ScalarNode, key: Key) -> str:
        text: str = node.value
        if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
            self._report(node, key, "half of a surrogate pair is not a character", "write the character itself")
        return text

    def _report(self, node: yaml.Node, key: Key, what: str, remedy: str) -> None:
        self.problems.append(Problem(_position(node, self.name), dotted(key), what, remedy))


def _read(path: Path, name: str, naming: Naming = BY_CATALOGUE) -> StampedContent:
    try:
        with opened(path) as file:
            before = _stamp(file.fileno())
            content = file.read(MAX_BYTES + 1)
            after = _stamp(file.fileno())
    except FileNotFoundError:
        raise SourceError([Problem(Position(name), "", "no such file", naming.if_missing)]) from None
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise SourceError([Problem(Position(name), "", what, naming.if_unreadable)]) from None
    if before != after:
        raise SourceError([changed(name)])
    return StampedContent(content, after)


def _stamp(descriptor: int) -> tuple[int, ...]:
    """Return values that any write changes. A pipe has no stamp, since it cannot be read again."""
    found = os.fstat(descriptor)
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else ()


def _decode(content: bytes, name: str) -> str:
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError([not_utf_8(name, content, error)]) from None


def _compose(text: str, name: str) -> yaml.Node:
    loader = _Untyped(text)
    try:
        _check_number_of_nodes(text, name)
        node: yaml.Node | None = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        raise SourceError([merge_conflict(name, text) or _syntax_problem(error, name, text)]) from None
    except yaml.reader.ReaderError:
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)  # libyaml's own position counts bytes
        offset = found.start() if found else 0
        where = Position.behind(name, text[:offset])
        what = f"the character U+{ord(text[offset]):04X} is not allowed in YAML"
        raise SourceError([Problem(where, "", what, 'remove it, or write it as an escape in "..."')]) from None
    except RecursionError:
        raise _too_deep(name) from None
    finally:
        loader.dispose()
    if node is None:
        what, remedy = "the catalogue is empty", "start with `version: 1`, `project:`, `module:` and `services:`"
        raise SourceError([Problem(Position(name, 1, 1), "", what, remedy)])
    return node


def _check_number_of_nodes(text: str, name: str) -> None:
    """Count the nodes before they are made: they take hundreds of times the memory of their text."""
    if len(text) < MAX_NODES or sum(map(text.count, _BEFORE_A_NODE)) <= MAX_NODES:
        return
    nodes = (event for event in yaml.parse(text, _Untyped) if isinstance(event, yaml.NodeEvent))
    for number, node in enumerate(nodes):
        if number > MAX_NODES:
            where = _position(node, name)
            what = f"the catalogue has more than {MAX_NODES:,} values"
            raise SourceError([Problem(where, "", what, "split it into two catalogues, each with its own module")])


def _too_deep(name: str) -> SourceError:
    return SourceError([Problem(Position(name), "", "mappings and lists nest too deeply", "write them flatter")])


class _Untyped(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Takes each scalar for text: nobody asks what YAML 1.1 would make of it.

    It is libyaml's parser if PyYAML was built with it, which is ten times as fast.
    """

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: Any) -> str:
        """Return the tag of a node that has none."""
        is_merge = value == "<<" and kind is yaml.ScalarNode and implicit[0]
        return _MERGE_TAG if is_merge else _TAGS[kind]


def _syntax_problem(error: yaml.MarkedYAMLError, name: str, text: str) -> Problem:
    ends_too_early = "unexpected end of stream" in (error.problem or "")
    mark = error.context_mark if ends_too_early and error.context_mark else error.problem_mark
    where = Position(name, mark.line + 1, mark.column + 1) if mark else Position(name)
    said = ", ".join(part for part in (error.context, error.problem) if part)
    line = "".join(text.split("\n")[where.line - 1 : where.line])
    return Problem(where, "", f"not YAML: {said}", _remedy(said, line, line[where.column - 1 :]))


def _remedy(said: str, line: str, behind: str) -> str:
    if behind.startswith("\t"):
        return "indent with spaces, not with tabs"
    if "while parsing a flow" in said and "${" in line:
        return "inside [ ] and { }, put a text with `${...}` in quotes"
    if not any(words in said for words in _OF_PLAIN_TEXT):
        return "fix this line or the line before it"
    if found := _LINE_WITH_AN_EXPRESSION.fullmatch(line):
        quoted = _without_comment(found["value"]).replace("'", "''")
        return f"put the text in single quotes: `{found['before']}'{quoted}'`"
    return "put a text that contains `: `, or begins with a special character, in single quotes"


def _without_comment(value: str) -> str:
    """Return a text without the comment behind its last expression."""
    comment = value.rfind(" #")
    return (value[:comment] if comment > value.rfind("}") else value).rstrip()


def _position(node: Any, name: str) -> Position:
    return Position(name, node.start_mark.line + 1, node.start_mark.column + 1)


def _short(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")
