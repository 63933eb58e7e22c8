"""How time and memory of each command grow with its input: exponents, for inputs that are doubled again and again.

Usage: python bench/scaling.py [NAME ...], with parts of the names of inputs; without one, all of them. Prints a table:
the exponent of time and of memory (1 means in proportion), and what the largest input took. Exits with 1 where an
exponent is above 1.2, or a command ends in a way that is none of its own.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import resource
import sys
import tempfile
import traceback
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from math import log
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

import generator
from bench.inputs import INPUTS, PLAN_OF_NOTHING, SMALL, Files, Input

DOUBLINGS = 6
MOST_EXPONENT = 1.2
ENOUGH_SECONDS = 1.0
"""Where a size takes that long, larger ones would tell nothing new."""

MOST_SECONDS = 60
MOST_BYTES = 8 << 30
CRASHED = 70

MEBIBYTES_THAT_TELL = 100
"""Below that, memory grows by what Python asks for ahead of need."""

COMMANDS = {
    "list": ["list"],
    "validate": ["validate"],
    "check": ["check"],
    "check json": ["check", "--format", "json"],
    "check github": ["check", "--format", "github"],
    "diff": ["diff"],
    "render": ["render"],
    "show": ["show", "first"],
    "blame line": ["blame", "out/main.tf:60"],
    "blame file": ["blame", "out/main.tf"],
    "mermaid": ["graph", "--format", "mermaid"],
    "dot": ["graph", "--format", "dot"],
    "svg": ["graph", "--format", "svg"],
    "html": ["graph", "--format", "html"],
    "changes": ["changes", "--base-file", "base.yaml"],
    "changes json": ["changes", "--base-file", "base.yaml", "--format", "json"],
    "report": ["report", "--base-file", "base.yaml"],
    "verify-plan": ["verify-plan", "plan.json", "--base-file", "base.yaml"],
}


class Cost(NamedTuple):
    """What a command took: seconds of a processor, MiB at the peak; and its exit code."""

    seconds: float
    mebibytes: float
    code: int


class Growth(NamedTuple):
    """How the cost of a command grows with an input, and what the largest size cost."""

    time: float
    memory: float
    largest: Cost
    codes: set[int]

    @property
    def is_sound(self) -> bool:
        """Whether nothing grows faster than its input, and each size ends as a command does."""
        return self.time <= MOST_EXPONENT and self.memory <= MOST_EXPONENT and self.codes <= {0, 1, 2}


def main(parts_of_names: Sequence[str]) -> int:
    """Print the table."""
    _import_all()
    print("| | input | command | time | memory | seconds | MiB | exit |\n|---|---|---|---|---|---|---|---|")
    at_start = _costs_at_start()
    wrong = 0
    for one in INPUTS:
        if not parts_of_names or any(part in one.name for part in parts_of_names):
            for command, costs in _costs(one).items():
                growth = _growth([one.first << step for step in range(DOUBLINGS + 1)], costs, at_start[command])
                wrong += not growth.is_sound
                print(_row(one, command, growth), flush=True)
    return int(wrong > 0)


def _row(one: Input, command: str, growth: Growth) -> str:
    sign, seconds = "" if growth.is_sound else "**!**", growth.largest.seconds
    numbers = f"{growth.time:.2f} | {growth.memory:.2f} | {seconds:.2f} | {growth.largest.mebibytes:.0f}"
    return f"| {sign} | {one.name} | {command} | {numbers} | {', '.join(map(str, sorted(growth.codes)))} |"


def _costs(one: Input) -> dict[str, list[Cost]]:
    """Return what each of an input's commands costs, size by size, until one takes long."""
    costs: dict[str, list[Cost]] = {command: [] for command in one.commands}
    for step in range(DOUBLINGS + 1):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            _prepare(one, one.first << step, folder)
            for command, found in costs.items():
                if not found or found[-1].seconds < ENOUGH_SECONDS:
                    if one.edited is not None and found is not next(iter(costs.values())):
                        _prepare(one, one.first << step, folder)  # the command before may have rendered
                    found.append(_cost(COMMANDS[command], folder))
    return costs


def _growth(sizes: Sequence[int], costs: Sequence[Cost], at_start: Cost) -> Growth:
    seconds = [
        (size, cost.seconds - at_start.seconds)
        for size, cost in zip(sizes, costs, strict=False)
        if cost.seconds > 2 * at_start.seconds
    ][-4:]
    memory = [(size, cost.mebibytes - at_start.mebibytes) for size, cost in zip(sizes, costs, strict=False)][-3:]
    return Growth(
        time=_exponent(seconds),
        memory=_exponent(memory) if memory[-1][1] > MEBIBYTES_THAT_TELL else 0.0,
        largest=costs[-1],
        codes={cost.code for cost in costs},
    )


def _exponent(points: Sequence[tuple[int, float]]) -> float:
    """Return the slope of the line through points on logarithmic scales; none is steep through fewer than two."""
    if len(points) < 2:
        return 0.0
    logs = [(log(size), log(max(value, 1e-9))) for size, value in points]
    middle = sum(x for x, _ in logs) / len(logs)
    return sum((x - middle) * y for x, y in logs) / sum((x - middle) ** 2 for x, _ in logs)


def _costs_at_start() -> dict[str, Cost]:
    """Return what each command costs of hardly any input: the least of three runs, the first of which fills caches."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _lay({"services.yaml": SMALL, "base.yaml": SMALL, "plan.json": PLAN_OF_NOTHING}, folder)
        _cost(["render"], folder)
        return {command: min(_cost(words, folder) for _ in range(3)) for command, words in COMMANDS.items()}


def _prepare(one: Input, size: int, folder: Path) -> None:
    _lay({"plan.json": PLAN_OF_NOTHING, **one.files(size)}, folder)
    _cost(["render"], folder)
    if one.edited is not None:
        for path in (folder / "out").glob("*.tf"):
            path.write_text(one.edited(path.read_text("utf-8")), "utf-8")


def _lay(files: Files, folder: Path) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _cost(arguments: Sequence[str], folder: Path) -> Cost:
    """Run a command in a process of its own, in which all modules are imported already."""
    child = os.fork()
    if not child:
        os._exit(_run(arguments, folder))
    _, status, usage = os.wait4(child, 0)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


def _run(arguments: Sequence[str], folder: Path) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    os.chdir(folder)
    sys.argv = ["tfgen", *arguments]
    tfgen = importlib.import_module("generator.cli")
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        try:
            tfgen.main()
        except SystemExit as end:
            return int(end.code or 0)
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
    return CRASHED


def _import_all() -> None:
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        importlib.import_module(module.name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
