"""The tokens of HCL's native syntax. Expected are those of HashiCorp's syntax specification."""

from __future__ import annotations

import pytest

from generator.hcl.tokens import MOST_OPEN, TokenError, TokenKind, end_of_heredoc, interpolation, tokens


def texts(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


def kinds(text: str) -> list[TokenKind]:
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
        ("1.e3", ["1.e3"]),
        ("1e", ["1", "e"]),
        ("1...", ["1", "..."]),
        ("a<-b", ["a", "<", "-", "b"]),
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
    assert kinds('"a b"') == [TokenKind.OPEN_QUOTE, TokenKind.QUOTED_TEXT, TokenKind.CLOSE_QUOTE]


def test_an_empty_text_has_nothing_between_its_quotes() -> None:
    assert kinds('""') == [TokenKind.OPEN_QUOTE, TokenKind.CLOSE_QUOTE]


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
        r"\U0010ffff",
        r"\U0000d7ff",
        r"\ud7ff\ue000",
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
    assert kinds('"${b}"')[1:4] == [TokenKind.OPEN_TEMPLATE, TokenKind.IDENT, TokenKind.CLOSE_TEMPLATE]


def test_a_directive_is_code_within_quotes_too() -> None:
    assert texts('"%{ if a ~}b%{ endif }"') == ['"', "%{", "if", "a", "~}", "b", "%{", "endif", "}", '"']


def test_a_template_may_strip_the_spaces_before_it() -> None:
    assert texts('"a ${~ b }%{~ if c }"') == ['"', "a ", "${~", "b", "}", "%{~", "if", "c", "}", '"']


def test_the_braces_of_an_object_do_not_end_an_interpolation() -> None:
    closing = [token.kind for token in tokens('"${ { a = {} } }"') if token.text == "}"]
    assert closing == [TokenKind.PUNCTUATION, TokenKind.PUNCTUATION, TokenKind.CLOSE_TEMPLATE]


def test_quotes_nest_within_interpolations() -> None:
    assert texts('"${a["b${"c"}"]}"') == ['"', "${", "a", "[", '"', "b", "${", '"', "c", '"', "}", '"', "]", "}", '"']


@pytest.mark.parametrize("comment", ["# a", "// a", "/* a */", "/* a\n * b */", '# ${ " {'])
def test_a_comment_is_one_token(comment: str) -> None:
    assert kinds(comment) == [TokenKind.COMMENT]


def test_no_comment_begins_within_quotes() -> None:
    assert TokenKind.COMMENT not in kinds('"# // /* a */"')


def test_a_comment_ends_with_its_first_end() -> None:
    assert texts("/* a */ b /* c */") == ["/* a */", "b", "/* c */"]


def test_a_comment_ends_before_its_line_does() -> None:
    assert texts("a # b\nc") == ["a", "# b", "\n", "c"]


HEREDOC = [TokenKind.OPEN_HEREDOC, TokenKind.HEREDOC_TEXT, TokenKind.CLOSE_HEREDOC, TokenKind.NEWLINE]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "heredoc",
    [
        *('<<EOT\na "\nEOT', "<<-EOT\n  a\n  EOT", "<<-EOT\n\ta\n\tEOT", "<<EOT\na\n  EOT \t", "<<E\nE E\nE"),
        *("<<_\na\n_", "<<a-\na\na-", "<<-a-b\na-b-\na-b", "<<é\ne\u0301\né", "<<日本\n日\n日本", "<<a1\na\na1"),
    ],
)
def test_a_heredoc_ends_at_the_line_that_is_its_marker(heredoc: str, line_end: str) -> None:
    text = f"{heredoc}\nx\n".replace("\n", line_end)
    assert kinds(text * 2) == [*HEREDOC, TokenKind.IDENT, TokenKind.NEWLINE] * 2


@pytest.mark.parametrize("space", " \t\v\f\x85\xa0\u1680\u2000\u2005\u200a\u2028\u2029\u202f\u205f\u3000")
@pytest.mark.parametrize("last", ["{}EOT", "EOT{}", "{0}{0}EOT{0} "])
def test_what_go_takes_for_spaces_stands_around_a_marker(space: str, last: str) -> None:
    assert kinds(f"<<EOT\na\n{last.format(space)}\nx\n")[3:] == [TokenKind.NEWLINE, TokenKind.IDENT, TokenKind.NEWLINE]


@pytest.mark.parametrize("other", "\x00\x1c\x1d\x1e\x1f\u180e\u200b\u2060\ufeff.-_aé'\"#}")
@pytest.mark.parametrize("last", ["{}EOT", "EOT{}"])
def test_what_go_takes_for_no_space_makes_another_line_of_a_marker(other: str, last: str) -> None:
    line = f"{last.format(other)}\n"
    assert texts(f"<<EOT\n{line}EOT\n") == ["<<EOT\n", line, "EOT", "\n"]


@pytest.mark.parametrize(
    "line", ["$EOT", "EOT$", "%EOT", "$$EOT", "$${EOT", "eot", "EOTEOT", "EOT EOT", "<<EOT", "# EOT"]
)
def test_a_line_that_is_more_than_the_marker_is_text(line: str) -> None:
    assert texts(f"<<EOT\n{line}\nEOT\n") == ["<<EOT\n", f"{line}\n", "EOT", "\n"]


def test_a_heredoc_may_be_empty() -> None:
    assert texts("<<EOT\nEOT\n") == ["<<EOT\n", "EOT", "\n"]


def test_an_interpolation_is_code_within_a_heredoc() -> None:
    found = texts("<<EOT\na ${b\n} c\n${d}EOT\n${\ne}\nEOT\n")
    assert found[:8] == ["<<EOT\n", "a ", "${", "b", "\n", "}", " c\n", "${"]
    assert found[8:] == ["d", "}", "EOT\n", "${", "\n", "e", "}", "\n", "EOT", "\n"]


def test_a_marker_behind_an_interpolation_ends_nothing() -> None:
    assert texts("<<E\n${a\n}E\n${\nb}\nE\n").count("E") == 1


def test_a_heredoc_within_an_interpolation_of_another_has_an_end_of_its_own() -> None:
    found = texts("<<A\n${<<A\na\nA\n}A\nA\nx\n")
    assert found == ["<<A\n", "${", "<<A\n", "a\n", "A", "\n", "}", "A\n", "A", "\n", "x", "\n"]


def test_a_heredoc_nests_in_another_through_a_quoted_text() -> None:
    found = texts('<<A\n${"b${<<B\nA\nB\n}c"}\nA\n')
    assert found == ["<<A\n", "${", '"', "b", "${", "<<B\n", "A\n", "B", "\n", "}", "c", '"', "}", "\n", "A", "\n"]


def test_the_end_of_a_heredoc_is_found_from_its_first_line() -> None:
    text = "x = <<E\na ${<<E\nE\n}\n E \ny\n"
    assert text[: end_of_heredoc(text, len("x = <<E\n"), "E")] == "x = <<E\na ${<<E\nE\n}\n E "


@pytest.mark.parametrize(
    "word", ["é", "日本", "ª", "a\u0301", "_é-b", "a\u0660", "\u2118", "a\xb7", "ǅ", "\u16ee", "a\u203f"]
)
def test_an_identifier_is_made_of_unicodes_letters(word: str) -> None:
    assert kinds(f"{word} = {word}.{word}")[::2] == [TokenKind.IDENT, TokenKind.IDENT, TokenKind.IDENT]


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
        ('a"b', 1, '`"` is not closed'),
        ('a"b\nc"', 1, '`"` is not closed on its line'),
        ('a"b\rc"', 1, '`"` is not closed on its line'),
        ('"${a', 1, "`${` is not closed by `}`"),
        ('"%{ if a', 1, "`%{` is not closed by `}`"),
        ("a [b", 2, "`[` is not closed"),
        ("{(", 1, "`(` is not closed"),
        ("a <<-EOT\nEOT", 2, "`<<-EOT` is not closed by a line `EOT`"),
        ("<<EOT\n${a}EOT\n", 0, "`<<EOT` is not closed by a line `EOT`"),
        ("<<A\n${<<B\nA\n}\nA\n", 6, "`<<B` is not closed by a line `B`"),
        ("<<A\na\rb\nA\n", 5, r"HCL has no token that begins with '\r'"),
        ("a <<EOT \nEOT\n", 2, "`<<` does not begin a heredoc: the marker must be the last word of the line"),
        ("a << b", 2, "`<<` does not begin a heredoc: the marker must be the last word of the line"),
        ("<<1\n1\n", 0, "`<<` does not begin a heredoc: the marker must be the last word of the line"),
        ("<<a\u200b\na\u200b\n", 3, r"HCL has no token that begins with '\u200b'"),
        ("a)", 1, "`)` closes nothing"),
        ("a }", 2, "`}` closes nothing"),
        ("([)", 2, "`)` does not close `[`, which is open here"),
        ('"${(}"', 4, "`}` does not close `(`, which is open here"),
        ("{ a ~}", 4, "`~}` does not close `{`, which is open here"),
        ("a\rb", 1, r"HCL has no token that begins with '\r'"),
        ("a\xa0b", 1, r"HCL has no token that begins with '\xa0'"),
        ("\ufeffa", 0, r"HCL has no token that begins with '\ufeff'"),
        ("\u0301a", 0, "HCL has no token that begins with '\u0301'"),
        ("aé\u2028b", 2, r"HCL has no token that begins with '\u2028'"),
        ("\u0661", 0, "HCL has no token that begins with '\u0661'"),
        ("1.2.3", 0, "`1.2.3` is not a number"),
        ("a 1..2", 2, "`1..2` is not a number"),
        ("/* a", 0, "`/*` is not closed"),
        (r'"\ud800"', 1, r"`\u` is not an escape of HCL"),
        (r'"\uDFFF"', 1, r"`\u` is not an escape of HCL"),
        (r'"\U0000d800"', 1, r"`\U` is not an escape of HCL"),
        (r'"\U00110000"', 1, r"`\U` is not an escape of HCL"),
        (r'"a\q"', 2, r"`\q` is not an escape of HCL"),
        (r'"\u123"', 1, r"`\u` is not an escape of HCL"),
        (r'"\U0001f60"', 1, r"`\U` is not an escape of HCL"),
        ("a & b", 2, "HCL has no token that begins with '&'"),
        ("a = 'b'", 4, 'HCL has no token that begins with "\'"'),
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


@pytest.mark.parametrize(("opening", "closing"), ["[]", "()", "{}"])
def test_so_much_may_be_open_and_not_more(opening: str, closing: str) -> None:
    assert len(tokens(opening * MOST_OPEN + closing * MOST_OPEN)) == 2 * MOST_OPEN
    with pytest.raises(TokenError, match="more than 100 brackets, quotes and templates are open here") as refusal:
        tokens(opening * (MOST_OPEN + 1) + closing * (MOST_OPEN + 1))
    assert refusal.value.offset == MOST_OPEN


def test_quotes_and_templates_are_open_as_brackets_are() -> None:
    half = MOST_OPEN // 2
    assert tokens('"${' * half + "a" + '}"' * half)
    with pytest.raises(TokenError, match="more than 100"):
        tokens('"${' * half + '"a"' + '}"' * half)


def test_heredocs_are_open_as_brackets_are() -> None:
    half = MOST_OPEN // 2
    nested = "<<E\n${" * half + "\n" + "}\nE\n" * half
    assert tokens(nested)
    with pytest.raises(TokenError, match="more than 100"):
        tokens(nested.replace("{\n", "{[]\n"))


def test_nothing_stays_open_beyond_its_end() -> None:
    assert tokens("[({})]\n" * 3 * MOST_OPEN + '"${a}"\n' * MOST_OPEN + "<<E\n${a}\nE\n" * MOST_OPEN)
