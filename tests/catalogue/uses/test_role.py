"""What a service waits for: the policies that its tasks need, where it has a role of its own."""

from __future__ import annotations

import pytest

from tests.support.rendering import SMALL, catalogue_of

OF_EXECUTION = ["aws_iam_role_policy_attachment.exec_managed", "aws_iam_role_policy.exec_extra"]
OF_OWN_EXECUTION = ["aws_iam_role_policy_attachment.exec_managed_mail", "aws_iam_role_policy.exec_extra_mail"]
OF_SECRETS = "aws_iam_role_policy_attachment.task_execution_secrets"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], []),
        (["queue: jobs"], []),
        (["secrets: {A: a}"], []),
        (["role: own"], OF_EXECUTION),
        (["role: own", "queue: jobs"], ["aws_iam_role_policy.task_mail", *OF_EXECUTION]),
        (["role: own", "secrets: {A: a}"], [OF_SECRETS, *OF_EXECUTION]),
        (["role: own", "secrets: {A: '${aws_ssm_parameter.a.arn}'}"], [OF_SECRETS, *OF_EXECUTION]),
        (["execution_role: own"], OF_OWN_EXECUTION),
        (["execution_role: own", "secrets: {A: a}", "queue: jobs"], OF_OWN_EXECUTION),
        (
            ["role: own", "execution_role: own", "secrets: {A: a}", "queue: jobs"],
            ["aws_iam_role_policy.task_mail", *OF_OWN_EXECUTION],
        ),
    ],
)
def test_a_service_with_a_role_of_its_own_waits_for_its_policies(lines: list[str], expected: list[str]) -> None:
    text = SMALL + "".join(f"    {line}\n" for line in lines)
    assert catalogue_of(text).services["mail"].dependencies == expected
