"""The command line: where click starts, what exit code a command has, and what is said where it fails."""

from __future__ import annotations

import gc
import io
import os
import sys

import click

from generator.commands import Commands
from generator.errors import TfgenError
from generator.options.where import where_options
from generator.output.progress import progress
from generator.output.streams import close_stdout, talk, tell


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tfgen")
@where_options
@click.pass_context
def tfgen(context: click.Context) -> None:
    """Terraform for AWS ECS services, from a YAML catalogue."""
    context.with_resource(progress())


def main() -> None:
    """Run tfgen. What is expected to fail is told in a line; a bug keeps its traceback."""
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
        tell(error.problems)
    except click.ClickException as error:
        said = io.StringIO()
        error.show(said)
        talk([said.getvalue().rstrip("\n")])
    except click.Abort:
        talk(["interrupted"])
    except BrokenPipeError:  # the reader of a diff has seen enough, as `head` has
        close_stdout()
    return 1
