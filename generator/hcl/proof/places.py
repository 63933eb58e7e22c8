"""Where a line may stand: python-hcl2's parser, remembered line by line.

A place is what decides which lines may come next: the lines that opened the brackets around it, and the stack of states
of python-hcl2's parser. Nothing else is remembered from one line to the next:

- The parser is one of LALR(1): what it does next depends on its stack and on the next token, and on nothing before.
- A token ends where its line ends: shapes hold no heredoc, no comment over lines and no text over lines.
- Which token a line begins with does not depend on the stack: a shape begins with a name that is no keyword, a quote, a
  brace, a parenthesis or what closes a bracket, and each of these is one token wherever it is allowed
  (`LineShape.may_follow_any`).

So a line of some shape leads from one place to one other place, whatever came before; and a text whose lines lead from
the beginning back to where no bracket is open is one that python-hcl2 takes.

That a line leads on, python-hcl2 is asked once, about a text that ends there: the lines that led to the place, the line
itself, and what closes the brackets. In this text, it also has to find the blocks that Terraform finds, and it has to
read its own dump as the same. This holds for all texts with such a line at such a place: the dump of a body, a list, an
object or a call is made of those of its members, one after the other. Members of one name are the exception, and
`proof` looks at those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from generator.hcl.errors import DisputeError, ParseError, RoundTripError
from generator.hcl.proof.judge import judged
from generator.hcl.proof.known import KnownPlace
from generator.hcl.proof.lines import LineShape, shape_of_key
from generator.hcl.tokens import TokenError


class LinePlace:
    """Where a line may stand. `opened` are the lines that opened the brackets around it, `way` those that lead here.

    `next` is the place behind each shape that may stand here, by its key; nothing behind one that may not.
    """

    def __init__(self, opened: Sequence[LineShape], way: Sequence[LineShape]) -> None:
        self.opened, self.way = tuple(opened), tuple(way)
        self.next: dict[str, LinePlace | None] = {}
        self.is_body = all(line.is_block for line in self.opened)

    @property
    def text(self) -> str:
        """A text that leads here."""
        return "".join(f"{line.sample(number)}\n" for number, line in enumerate(self.way))

    @property
    def text_to_the_end(self) -> str:
        """A text that leads here and ends soon."""
        return self.text + "".join(f"{line.closed_by}\n" for line in reversed(self.opened))

    @cached_property
    def state(self) -> tuple[int, ...]:
        """What python-hcl2's parser remembers here. Raises `ParseError`."""
        from generator.hcl.proof.parse import state_behind

        return state_behind(self.text)


class Places:
    """All places that are known, from the beginning of a file on."""

    def __init__(self, known: Sequence[KnownPlace]) -> None:
        places = [_led_to([shape_of_key(key) for key in place.way]) for place in known]
        for place, one in zip(places, known, strict=True):
            place.next = {key: places[number] for key, number in one.next.items()}
        self.beginning = places[0]
        self._alike: defaultdict[tuple[str, ...], list[LinePlace]] = defaultdict(list)
        for place in places:
            self._alike[_keys(place.opened)].append(place)

    def __iter__(self) -> Iterator[LinePlace]:
        """Yield each place, the beginning first."""
        return (place for alike in self._alike.values() for place in alike)

    def behind(self, place: LinePlace, line: LineShape) -> LinePlace | None:
        """Return where the line behind a line stands, unless that line may not stand where it does."""
        if line.key not in place.next:
            place.next[line.key] = self._asked(place, line)
        return place.next[line.key]

    def _asked(self, place: LinePlace, line: LineShape) -> LinePlace | None:
        if not _may_stand(place, line):
            return None
        found = LinePlace(_opened_behind(place.opened, line), (*place.way, line))
        try:
            if not line.closed_by:  # else what is within says more
                judged(found.text_to_the_end)
            return self._same(found)
        except (TokenError, ParseError, DisputeError, RoundTripError):
            return None

    def _same(self, found: LinePlace) -> LinePlace:
        """Return a place that was found before and differs in nothing but the way that led there, if there is one."""
        alike = self._alike[_keys(found.opened)]
        for place in alike:
            if place.state == found.state:
                return place
        alike.append(found)
        return found


def _led_to(way: Sequence[LineShape]) -> LinePlace:
    opened: Sequence[LineShape] = ()
    for line in way:
        opened = _opened_behind(opened, line)
    return LinePlace(opened, way)


def _opened_behind(opened: Sequence[LineShape], line: LineShape) -> Sequence[LineShape]:
    """Return which lines have opened the brackets that are open behind a line, given those before it."""
    if line.closes:
        return opened[:-1]
    return (*opened, line) if line.closed_by else opened


def _keys(lines: Sequence[LineShape]) -> tuple[str, ...]:
    return tuple(line.key for line in lines)


def _may_stand(place: LinePlace, line: LineShape) -> bool:
    if line.closes:
        return bool(place.opened) and line.closes == place.opened[-1].closed_by
    return line.is_gap or not place.is_body or line.is_argument or line.is_block
