"""Every way in which the reach of a role grows or shrinks is told, as the policies are rendered."""

from __future__ import annotations

import pytest

from generator.changes.reach import permissions_in, reach_between
from generator.hcl.nodes import nodes_of
from generator.hcl.rendered_nodes import rendered_nodes

ROLE = """\
resource "aws_iam_role" "a" {
  name = "a"
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}
"""


def policy(*statements: str) -> str:
    return (
        'resource "aws_iam_role_policy" "p" {\n  role = aws_iam_role.a.id\n'
        f"  policy = jsonencode({{ Statement = [{', '.join(statements)}] }})\n}}\n"
    )


def statement(**changed: str) -> str:
    elements = {"Effect": '"Allow"', "Action": '"s3:GetObject"', "Resource": '"b"'} | changed
    return "{ " + ", ".join(f"{name} = {value}" for name, value in elements.items() if value) + " }"


def attached(arn: str, repeated: str = "") -> str:
    return (
        f'resource "aws_iam_role_policy_attachment" "t" {{\n  {repeated}\n'
        f"  role = aws_iam_role.a.name\n  policy_arn = {arn}\n}}\n"
    )


def told(before: str, after: str) -> tuple[list[str], list[str]]:
    reach = reach_between(rendered_nodes(ROLE + before), rendered_nodes(ROLE + after))
    return tuple(  # type: ignore[return-value] # there are two of them
        [f"{one.role}: {one.kind.value.format(one.action, one.resource)}" for one in several]
        for several in (reach.gained, reach.lost)
    )


GET = "aws_iam_role.a: s3:GetObject on b"


def test_a_policy_that_stays_grants_what_the_locals_that_it_reads_name() -> None:
    stays = policy(statement(Resource="local.bucket"))
    before, after = (
        f'{stays}locals {{\n  bucket = local.of_all\n}}\nlocals {{\n  of_all = "{name}"\n}}\n' for name in "bc"
    )

    assert told(before, before) == ([], [])
    assert told(before, after) == (["aws_iam_role.a: s3:GetObject on c"], [GET])


@pytest.mark.parametrize(
    ("after", "gained"),
    [
        (policy(statement(Action='["s3:GetObject", "s3:*"]')), ["s3:* on b"]),
        (policy(statement(Resource='["b", "*"]')), ["s3:GetObject on *"]),
        (policy(statement(), statement(Action="", NotAction='["iam:*"]')), ["everything except iam:* on b"]),
        (policy(statement(), statement(Resource="", NotResource='"c"')), ["s3:GetObject on everything except c"]),
        (policy(statement(), "var.more"), ["what ${var.more} grants"]),
        (
            policy(statement()) + attached('"arn:aws:iam::aws:policy/Admin"'),
            ["the managed policy arn:aws:iam::aws:policy/Admin"],
        ),
        (
            policy(statement()) + attached("each.value", 'for_each = toset(["x", "y"])'),
            ["the managed policy x", "the managed policy y"],
        ),
        (
            policy(statement()) + 'resource "aws_iam_role_policy_attachments_exclusive" "e" {\n'
            '  role_name = "a"\n  policy_arns = ["x"]\n}\n',
            ["the managed policy x"],
        ),
        (
            policy(statement())
            + 'resource "aws_iam_policy_attachment" "e" {\n  name = "e"\n  roles = ["a"]\n  policy_arn = "x"\n}\n',
            ["the managed policy x"],
        ),
    ],
)
def test_whatever_more_a_role_may_do_is_gained(after: str, gained: list[str]) -> None:
    assert told(policy(statement()), after) == ([f"aws_iam_role.a: {one}" for one in gained], [])
    assert told(after, policy(statement())) == ([], [f"aws_iam_role.a: {one}" for one in gained])


def test_a_condition_that_goes_is_a_permission_that_comes() -> None:
    condition = '{ StringEquals = { "aws:SourceAccount" = "1" } }'
    gained, lost = told(policy(statement(Condition=condition)), policy(statement()))
    assert gained == [GET]
    assert lost == [f'{GET} if {{"StringEquals": {{"aws:SourceAccount": ["1"]}}}}']


def test_a_denial_that_goes_is_a_permission_that_comes() -> None:
    denied = policy(statement(), statement(Effect='"Deny"', Action='"s3:*"'))
    assert told(denied, policy(statement())) == (["aws_iam_role.a: s3:* on b, which was denied"], [])
    assert told(policy(statement()), denied) == ([], ["aws_iam_role.a: s3:* on b, which is denied"])


def test_a_boundary_that_goes_is_a_permission_that_comes() -> None:
    bound = 'resource "aws_iam_role" "b" {\n  name = "b"\n  permissions_boundary = "x"\n}\n'
    free = 'resource "aws_iam_role" "b" {\n  name = "b"\n}\n'
    assert told(bound, free) == (["aws_iam_role.b: what the boundary x forbade"], [])
    assert told(free, bound) == ([], ["aws_iam_role.b: what the boundary x forbids"])


def test_whoever_may_assume_a_role_is_told() -> None:
    trust = 'resource "aws_iam_role" "b" {{\n  name = "b"\n  assume_role_policy = {}\n}}\n'
    one = 'jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "1" } }] })'
    assert told(trust.format(one), trust.format(one.replace('{ AWS = "1" }', '"*"'))) == (
        ["aws_iam_role.b: sts:AssumeRole for AWS *"],
        ["aws_iam_role.b: sts:AssumeRole for AWS 1"],
    )
    assert told(trust.format(one), trust.format("var.trust"))[0] == [
        "aws_iam_role.b: trust in the principals that ${var.trust} names"
    ]


def test_a_policy_of_the_module_grants_what_it_says_and_a_document_what_it_makes() -> None:
    own = (
        'data "aws_iam_policy_document" "d" {\n  statement {\n'
        '    actions = ["s3:GetObject"]\n    resources = ["b"]\n  }\n}\n'
        'resource "aws_iam_policy" "o" {\n  name = "o"\n  policy = data.aws_iam_policy_document.d.json\n}\n'
    )
    by_reference, by_name = attached("aws_iam_policy.o.arn"), attached('"arn:aws:iam::1:policy/o"')
    for attachment in (by_reference, by_name):
        found = permissions_in(nodes_of([ROLE, own, attachment]))
        assert [(one.action, one.resource) for one in found if one.action.startswith("s3:")] == [("s3:GetObject", "b")]


def test_a_heredoc_is_read_as_the_policy_that_it_is() -> None:
    heredoc = (
        'resource "aws_iam_role_policy" "p" {\n  role = "a"\n  policy = <<-EOT\n'
        '    {"Statement": [{"Effect": "Allow",\n'
        '      "Action": "s3:GetObject", "Resource": "${var.bucket}/*"}]}\n  EOT\n}\n'
    )
    assert told("", heredoc) == (["aws_iam_role.a: s3:GetObject on ${var.bucket}/*"], [])


def test_a_document_without_a_statement_grants_nothing() -> None:
    document = 'data "aws_iam_policy_document" "d" {\n  policy_id = "later"\n}\n'
    grant = (
        'resource "aws_iam_role_policy" "p" {\n  role = aws_iam_role.a.id\n'
        "  policy = data.aws_iam_policy_document.d.json\n}\n"
    )
    assert told("", grant + document) == ([], [])


def document(effect: str) -> str:
    dynamic = (
        '  dynamic "statement" {\n    for_each = length(var.b) > 0 ? [var.b] : []\n    content {\n'
        f'      effect = "{effect}"\n      actions = ["s3:PutObject"]\n'
        "      resources = statement.value\n    }\n  }\n"
    )
    return (
        'resource "aws_iam_role_policy" "p" {\n  role   = aws_iam_role.a.id\n'
        "  policy = data.aws_iam_policy_document.d.json\n}\n"
        'data "aws_iam_policy_document" "d" {\n'
        f'  statement {{\n    actions = ["s3:GetObject"]\n    resources = ["b"]\n  }}\n{dynamic}}}\n'
    )


def test_statements_of_which_there_may_be_none_are_told_beside_the_others() -> None:
    put = "aws_iam_role.a: s3:PutObject on ${var.b}"
    assert told("", document("Allow")) == ([GET, put], [])
    assert told(document("Allow"), policy(statement())) == ([], [put])


def test_a_denial_that_may_not_be_there_takes_nothing_away() -> None:
    gained, lost = told(policy(statement()), document("Deny"))
    assert ["${dynamic(" in one for one in gained] == [True]
    assert lost == []
