"""A body told by its lines: what stands in it, and where each item begins and ends."""

from __future__ import annotations

import pytest

from generator.hcl.items import Item, LineEdit, Lines, edited

BLOCK = """\
resource "aws_x" "y" {
  # name = "a comment {"
  name    = "a { b" # and another {
  "quoted" = 1

  text = <<EOT
  name = "in a heredoc"
  }
EOT
  list = [
    1,
    2
  ]
  one { a = 1 }
  nested {
    name = "deeper"
  }
  dynamic "setting" {
    for_each = var.x
    content {
      name = setting.value
    }
  }
  call = merge(local.x, {
    name = "deeper"
  })
  tags = local.tags
}"""


def items_of(body: str) -> list[Item]:
    lines = Lines(f"x {{\n{body}\n}}")
    return list(lines.items(1, len(lines.lines) - 1))


def is_plain(body: str) -> bool:
    lines = Lines(f"x {{\n{body}\n}}")
    return lines.is_plain(1, len(lines.lines) - 1)


def test_each_item_has_its_name_and_its_lines() -> None:
    lines = Lines(BLOCK)
    found = {item.name: lines.lines[item.first : item.end] for item in lines.items(1, len(lines.lines) - 1)}
    assert {name: (len(of_item), of_item[0].strip(), of_item[-1].strip()) for name, of_item in found.items()} == {
        "name": (1, 'name    = "a { b" # and another {', 'name    = "a { b" # and another {'),
        "quoted": (1, '"quoted" = 1', '"quoted" = 1'),
        "text": (4, "text = <<EOT", "EOT"),
        "list": (4, "list = [", "]"),
        "one": (1, "one { a = 1 }", "one { a = 1 }"),
        "nested": (3, "nested {", "}"),
        "setting": (6, 'dynamic "setting" {', "}"),
        "call": (3, "call = merge(local.x, {", "})"),
        "tags": (1, "tags = local.tags", "tags = local.tags"),
    }


@pytest.mark.parametrize(
    ("body", "is_block", "opens"),
    [
        ("a {\n  b = 1\n}", True, True),
        ("a { # said of it\n  b = 1\n}", True, True),
        ("a = {\n  b = 1\n}", False, True),
        ("a = {\n  b = 1\n},", False, True),
        ('"a" : {\n  b = 1\n}', False, True),
        ("a = {\n}", False, True),
        ("a {}", True, False),
        ("a { b = 1 }", True, False),
        ("a = { b = 1 }", False, False),
        ("a = {\n  b = 1 }", False, False),
        ("a = { b = 1\n}", False, False),
        ("a = merge({\n  b = 1\n})", False, False),
        ("a = [{\n  b = 1\n}]", False, False),
        ("a = var.x ? {\n  b = 1\n} : {\n  c = 1\n}", False, False),
        ("a = {\n  b = 1\n} == {\n  c = 1\n}", False, False),
        ('dynamic "a" {\n  content {\n  }\n}', True, False),
        ("a = <<EOT\n{\n}\nEOT", False, False),
    ],
)
def test_what_opens_has_its_members_between_its_first_and_its_last_line(body: str, is_block: bool, opens: bool) -> None:
    lines = Lines(f"x {{\n{body}\n}}")
    (item,) = lines.items(1, len(lines.lines) - 1)
    assert (item.name, item.is_block, lines.opens(item)) == ("a", is_block, opens)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", True),
        ("a = 1\n\n# b\nc {\n  d = 1, e = 2\n}", True),
        ('a = 1,\nb = [1, 2],\n"c d" = f(1, 2)', True),
        ('a = ","\nb = "${f(1, 2)}"', True),
        ('"\\u0061" = 1', True),
        ("1 = 2", True),
        ("a = <<EOT\nb = 1, c = 2\nEOT", True),
        ("a = 1, b = 2", False),
        ("a = [\n1\n], b = 2", False),
        ("a = 1\nb = 2 }\ny {", False),
        ("(var.a) = 1", False),
        ('"${var.a}" = 1', False),
        ("for k, v in var.x : k => v", False),
        ("a = 1\n/* b = 1\nc = 2 */", False),
        ("a = 1 /* b */", True),
    ],
)
def test_a_body_is_plain_where_each_item_is_in_lines_of_its_own_and_has_a_name(body: str, expected: bool) -> None:
    assert is_plain(body) is expected


def test_a_body_whose_brace_shares_its_last_line_is_not_plain() -> None:
    lines = Lines("x {\n  a = 1\n  b = 2 }")
    assert not lines.is_plain(1, 2)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("[]", []),
        ("[a.b, c.d]", ["a.b", "c.d"]),
        ('[\n  a.b, # e.f\n  c.d["x, y"],\n  m.n[0],\n]', ["a.b", 'c.d["x, y"]', "m.n[0]"]),
        ("[f(1, 2)]", ["f(1,2)"]),
        ("concat([a.b], [])", None),
        ("[a.b][0]", None),
        ("var.x", None),
    ],
)
def test_the_elements_of_a_list_are_told_without_comments(value: str, expected: list[str] | None) -> None:
    lines = Lines(f"x {{\n  a = {value}\n}}")
    (item,) = lines.items(1, len(lines.lines) - 1)
    assert lines.elements(item) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [('"mail"', "mail"), ('"a\\"b",', 'a"b'), ('"${var.x}-mail"', None), ("local.x", None), ('""', None)],
)
def test_the_text_of_an_item_is_told_where_it_has_no_template(value: str, expected: str | None) -> None:
    (item,) = items_of(f"name = {value}")
    assert item.text == expected


def test_the_objects_of_a_list_begin_in_lines_of_their_own() -> None:
    lines = Lines("x {\n  a = f([\n    {\n      b = {\n      }\n    },\n    { c = 1 },\n    {\n    }\n  ])\n}")
    (item,) = lines.items(1, len(lines.lines) - 1)
    assert [(one.first, one.end) for one in lines.objects(item)] == [(2, 6), (7, 9)]


def test_lines_are_put_in_the_place_of_others_and_between_them() -> None:
    edits = [LineEdit(0, 0, ("before",)), LineEdit(1, 3, ("x",)), LineEdit(3, 3, ("y", "z")), LineEdit(4, 5, ())]
    assert edited(["a", "b", "c", "d", "e"], edits) == ["before", "a", "x", "y", "z", "d"]
