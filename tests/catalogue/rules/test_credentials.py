"""Secrets reach containers and policies; a credential in `environment` is warned about, and never repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.catalogue.credentials import looks_like_a_credential, words_with_a_credential
from tests.support.project import RunTfgen
from tests.support.rendering import SMALL, module_of


def test_a_key_of_a_secret_is_for_the_container_and_the_secret_itself_for_the_policies() -> None:
    part = "${aws_secretsmanager_secret.db.arn}:url:AWSCURRENT:"
    main = module_of(SMALL + f'    secrets: {{URL: "{part}", PASSWORD: db}}\n').files[0].text

    assert main.count(f'valueFrom = "{part}"') == 1
    assert main.count("valueFrom = aws_secretsmanager_secret.db.arn") == 1
    assert (
        main.count("[aws_secretsmanager_secret.db.arn]") + main.count("      aws_secretsmanager_secret.db.arn\n") == 2
    )
    assert main.count(part) == 1


GIVEN_AWAY = [
    ("KEY", "AKIAIOSFODNN7EXAMPLE"),
    ("X", "id=ASIAIOSFODNN7EXAMPLE;"),
    ("PEM", "-----BEGIN RSA PRIVATE KEY-----\nMIIE"),
    ("PEM", "-----BEGIN PRIVATE KEY-----"),
    ("X", "ghp_" + "a1" * 18),
    ("X", "github_pat_" + "a1" * 11),
    ("X", "glpat-" + "a1" * 10),
    ("X", "xoxb-1234567890-abc"),
    ("X", "sk_live_" + "a1" * 8),
    ("X", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"),
    ("URL", "postgres://app:hunter2@db.internal/app"),
    ("URL", "redis://:hunter2@cache:6379"),
    ("PASSWORD", "hunter2"),
    ("DB_PASSWORD", "hunter2"),
    ("spring.datasource.password", "hunter2"),
    ("APP_SECRET", "a"),
    ("ApiToken.x-api-key", "k"),
    ("AWS_SECRET_ACCESS_KEY", "wJalr/x"),
    ("PRIVATEKEY", "k"),
    ("DBPASSWORD", "k"),
    ("dbPassword", "k"),
    ("MYSQL_PWD", "k"),
    ("PASSPHRASE", "k"),
    ("DB_PASSWORD", "20241231"),
    ("SECRET_KEY", "kd8f7g6h5j4k3l2"),
    ("SECRET_KEY_BASE", "kd8f7g6h5j4k3l2"),
    ("DB_PASS", "hunter2"),
    ("ENCRYPTION_KEY", "k"),
    ("JWT_SECRET", "k"),
    ("signing-key", "k"),
    ("X", "https://hooks.slack.com/services/T00000000/B00000000/abcdefghij"),
    ("X", "https://discord.com/api/webhooks/123456789012345678/abc-def"),
    ("X", "sk_test_" + "a1" * 8),
    ("X", "whsec_" + "a1" * 12),
    ("X", "AIza" + "a1-_" * 8 + "a1b"),
    ("X", f"SG.{'a1' * 11}.{'a1' * 21}b"),
    ("X", "sk-proj-" + "a1" * 10),
    ("X", "sk-ant-api03-" + "a1" * 10),
    ("X", "npm_" + "a1" * 18),
    ("X", "dckr_pat_" + "a1" * 10),
    ("X", "Bearer abcdef123456"),
    ("X", "Server=db;User Id=sa;Password=Hunter2!;"),
    ("X", "jdbc:postgresql://h/db?user=u&password=hunter2"),
    ("X", "AccountName=a;AccountKey=abc==;EndpointSuffix=core"),
    ("URL", "mongodb+srv://u:p%40ss@cluster/db"),
    ("URL", "postgres://app:hunter2@${var.host}/app"),
    ("URL", "postgres://${var.user}:hunter2@h/app"),
    ("SENTRY_DSN", "https://abc123:def456@o1.ingest.sentry.io/1"),
    ("DBPASS", "hunter2"),
    ("accessToken", "abcdef"),
    ("clientSecret", "abcdef"),
    ("RAILS_MASTER_KEY", "k"),
    ("NEW_RELIC_LICENSE_KEY", "k"),
    ("HMAC_KEY", "k"),
    ("APP_KEY", f"base64:{'aB1+' * 11}="),
    ("DD_APP_KEY", "0123456789abcdef" * 2),
    ("DB_PASSWORD", "$ecret!"),
    ("DB_PASSWORD", "changeme"),
]

HARMLESS = [
    ("PASSWORD", ""),
    ("TOKEN", "0"),
    ("USE_TOKEN", "true"),
    ("TOKEN_SECONDS", "a day"),
    ("SECRET_NAME", "db"),
    ("CSRF_TOKEN", "header"),
    ("XSRF-TOKEN", "X-XSRF-Token"),
    ("PASSWORD_FIELD_NAME", "pw"),
    ("TOKEN_TTL_SECONDS", "3600"),
    ("BYPASS", "everything"),
    ("MONKEY", "banana"),
    ("DB_PASSWORD", "/run/secrets/db"),
    ("TOKEN", "3600"),
    ("URL", "https://example.com/a:b@c"),
    ("URL", "https://user@example.com/"),
    ("IMAGE", "repo/AKIAIOSFODNN7EXAMPLES2"),
    ("PEM", "-----BEGIN CERTIFICATE-----"),
    ("X", "eyJ.eyJ."),
    ("PASSWORD_MIN_LENGTH", "8"),
    ("TOKEN_TTL", "3600"),
    ("KEYCLOAK_ACCESS_TOKEN", "5m"),
    ("API_KEY_HEADER", "X-Api-Key"),
    ("DB_SECRET", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-abc"),
    ("DB_PASSWORD_SECRET_ARN", "arn:aws:ssm:eu-west-1:123456789012:parameter/db"),
    ("REFRESH_TOKEN", "https://auth.example.com/token"),
    ("API_TOKEN", "ssm:/prod/token"),
    ("DB_PASSWORD", "{{resolve:ssm:x}}"),
    ("DB_PASSWORD", "$DB_PASSWORD"),
    ("DB_PASSWORD", "$${DB_PASSWORD}"),
    ("DB_PASSWORD", "$(cat /run/secrets/db)"),
    ("DB_PASSWORD", "${var.password}"),
    ("DB_SECRET", "prod/${var.env}/db"),
    ("URL", "postgres://app:${var.password}@h/db"),
    ("URL", "postgres://app:$PASSWORD@h/db"),
    ("URL", "postgres://app:$${PASSWORD}@h/db"),
    ("URL", "http://[::1]:8080/@x"),
    ("CORS", "http://a:80,http://b@c"),
    ("AUTH", "Bearer authentication"),
    ("PUBLIC_KEY", "0123456789abcdef" * 2),
    ("PARTITION_KEY", "id"),
    ("S3_KEY", "exports/2024/01/a-report-with-a-long-name.zip"),
    ("APP_KEY", "web"),
    ("COMPASS", "north"),
    ("MAX_TOKENS", "4096"),
    ("TOKEN_TYPE", "Bearer"),
]


@pytest.mark.parametrize(("name", "value"), GIVEN_AWAY)
def test_a_credential_is_known_by_its_mark_or_by_its_name(name: str, value: str) -> None:
    assert looks_like_a_credential(name, value)


@pytest.mark.parametrize(("name", "value"), HARMLESS)
def test_what_only_sounds_like_a_credential_is_none(name: str, value: str) -> None:
    assert not looks_like_a_credential(name, value)


def test_a_credential_is_warned_about_where_it_is_written_and_is_not_repeated(
    tmp_path: Path, run_tfgen: RunTfgen
) -> None:
    own = "    environment: {API_TOKEN: hunter2, URL: '${var.url}', PASSWORD: '${var.password}'}\n"
    text = SMALL.replace("services:\n", "defaults:\n  environment: {DB_PASSWORD: hunter3}\nservices:\n") + own
    (tmp_path / "services.yaml").write_text(text, "utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "variables.tf").write_text('variable "url" {}\nvariable "password" {}\n', "utf-8")

    result = run_tfgen("validate", cwd=tmp_path)

    told = (
        "it looks like a credential, and everyone who may read the task definition can read it; "
        "store it in Secrets Manager, and refer to it under `secrets`"
    )
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        f"services.yaml:6:30: warning: defaults.environment.DB_PASSWORD: {told}",
        f"services.yaml:11:30: warning: services.mail.environment.API_TOKEN: {told}",
        "services.yaml is valid: 1 service",
    ]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (["run", "--password=hunter2"], [1]),
        (["run", "--password", "hunter2"], [2]),
        (["run", "-db-password", "hunter2", "--verbose"], [2]),
        (["run", "postgres://app:hunter2@db/app"], [1]),
        (["run", "--token", "--verbose"], []),
        (["run", "password", "hunter2"], []),
        (["run", "--password-file=/run/secrets/db"], []),
        (["run", "--tokens=3"], []),
        (["run", "--password", ""], []),
        ([], []),
        (["run", "--db-password", "${var.password}", "--password=${var.password}"], []),
        (["run", "--dbPassword", "hunter2"], [2]),
        (["run", "--passphrase", "correct horse"], [2]),
        (["java", "-Dspring.datasource.password=hunter2", "-jar", "a.jar"], [1]),
        (["env", "DB_PASSWORD=hunter2", "run"], [1]),
        (["run", "--set", "password=hunter2"], [2]),
        (["curl", "-H", "Authorization: Bearer abcdef123456"], [2]),
        (["sh", "-c", "psql postgres://u:p@h/db"], [2]),
        (["sh", "-c", "run --password hunter2"], [2]),
        (["sh", "-c", "run --verbose --password 'hunter2'"], [2]),
        (["sh", "-c", "export API_TOKEN=abc; run"], [2]),
        (["sh", "-c", "redis-server --requirepass hunter2"], [2]),
        (["sh", "-c", "psql postgres://u:hunter2@${var.host}/db"], [2]),
        (["sh", "-c", 'run --password "$DB_PASSWORD"'], []),
        (["sh", "-c", "run --password=$DB_PASSWORD --token $${TOKEN}"], []),
        (["sh", "-c", "export TOKEN=$(cat /run/token); run"], []),
        (["sh", "-c", "psql postgres://u:$PW@h/db"], []),
        (["run", "--token-ttl=5", "--secret-name=db", "--password-stdin"], []),
        (["mkdir", "-p", "secret"], []),
    ],
)
def test_a_credential_in_a_command_is_found(command: list[str], expected: list[int]) -> None:
    assert list(words_with_a_credential(command)) == expected


def test_a_credential_in_a_command_is_warned_about_and_not_repeated(tmp_path: Path, run_tfgen: RunTfgen) -> None:
    (tmp_path / "services.yaml").write_text(SMALL + '    command: [run, "--password=hunter2"]\n', "utf-8")
    result = run_tfgen("validate", cwd=tmp_path)
    assert result.exit_code == 0
    assert "services.yaml:9:20: warning: services.mail.command[1]: it looks like a credential" in result.stderr
    assert "hunter2" not in result.stderr
