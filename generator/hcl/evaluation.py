"""What an expression of Terraform evaluates to, as far as that can be told before Terraform runs.

Source: HashiCorp's HCL syntax specification, and Terraform's documentation, "Expressions".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeAlias, TypeVar

from generator.hcl.alike import are_alike
from generator.hcl.escapes import unescaped, unescaped_templates
from generator.hcl.evaluated import (
    EACH,
    Evaluated,
    EvaluationError,
    PossibleItems,
    Traversal,
    Unknown,
    follow,
    is_known,
    member,
    pairs_of,
    text_of,
    unknown,
    written,
)
from generator.hcl.functions import result_of
from generator.hcl.json_text import as_text
from generator.hcl.numbers import number_of
from generator.hcl.operators import LEVELS, negative, opposite, result_of_operator, truth_of
from generator.hcl.tokens import WHITE_SPACE, Token, TokenKind

MOST_NESTED = 50
"""Expressions within each other, in one that is evaluated here."""


class EvaluationScope(Protocol):
    """Where an expression finds what it names."""

    def find(self, traversal: Traversal) -> Evaluated:
        """Return the value of a traversal. Raises `EvaluationError`."""

    def spend(self, values: int) -> bool:
        """Tell whether as many values more may be made. Without an end, one line could stand for billions."""


class Bound(NamedTuple):
    """A scope in which some names are bound, as within a `for` expression."""

    outer: EvaluationScope
    names: Mapping[str, Evaluated]

    def find(self, traversal: Traversal) -> Evaluated:
        """Return what a name is bound to here, or else what the outer scope has."""
        root, *steps = traversal
        return follow(self.names[root], steps) if root in self.names else self.outer.find(traversal)

    def spend(self, values: int) -> bool:
        """Tell whether as many values more may be made."""
        return self.outer.spend(values)


def evaluated(expression: Sequence[Token], scope: EvaluationScope) -> Evaluated:
    """Return the value of an expression. What cannot be evaluated here is `Unknown`."""
    try:
        if traversal := _only_traversal(expression):
            return scope.find(traversal)
        return _Parser(expression).whole()(scope)
    except EvaluationError:
        return _unreadable(expression)


Evaluation: TypeAlias = Callable[[EvaluationScope], Evaluated]

_CONSTANTS: dict[str, Evaluated] = {"true": True, "false": False, "null": None}

_OF_TERRAFORM = "core::"
"""The namespace of Terraform's own functions."""

Read = TypeVar("Read")

StepAt: TypeAlias = Callable[[Sequence[Token]], tuple[str, int] | None]
"""Tells what step stands at the beginning of some tokens, if one does, and of how many of them it is made."""


class _Parser:
    """Turns tokens into a function of a scope. Raises `EvaluationError` at what it does not know."""

    def __init__(self, expression: Sequence[Token]) -> None:
        self._tokens, self._index = expression, 0
        self._lines_count = [False]
        self._depth = 0

    def whole(self) -> Evaluation:
        found = self._expression()
        if self._peek() is not None:
            raise EvaluationError
        return found

    def _peek(self) -> Token | None:
        """Return the next token; within round and square brackets a line's end means nothing."""
        while self._index < len(self._tokens):
            token = self._tokens[self._index]
            if token.kind is not TokenKind.NEWLINE or self._lines_count[-1]:
                return token
            self._index += 1
        return None

    def _next(self) -> Token:
        token = self._peek()
        if token is None:
            raise EvaluationError
        self._index += 1
        return token

    def _takes(self, *texts: str) -> str | None:
        token = self._peek()
        if token is None or token.kind is TokenKind.QUOTED_TEXT or token.text not in texts:
            return None
        self._index += 1
        return token.text

    def _expects(self, text: str) -> None:
        if not self._takes(text):
            raise EvaluationError

    def _within(self, lines_count: bool, read: Callable[[], Read]) -> Read:
        """Read what stands between two brackets."""
        self._lines_count.append(lines_count)
        found = read()
        self._lines_count.pop()
        return found

    def _expression(self) -> Evaluation:
        """Each expression within another one goes through here, so that none nests too deeply."""
        self._depth += 1
        if self._depth > MOST_NESTED:
            raise EvaluationError
        found = self._conditional(self._binary(0))
        self._depth -= 1
        return found

    def _conditional(self, condition: Evaluation) -> Evaluation:
        if not self._takes("?"):
            return condition
        yes = self._expression()
        self._expects(":")
        no = self._expression()
        return lambda scope: _chosen(condition(scope), yes, no, scope)

    def _binary(self, level: int) -> Evaluation:
        if level == len(LEVELS):
            return self._unary()
        first = self._binary(level + 1)
        others: list[tuple[str, Evaluation]] = []
        while sign := self._takes(*LEVELS[level]):
            others.append((sign, self._binary(level + 1)))
        return _Operation(first, others) if others else first

    def _unary(self) -> Evaluation:
        signs: list[str] = []
        while sign := self._takes("-", "!"):
            signs.insert(0, sign)
        operand = self._with_steps(self._term())
        return _Negation(signs, operand) if signs else operand

    def _with_steps(self, value: Evaluation) -> Evaluation:
        steps: list[Evaluation] = []
        while sign := self._takes(".", "["):
            steps.append(self._index_or_name(sign))
        return _Steps(value, steps) if steps else value

    def _index_or_name(self, sign: str) -> Evaluation:
        if sign == ".":
            return self._constant(self._next())
        return self._within(False, self._bracketed)

    def _bracketed(self) -> Evaluation:
        index = self._expression()
        self._expects("]")
        return index

    @staticmethod
    def _constant(token: Token) -> Evaluation:
        """A name or a number behind a dot. A splat is not evaluated."""
        if token.kind is TokenKind.IDENT or (token.kind is TokenKind.NUMBER and token.text.isdecimal()):
            return _constantly(token.text)
        raise EvaluationError

    def _term(self) -> Evaluation:
        token = self._next()
        brackets = {"(": self._parenthesis, "[": self._list, "{": self._object}
        match token.kind:
            case TokenKind.NUMBER:
                return _constantly(_number(token.text))
            case TokenKind.OPEN_QUOTE:
                return self._within(False, self._template)
            case TokenKind.OPEN_HEREDOC:
                return self._within(False, lambda: self._heredoc(is_flush=token.text.startswith("<<-")))
            case TokenKind.PUNCTUATION if token.text in brackets:
                return self._within(token.text == "{", brackets[token.text])
            case TokenKind.IDENT:
                return self._named(token.text)
        raise EvaluationError

    def _parenthesis(self) -> Evaluation:
        inner = self._expression()
        self._expects(")")
        return inner

    def _named(self, name: str) -> Evaluation:
        while self._takes("::"):
            name = f"{name}::{self._next().text}"
        if self._takes("("):
            return _Call(name.removeprefix(_OF_TERRAFORM), self._within(False, lambda: self._items(")")).items)
        if name in _CONSTANTS:
            return _constantly(_CONSTANTS[name])
        traversal, self._index = _traversal_at(self._tokens, self._index - 1)
        return lambda scope: scope.find(traversal)

    def _items(self, closing: str) -> _Items:
        found: list[Evaluation] = []
        while not self._takes(closing):
            found.append(self._expression())
            if not self._takes(","):
                self._expects(closing)
                break
        return _Items(found)

    def _list(self) -> Evaluation:
        return self._for(closing="]") if self._takes("for") else self._items("]")

    def _object(self) -> Evaluation:
        self._skip_lines()
        if self._takes("for"):
            return self._within(False, lambda: self._for(closing="}"))
        entries: list[tuple[Evaluation, Evaluation]] = []
        while not self._takes("}"):
            entries.append(self._entry())
            self._takes(",")
            self._skip_lines()
        return lambda scope: _object_of([(key(scope), value(scope)) for key, value in entries])

    def _entry(self) -> tuple[Evaluation, Evaluation]:
        token = self._peek()
        after = self._tokens[self._index + 1].text if self._index + 1 < len(self._tokens) else ""
        if token is not None and token.kind is TokenKind.IDENT and after in ("=", ":"):
            self._index += 1
            key = _constantly(token.text)
        else:
            key = self._expression()
        if not self._takes("=", ":"):
            raise EvaluationError
        self._skip_lines()
        return key, self._expression()

    def _skip_lines(self) -> None:
        while self._index < len(self._tokens) and self._tokens[self._index].kind is TokenKind.NEWLINE:
            self._index += 1

    def _for(self, closing: str) -> Evaluation:
        start = self._index
        names = [self._next().text]
        if self._takes(","):
            names.append(self._next().text)
        self._expects("in")
        collection = self._expression()
        self._expects(":")
        first = self._expression()
        second = self._expression() if self._takes("=>") else None
        condition = self._expression() if self._takes("if") else None
        self._expects(closing)
        return _For(names, collection, first, second, condition, size=self._index - start)

    def _template(self) -> Evaluation:
        return _Template([_constantly(p) if isinstance(p, str) else p for p in self._template_parts(unescaped)])

    def _heredoc(self, is_flush: bool) -> Evaluation:
        """A heredoc has no escapes but those of templates. One that opens with `<<-` loses its common indentation."""
        parts = list(self._template_parts(unescaped_templates))
        if is_flush:
            parts = _without_indentation(parts)
        return _Template([_constantly(p) if isinstance(p, str) else p for p in parts])

    def _template_parts(self, unescape: Callable[[str], str]) -> Iterator[str | Evaluation]:
        """Yield the texts and the expressions up to the end of a template. Directives are not evaluated.

        The marker of `${~` takes away the white space before it, and that of `~}` the white space behind it.
        """
        closing = ""
        while (token := self._next()).kind not in (TokenKind.CLOSE_QUOTE, TokenKind.CLOSE_HEREDOC):
            if token.kind in (TokenKind.QUOTED_TEXT, TokenKind.HEREDOC_TEXT):
                text = unescape(token.text)
                text = text.lstrip(WHITE_SPACE) if closing == "~}" else text
                yield text.rstrip(WHITE_SPACE) if self._follows("${~") else text
                closing = ""
            elif token.text in ("${", "${~"):
                yield self._expression()
                closing = self._next().text
                if closing not in ("}", "~}"):
                    raise EvaluationError
            else:
                raise EvaluationError

    def _follows(self, text: str) -> bool:
        token = self._peek()
        return token is not None and token.kind is TokenKind.OPEN_TEMPLATE and token.text == text


@dataclass(frozen=True)
class _Items:
    """The entries of a list."""

    items: list[Evaluation]

    def __call__(self, scope: EvaluationScope) -> list[Evaluated]:
        return [item(scope) for item in self.items]


@dataclass(frozen=True)
class _Call:
    """A function and its arguments. `try` and `can` evaluate theirs one after the other."""

    name: str
    arguments: list[Evaluation]

    def __call__(self, scope: EvaluationScope) -> Evaluated:
        if self.name in ("try", "can"):
            return self._tried(scope)
        return result_of(self.name, [argument(scope) for argument in self.arguments])

    def _tried(self, scope: EvaluationScope) -> Evaluated:
        """`try` takes the first argument that Terraform would not refuse, `can` tells whether it would."""
        for argument in self.arguments:
            try:
                value = argument(scope)
            except EvaluationError:
                continue
            if not is_known(value):
                return unknown(self.name, value)
            return value if self.name == "try" else True
        if self.name == "can":
            return False
        raise EvaluationError


@dataclass(frozen=True)
class _Template:
    """Texts and expressions that make up one text."""

    parts: list[Evaluation]

    def __call__(self, scope: EvaluationScope) -> Evaluated:
        if len(self.parts) == 1:
            return self.parts[0](scope)
        return text_of([as_text(part(scope)) for part in self.parts])


@dataclass(frozen=True)
class _Operation:
    """Operands with signs of one level between them; they are taken from the left."""

    first: Evaluation
    others: list[tuple[str, Evaluation]]

    def __call__(self, scope: EvaluationScope) -> Evaluated:
        result = self.first(scope)
        for sign, operand in self.others:
            result = result_of_operator(sign, result, operand(scope))
        return result


@dataclass(frozen=True)
class _Negation:
    """An operand with signs before it, the innermost first."""

    signs: list[str]
    operand: Evaluation

    def __call__(self, scope: EvaluationScope) -> Evaluated:
        value = self.operand(scope)
        for sign in self.signs:
            value = opposite(value) if sign == "!" else negative(value)
        return value


@dataclass(frozen=True)
class _Steps:
    """What is read from a value that is not a plain traversal."""

    value: Evaluation
    steps: list[Evaluation]

    def __call__(self, scope: EvaluationScope) -> Evaluated:
        value = self.value(scope)
        for step in self.steps:
            index = step(scope)
            is_plain = isinstance(index, str | int) and not isinstance(index, bool)
            value = member(value, index) if is_plain else unknown("index", value, index)
        return value


@dataclass(frozen=True)
class _For:
    """`[for a, b in collection : first if condition]`, or `{for … : first => second if condition}`.

    `size` is the number of its tokens, which is how much work each element is.
    """

    names: list[str]
    collection: Evaluation
    first: Evaluation
    second: Evaluation | None
    condition: Evaluation | None
    size: int

    def __call__(self, scope: EvaluationScope) -> Evaluated:
        collection = self.collection(scope)
        if not isinstance(collection, list | dict) or not scope.spend(self.size * len(collection)):
            return self._unknown(collection, scope)
        inner = [Bound(scope, names) for names in self._bound(collection)]
        if self.condition is not None:
            conditions = [truth_of(self.condition(one)) for one in inner]
            if None in conditions:
                return self._unknown(collection, scope)
            inner = [one for one, is_chosen in zip(inner, conditions, strict=True) if is_chosen]
        if self.second is None:
            return [self.first(one) for one in inner]
        return _object_of([(self.first(one), self.second(one)) for one in inner], are_keys_single=True)

    def _unknown(self, collection: Evaluated, scope: EvaluationScope) -> Unknown:
        return unknown("for" if self.second is None else "object", collection, *self._reads_beside(scope))

    def _bound(self, collection: list[Evaluated] | dict[str, Evaluated]) -> Iterator[dict[str, Evaluated]]:
        for pair in pairs_of(collection):
            yield dict(zip(reversed(self.names), reversed(pair), strict=False))

    def _reads_beside(self, scope: EvaluationScope) -> Iterator[Evaluated]:
        """What the body reads counts, though it is not known for which entries."""
        bound = Bound(scope, {name: Unknown(name) for name in self.names})
        for part in (self.first, self.second, self.condition):
            if part is not None:
                yield part(bound)


def _constantly(value: Evaluated) -> Evaluation:
    return lambda _: value


def _number(text: str) -> Evaluated:
    found = number_of(text)
    return Unknown(text) if found is None else found


def _either(condition: Evaluated, yes: Evaluated, no: Evaluated) -> Unknown:
    """Return what one of two values is."""
    found = unknown("?", condition, yes, no)
    items, other = (yes, no) if yes else (no, yes)
    if other == [] and isinstance(items, list) and items:
        return PossibleItems(found.text, found.reads, found.constraint, items)
    return found


def _chosen(condition: Evaluated, yes: Evaluation, no: Evaluation, scope: EvaluationScope) -> Evaluated:
    """Terraform brings both values to one type, and evaluates the chosen one alone."""
    is_true = truth_of(condition)
    if is_true is None:
        return _either(condition, yes(scope), no(scope))
    chosen = yes(scope) if is_true else no(scope)
    try:
        other = no(scope) if is_true else yes(scope)
    except EvaluationError:
        return chosen
    if are_alike([chosen, other]):
        return chosen
    return unknown("?", chosen, other)


def _without_indentation(parts: list[str | Evaluation]) -> list[str | Evaluation]:
    """Take from each line as many spaces as all lines begin with."""
    begins = [index == 0 or _ends_line(parts[index - 1]) for index in range(len(parts))]
    texts = [part if isinstance(part, str) else "" for part, is_begin in zip(parts, begins, strict=True) if is_begin]
    least = min(
        (len(text) - len(text.lstrip(" ")) for text in texts if text.strip() or not _ends_line(text)), default=0
    )
    return [
        part[least:] if is_begin and isinstance(part, str) else part
        for part, is_begin in zip(parts, begins, strict=True)
    ]


def _ends_line(part: str | Evaluation) -> bool:
    return isinstance(part, str) and part.endswith("\n")


def _object_of(entries: Collection[tuple[Evaluated, Evaluated]], are_keys_single: bool = False) -> Evaluated:
    """Return an object. A literal one may have a key twice, the result of a `for` may not."""
    if not all(is_known(key) for key, _ in entries):
        return unknown("object", *(part for entry in entries for part in entry))
    found = {str(written(as_text(key))): value for key, value in entries}
    if are_keys_single and len(found) < len(entries):
        raise EvaluationError
    return found


def _unreadable(expression: Sequence[Token]) -> Unknown:
    """Return what is not evaluated, with all that it may read."""
    text = " ".join(token.text for token in expression if token.kind is not TokenKind.NEWLINE)
    return Unknown(text, frozenset(traversals(expression)))


def traversals(expression: Sequence[Token]) -> Iterator[Traversal]:
    """Yield each traversal in an expression; names that the expression binds are among them."""
    for index, token in enumerate(expression):
        if token.kind is TokenKind.IDENT and (index == 0 or expression[index - 1].text != "."):
            yield _traversal_at(expression, index, _step_or_splat)[0]


def _only_traversal(expression: Sequence[Token]) -> Traversal | None:
    """Return the traversal that an expression is, as most are: it needs no parser."""
    if len(expression) < 3 or expression[0].kind is not TokenKind.IDENT:
        return None
    traversal, end = _traversal_at(expression, 0)
    return traversal if end == len(expression) else None


def _step_or_splat(following: Sequence[Token]) -> tuple[str, int] | None:
    """Return a plain step, or one into each element, and of how many tokens it is made."""
    match [token.text for token in following[:3]]:
        case ["[", "*", "]"]:
            return EACH, 3
        case [".", "*", *_]:
            return EACH, 2
    return _plain_step(following)


def _plain_step(following: Sequence[Token]) -> tuple[str, int] | None:
    """Return a step that is a name, a number or a text, and of how many tokens it is made."""
    match [(token.kind, token.text) for token in following]:
        case [(TokenKind.PUNCTUATION, "."), (TokenKind.IDENT, name), *_]:
            return name, 2
        case [(TokenKind.PUNCTUATION, "["), (TokenKind.NUMBER, number), (TokenKind.PUNCTUATION, "]"), *_] if (
            number.isdecimal()
        ):
            return number, 3
        case [(_, "["), (TokenKind.OPEN_QUOTE, _), (TokenKind.QUOTED_TEXT, key), (TokenKind.CLOSE_QUOTE, _), (_, "]")]:
            return unescaped(key), 5
    return None


def _traversal_at(
    expression: Sequence[Token],
    index: int,
    step_at: StepAt = _plain_step,
) -> tuple[Traversal, int]:
    """Return a root and the steps behind it, and the index of the first token that is no part of them."""
    traversal: list[str] = [expression[index].text]
    index += 1
    while step := step_at(expression[index : index + 5]):
        traversal.append(step[0])
        index += step[1]
    return tuple(traversal), index
