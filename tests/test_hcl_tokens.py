"""The tokens of HCL's native syntax. Expected are those of HashiCorp's syntax specification."""

from __future__ import annotations

import pytest

from generator.hcl.tokens import Kind, TokenError, interpolation, tokens


def texts(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


def kinds(text: str) -> list[Kind]:
    return [token.kind for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.b", ["a", ".", "b"]),
        ("a-b", ["a-b"]),
        ("_a1", ["_a1"]),
        ("a - b", ["a", "-", "b"]),
        ("a-1", ["a-1"]),
        ("1-a", ["1", "-", "a"]),
        ("1.5e-3", ["1.5e-3"]),
        ("1E3", ["1E3"]),
        ("1e+3", ["1e+3"]),
        ("1.x", ["1", ".", "x"]),
        ("a.0.b", ["a", ".", "0", ".", "b"]),
        ("a...", ["a", "..."]),
        ("a::b", ["a", "::", "b"]),
        ("a?b:c", ["a", "?", "b", ":", "c"]),
        ("a=>b", ["a", "=>", "b"]),
        ("a>=b", ["a", ">=", "b"]),
        ("a<=b", ["a", "<=", "b"]),
        ("a==b", ["a", "==", "b"]),
        ("!a!=b", ["!", "a", "!=", "b"]),
        ("a&&b||c", ["a", "&&", "b", "||", "c"]),
        ("a%b", ["a", "%", "b"]),
        ("[*]", ["[", "*", "]"]),
    ],
)
def test_code_falls_into_its_longest_tokens(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_a_quoted_text_is_one_token_between_its_quotes() -> None:
    assert kinds('"a b"') == [Kind.OPEN_QUOTE, Kind.QUOTED_TEXT, Kind.CLOSE_QUOTE]


def test_an_empty_text_has_nothing_between_its_quotes() -> None:
    assert kinds('""') == [Kind.OPEN_QUOTE, Kind.CLOSE_QUOTE]


@pytest.mark.parametrize(
    "inner",
    [
        r"\"",
        r"\\",
        r"\n\r\t",
        r"\u00e9",
        r"\u00E9",
        r"\U0001f600",
        r"\U0001F600",
        "$",
        "%",
        "$$",
        "$${",
        "%%{",
        "{",
        "}",
    ],
)
def test_an_escape_or_a_lone_sign_opens_and_closes_nothing(inner: str) -> None:
    assert texts(f'"{inner}"') == ['"', inner, '"']


def test_an_interpolation_is_code_within_quotes() -> None:
    assert texts('"a${b}c"') == ['"', "a", "${", "b", "}", "c", '"']
    assert kinds('"${b}"')[1:4] == [Kind.OPEN_TEMPLATE, Kind.IDENT, Kind.CLOSE_TEMPLATE]


def test_a_directive_is_code_within_quotes_too() -> None:
    assert texts('"%{ if a ~}b%{ endif }"') == ['"', "%{", "if", "a", "~}", "b", "%{", "endif", "}", '"']


def test_a_template_may_strip_the_spaces_before_it() -> None:
    assert texts('"a ${~ b }%{~ if c }"') == ['"', "a ", "${~", "b", "}", "%{~", "if", "c", "}", '"']


def test_the_braces_of_an_object_do_not_end_an_interpolation() -> None:
    closing = [token.kind for token in tokens('"${ { a = {} } }"') if token.text == "}"]
    assert closing == [Kind.PUNCTUATION, Kind.PUNCTUATION, Kind.CLOSE_TEMPLATE]


def test_quotes_nest_within_interpolations() -> None:
    assert texts('"${a["b${"c"}"]}"') == ['"', "${", "a", "[", '"', "b", "${", '"', "c", '"', "}", '"', "]", "}", '"']


@pytest.mark.parametrize("comment", ["# a", "// a", "/* a */", "/* a\n * b */", '# ${ " {'])
def test_a_comment_is_one_token(comment: str) -> None:
    assert kinds(comment) == [Kind.COMMENT]


def test_no_comment_begins_within_quotes() -> None:
    assert Kind.COMMENT not in kinds('"# // /* a */"')


def test_a_comment_ends_with_its_first_end() -> None:
    assert texts("/* a */ b /* c */") == ["/* a */", "b", "/* c */"]


def test_a_comment_ends_before_its_line_does() -> None:
    assert texts("a # b\nc") == ["a", "# b", "\n", "c"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "heredoc",
    ['<<EOT\na ${b} "\nEOT', "<<-EOT\n  a\n  EOT", "<<-EOT\n\ta\n\tEOT", "<<EOT\na\n  EOT \t", "<<E\nEE\nE E\nE"],
)
def test_a_heredoc_is_one_token_to_its_marker(heredoc: str, line_end: str) -> None:
    text = f"{heredoc}\nx\n".replace("\n", line_end)
    assert kinds(text * 2) == [Kind.HEREDOC, Kind.NEWLINE, Kind.IDENT, Kind.NEWLINE] * 2


def test_every_token_knows_where_it_starts() -> None:
    assert [(token.text, token.offset) for token in tokens('x = "é${y}"')] == [
        ("x", 0),
        ("=", 2),
        ('"', 4),
        ("é", 5),
        ("${", 6),
        ("y", 8),
        ("}", 9),
        ('"', 10),
    ]


@pytest.mark.parametrize(
    ("text", "offset", "what"),
    [
        ('"a', 2, '`"` is not closed'),
        ('"a\nb"', 2, '`"` is not closed on its line'),
        ('"${a', 4, "`${` is not closed by `}`"),
        (r'"a\q"', 2, r"`\q` is no escape of HCL"),
        (r'"\u123"', 1, r"`\u` is no escape of HCL"),
        (r'"\U0001f60"', 1, r"`\U` is no escape of HCL"),
        ("a & b", 2, "'&' begins nothing that HCL knows"),
        ("a = 'b'", 4, '"\'" begins nothing that HCL knows'),
        ("a ~} b", 2, "`~}` closes nothing"),
    ],
)
def test_what_is_no_token_is_refused_where_it_stands(text: str, offset: int, what: str) -> None:
    with pytest.raises(TokenError) as refusal:
        texts(text)
    assert (refusal.value.offset, refusal.value.what) == (offset, what)


def test_an_interpolation_ends_at_its_own_brace() -> None:
    text = 'a${ {b = "}"} }c}'
    found = interpolation(text, 1)
    assert found[0].text == "${"
    assert text[: found[-1].offset + 1] == 'a${ {b = "}"} }'


def test_an_interpolation_that_stays_open_is_refused() -> None:
    with pytest.raises(TokenError, match="is not closed"):
        interpolation("${a", 0)
