"""The shape of a text: what is left of it once names, plain texts, numbers and comments are taken out.

A parser decides by the kinds of tokens, not by what they say. So texts of one shape have one syntax tree, and what
python-hcl2 says of a sample holds for all of them. Its dump looks into texts all the same: at braces, at templates and
escapes, and at whether keys are equal. Hence what is taken out holds none of these, the sample's texts and numbers all
differ, and types of blocks, names of arguments and keys of objects stay in. A property test holds this against
python-hcl2 itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from generator.hcl.identifiers import IDENTIFIER
from generator.hcl.proof.outline import Needed, Outline, outline_of
from generator.hcl.references import Declaration
from generator.hcl.structure import Code, depth_change
from generator.hcl.tokens import KEYWORD, Token, TokenKind, outside_of_heredocs, tokens

_NAME, _TEXT, _NUMBER, _COMMENT = "«name»", "«text»", "«number»", "«comment»"
_TAKEN_OUT = {
    _NAME: re.compile(rf"(?!{KEYWORD}|__)(?>{IDENTIFIER})"),
    _TEXT: re.compile(r'(?!<<|__)[^\x00-\x1f"$%\\{}\x7f-\xbf\u2028\u2029]++'),
    _NUMBER: re.compile(r"0|[1-9][0-9]{0,17}+"),
    _COMMENT: re.compile(r"\#[ -z|~]*+"),
}
"""What stands in place of a mark: as much as there is of it, or the shape is another."""

_MARK = re.compile("|".join(_TAKEN_OUT))


class Shape:
    """One shape. `key` is a text of that shape, with a mark in place of each token that was taken out."""

    def __init__(self, key: str) -> None:
        self.key = key

    def slots(self, text: str) -> Sequence[str] | None:
        """Return what stands in a text in place of the marks, or nothing where it has another shape."""
        found, end = [], 0
        for literal, taken_out in self._pieces:
            match = taken_out.match(text, end + len(literal)) if text.startswith(literal, end) else None
            if match is None:
                return None
            found.append(match.group())
            end = match.end()
        return found if text[end:] == self._literals[-1] else None

    def outline(self, slots: Sequence[str], lines_before: int) -> Outline:
        """Return the outline of the part of a file that has `slots` in place of the marks."""
        blocks, declared, needed = self._outline_form
        words = iter(self._words_form.format(*slots).split("\n"))
        return Outline(
            [Declaration(next(words), lines_before + line) for _, line in blocks],
            [Declaration(next(words), lines_before + line) for _, line in declared],
            [Needed(next(words), next(words), lines_before + line) for _, _, line in needed],
        )

    @property
    def sample(self) -> str:
        """A text of this shape."""
        return self._filled("n")

    @cached_property
    def _literals(self) -> list[str]:
        return _MARK.split(self.key)

    @cached_property
    def _marks(self) -> list[str]:
        return _MARK.findall(self.key)

    @cached_property
    def _pieces(self) -> list[tuple[str, re.Pattern[str]]]:
        """Each mark's pattern, and the literal before it."""
        return list(zip(self._literals, [_TAKEN_OUT[mark] for mark in self._marks], strict=False))

    @cached_property
    def _outline_form(self) -> Outline:
        """The outline of a text with other names, which has the same lines."""
        return outline_of(Code(self._filled(self._stem)))

    @cached_property
    def _words_form(self) -> str:
        """The words of the outline, a line each, with `{n}` in place of the n-th mark, as `str.format` takes it."""
        blocks, declared, needed = self._outline_form
        addresses = [address for address, _ in (*blocks, *declared)]
        words = [*addresses, *(word for address, attribute, _ in needed for word in (address, attribute))]
        escaped = "\n".join(words).replace("{", "{{").replace("}", "}}")
        return re.sub(rf"{self._stem}(\d+)_", r"{\1}", escaped)

    @cached_property
    def _stem(self) -> str:
        """What no name of the key holds, so that it tells where a mark was."""
        longest = max(map(len, re.findall("n+", self.key)), default=0)
        return "n" * (longest + 1)

    def _filled(self, stem: str) -> str:
        """Return a text of this shape in which the n-th mark, if it is a name, has become the stem, n and `_`."""
        fillings = {_NAME: f"{stem}%d_", _TEXT: "text %d", _NUMBER: "%d", _COMMENT: "# %d"}
        return _alternating(self._literals, [fillings[mark] % number for number, mark in enumerate(self._marks)])


def shape_of(text: str) -> Shape | None:
    """Return the shape of a text, unless it holds something for which a shape could not be trusted.

    Raises `TokenError`.
    """
    if "«" in text:
        return None
    key, end = [], 0
    for token, mark in _marked(tokens(text)):
        key += [text[end : token.offset], mark]
        end = token.offset + len(token.text)
    return Shape("".join([*key, text[end:]]))


def _marked(scanned: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Yield each token that is taken out, and the mark that takes its place."""
    marks = dict(_marks_of_code([token for token in scanned if token.kind is not TokenKind.COMMENT]))
    for token in outside_of_heredocs(scanned):  # a name within one may be what python-hcl2 takes for its end
        mark = _COMMENT if token.kind is TokenKind.COMMENT else marks.get(token.offset)
        if mark is not None and _TAKEN_OUT[mark].fullmatch(token.text):
            yield token, mark


def _marks_of_code(code: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Yield the offset of each token that may be taken out, and the mark that takes its place."""
    depth = 0
    for index, token in enumerate(code):
        depth += depth_change(token)
        before = code[index - 1].text if index else ""
        if token.kind is TokenKind.NUMBER and before != "-":  # to python-hcl2, `-12` is one token and `-1` are two
            yield token.offset, _NUMBER
        elif token.kind is TokenKind.IDENT and before == ".":
            yield token.offset, _NAME
        elif token.kind is TokenKind.QUOTED_TEXT and (mark := _mark_of_text(code, index, depth)):
            yield token.offset, mark


def _mark_of_text(code: Sequence[Token], index: int, depth: int) -> str | None:
    """Labels of nested blocks, first labels of two, and keys of objects stay in."""
    is_whole = code[index - 1].kind is TokenKind.OPEN_QUOTE
    behind = code[index - 2].kind if index > 1 else None
    after = code[index + 2].text if index + 2 < len(code) else ""
    if is_whole and behind in (TokenKind.IDENT, TokenKind.CLOSE_QUOTE):
        return _NAME if depth == 0 and after == "{" else None
    return None if depth == 0 or after in ("=", ":") else _TEXT


def _alternating(literals: Iterable[str], between: Sequence[str]) -> str:
    return "".join(piece for pair in zip(literals, [*between, ""], strict=True) for piece in pair)
