"""The command line: parses, calls, prints. What only one command needs is imported by that command."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from generator.errors import (
    FolderError,
    Position,
    Problem,
    TfgenError,
    first_of,
    likely,
    plural,
    printable_lines,
    without_commands,
)

if TYPE_CHECKING:
    from generator.changes.edit import Edit
    from generator.output.findings import Report
    from generator.plan.verdict import Verdict
    from generator.workspace import Workspace

DEFAULT_CATALOGUE = "services.yaml"

Command = TypeVar("Command", bound=Callable[..., Any])

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


class _Where:
    """Which catalogue is meant: what the options say, before the command or behind it."""

    def __init__(self) -> None:
        self.directory: str | None = None
        self.catalogue: str | None = None
        self.base: str | None = None
        self.base_file: str | None = None

    @property
    def arguments(self) -> list[str]:
        """The options that mean the same catalogue in another command."""
        given = {"-C": self.directory, "--catalogue": self.catalogue}
        return [word for option, value in given.items() if value for word in (option, value)]

    def workspace(self) -> Workspace:
        from generator.workspace import Workspace

        return Workspace(Path(self.directory or "", self.catalogue or DEFAULT_CATALOGUE), tuple(self.arguments))


def _where(command: Command) -> Command:
    """Give a command the options that say which catalogue is meant."""
    for name, metavar, field, help_text in (
        ("--catalogue", "FILE", "catalogue", f"The catalogue; relative to DIR.  [default: {DEFAULT_CATALOGUE}]"),
        ("-C", "DIR", "directory", "The folder to work in.  [default: this one]"),
    ):
        command = click.option(name, field, metavar=metavar, expose_value=False, callback=_keep, help=help_text)(
            command
        )
    return command


def _keep(context: click.Context, option: click.Parameter, value: str | None) -> None:
    where = context.ensure_object(_Where)
    if value is not None:
        setattr(where, str(option.name), _not_empty(context, option, value))


def _not_empty(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """An unset variable of a shell names nothing."""
    if value == "":
        raise click.BadParameter(f"it is empty; name a {parameter.metavar}", context, parameter)
    return value


def _base(command: Command) -> Command:
    """Give a command the options that say what the catalogue is compared with."""
    for name, metavar, help_text in (
        ("--base-file", "FILE", "Another catalogue to compare with, in place of a revision."),
        ("--base", "REV", "The revision of git to compare with.  [default: HEAD]"),
    ):
        command = click.option(name, metavar=metavar, expose_value=False, callback=_keep, help=help_text)(command)
    return command


_format = click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations in GitHub Actions.",
)

_output = click.option(
    "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write to a file, not to stdout."
)


def _edit(where: _Where, is_kept: bool = False) -> tuple[Edit, tuple[str, str]]:
    """Return the edit since a revision or another catalogue, and the option that says which.

    In a text that is kept, it says so also when `HEAD` is another commit.
    """
    from generator.changes.edit import Edit

    if where.base is not None and where.base_file is not None:
        raise click.UsageError("--base and --base-file say two things; give one of them")
    workspace = where.workspace()
    after = workspace.rendered().edition
    if where.base_file is not None:
        before = workspace.beside(Path(where.base_file), after.companions)
        return Edit(before, after), ("--base-file", where.base_file)
    revision = where.base or "HEAD"
    if is_kept:
        revision = workspace.commit(revision)
    return Edit(workspace.at(revision), after), ("--base", revision)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tfgen")
@_where
def tfgen() -> None:
    """Terraform for AWS ECS services, from a YAML catalogue."""


@tfgen.command()
@_where
@click.option("--adopt", is_flag=True, help="Overwrite files that tfgen did not generate.")
@click.pass_obj
def render(where: _Where, adopt: bool) -> None:
    """Write the module's generated files, and say what changed."""
    from generator.files.drift import State
    from generator.files.write import write

    workspace = where.workspace()
    rendered = workspace.rendered()
    _tell(rendered.warnings)
    workspace.confirm(rendered)
    changes = write(rendered.folder, rendered.folder_name, rendered.comparisons, adopt, rendered.arguments)
    verbs = {State.MISSING: "created", State.ORPHANED: "removed"}
    _talk(f"{verbs.get(change.state, 'updated')} {rendered.folder_name}/{change.name}" for change in changes)
    if not changes:
        _talk([f"{rendered.folder_name} is up to date"])


@tfgen.command()
@_where
@_format
@click.pass_obj
def check(where: _Where, output_format: str) -> int:
    """Compare the catalogue with the generated files.

    Writes nothing. Exits with 0 where they agree, 1 on an error, 2 on drift.
    """
    from generator.output import findings

    try:
        report = where.workspace().report()
    except TfgenError as error:
        report = findings.Report(error.problems)
    if output_format == "json":
        _print([findings.to_json(report)])
    elif output_format == "github":
        _print(findings.to_github(report))
    else:
        _print_diff(report)
        _talk(findings.talk_lines(report))
    return report.exit_code


@tfgen.command()
@_where
@click.pass_obj
def diff(where: _Where) -> None:
    """Show what a render would change, as a unified diff."""
    report = where.workspace().report()
    _tell(report.problems)
    _print_diff(report, as_patch=not sys.stdout.isatty())


@tfgen.command()
@_where
@click.pass_obj
def validate(where: _Where) -> None:
    """Check the catalogue and what it renders; compare and write nothing."""
    rendered = where.workspace().rendered()
    _tell(rendered.warnings)
    _talk([f"{rendered.catalogue_name} is valid: {plural(len(rendered.catalogue.services), 'service')}"])


@tfgen.command("list")
@_where
@click.pass_obj
def list_services(where: _Where) -> None:
    """List the services, with the defaults merged in."""
    from generator.output.description import print_services

    _, catalogue, _ = where.workspace().load()
    with _stdout() as stdout:
        print_services(catalogue, stdout, _colour(stdout))


@tfgen.command()
@_where
@click.argument("service", metavar="SERVICE", callback=_not_empty)
@click.pass_obj
def show(where: _Where, service: str) -> None:
    """Show a service: its settings, and its blocks with their addresses."""
    from generator.output.description import Description

    rendered = where.workspace().rendered()
    services = rendered.catalogue.services
    if service not in services:
        raise click.UsageError(f"{rendered.catalogue_name} has no service `{service}`; {likely(service, services)}")
    _tell(rendered.warnings)
    description = Description(rendered.catalogue, rendered.files, rendered.folder_name)
    _print(map(without_commands, description.lines(services[service])))


@tfgen.command()
@_where
@click.argument("file", metavar="FILE[:LINE]", callback=_not_empty)
@click.pass_obj
def blame(where: _Where, file: str) -> None:
    """Tell where a line of a generated file comes from: a line of a template, and keys of the catalogue.

    Without LINE, tells it of every line.
    """
    from generator.blame.listing import listing
    from generator.blame.target import lines_of

    workspace = where.workspace()
    _print(listing(lines_of(file, workspace.rendered(), workspace.overrides())))


@tfgen.command()
@_where
@_base
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs.",
)
@click.pass_obj
def changes(where: _Where, output_format: str) -> None:
    """Tell what an edit of the catalogue changes: settings, blocks, permissions, and what that means."""
    from generator.changes import told

    edit, (_, name) = _edit(where)
    if output_format == "json":
        _print([told.to_json(edit, name)])
    else:
        with _stdout() as stdout:
            told.print_edit(edit, stdout, _colour(stdout))
        _talk([told.summary(edit, name)])


@tfgen.command()
@_where
@_base
@click.option("--plan", metavar="PLAN.json", type=click.Path(path_type=Path), help="Lead with the verdict on a plan.")
@_output
@click.pass_obj
def report(where: _Where, plan: Path | None, output: Path | None) -> None:
    """Write the change document of an edit of the catalogue, as Markdown."""
    from generator.report.document import Document

    edit, base_option = _edit(where, is_kept=True)
    verdicts = _verdicts(edit, plan) if plan else None
    _write(where, output, Document(edit, base_option, verdicts).markdown())


@tfgen.command()
@_where
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["mermaid", "dot", "svg", "html"]),
    default="mermaid",
    show_default=True,
    help="For Markdown, for Graphviz, as a picture, or as a page.",
)
@_output
@click.pass_obj
def graph(where: _Where, output_format: str, output: Path | None) -> None:
    """Draw the services and what they use: load balancer, image, secrets, queue, buckets, roles, log group."""
    from generator.graph.document import document

    rendered = where.workspace().rendered()
    _write(where, output, document(rendered.catalogue, rendered.files, rendered.folder_name, output_format))


@tfgen.command("verify-plan")
@_where
@_base
@_format
@click.option("--allow", "allowed", type=click.Choice(["import"]), multiple=True, help="What a plan may do beside.")
@click.argument("plan", metavar="PLAN.json", type=click.Path(path_type=Path))
@click.pass_obj
def verify_plan(where: _Where, plan: Path, output_format: str, allowed: tuple[str, ...]) -> int:
    """Hold a plan of Terraform to what the catalogue's change implies.

    PLAN.json is what `terraform show -json` tells of a saved plan. The change is that from the catalogue at REV to the
    one in the work tree. Exits with 0 where the plan does all of what that implies and nothing else, 1 on an error, 2
    where it does not.
    """
    from generator.plan import told

    edit, (_, name) = _edit(where)
    verdicts = _verdicts(edit, plan, allowed)
    if output_format == "json":
        _print([told.to_json(verdicts, name)])
    elif output_format == "github":
        _print(told.to_github(verdicts))
    else:
        with _stdout() as stdout:
            told.print_verdicts(verdicts, stdout, _colour(stdout))
    if output_format != "json":
        _talk([told.summary(verdicts, name)])
    return 2 if any(verdict.faults for verdict in verdicts) else 0


def _verdicts(edit: Edit, plan: Path, allowed: Sequence[str] = ()) -> list[Verdict]:
    from generator.plan.contract import Contract
    from generator.plan.read import read_plan

    contract = Contract.between(edit.before, edit.after, allows_import="import" in allowed)
    return contract.judge(read_plan(plan, contract.address))


@tfgen.command()
def schema() -> None:
    """Print the catalogue's JSON Schema, for editors."""
    from generator.catalogue.schema import schema_json

    _print([schema_json()])


def main() -> None:
    """Run tfgen. What is expected to fail is told in a line; a bug keeps its traceback."""
    gc.disable()  # a command ends before its memory is worth looking through
    for name in ("stdout", "stderr"):  # closed by whoever calls
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 - for as long as the process lives
    if isinstance(sys.stdout, io.TextIOWrapper):  # data is UTF-8, whatever the locale
        sys.stdout.reconfigure(encoding="utf-8")
    code = _run()
    gc.freeze()  # Python would look through all of it once more as it ends
    sys.exit(code)


def _run() -> int:
    try:
        return int(tfgen.main(standalone_mode=False) or 0)
    except TfgenError as error:
        _tell(error.problems)
    except click.ClickException as error:
        said = io.StringIO()
        error.show(said)
        _talk([said.getvalue().rstrip("\n")])
    except click.Abort:
        _talk(["interrupted"])
    except BrokenPipeError:  # the reader of a diff has seen enough, as `head` has
        _close_stdout()
    return 1


def _close_stdout() -> None:
    """Let Python's own last flush of what could not be written fail in silence."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _stdout() -> Iterator[IO[str]]:
    """Lend stdout. Raises `FolderError` where it leads to a full disk."""
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _close_stdout()
        what = f"cannot be written: {error.strerror}"
        raise FolderError([Problem(Position("stdout"), "", what, "send the output elsewhere")]) from None


def _print(lines: Iterable[str]) -> None:
    """Data goes to stdout, in UTF-8 and with line feeds, whatever the locale.

    Whoever wrote the catalogue, a file or a plan, none of their control characters reaches a terminal.
    """
    _print_exactly(map(printable_lines, lines))


def _print_exactly(lines: Iterable[str]) -> None:
    with _stdout():
        for line in lines:
            click.echo(line.encode("utf-8", "surrogateescape"))


def _write(where: _Where, output: Path | None, text: str) -> None:
    from generator.files.write import write_document

    if output:
        where.workspace().check_output(output)
        write_document(output, text)
        _talk([f"wrote {output}"])
    else:
        _print([text.rstrip("\n")])


def _print_diff(report: Report, as_patch: bool = False) -> None:
    """Print a difference to look at, or as it is for a program that applies it."""
    from generator.output.findings import diff_lines

    if as_patch:
        _print_exactly(diff_lines(report))
        return
    colour = _colour(sys.stdout)
    lines = ((line[:1], printable_lines(line)) for line in diff_lines(report))
    _print_exactly(click.style(line, fg=_COLOURS.get(sign)) if colour else line for sign, line in lines)


def _talk(lines: Iterable[str]) -> None:
    """Say something on stderr. Where that cannot be written, the exit code alone tells."""
    with suppress(OSError):
        for line in lines:
            click.echo(without_commands(printable_lines(line)), err=True)


def _tell(problems: Sequence[Problem]) -> None:
    _talk(map(str, first_of(problems)))


def _colour(stream: Any) -> bool:
    """Colour is for people. Source of the variable: https://no-color.org."""
    return stream.isatty() and not os.environ.get("NO_COLOR")
