"""Ways in which a plan may do something else than the catalogue's change implies.

Each changes a plan everywhere where it says the same, so that it does not give itself away by a contradiction.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.terraform.stack import ADDRESS, Plan

Tampering = Callable[[Plan], None]

SERVICE, TASK = "aws_ecs_service.worker", "aws_ecs_task_definition.worker"
CONTAINER = f"{TASK}: container_definitions[worker]"
POLICY, LOGS, ROLE = "aws_iam_role_policy.task_s3_sqs", "aws_cloudwatch_log_group.worker", "aws_iam_role.task_worker"


def change_of(plan: Plan, address: str) -> dict[str, Any]:
    """Return what a plan says of a resource of the module."""
    (change,) = (c for c in plan["resource_changes"] if c["address"] == f"{ADDRESS}.{address}")
    details: dict[str, Any] = change["change"]
    return details


def values(plan: Plan, address: str, **changed: Any) -> None:
    """Let a resource be planned with other values."""
    details = change_of(plan, address)
    details["after"] |= changed
    details["after_unknown"] = {k: v for k, v in details["after_unknown"].items() if k not in changed}
    for child in plan["planned_values"]["root_module"]["child_modules"]:
        for resource in child["resources"]:
            if resource["address"] == f"{ADDRESS}.{address}":
                resource["values"] |= changed


def setting(address: str, **changed: Any) -> Tampering:
    """Return a tampering that sets arguments."""
    return lambda plan: values(plan, address, **changed)


def json_of(address: str, argument: str, tamper: Callable[[Any], object]) -> Tampering:
    """Return a tampering that changes the JSON of an argument."""

    def tampered(plan: Plan) -> None:
        document = json.loads(change_of(plan, address)["after"][argument])
        tamper(document)
        values(plan, address, **{argument: json.dumps(document)})

    return tampered


def container(tamper: Callable[[Any], object]) -> Tampering:
    """Return a tampering of the worker's container."""
    return json_of(TASK, "container_definitions", lambda containers: tamper(containers[0]))


def statement(tamper: Callable[[Any], object]) -> Tampering:
    """Return a tampering of the first statement of the worker's permissions."""
    return json_of(POLICY, "policy", lambda policy: tamper(policy["Statement"][0]))


def network(**changed: Any) -> Tampering:
    """Return a tampering of the worker's network."""
    return lambda plan: values(
        plan, SERVICE, network_configuration=[change_of(plan, SERVICE)["after"]["network_configuration"][0] | changed]
    )


OF_CREATION: dict[str, tuple[Tampering, str]] = {
    "another image": (
        container(lambda c: c.update(image="evil/miner")),
        f"{CONTAINER}.image",
    ),
    "a second container": (
        json_of(TASK, "container_definitions", lambda cs: cs.append({"name": "x", "image": "alpine"})),
        f"{TASK}: container_definitions[1]",
    ),
    "another value of a variable": (
        container(lambda c: c["environment"][0].update(value="zzz")),
        f"{CONTAINER}.environment[0].value",
    ),
    "one more variable": (
        container(lambda c: c["environment"].append({"name": "Z", "value": "z"})),
        f"{CONTAINER}.environment[4]",
    ),
    "one variable less": (
        container(lambda c: c["environment"].pop()),
        f"{CONTAINER}.environment[3]",
    ),
    "another secret": (
        container(lambda c: c["secrets"][0].update(valueFrom="arn:aws:secretsmanager:us-east-2:1:secret:x")),
        f"{CONTAINER}.secrets[0].valueFrom",
    ),
    "another command": (
        container(lambda c: c.update(command=["sh"])),
        f"{CONTAINER}.command[1]",
    ),
    "another entry point": (container(lambda c: c.update(entryPoint=["sh"])), CONTAINER),
    "another user": (container(lambda c: c.update(user="root")), CONTAINER),
    "a privileged container": (
        container(lambda c: c.update(privileged=True)),
        CONTAINER,
    ),
    "an open port": (
        container(lambda c: c.update(portMappings=[{"containerPort": 22}])),
        CONTAINER,
    ),
    "another log group": (
        container(lambda c: c["logConfiguration"]["options"].update({"awslogs-group": "/x"})),
        f"{CONTAINER}.logConfiguration.options.awslogs-group",
    ),
    "an inessential container": (
        container(lambda c: c.update(essential=False)),
        f"{CONTAINER}.essential",
    ),
    "another size": (setting(TASK, cpu="4096"), f"{TASK}: cpu"),
    "another memory": (setting(TASK, memory="8192"), f"{TASK}: memory"),
    "the network of the host": (setting(TASK, network_mode="host"), f"{TASK}: network_mode"),
    "the processes of the host": (setting(TASK, pid_mode="host"), f"{TASK}: pid_mode"),
    "another family": (setting(TASK, family="x"), f"{TASK}: family"),
    "another role of the tasks": (setting(TASK, task_role_arn="arn:aws:iam::1:role/x"), f"{TASK}: task_role_arn"),
    "another execution role": (
        setting(TASK, execution_role_arn="arn:aws:iam::1:role/x"),
        f"{TASK}: execution_role_arn",
    ),
    "another compatibility": (
        setting(TASK, requires_compatibilities=["EC2"]),
        f"{TASK}: requires_compatibilities",
    ),
    "a volume of the host": (
        setting(TASK, volume=[{"name": "root", "host_path": "/", "configure_at_launch": None}]),
        f"{TASK}: volume",
    ),
    "another architecture": (
        setting(TASK, runtime_platform=[{"cpu_architecture": "ARM64", "operating_system_family": "LINUX"}]),
        f"{TASK}: runtime_platform",
    ),
    "other subnets": (network(subnets=["subnet-public"]), f"{SERVICE}: network_configuration[0].subnets"),
    "one subnet more": (
        lambda plan: network(
            subnets=[*change_of(plan, SERVICE)["after"]["network_configuration"][0]["subnets"], "subnet-public"]
        )(plan),
        f"{SERVICE}: network_configuration[0].subnets[2]",
    ),
    "another security group": (
        network(security_groups=["sg-open"]),
        f"{SERVICE}: network_configuration[0].security_groups",
    ),
    "a public address": (network(assign_public_ip=True), f"{SERVICE}: network_configuration[0].assign_public_ip"),
    "more tasks": (setting(SERVICE, desired_count=20), f"{SERVICE}: desired_count"),
    "another cluster": (setting(SERVICE, cluster="arn:aws:ecs:us-east-2:1:cluster/x"), f"{SERVICE}: cluster"),
    "another launch type": (setting(SERVICE, launch_type="EC2"), f"{SERVICE}: launch_type"),
    "no circuit breaker": (
        setting(SERVICE, deployment_circuit_breaker=[{"enable": False, "rollback": False}]),
        f"{SERVICE}: deployment_circuit_breaker[0].enable",
    ),
    "a load balancer": (
        setting(
            SERVICE,
            load_balancer=[{"container_name": "worker", "container_port": 1, "elb_name": "", "target_group_arn": "a"}],
        ),
        f"{SERVICE}: load_balancer",
    ),
    "another strategy": (setting(SERVICE, scheduling_strategy="DAEMON"), f"{SERVICE}: scheduling_strategy"),
    "fewer healthy tasks": (
        setting(SERVICE, deployment_minimum_healthy_percent=0),
        f"{SERVICE}: deployment_minimum_healthy_percent",
    ),
    "another tag": (
        setting(SERVICE, tags={"env": "dev", "project": "cricksy-ai", "tier": "compute"}),
        f"{SERVICE}: tags.env",
    ),
    "one tag more": (
        lambda plan: values(plan, SERVICE, tags_all=change_of(plan, SERVICE)["after"]["tags_all"] | {"x": "y"}),
        f"{SERVICE}: tags_all",
    ),
    "one action more": (
        statement(lambda s: s["Action"].append("s3:*")),
        f"{POLICY}: policy.Statement[0].Action[3]",
    ),
    "another action": (statement(lambda s: s.update(Action="s3:*")), f"{POLICY}: policy.Statement[0].Action"),
    "every resource": (statement(lambda s: s.update(Resource="*")), f"{POLICY}: policy.Statement[0].Resource"),
    "anything but an action": (
        statement(lambda s: s.update(NotAction=s.pop("Action"))),
        f"{POLICY}: policy.Statement[0].Action",
    ),
    "one statement more": (
        json_of(
            POLICY,
            "policy",
            lambda p: p["Statement"].append({"Effect": "Allow", "Action": "iam:*", "Resource": "*"}),
        ),
        f"{POLICY}: policy.Statement[3]",
    ),
    "one statement less": (
        json_of(POLICY, "policy", lambda p: p["Statement"].pop()),
        f"{POLICY}: policy.Statement",
    ),
    "another role of a policy": (setting(POLICY, role="admin"), f"{POLICY}: role"),
    "another retention": (setting(LOGS, retention_in_days=1), f"{LOGS}: retention_in_days"),
    "another key of logs": (setting(LOGS, kms_key_id="arn:aws:kms:us-east-2:1:key/x"), f"{LOGS}: kms_key_id"),
    "another class of logs": (setting(LOGS, log_group_class="DELIVERY"), f"{LOGS}: log_group_class"),
}
"""Of the plan that creates the worker: the tampering, and the address and path that have to be named."""

OPEN = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}]}

OF_ROLE: dict[str, tuple[Tampering, str]] = {
    "an open role": (setting(ROLE, assume_role_policy=json.dumps(OPEN)), f"{ROLE}: assume_role_policy.Statement[0]"),
    "an administrator": (
        setting(ROLE, managed_policy_arns=["arn:aws:iam::aws:policy/AdministratorAccess"]),
        f"{ROLE}: managed_policy_arns",
    ),
    "a policy within the role": (
        setting(ROLE, inline_policy=[{"name": "x", "policy": "{}"}]),
        f"{ROLE}: inline_policy",
    ),
    "another boundary": (
        setting(ROLE, permissions_boundary="arn:aws:iam::aws:policy/AdministratorAccess"),
        f"{ROLE}: permissions_boundary",
    ),
    "longer sessions": (setting(ROLE, max_session_duration=43200), f"{ROLE}: max_session_duration"),
    "another path": (setting(ROLE, path="/admin/"), f"{ROLE}: path"),
    "another name of the role": (setting(ROLE, name="admin"), f"{ROLE}: name"),
}
"""Of the plan that gives the worker a role of its own."""


def _configured(plan: Plan) -> dict[str, Any]:
    module: dict[str, Any] = plan["configuration"]["root_module"]["module_calls"]["generated"]["module"]
    return module


def with_a_provisioner(plan: Plan) -> None:
    """Run a program on creation."""
    (resource,) = (one for one in _configured(plan)["resources"] if one["address"] == TASK)
    resource["provisioners"] = [{"type": "local-exec", "expressions": {"command": {"constant_value": "true"}}}]


def with_a_program(plan: Plan) -> None:
    """Read a data source that is a program."""
    _configured(plan)["resources"].append(
        {"address": "data.external.x", "mode": "data", "type": "external", "name": "x"}
    )


def with_an_output(plan: Plan) -> None:
    """Change an output of the root module that reads nothing of the module."""
    plan["output_changes"]["admin"] = {"actions": ["create"], "before": None, "after": "x", "after_unknown": False}


def with_an_action(plan: Plan) -> None:
    """Invoke an action, as Terraform 1.14 does."""
    plan["action_invocations"] = [{"address": "action.aws_lambda_invoke.x", "type": "aws_lambda_invoke"}]


def with_another_mode(plan: Plan) -> None:
    """Do something of a mode that is not known yet."""
    change: Plan = {"actions": ["create"], "before": None, "after": {}, "after_unknown": {}}
    plan["resource_changes"].append(
        {"address": f"{ADDRESS}.aws_x.y", "mode": "list", "type": "aws_x", "name": "y", "change": change}
    )


def with_planned_values_of_another_plan(plan: Plan) -> None:
    """Say two things."""
    change_of(plan, SERVICE)["after"]["desired_count"] = 2


OF_ALL: dict[str, tuple[Tampering, str]] = {
    "a provisioner": (with_a_provisioner, f"{TASK}: provisioner"),
    "a program": (with_a_program, "data.external.x: not implied: no file of the module declares it"),
    "an output": (with_an_output, "output.admin: not implied"),
    "an action": (with_an_action, "action.aws_lambda_invoke.x: not implied"),
    "another mode": (with_another_mode, "aws_x.y: not implied"),
    "a contradiction": (
        with_planned_values_of_another_plan,
        f"{SERVICE}: desired_count is not what is rendered; planned_values say otherwise",
    ),
}
"""Of what stands beside the resources."""
