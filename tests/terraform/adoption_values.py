"""What an account holds before each adopted module is applied, and the values of the module's variables for that."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.terraform.account import REGION, Account

Values = Mapping[str, object]


def _of_single_web(account: Account) -> Values:
    certificate = account.client("acm").request_certificate(DomainName="orchard.example.com")
    key = account.client("kms").create_key()
    return {
        "region": REGION,
        "stage": "prod",
        "vpc_id": account.vpc,
        "private_subnet_ids": account.subnets,
        "public_subnet_ids": account.subnets,
        "certificate_arn": certificate["CertificateArn"],
        "kms_key_arn": key["KeyMetadata"]["Arn"],
        "cache_host": "cache.internal",
        "image_tag": "2026-07-01",
        "task_cpu": 1024,
        "task_memory": 2048,
        "min_tasks": 3,
        "max_tasks": 12,
        "log_days": 365,
    }


def _of_heredoc_jobs(account: Account) -> Values:
    account.client("secretsmanager").create_secret(Name="stage/ferry/db", SecretString='{"username": "a"}')
    public, private = _listeners(account, "public", "private")
    return {
        "env_name": "stage",
        "region": REGION,
        "vpc_id": account.vpc,
        "db_host": "db.internal",
        "timetable_image": "ferry/timetable:7",
        "jobs_image": "ferry/jobs:7",
        "private_domain": "ferry.internal",
        "public_listener_arn": public,
        "private_listener_arn": private,
        "lb_security_group": account.security_group,
        "exports_bucket_arn": "arn:aws:s3:::ferry-exports",
        "subnet_ids": account.subnets,
        "allowed_ips": ["192.0.2.1", "192.0.2.7"],
        "extra_security_groups": [account.security_group],
        "berth_planner_enabled": True,
    }


def _of_foreach_rules(account: Account) -> Values:
    (https,) = _listeners(account, "https")
    return {
        "target_env": "test",
        "domain": "market.example.com",
        "registry": f"{account.id}.dkr.ecr.{REGION}.amazonaws.com",
        "image_tags": {"basket": "2026-07-01"},
        "search_url": "https://search.internal",
        "edge_token": "token",
        "vpc_id": account.vpc,
        "app_subnet_ids": account.subnets,
        "shared_security_group_id": account.security_group,
        "lb_security_group_id": account.security_group,
        "https_listener_arn": https,
        "lb_arn_suffix": https.partition(":listener/")[2].rpartition("/")[0],
        "alerts_topic_arn": f"arn:aws:sns:{REGION}:{account.id}:alerts",
    }


def _of_one_role(account: Account) -> Values:
    return {
        "vpc_id": account.vpc,
        "public_subnets": account.subnets,
        "private_subnets": account.subnets,
        "sg_alb_id": account.security_group,
        "sg_app_id": account.security_group,
        "db_endpoint": "db.internal",
        "db_username": "app",
        "db_password": "password",
        "db_name": "app",
        "app_secret_key": "key",
        "image_tag": "2026-07-01",
        "backend_cors_origins": "https://app.example.com",
        "aws_region": REGION,
        "s3_coach_videos_bucket": "cricksy-coach-videos",
        "s3_upload_url_expires_seconds": 900,
        "sqs_video_analysis_queue_url": f"https://sqs.{REGION}.amazonaws.com/{account.id}/video-analysis",
    }


VALUES: dict[str, Callable[[Account], Values]] = {
    "foreach-rules": _of_foreach_rules,
    "heredoc-jobs": _of_heredoc_jobs,
    "one-role": _of_one_role,
    "single-web": _of_single_web,
}


def _listeners(account: Account, *names: str) -> list[str]:
    """Make a load balancer with a listener for each name, and return the listeners' ARNs."""
    elbv2 = account.client("elbv2")
    found = []
    for name in names:
        (balancer,) = elbv2.create_load_balancer(Name=name, Subnets=account.subnets)["LoadBalancers"]
        (listener,) = elbv2.create_listener(
            LoadBalancerArn=balancer["LoadBalancerArn"],
            Protocol="HTTP",
            Port=80,
            DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}],
        )["Listeners"]
        found.append(str(listener["ListenerArn"]))
    return found
