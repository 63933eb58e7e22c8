"""The commands that a reviewer is told to type: what another chose is one word of a shell in them, and no more."""

from __future__ import annotations

import shlex
from collections.abc import Iterable

from generator.catalogue.rendered_names import RenderedNames
from generator.catalogue.service import CommandLine
from generator.report.markdown import line_of_code


def command(pattern: str, *words: str) -> str:
    """Return a command with words in place of its `{}`, each quoted where bash would not take it as it is."""
    return pattern.format(*map(_quoted, words))


def plan(plan_file: str, base_option: Iterable[str]) -> list[str]:
    """Return how to make a plan and to judge it."""
    return [
        command("terraform plan -out={}", plan_file),
        command("terraform show -json {} > plan.json", plan_file),
        command("tfgen verify-plan plan.json {} {}", *base_option),
    ]


def apply(plan_file: str) -> list[str]:
    """Return how to apply a plan."""
    return [command("terraform apply {}", plan_file)]


def typed(lines: Iterable[CommandLine], names: RenderedNames) -> list[str]:
    """Return lines as they are typed into a shell."""
    return [command(line.pattern, *map(names.told, line.words)) for line in lines]


def destroy(addresses: Iterable[str]) -> list[str]:
    """Return how to destroy what stands at some addresses, and nothing else."""
    targets = [command("  -target {}", address) for address in addresses]
    return " \\\n".join(["terraform destroy", *targets]).split("\n")


def _quoted(word: str) -> str:
    """What a block of code does not show is given by its bytes. Source: the Bash manual, "ANSI-C Quoting"."""
    if line_of_code(word) == word:
        return shlex.quote(word)
    return "$'" + "".join(map(_byte, word.encode("utf-8", "surrogateescape"))) + "'"


def _byte(number: int) -> str:
    return chr(number) if chr(number).isascii() and chr(number).isalnum() else f"\\x{number:02x}"
