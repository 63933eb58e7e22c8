"""Golden cases, planned and applied by the real provider; and edits of them, held to their plans."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
import yaml

from generator.edition import Edition
from generator.plan.contract import Contract
from generator.plan.read import read_plan
from tests.support.paths import TESTS
from tests.support.rendering import dumped
from tests.terraform.conftest import NewStack
from tests.terraform.drafts import Draft, actions
from tests.terraform.leaves import change_leaf, leaves_of_changes
from tests.terraform.provider import newest
from tests.terraform.stack import ADDRESS, Plan, texts

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("terraform")]

SECRETS = "secrets-of-expressions"
SINCE = {
    "container-definition": (5, 0, 0),
    "containers": (5, 0, 0),
    "existing": (4, 41, 0),
    "instances": (5, 0, 0),
    "job": (4, 41, 0),
    "launch": (5, 0, 0),
    "log-router": (5, 0, 0),
    "names": (5, 0, 0),
    "own-execution-role": (5, 0, 0),
    "permissions": (4, 41, 0),
    "secrets-of-expressions": (3, 39, 0),
    "security-group": (4, 41, 0),
    "service": (5, 51, 1),
    "task": (3, 39, 0),
    "target-groups": (4, 0, 0),
    "terraform-arguments": (5, 0, 0),
    "volumes": (5, 51, 1),
    "when": (4, 41, 0),
}
"""Golden cases, and the first version of the provider that each was applied with or that has its types."""

Catalogue = dict[str, Any]


class Edit(NamedTuple):
    """An edit of a case, and what its plan does to resources, by their addresses."""

    case: str
    change: Callable[[Catalogue], object]
    actions: dict[str, list[str]]


_OF_WEB = (
    "aws_cloudwatch_log_group.web[0]",
    "aws_ecs_service.web[0]",
    "aws_ecs_task_definition.web[0]",
    "aws_iam_role.task_execution_web[0]",
    "aws_iam_role.task_web[0]",
    "aws_iam_role_policy.exec_extra_web[0]",
    "aws_iam_role_policy.task_web[0]",
    "aws_iam_role_policy_attachment.exec_managed_web[0]",
)

EDITS = {
    "a provider less": Edit(
        "launch",
        lambda services: services["report"]["capacity"].pop(),
        {"aws_scheduler_schedule.report": ["update"]},
    ),
    "more tasks on Spot": Edit(
        "launch",
        lambda services: services["report"]["capacity"][0].update(weight=5),
        {"aws_scheduler_schedule.report": ["update"]},
    ),
    "another placement": Edit(
        "instances",
        lambda services: services["web"]["placement"]["strategy"].pop(),
        {"aws_ecs_service.web": ["update"]},
    ),
    "a bridge": Edit(
        "instances",
        lambda services: services["migrate"].update(network_mode="bridge"),
        {"aws_ecs_task_definition.migrate": ["delete", "create"]},
    ),
    "no daemon": Edit(
        "instances",
        lambda services: services["agent"].pop("scheduling"),
        {"aws_ecs_service.agent": ["delete", "create"]},
    ),
    "another schedule": Edit(
        "job",
        lambda services: services["report"].update(schedule="cron(30 7 ? * MON-FRI *)"),
        {"aws_scheduler_schedule.report": ["update"]},
    ),
    "not enabled": Edit(
        "job",
        lambda services: services["clean-up"].update(enabled=False),
        {"aws_scheduler_schedule.clean_up": ["update"]},
    ),
    "fewer retries": Edit(
        "job",
        lambda services: services["report"]["delivery"].update(retries=1),
        {"aws_scheduler_schedule.report": ["update"]},
    ),
    "no delivery": Edit(
        "job",
        lambda services: services["report"].pop("delivery"),
        {"aws_scheduler_schedule.report": ["update"], "aws_iam_role_policy.schedule_report": ["update"]},
    ),
    "another command": Edit(
        "job",
        lambda services: services["report"].update(command=["python", "all.py"]),
        {"aws_ecs_task_definition.report": ["delete", "create"], "aws_scheduler_schedule.report": ["update"]},
    ),
    "one job more": Edit(
        "job",
        lambda services: services.update(seed={"kind": "job", "schedule": "rate(1 day)", "role": "own"}),
        {
            "aws_cloudwatch_log_group.seed": ["create"],
            "aws_ecs_task_definition.seed": ["create"],
            "aws_iam_role.schedule_seed": ["create"],
            "aws_iam_role.task_seed": ["create"],
            "aws_iam_role_policy.schedule_seed": ["create"],
            "aws_scheduler_schedule.seed": ["create"],
        },
    ),
    "one job less": Edit(
        "job",
        lambda services: services.pop("import"),
        {
            "aws_cloudwatch_log_group.import": ["delete"],
            "aws_ecs_task_definition.import": ["delete"],
            "aws_iam_role.schedule_import": ["delete"],
            "aws_iam_role_policy.schedule_import": ["delete"],
            "aws_scheduler_schedule.import": ["delete"],
        },
    ),
    "one task more": Edit(
        "task",
        lambda services: services.update(seed={"kind": "task", "command": ["seed"]}),
        {"aws_cloudwatch_log_group.seed": ["create"], "aws_ecs_task_definition.seed": ["create"]},
    ),
    "another user": Edit(
        "container-definition",
        lambda services: services["web"]["container_definition"].update(user="0"),
        {"aws_ecs_service.web": ["update"], "aws_ecs_task_definition.web": ["delete", "create"]},
    ),
    "other log options": Edit(
        "container-definition",
        lambda services: services["mail"]["container_definition"]["logConfiguration"]["options"].update(
            mode="blocking"
        ),
        {"aws_ecs_service.mail": ["update"], "aws_ecs_task_definition.mail": ["delete", "create"]},
    ),
    "another order of mount points": Edit(
        "container-definition",
        lambda services: services["mail"]["container_definition"]["mountPoints"].reverse(),
        {"aws_ecs_service.mail": ["update"], "aws_ecs_task_definition.mail": ["delete", "create"]},
    ),
    "no rollback": Edit(
        "terraform-arguments",
        lambda services: services["web"]["terraform"]["aws_ecs_service"].pop("deployment_circuit_breaker"),
        {"aws_ecs_service.web": ["update"]},
    ),
    "other triggers": Edit(
        "terraform-arguments",
        lambda services: services["mail"]["terraform"]["aws_ecs_service"].update(triggers={"image": "2"}),
        {"aws_ecs_service.mail": ["update"]},
    ),
    "one volume less": Edit(
        "terraform-arguments",
        lambda services: services["index"]["terraform"]["aws_ecs_task_definition"]["volume"].pop(),
        {"aws_ecs_service.index": ["update"], "aws_ecs_task_definition.index": ["delete", "create"]},
    ),
    "longer sessions": Edit(
        "terraform-arguments",
        lambda services: services["mail"]["terraform"]["aws_iam_role.task_mail"].update(max_session_duration=3600),
        {"aws_iam_role.task_mail": ["update"]},
    ),
    "a count that is ignored": Edit(
        "terraform-arguments",
        lambda services: services["web"].update(desired_count=3),
        {},
    ),
    "a larger task": Edit(
        "task",
        lambda services: services["migrate"].update(cpu=1024, memory=2048),
        {"aws_ecs_task_definition.migrate": ["delete", "create"]},
    ),
    "another image of a further container": Edit(
        "containers",
        lambda services: services["web"]["containers"]["nginx"].update(image="nginx:1.28"),
        {"aws_ecs_service.web": ["update"], "aws_ecs_task_definition.web": ["delete", "create"]},
    ),
    "an option of the log router more": Edit(
        "log-router",
        lambda services: services["web"].update(log_router={"options": {"dd_source": "nginx"}}),
        {"aws_ecs_service.web": ["update"], "aws_ecs_task_definition.web": ["delete", "create"]},
    ),
    "an execution role of its own": Edit(
        "own-execution-role",
        lambda services: services["web"].update(execution_role="own"),
        {
            "aws_ecs_service.web": ["update"],
            "aws_ecs_task_definition.web": ["delete", "create"],
            "aws_iam_policy.task_execution_secrets": ["update"],
            "aws_iam_role.task_execution_web": ["create"],
            "aws_iam_role_policy.exec_extra": ["update"],
            "aws_iam_role_policy.exec_extra_web": ["create"],
            "aws_iam_role_policy_attachment.exec_managed_web": ["create"],
        },
    ),
    "the shared execution role again": Edit(
        "own-execution-role",
        lambda services: services["report"].pop("execution_role"),
        {
            "aws_ecs_task_definition.report": ["delete", "create"],
            "aws_iam_role.task_execution_report": ["delete"],
            "aws_iam_role_policy.exec_extra_report": ["delete"],
            "aws_iam_role_policy.schedule_report": ["update"],
            "aws_iam_role_policy_attachment.exec_managed_report": ["delete"],
            "aws_scheduler_schedule.report": ["update"],
        },
    ),
    "no shared execution role": Edit(
        "own-execution-role",
        lambda services: [services[key].update(execution_role="own") for key in ("web", "mail")],
        {
            "aws_iam_policy.task_execution_secrets": ["delete"],
            "aws_iam_role.task_execution": ["delete"],
            "aws_iam_role_policy.exec_extra": ["delete"],
            "aws_iam_role_policy_attachment.exec_managed": ["delete"],
            "aws_iam_role_policy_attachment.task_execution_secrets": ["delete"],
            **{f"aws_ecs_service.{key}": ["update"] for key in ("web", "mail")},
            **{f"aws_ecs_task_definition.{key}": ["delete", "create"] for key in ("web", "mail")},
            **{f"aws_iam_role.task_execution_{key}": ["create"] for key in ("web", "mail")},
            **{f"aws_iam_role_policy.exec_extra_{key}": ["create"] for key in ("web", "mail")},
            **{f"aws_iam_role_policy_attachment.exec_managed_{key}": ["create"] for key in ("web", "mail")},
        },
    ),
    "a parameter less": Edit(
        "own-execution-role",
        lambda services: services["pay-out"]["secrets"].update(LIMIT={"secret": "owner"}, LIMIT_OF_DAY="owner"),
        {
            "aws_ecs_service.pay_out": ["update"],
            "aws_ecs_task_definition.pay_out": ["delete", "create"],
            "aws_iam_role_policy.exec_extra_pay_out": ["update"],
        },
    ),
    "another path of health checks": Edit(
        "target-groups",
        lambda services: services["web"]["load_balancer"]["target_group"]["health_check"].update(path="/up"),
        {"aws_lb_target_group.web": ["update"]},
    ),
    "no delay": Edit(
        "target-groups",
        lambda services: services["web"]["load_balancer"]["target_group"].update(deregistration_delay=0),
        {"aws_lb_target_group.web": ["update"]},
    ),
    "a target group less": Edit(
        "target-groups",
        lambda services: services["api"]["load_balancer"].pop(),
        {"aws_ecs_service.api": ["update"]},
    ),
    "another name": Edit(
        "target-groups",
        lambda services: services["beta"]["names"].update(target_group="beta-2"),
        {
            "aws_ecs_service.beta[0]": ["update"],
            "aws_lb_listener_rule.beta[0]": ["update"],
            "aws_lb_target_group.beta[0]": ["delete", "create"],
        },
    ),
    "another tag": Edit(
        "target-groups",
        lambda services: services["beta"].update(tags={"team": "web"}),
        {
            **{f"{type_}.beta[0]": ["update"] for type_ in ("aws_ecs_service", "aws_ecs_task_definition")},
            **{f"{type_}.beta[0]": ["update"] for type_ in ("aws_lb_target_group", "aws_cloudwatch_log_group")},
        },
    ),
    "a rule less, which would stay if nothing were written": Edit(
        "security-group",
        lambda services: services["clean-up"]["security_group"].update(ingress={"monitoring": None}),
        {"aws_security_group.clean_up[0]": ["update"]},
    ),
    "a port more": Edit(
        "security-group",
        lambda services: services["web"]["ports"].append(9000),
        {
            "aws_ecs_service.web": ["update"],
            "aws_ecs_task_definition.web": ["delete", "create"],
            "aws_security_group.web": ["update"],
        },
    ),
    "no security group of its own": Edit(
        "security-group",
        lambda services: services["mail"].update(security_group=None),
        {"aws_ecs_service.mail": ["update"], "aws_security_group.mail": ["delete"]},
    ),
    "another description": Edit(
        "security-group",
        lambda services: services["web"]["terraform"]["aws_security_group"].update(description="The web"),
        {"aws_ecs_service.web": ["update"], "aws_security_group.web": ["delete", "create"]},
    ),
    "a mount more": Edit(
        "volumes",
        lambda services: services["migrate"]["mounts"].update(tmp="/scratch"),
        {"aws_ecs_task_definition.migrate": ["delete", "create"]},
    ),
    "another order of mounts": Edit(
        "volumes",
        lambda services: services["web"].update(mounts=dict(reversed(services["web"]["mounts"].items()))),
        {"aws_ecs_service.web": ["update"], "aws_ecs_task_definition.web": ["delete", "create"]},
    ),
    "a mount that is read-only": Edit(
        "volumes",
        lambda services: services["web"]["mounts"].update(uploads={"path": "/srv/uploads", "read_only": True}),
        {
            "aws_ecs_service.web": ["update"],
            "aws_ecs_task_definition.web": ["delete", "create"],
            "aws_iam_role_policy.task_web": ["update"],
        },
    ),
    "a volume more": Edit(
        "volumes",
        lambda services: services["web"]["volumes"].update(more={}),
        {"aws_ecs_service.web": ["update"], "aws_ecs_task_definition.web": ["delete", "create"]},
    ),
    "another folder": Edit(
        "volumes",
        lambda services: services["web"]["volumes"]["themes"]["efs"].update(root_directory="/next"),
        {"aws_ecs_service.web": ["update"], "aws_ecs_task_definition.web": ["delete", "create"]},
    ),
    "a file system without IAM": Edit(
        "volumes",
        lambda services: services["web"]["volumes"]["themes"]["efs"].pop("iam"),
        {
            "aws_ecs_service.web": ["update"],
            "aws_ecs_task_definition.web": ["delete", "create"],
            "aws_iam_role_policy.task_web": ["update"],
        },
    ),
    "a larger disk": Edit(
        "volumes",
        lambda services: services["index"]["volumes"]["disk"]["ebs"].update(size=200),
        {"aws_ecs_service.index": ["update"]},
    ),
    "no list of secrets": Edit(
        SECRETS,
        lambda services: [services[key].pop("secrets_from") for key in ("replaces", "adds", "lists")],
        {
            "aws_iam_role_policy.exec_extra": ["update"],
            **{f"aws_ecs_task_definition.{key}": ["delete", "create"] for key in ("replaces", "adds", "lists")},
        },
    ),
    "a mapping in place of an empty one": Edit(
        SECRETS,
        lambda services: services["none"].update(secrets="${local.shared_secrets}"),
        {"aws_ecs_task_definition.none": ["delete", "create"]},
    ),
    "a queue less of a role that exists": Edit(
        "existing",
        lambda services: services["mail"].pop("queue"),
        {"aws_iam_role_policy.task_mail": ["delete"]},
    ),
    "a log group of its own": Edit(
        "existing",
        lambda services: services["mail"].pop("log_group"),
        {
            "aws_cloudwatch_log_group.mail": ["create"],
            "aws_ecs_service.mail": ["update"],
            "aws_ecs_task_definition.mail": ["delete", "create"],
        },
    ),
    "a condition less": Edit("when", lambda services: services["web"].pop("when"), {}),
    "a condition more": Edit("when", lambda services: services["index"].update(when="${var.with_web}"), {}),
    "a condition that does not hold": Edit(
        "when",
        lambda services: services["web"].update(when="${!var.with_web}"),
        {address: ["delete"] for address in _OF_WEB},
    ),
    "a service that is left out": Edit(
        "when",
        lambda services: services["migrate"].update(when=False),
        {"aws_ecs_task_definition.migrate[0]": ["delete"]},
    ),
    "a condition that holds": Edit(
        "when",
        lambda services: services["report"].update(when='${var.stage == "dev"}'),
        {
            "aws_cloudwatch_log_group.report[0]": ["create"],
            "aws_ecs_task_definition.report[0]": ["create"],
            "aws_iam_role.schedule_report[0]": ["create"],
            "aws_iam_role.task_report[0]": ["create"],
            "aws_iam_role_policy.schedule_report[0]": ["create"],
            "aws_scheduler_schedule.report[0]": ["create"],
        },
    ),
    "another size under a new condition": Edit(
        "when",
        lambda services: services["index"].update(when="${var.with_web}", cpu=512, memory=1024),
        {"aws_ecs_service.index[0]": ["update"], "aws_ecs_task_definition.index[0]": ["delete", "create"]},
    ),
    "another name of a service": Edit(
        "names",
        lambda services: services["web"]["names"].update(service="website"),
        {"aws_ecs_service.web": ["delete", "create"]},
    ),
    "another name of a container": Edit(
        "names",
        lambda services: services["web"]["names"].update(container="site"),
        {"aws_ecs_service.web": ["update"], "aws_ecs_task_definition.web": ["delete", "create"]},
    ),
    "another name of a log group": Edit(
        "names",
        lambda services: services["send_mail"]["names"].update(log_group="/mail/${var.stage}"),
        {
            "aws_cloudwatch_log_group.send_mail": ["delete", "create"],
            "aws_ecs_service.send_mail": ["update"],
            "aws_ecs_task_definition.send_mail": ["delete", "create"],
        },
    ),
    "other names of a job": Edit(
        "names",
        lambda services: services["nightly"].update(names={"schedule": "timer", "schedule_policy": "run"}),
        {
            "aws_iam_role_policy.schedule_nightly": ["delete", "create"],
            "aws_scheduler_schedule.nightly": ["delete", "create"],
        },
    ),
    "another family of a job": Edit(
        "names",
        lambda services: services["nightly"].update(names={"family": "nightly-${var.stage}"}),
        {
            "aws_ecs_task_definition.nightly": ["delete", "create"],
            "aws_iam_role_policy.schedule_nightly": ["update"],
            "aws_scheduler_schedule.nightly": ["update"],
        },
    ),
    "another image of tasks that two services run": Edit(
        "service",
        lambda services: services["web"].update(image="busybox:1.37"),
        {
            "aws_ecs_service.web": ["update"],
            "aws_ecs_service.web_on_spot": ["update"],
            "aws_ecs_task_definition.web": ["delete", "create"],
        },
    ),
    "another command of a job that runs the newest revision": Edit(
        "service",
        lambda services: services["report"].update(command=["all"]),
        {"aws_ecs_task_definition.report": ["delete", "create"], "aws_scheduler_schedule.report": ["update"]},
    ),
    "more tasks of another service": Edit(
        "service",
        lambda services: services["web-on-spot"].update(desired_count=4),
        {"aws_ecs_service.web_on_spot": ["update"]},
    ),
    "tasks of yet another service": Edit(
        "service",
        lambda services: services["seeds"].update(task_definition="mail", when="${var.sends_mail}"),
        {"aws_ecs_service.seeds[0]": ["update"]},
    ),
    "the revision that was registered": Edit("service", lambda services: services["web"].pop("task_definition"), {}),
    "more of what tasks may do": Edit(
        "permissions",
        lambda services: (
            services["orders"]["queues"].update({"shop-mail": ["produce"], "returns": ["consume"]}),
            services["orders"]["buckets"]["uploads"].update(prefix="out/"),
        ),
        {"aws_iam_role_policy.task_orders": ["update"]},
    ),
    "another condition and another id of a statement": Edit(
        "permissions",
        lambda services: services["search"]["permissions"]["search"].update(
            sid="Find", conditions={"StringLike": {"aws:SourceVpc": ["vpc-1", "vpc-2"]}}
        ),
        {"aws_iam_role_policy.task_search": ["update"]},
    ),
    "no denial": Edit(
        "permissions",
        lambda services: services["search"]["permissions"].pop("never"),
        {"aws_iam_role_policy.task_search": ["update"]},
    ),
    "other policies of roles": Edit(
        "permissions",
        lambda services: (
            services["search"].update(policies=["AmazonS3ReadOnlyAccess", "AmazonSQSReadOnlyAccess"]),
            services["plain"].update(policies=["AWSXRayDaemonWriteAccess"]),
        ),
        {
            "aws_iam_role_policy_attachment.task_amazon_s3_read_only_access": ["delete"],
            "aws_iam_role_policy_attachment.task_search_index": ["delete"],
            "aws_iam_role_policy_attachment.task_search_view_only_access": ["delete"],
            "aws_iam_role_policy_attachment.task_search_amazon_sqs_read_only_access": ["create"],
        },
    ),
    "no secret of an expression": Edit(
        SECRETS,
        lambda services: [service.update(secrets={"TOKEN": "token"}, secrets_from=[]) for service in services.values()],
        {
            "aws_iam_policy.task_execution_secrets": ["update"],
            "aws_iam_role_policy.exec_extra": ["update"],
            **{
                f"aws_ecs_task_definition.{key}": ["delete", "create"]
                for key in ("inherits", "replaces", "adds", "lists", "none")
            },
        },
    ),
}


class Applied(NamedTuple):
    """A case that was applied: its edition, the plan right behind that, and those of its edits by name."""

    edition: Edition
    second_plan: Plan
    edits: dict[str, tuple[Edition, Plan]]


def draft(name: str, change: Callable[[Catalogue], object] = lambda services: None) -> Draft:
    case = TESTS / "cases" / name
    catalogue = yaml.safe_load((case / "services.yaml").read_text("utf-8"))
    catalogue["module"]["address"] = ADDRESS
    change(catalogue["services"])
    files = texts(case / "expected")
    companions = {name: text for name, text in files.items() if name not in ("main.tf", "outputs.tf")}
    return Draft(dumped(catalogue), companions)


@pytest.fixture(scope="module", params=SINCE)
def case(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def applied(case: str, new_stack: NewStack) -> Applied:
    if newest() < SINCE[case]:
        pytest.skip("the provider that is found is too old for the case")
    stack, base = new_stack(), draft(case)
    stack.plan(base.files)
    stack.apply()
    second = stack.plan(base.files)
    drafts = {name: draft(case, edit.change) for name, edit in EDITS.items() if edit.case == case}
    plans = stack.plans({name: one.files for name, one in drafts.items()})
    return Applied(base.edition, second, {name: (drafts[name].edition, plan) for name, plan in plans.items()})


def faults(before: Edition, after: Edition, plan: Plan, folder: Path) -> dict[str, str]:
    file = folder / "plan.json"
    file.write_text(json.dumps(plan), "utf-8")
    contract = Contract.between(before, after)
    verdicts = contract.judge(read_plan(file, contract.address))
    return {one.address: "; ".join(map(str, one.faults)) for one in verdicts if one.faults}


def test_a_case_is_applied_and_read_back_as_it_is_rendered(applied: Applied) -> None:
    assert actions(applied.second_plan) == {}


@pytest.mark.parametrize("case", [SECRETS], indirect=True)
def test_ecs_may_read_what_expressions_come_to(applied: Applied) -> None:
    (module,) = applied.second_plan["planned_values"]["root_module"]["child_modules"]
    (extra,) = [one for one in module["resources"] if one["address"].endswith("aws_iam_role_policy.exec_extra")]
    granted = [
        sorted(re.sub("-[A-Za-z0-9]{6}$", "", arn.split(":", 5)[5]) for arn in statement["Resource"])
        for statement in json.loads(extra["values"]["policy"])["Statement"]
        if statement["Action"]
        == ["ssm:GetParameters", "secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
    ]
    assert granted == [
        ["parameter/shop/salt", "secret:token"],
        ["parameter/shop/site_key", "secret:smtp"],
        ["secret:KEY_0", "secret:KEY_1"],
    ]


def test_the_plans_of_edits_are_what_is_implied(applied: Applied, case: str, tmp_path: Path) -> None:
    assert applied.edits
    for name, (edition, plan) in applied.edits.items():
        assert actions(plan) == EDITS[name].actions, name
        assert faults(applied.edition, edition, plan, tmp_path) == {}, name


def test_no_plan_of_an_edit_in_which_one_leaf_is_another_holds(applied: Applied, tmp_path: Path) -> None:
    for name, (edition, plan) in applied.edits.items():
        places = leaves_of_changes(plan)
        for place in Random(1).sample(places, min(100, len(places))):  # noqa: S311 - the same leaves each time
            tampered = copy.deepcopy(plan)
            change_leaf(tampered, place)
            assert faults(applied.edition, edition, tampered, tmp_path) != {}, (name, place)


@pytest.fixture(scope="module")
def behind_a_pipeline(new_stack: NewStack) -> Plan:
    """The plan of a module that stays as it is, after a pipeline has registered a revision."""
    if newest() < SINCE["service"]:
        pytest.skip("the provider that is found is too old for the case")
    stack, base = new_stack(), draft("service")
    stack.plan(base.files)
    stack.apply()
    ecs = stack.account.client("ecs")
    found = ecs.describe_task_definition(taskDefinition="shop-web")["taskDefinition"]
    taken = ("family", "containerDefinitions", "networkMode", "cpu", "memory", "requiresCompatibilities")
    ecs.register_task_definition(**{name: found[name] for name in taken})
    return stack.plan(base.files)


def test_a_revision_that_a_pipeline_registered_is_run(behind_a_pipeline: Plan, tmp_path: Path) -> None:
    edition = draft("service").edition
    services = ("aws_ecs_service.web", "aws_ecs_service.web_on_spot")
    assert actions(behind_a_pipeline) == {address: ["update"] for address in services}
    assert faults(edition, edition, behind_a_pipeline, tmp_path) == {}


def test_a_revision_that_was_not_read_is_not_run(behind_a_pipeline: Plan, tmp_path: Path) -> None:
    tampered, edition = copy.deepcopy(behind_a_pipeline), draft("service").edition
    (web,) = [one for one in tampered["resource_changes"] if one["address"].endswith("aws_ecs_service.web")]
    web["change"]["after"]["task_definition"] = web["change"]["after"]["task_definition"].replace("web:", "seed:")
    assert "task_definition" in faults(edition, edition, tampered, tmp_path)[web["address"]]
