"""The whole document: its sections in the order in which a reviewer reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import jinja2

from generator.catalogue.service import CommandLine, Service
from generator.changes.edit import ADDED, REMOVED, Edit, PartChange
from generator.changes.effects import BlockChange, Effect
from generator.changes.grants import Grant, grants
from generator.changes.implied import Action
from generator.errors import file_in, plural
from generator.hcl.addresses import is_output, within
from generator.plan.told import open_points
from generator.plan.verdict import Verdict
from generator.report import commands, rollback
from generator.report.checklist import checks
from generator.report.known import output_values
from generator.report.markdown import Markdown, enumerated, fenced, prose, row, script, shown, words
from generator.report.notes import notes, unchanged_companions
from generator.report.places import Place, places
from generator.report.siblings import Comparison, comparisons
from generator.stages import Stage, enter

TEMPLATE = "report.md.j2"

_GAINS, _LOSES = Markdown("gains"), Markdown("loses")
_MAY = {_GAINS: Markdown("may now"), _LOSES: Markdown("may no longer")}

_MOST_COMPARED = 20
"""New services that are set beside others: for each of them, all others are looked at."""


@dataclass(frozen=True)
class FileChange:
    """A generated file that changes, and the places in which it does."""

    path: str
    places: list[Place]


@dataclass(frozen=True)
class Document:
    """An edit, the option that says what it is compared with, and the verdicts on a plan of it, if there is one."""

    edit: Edit
    base_option: tuple[str, str]
    verdicts: list[Verdict] | None = None

    @property
    def folder_name(self) -> str:
        return self.edit.after.catalogue.module.path

    def markdown(self) -> str:
        """Return the document."""
        enter(Stage("writing the document"))
        return _environment().get_template(TEMPLATE).render(document=self, edit=self.edit)

    @property
    def base(self) -> str:
        """What the edit is compared with."""
        return self.base_option[1]

    @property
    def broken(self) -> list[Verdict]:
        """The verdicts that do not hold."""
        return [verdict for verdict in self.verdicts or [] if verdict.faults]

    @property
    def open_points(self) -> list[Markdown]:
        """What could not be held to anything, in words."""
        return [words(point) for point in open_points(self.verdicts or [])]

    @property
    def title(self) -> Markdown:
        told = [Markdown("{} {}").format(self.named(part), words(part.state)) for part in self.edit.parts]
        return prose(told) if told else Markdown("nothing changed")

    def named(self, part: PartChange) -> str:
        """Return what a part is called: a service by its key, which is an author's text."""
        return part.service or Markdown("module")

    @cached_property
    def files(self) -> list[FileChange]:
        """The generated files with changes in them. One with another name is the same one."""
        before = self.edit.before.files_by_template if self.edit.before else {}
        after = self.edit.after.files_by_template
        texts = [{template: file.text for template, file in files.items()} for files in (before, after)]
        found = [
            FileChange(file_in(self.folder_name, file.name), places(*(of.get(template, "") for of in texts)))
            for template, file in {**before, **after}.items()
        ]
        return [file for file in found if file.places]

    def lines(self, sign: str) -> int:
        """Return how many lines of the generated files are added, or removed for `-`."""
        all_places = [place for file in self.files for place in file.places]
        return sum(place.added if sign == "+" else place.removed for place in all_places)

    @cached_property
    def counts(self) -> str:
        """The numbers of Terraform's own last line; a replaced resource counts twice there."""
        most = [one.at_most for one in self.edit.implied.values()]
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

    def changes_of(self, place: Place) -> Iterator[Markdown]:
        """Yield what a place does, a sentence for each of its blocks."""
        for address in place.addresses:
            full = within(self.edit.after.address, address)
            change = self._changes_by_address.get(full)
            if change is None:
                yield Markdown("{} {}").format(self._verb(address), address)
            elif change.effect is Effect.NOTHING:
                yield Markdown("output {} {}").format(address.removeprefix("output."), words(change.what))
            elif change.effect is Effect.CREATION:
                yield self._creation(address, full)
            else:
                yield Markdown("{}: {} ({})").format(words(change.meaning), full, words(change.what))
        yield from self._permissions(place)

    def _verb(self, address: str) -> Markdown:
        is_old = address in self.edit.nodes_before
        is_new = address in self.edit.after.nodes
        if is_new and not is_old:
            return Markdown("reads")
        if is_old and is_new and self.edit.nodes_before[address] == self.edit.after.nodes[address]:
            return Markdown("changes a comment of")
        return Markdown("no longer reads") if is_old and not is_new else Markdown("changes")

    def _creation(self, address: str, full: str) -> Markdown:
        name = self._name_in_aws(address)
        return Markdown("creates {}, named {}").format(full, name) if name else Markdown("creates {}").format(full)

    def _permissions(self, place: Place) -> Iterator[Markdown]:
        """The permissions of a service are told where its policy is."""
        for part in (self._parts_by_policy[address] for address in place.addresses if address in self._parts_by_policy):
            yield from (self._sentence(_GAINS, grant) for grant in grants(part.gained))
            yield from (self._sentence(_LOSES, grant) for grant in grants(part.lost))

    @cached_property
    def _changes_by_address(self) -> dict[str, BlockChange]:
        return {change.address: change for change in self.edit.blocks}

    @cached_property
    def _parts_by_policy(self) -> dict[str, PartChange]:
        """The services that change, by the address of the policy that each has or had in the module."""
        editions = [edition for edition in (self.edit.before, self.edit.after) if edition]
        return {
            f"aws_iam_role_policy.{edition.catalogue.services[part.service].names.terraform_policy}": part
            for edition in editions
            for part in self.edit.services
            if part.service in edition.catalogue.services
        }

    @property
    def wide_permissions(self) -> list[Markdown]:
        """The permissions that come and reach far, a sentence each."""
        found = (grant.wide_part for grant in grants(self.edit.reach.gained))
        return [self._sentence(_GAINS, grant) for grant in found if grant]

    def permissions(self) -> Iterator[Markdown]:
        """Yield every way in which a role's reach grows or shrinks, a sentence each."""
        yield from (self._sentence(_GAINS, grant) for grant in grants(self.edit.reach.gained))
        yield from (self._sentence(_LOSES, grant) for grant in grants(self.edit.reach.lost))

    def _sentence(self, verb: Markdown, grant: Grant) -> Markdown:
        name = self._name_in_aws(grant.role)
        role = Markdown("{} ({})").format(name, grant.role) if name else grant.role
        what = Markdown(grant.kind.value).format(prose(grant.actions), grant.resource)
        if grant.words:
            return Markdown("role {} {} {}: {}").format(role, _MAY[verb], words(grant.words), what)
        return Markdown("role {} {} {}").format(role, verb, what)

    def _name_in_aws(self, address: str) -> str | None:
        """Return a block's name, unless an expression gives it, or an own template writes no such block or name."""
        both = (self.edit.after.nodes, self.edit.nodes_before)
        found = [nodes[address].arguments for nodes in both if address in nodes]
        names = [arguments.get("name", arguments.get("family")) for arguments in found]
        return next((name for name in names if isinstance(name, str)), None)

    @cached_property
    def comparisons(self) -> list[Comparison]:
        """The first new services, each beside the one that was there and is most like it."""
        before = self.edit.before.catalogue.services if self.edit.before else {}
        staying = [key for key in self.edit.after.catalogue.services if key in before]
        added = [part.service for part in self.of_state(ADDED)]
        return comparisons(self.edit.after, added[:_MOST_COMPARED], staying)

    @property
    def not_compared(self) -> int:
        """How many new services are beside no other, since there are so many."""
        return len(self.of_state(ADDED)) - len(self.comparisons) if self.comparisons else 0

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
        return {file_in(self.folder_name, name): is_same for name, is_same in unchanged_companions(self.edit).items()}

    @property
    def output_lines(self) -> list[str]:
        """The outputs as `terraform apply` prints them."""
        return [f'{name} = "{value}"' for name, value in self.outputs.items()]

    @property
    def checks(self) -> list[Markdown]:
        return checks(self.edit)

    @property
    def plan_file(self) -> str:
        parts = self.edit.services
        name = parts[0].service if len(parts) == 1 else self.edit.after.catalogue.project
        return f"{name}.tfplan"

    @property
    def watching(self) -> list[CommandLine]:
        """How to watch each service that runs anew."""
        catalogue = self.edit.after.catalogue
        return [line for service in self._changed_services.values() for line in service.watched_by(catalogue)]

    @cached_property
    def _changed_services(self) -> dict[str, Service]:
        services = {service.names.key: service for service in self.edit.after.catalogue.rendered_services}
        return {part.service: services[part.service] for part in self.edit.services if part.service in services}

    @property
    def runs(self) -> dict[str, list[CommandLine]]:
        """How to run what runs by itself nowhere, by the service's key."""
        catalogue = self.edit.after.catalogue
        changed = self._changed_services.items()
        commands = {key: list(service.run_by(catalogue)) for key, service in changed}
        return {key: lines for key, lines in commands.items() if lines}

    @property
    def emergency_targets(self) -> list[str]:
        """Full addresses of what runs of the new services, where the services that stay need none of it."""
        address = self.edit.after.address
        added = [self.edit.after.catalogue.services[part.service] for part in self.of_state(ADDED)]
        return [within(address, one) for service in added if service.is_rendered for one in service.stopped_by()]

    @cached_property
    def not_restored(self) -> list[Markdown]:
        """What a rollback does not bring back, in sentences."""
        return [*rollback.not_restored(self.edit)]

    @cached_property
    def emptied_first(self) -> list[str]:
        """Full addresses of what a rollback deletes, and AWS only when it is empty."""
        return [*Edit(self.edit.after, self.edit.before).kept_from_deletion] if self.edit.before else []

    @property
    def notes(self) -> list[Markdown]:
        return notes(self.edit)


@cache
def _environment() -> jinja2.Environment:
    """Return where the template is rendered: each value in it goes through `shown`, with no filter to be forgotten."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - it escapes for HTML
        finalize=shown,
    )
    environment.filters |= {"enumerated": enumerated, "fenced": fenced, "script": script, "words": words}
    environment.globals |= {"commands": commands, "plural": plural, "row": row}
    return environment
