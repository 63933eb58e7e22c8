"""The whole document: its sections in the order in which a reviewer reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import jinja2

from generator.changes.edit import ADDED, REMOVED, Edit, PartChange
from generator.changes.effects import BlockChange, Effect
from generator.changes.grants import Grant, grants
from generator.changes.implied import Action
from generator.changes.resources import implied_between
from generator.errors import listed, plural
from generator.hcl.addresses import is_output, within
from generator.report.checklist import checks
from generator.report.known import output_values
from generator.report.markdown import cell, code, fenced
from generator.report.notes import notes, unchanged_companions
from generator.report.places import Place, places
from generator.report.siblings import Comparison, beside_nearest

TEMPLATE = "report.md.j2"


@dataclass(frozen=True)
class FileChange:
    """A generated file that changes, and the places in which it does."""

    path: str
    places: list[Place]


@dataclass(frozen=True)
class Document:
    """An edit, and the option that says what it is compared with."""

    edit: Edit
    base_option: tuple[str, str]

    @property
    def folder_name(self) -> str:
        return self.edit.after.catalogue.module.path

    def markdown(self) -> str:
        """Return the document."""
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(Path(__file__).parent),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,  # noqa: S701 - Markdown; every text of an author goes through `code`
        )
        environment.filters |= {"code": code, "cell": cell, "fenced": fenced}
        return environment.get_template(TEMPLATE).render(document=self, edit=self.edit, plural=plural)

    @property
    def base(self) -> str:
        """What the edit is compared with."""
        return self.base_option[1]

    @property
    def title(self) -> str:
        told = [f"{part.service or 'module'} {part.state}" for part in self.edit.parts]
        return listed(told, "and") if told else "nothing changed"

    @cached_property
    def files(self) -> list[FileChange]:
        before = {file.name: file.text for file in self.edit.before.files} if self.edit.before else {}
        found = [
            FileChange(f"{self.folder_name}/{file.name}", places(before.get(file.name, ""), file.text))
            for file in self.edit.after.files
        ]
        return [file for file in found if file.places]

    def lines(self, sign: str) -> int:
        """Return how many lines of the generated files are added, or removed for `-`."""
        all_places = [place for file in self.files for place in file.places]
        return sum(place.added if sign == "+" else place.removed for place in all_places)

    @cached_property
    def counts(self) -> str:
        """The numbers of Terraform's own last line; a replaced resource counts twice there."""
        implied = implied_between(self.edit.before, self.edit.after).values()
        most = [one.at_most for one in implied]
        add = most.count(Action.CREATE) + most.count(Action.REPLACE)
        destroy = most.count(Action.DESTROY) + most.count(Action.REPLACE)
        return f"{add} to add, {most.count(Action.UPDATE)} to change, {destroy} to destroy"

    @property
    def is_certain(self) -> bool:
        """Whether the counts hold whatever the expressions evaluate to."""
        return all(change.is_certain for change in self.edit.blocks)

    @property
    def resources(self) -> list[BlockChange]:
        return [change for change in self.edit.blocks if change.effect is not Effect.NOTHING]

    def changes_of(self, place: Place) -> Iterator[str]:
        """Yield what a place does, a sentence for each of its blocks."""
        told = {change.address: change for change in self.edit.blocks}
        for address in place.addresses:
            full = within(self.edit.after.address, address)
            change = told.get(full)
            if change is None:
                yield f"{self._verb(address)} {code(address)}"
            elif change.effect is Effect.NOTHING:
                yield f"output {code(address.removeprefix('output.'))} {change.what}"
            elif change.effect is Effect.CREATION:
                yield f"creates {code(full)}{self._called(address)}"
            else:
                yield f"{change.meaning}: {code(full)} ({change.what})"
        yield from self._permissions(place)

    def _verb(self, address: str) -> str:
        is_old = address in self.edit.nodes_before
        is_new = address in self.edit.after.nodes
        return "reads" if is_new and not is_old else "no longer reads" if is_old and not is_new else "changes"

    def _called(self, address: str) -> str:
        node = self.edit.after.nodes.get(address)
        name = node.arguments.get("name", node.arguments.get("family")) if node else None
        return f", named {code(name)}" if isinstance(name, str) else ""

    def _permissions(self, place: Place) -> Iterator[str]:
        """The permissions are told where the policies are."""
        if any(address.startswith("aws_iam_role_policy.") for address in place.addresses):
            for part in self.edit.services:
                yield from (self._sentence("gains", grant) for grant in grants(part.gained))
                yield from (self._sentence("loses", grant) for grant in grants(part.lost))

    def _sentence(self, verb: str, grant: Grant) -> str:
        nodes = self.edit.nodes_before | self.edit.after.nodes
        role = nodes[grant.role]
        name = code(role.arguments["name"])
        actions = listed([code(action) for action in grant.actions], "and")
        return f"role {name} ({code(grant.role)}) {verb} {actions} on {code(grant.resource)}"

    @cached_property
    def comparisons(self) -> list[Comparison]:
        """Each new service beside the one that was there and is most like it."""
        before = self.edit.before.catalogue.services if self.edit.before else {}
        after = self.edit.after.catalogue
        staying = [key for key in after.services if key in before]
        found = [beside_nearest(after, part.service, staying) for part in self.of_state(ADDED)]
        return [comparison for comparison in found if comparison]

    def of_state(self, state: str) -> list[PartChange]:
        """Return the services that are added, changed or removed."""
        return [part for part in self.edit.services if part.state == state]

    @cached_property
    def outputs(self) -> dict[str, str]:
        """Every output and its value, as far as it is known before an apply."""
        return output_values(self.edit.after, self.edit.nodes_before)

    @property
    def new_outputs(self) -> dict[str, str]:
        """The outputs that are not there yet, or have another value."""
        changed = {change.address.rpartition(".")[2] for change in self.edit.blocks if is_output(change.address)}
        return {name: value for name, value in self.outputs.items() if name in changed}

    @property
    def gone_outputs(self) -> list[str]:
        gone = [change.address for change in self.edit.blocks if change.what == REMOVED]
        return [address.rpartition(".")[2] for address in gone]

    @property
    def companions(self) -> dict[str, bool]:
        """Each hand-written file of the folder, and whether it is as it was."""
        return {f"{self.folder_name}/{name}": is_same for name, is_same in unchanged_companions(self.edit).items()}

    @property
    def checks(self) -> list[str]:
        return checks(self.edit)

    @property
    def plan_file(self) -> str:
        parts = self.edit.services
        name = parts[0].service if len(parts) == 1 else self.edit.after.catalogue.project
        return f"{name}.tfplan"

    @property
    def cluster(self) -> str:
        return self.edit.after.catalogue.names.cluster

    @property
    def watched(self) -> list[tuple[str, str]]:
        """AWS names of the service and the log group of each service that runs anew."""
        services = self.edit.after.catalogue.services
        running = [services[part.service].names for part in self.edit.services if part.service in services]
        return [(names.service, names.log_group) for names in running]

    @property
    def emergency_targets(self) -> list[str]:
        """Full addresses of what runs of the new services, where the services that stay need none of it."""
        address = self.edit.after.address
        names = [self.edit.after.catalogue.services[part.service].names.terraform for part in self.of_state(ADDED)]
        return [
            within(address, f"{kind}.{n}") for n in names for kind in ("aws_ecs_service", "aws_ecs_task_definition")
        ]

    @property
    def notes(self) -> list[str]:
        return notes(self.edit)
