"""A service without a log group says nothing of one, and sends its logs elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.model import Catalogue
from generator.catalogue.rules.rule import CatalogueRule
from generator.catalogue.service import LOG_GROUP_NAME, Service
from generator.catalogue.uses.container_definition import ContainerDefinitionUse
from generator.catalogue.uses.log_router import LogRouterUse
from generator.settings.breach import Breach
from generator.settings.parts import Part, given_settings

_LOG_GROUP, _RETENTION = "log_group", "log_retention_days"
_A_DRIVER = "container_definition: {logConfiguration: {logDriver: splunk}}"


def _nothing_needs_a_log_group(catalogue: Catalogue) -> Iterator[Breach]:
    if not hasattr(catalogue, "network"):
        return  # the catalogue has errors, and not all that the services say is known
    for key, service in catalogue.services.items():
        if not service.names.has_log_group:
            found = [*_without_effect(service, catalogue.defaults), *_lost(service)]
            yield from (breach.below(key).below("services") for breach in found)


def _without_effect(service: Service, defaults: Part) -> Iterator[Breach]:
    exists = service.log_group_in_use is not None
    if _says_itself(service, defaults, _RETENTION):
        what = "it has no effect: " + ("the log group exists" if exists else "the service has no log group")
        yield Breach((_RETENTION,), what, "remove it" if exists else "remove it, or `log_group: false`")
    if LOG_GROUP_NAME in (service.outputs or {}):
        what = "the service has no log group whose name it could tell"
        what = "the log group exists, and tfgen renders no output of it" if exists else what
        remedy = "remove it" if exists else "remove it, or `log_group: false`"
        yield Breach(("outputs", LOG_GROUP_NAME), what, remedy, at_key=True)


def _lost(service: Service) -> Iterator[Breach]:
    """Yield a warning for each container whose logs go nowhere."""
    is_said = _LOG_GROUP in given_settings(service) or not service.is_bare
    if not is_said or service.log_group_in_use or (isinstance(service, LogRouterUse) and service.router):
        return
    for container in service.all_containers:
        if isinstance(container, ContainerDefinitionUse) and not container.log_driver:
            what = "what the container writes is lost: it has no log group and no log driver"
            remedy = (
                "write `container_definition: {logConfiguration: {logDriver: splunk}}` for a driver, or remove this"
            )
            yield Breach(container.way or ("log_group",), what, remedy, "warning")


def _says_itself(service: Part, defaults: Part, name: str) -> bool:
    """Tell whether a service sets something that it does not take over from `defaults`."""
    inherited = getattr(defaults, name) if name in given_settings(defaults) else None
    return name in given_settings(service) and getattr(service, name) != inherited


WITHOUT_LOG_GROUP = CatalogueRule(
    "without-log-group",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
    _nothing_needs_a_log_group,
)
