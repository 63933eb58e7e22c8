"""Environment variables from Secrets Manager and from parameters of Systems Manager."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from generator.aws import limits
from generator.catalogue.access import Profile
from generator.catalogue.arns import attribute_read, is_of_parameter, whole_secret
from generator.catalogue.named_arns import PARAMETER, SECRET, check_named
from generator.catalogue.names import ServiceNames
from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Drawn, Rule, Use
from generator.catalogue.uses.container_definition import ContainerDefinitionUse
from generator.catalogue.uses.execution_role import ExecutionRoleUse
from generator.catalogue.uses.role import RoleUse
from generator.catalogue.words import ANY_ARN, KEY_OF_KMS, NAME_OR_ARN, VARIABLE_NAME, reference
from generator.errors import Rejection
from generator.hcl.write.text import whole_expression
from generator.settings.breach import Breach
from generator.settings.parts import ListOf, MappingOf, OrPart, Part, setting
from generator.settings.values import Embedded, Matching, OneExpression, OrExpression, Text, shown
from generator.source.source import Key

_OF_SECRETS_MANAGER = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html"

_FIELD = Matching(Embedded(), r"[^:]+", "write it without `:`")


class _SecretName(Matching):
    """A secret or a parameter: the name of a secret of the module, or text with expressions that is the ARN of any."""

    def read(self, value: object) -> str:
        text = super().read(value)
        check_named(text, SECRET, PARAMETER)
        return text


class _ParameterName(Matching):
    """The name of a parameter, or an expression for its ARN."""

    def read(self, value: object) -> str:
        text = super().read(value)
        read = attribute_read(text)
        if read and read[0] == "aws_secretsmanager_secret":
            raise Rejection(f"{shown(text)} is a secret of Secrets Manager", "write it as `secret:`")
        if text.startswith("${") and whole_expression(text) is None:
            remedy = "begin with text, such as `/`, or write one `${...}` for the ARN"
            raise Rejection(f"{shown(text)} is neither a name nor an ARN", remedy)
        check_named(text, PARAMETER)
        return text


_SECRET_NAME = _SecretName(Text(), NAME_OR_ARN, ANY_ARN)


class Secret(Part):
    """Where a value is kept: in a secret of Secrets Manager, or in a parameter of Systems Manager."""

    secret: str | None = setting(
        _SecretName(Embedded(), NAME_OR_ARN, ANY_ARN),
        "A secret of Secrets Manager: its name in the module, or its ARN.",
        default=None,
    )
    key: str | None = setting(_FIELD, "Key of the JSON document in the secret.", default=None)
    stage: str | None = setting(_FIELD, "Stage of the secret's version.", default=None)
    version: str | None = setting(_FIELD, "Id of the secret's version.", default=None)
    parameter: str | None = setting(
        _ParameterName(
            Text(),
            rf"{limits.SSM_PARAMETER_PATTERN}|arn:\S+:parameter/\S+",
            "use letters, digits and . _ - with `/` between the parts",
        ),
        "A parameter of Systems Manager: its name, or its ARN.",
        default=None,
        examples=("/shop/database/url",),
    )
    kms_key: str | None = setting(
        KEY_OF_KMS,
        "Key of KMS that encrypts it: its name in the module, or its ARN.",
        default=None,
    )

    @property
    def name(self) -> str:
        """What a reader is told of it."""
        return self.secret or self.parameter or ""

    @property
    def names_a_part(self) -> bool:
        """Whether it is less than all of a secret's current version."""
        return bool(self.key or self.stage or self.version) or self.has_a_part_behind

    @property
    def has_a_part_behind(self) -> bool:
        """Whether a key, a stage or a version stands behind the ARN of its secret."""
        return self.secret is not None and whole_secret(self.secret) != self.secret

    @cached_property
    def is_parameter(self) -> bool:
        return self.parameter is not None or is_of_parameter(whole_secret(self.name))

    @property
    def is_parameter_by_name(self) -> bool:
        """An expression that a parameter begins with is the whole of it, and an ARN."""
        return self.parameter is not None and not self.parameter.startswith(("${", "arn:"))

    def value_from(self, names: ServiceNames) -> str:
        """Return what ECS reads it from, as catalogue text."""
        if self.is_parameter_by_name:
            return f"arn:{names.partition}:ssm:{names.in_account}:parameter/{self.name.lstrip('/')}"
        fields = [self.key or "", self.stage or "", self.version or ""]
        behind = ":".join(["", *fields]) if any(fields) else ""
        return reference(self.name, "aws_secretsmanager_secret.{}.arn") + behind

    def granted_arn(self, names: ServiceNames) -> str:
        """Return the ARN that a policy knows it by, as catalogue text."""
        arn = self.value_from(names)
        return arn if self.is_parameter else whole_secret(arn)


WHERE_KEPT = OrPart(_SECRET_NAME, Secret)
"""What an author writes of a value that ECS reads where it is kept."""


def _each_secret_is_one_thing(service: SecretsUse, shared: Shared) -> Iterator[Breach]:
    for entry, one in service.all_kept:
        if (one.secret is None) == (one.parameter is None):
            remedy = "write `secret:` for Secrets Manager, or `parameter:` for Systems Manager"
            what = "it names no secret and no parameter" if one.secret is None else "it names a secret and a parameter"
            yield Breach(entry, what, remedy)
        elif one.names_a_part and one.is_parameter:
            yield Breach(entry, "a parameter has no key, stage or version", "remove them, or name a `secret:`")
        elif one.stage and one.version:
            yield Breach(entry, "ECS takes the stage or the id of a version, not both", "remove one of them")
        elif (one.key or one.stage or one.version) and one.has_a_part_behind:
            what = "what stands behind the ARN in `secret` names a part of the secret too"
            yield Breach(entry, what, "write the ARN alone, or all of it behind the ARN")


class SecretsUse(Use):
    """Environment variables that ECS reads from where they are kept, before the container starts."""

    position = 60
    draws = "secret"
    profiles = (
        Profile("secret", "read", "the secret", ("secretsmanager:GetSecretValue",)),
        Profile("describe", "describe", "the secret", ("secretsmanager:DescribeSecret",)),
        Profile("parameters", "read", "the parameter", ("ssm:GetParameters",)),
    )

    secrets: dict[str, str | Secret] | str = setting(
        OrExpression(MappingOf(VARIABLE_NAME, WHERE_KEPT)),
        "Environment variables from Secrets Manager: a secret of the module, the ARN of a secret or SSM parameter, or "
        "a mapping that says more; or an expression that is a mapping of names to ARNs.",
        default={},
    )
    secrets_from: tuple[str, ...] = setting(
        ListOf(OneExpression()),
        "Further secrets: expressions that are lists of objects with `name` and `valueFrom`, an ARN.",
        default=(),
    )

    rules = (
        Rule("one-secret", frozenset({"secrets", "secret_options"}), _OF_SECRETS_MANAGER, _each_secret_is_one_thing),
    )

    @cached_property
    def kept(self) -> dict[str, Secret]:
        """Environment variable to where its value is kept; of an expression, no variables are known."""
        return {} if isinstance(self.secrets, str) else in_full(self.secrets)

    @property
    def kept_options(self) -> dict[str, Secret]:
        """Option of the log driver to where its value is kept."""
        return {}

    @cached_property
    def all_kept(self) -> list[tuple[Key, Secret]]:
        """Where the values of variables and of options are kept, with the way to each; its last step is the name."""
        kept: list[tuple[Key, Secret]] = [(("secrets", name), one) for name, one in self.kept.items()]
        return kept + [(("secret_options", name), one) for name, one in self.kept_options.items()]

    @property
    def secret_expressions(self) -> list[str]:
        """What Terraform evaluates to secrets, as catalogue text: neither their variables nor their ARNs are known."""
        return [*([self.secrets] if isinstance(self.secrets, str) else []), *self.secrets_from]

    @cached_property
    def secret_arns(self) -> dict[str, str]:
        """Environment variable to what ECS reads it from, as catalogue text."""
        return {name: secret.value_from(self.names) for name, secret in self.kept.items()}

    @cached_property
    def granted(self) -> list[tuple[str, Secret]]:
        """The ARN that a policy knows each secret or parameter by, as catalogue text."""
        return [(secret.granted_arn(self.names), secret) for _, secret in self.all_kept]

    def needs_account(self) -> bool:
        return any(secret.is_parameter_by_name for _, secret in self.all_kept)

    @property
    def secrets_policies(self) -> list[str]:
        """Addresses of what gives the shared execution role its policy of secrets; an own one has no such policy."""
        is_shared = isinstance(self, ExecutionRoleUse) and self.has_shared_execution_role
        needs_it = is_shared and any_of(self.all_containers)
        return ["aws_iam_role_policy_attachment.task_execution_secrets"] if needs_it else []

    def reads_at_start(self) -> Iterator[Key]:
        yield from (way for way, _ in self.all_kept)
        if isinstance(self.secrets, str):
            yield ("secrets",)
        if self.secrets_from:
            yield ("secrets_from",)

    def needed_first(self) -> Iterable[str]:
        """A task does not start before its execution role may read its secrets."""
        return self.secrets_policies if isinstance(self, RoleUse) and self.has_own_role else ()

    def checks(self, shared: Shared) -> Iterator[Check]:
        for (_, name), secret in self.all_kept:
            words = (secret.name, str(name))
            if secret.parameter:
                yield Check("The parameter {} has a value ({})", words)
            else:
                yield Check("The secret {} has a value ({})", words)
        for expression in self.secret_expressions:
            yield Check("Each secret of {} has a value", (expression,))

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        for (_, name), secret in self.all_kept:
            arn = secret.value_from(self.names)
            yield Drawn(SecretsUse.draws, arn, secret.name, "secret", (f"as {name}",))
        for expression in self.secret_expressions:
            yield Drawn(SecretsUse.draws, expression, expression, "secret", ("as the variables that it names",))


def in_full(named: Mapping[str, str | Secret]) -> dict[str, Secret]:
    """Return where values are kept, each with all that is said of it."""
    return {name: Secret(secret=one) if isinstance(one, str) else one for name, one in named.items()}


def any_of(containers: Iterable[Use]) -> bool:
    """Tell whether containers use a secret or a parameter that the catalogue names."""
    return any(True for _ in _granted_to(containers))


def secrets_of(containers: Iterable[Use]) -> list[str]:
    """Return the ARNs of all secrets of Secrets Manager that containers use, as catalogue text, each once."""
    return list(dict.fromkeys(arn for arn, secret in _granted_to(containers) if not secret.is_parameter))


def parameters_of(containers: Iterable[Use]) -> list[str]:
    """Return the ARNs of all parameters of Systems Manager that containers use, as catalogue text, each once."""
    return list(dict.fromkeys(arn for arn, secret in _granted_to(containers) if secret.is_parameter))


def keys_of(containers: Iterable[Use]) -> list[str]:
    """Return the ARNs of all keys of KMS that encrypt what containers use, as catalogue text, each once."""
    keys = (secret.kms_key for _, secret in _granted_to(containers) if secret.kms_key)
    return list(dict.fromkeys(reference(key, "aws_kms_key.{}.arn") for key in keys))


def secret_mappings_of(containers: Iterable[Use]) -> list[str]:
    """Return the expressions that are mappings of variables to ARNs, as catalogue text, each once."""
    found = (one.secrets for one in containers if isinstance(one, SecretsUse))
    return list(dict.fromkeys(secrets for secrets in found if isinstance(secrets, str)))


def secret_lists_of(containers: Iterable[Use]) -> list[str]:
    """Return the expressions that are lists of objects with `name` and `valueFrom`, as catalogue text, each once."""
    return list(dict.fromkeys(one for use in containers if isinstance(use, SecretsUse) for one in use.secrets_from))


def _granted_to(containers: Iterable[Use]) -> Iterator[tuple[str, Secret]]:
    for container in containers:
        if isinstance(container, SecretsUse):
            yield from container.granted
        if isinstance(container, ContainerDefinitionUse):
            of_members = (Secret(secret=arn) for arn in container.secrets_of_members)
            yield from ((one.granted_arn(container.names), one) for one in of_members)
