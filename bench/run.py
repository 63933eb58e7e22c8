"""Time and peak memory of whole tfgen processes, beside the plain way and `terraform fmt`, in one run.

Usage: python bench/run.py [WORKERS ...]; without an argument: the repository's own catalogue, 1,000 and 10,000 workers.
The plain way is measured up to 1,000 workers: its time grows faster than the catalogue.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
TFGEN = [sys.executable, "-c", "from generator.cli import main; main()"]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT["PYTHONPATH"] = str(ROOT)
"""Python compiles a module once, as it does where tfgen is installed."""

RUNS_WITHIN_SECONDS = 8.0
MOST_RUNS = 10
MOST_WORKERS_OF_THE_PLAIN_WAY = 1000


@dataclass(frozen=True)
class Cost:
    """What a command takes: the median of its wall time in seconds, and its peak memory in MiB."""

    seconds: float
    mebibytes: float


def measure(command: Sequence[str], cwd: Path) -> Cost:
    """Run a command until it has had some seconds, each time in a process of its own."""
    seconds: list[float] = []
    peak = 0.0
    while len(seconds) < MOST_RUNS and sum(seconds) < RUNS_WITHIN_SECONDS:
        start = time.perf_counter()
        process = os.posix_spawn(
            shutil.which(command[0]) or command[0],
            list(command),
            ENVIRONMENT,
            file_actions=[(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)],
        )
        _, status, usage = os.wait4(process, 0)
        seconds.append(time.perf_counter() - start)
        peak = max(peak, usage.ru_maxrss / 1024)
        if os.waitstatus_to_exitcode(status) != 0:
            sys.exit(f"{' '.join(command)} failed in {cwd}")
    return Cost(statistics.median(seconds), peak)


def prepare(folder: Path, workers: int | None) -> None:
    """Lay out the repository's own catalogue, or one with its backend and many workers."""
    shutil.copytree(ROOT / "generated", folder / "generated")
    catalogue = yaml.safe_load((ROOT / "services.yaml").read_text("utf-8"))
    if workers is not None:
        template = {"kind": "worker", "command": ["python", "worker.py"], "role": "own"}
        many = {f"worker-{n}": template | {"queue": f"queue-{n}"} for n in range(workers)}
        catalogue["services"] = {"backend": catalogue["services"]["backend"]} | many
    text = yaml.dump(catalogue, sort_keys=False, Dumper=_PlainDumper)
    (folder / "services.yaml").write_text(text, "utf-8")


class _PlainDumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def compare(workers: int | None) -> None:
    """Print a table of all commands for one size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, workers)
        os.chdir(folder)
        measure([*TFGEN, "render"], folder)  # writes the files, so that each render below finds nothing to change
        commands = {
            "plain way": [sys.executable, str(ROOT / "bench" / "plain.py"), "services.yaml"],
            "terraform fmt": ["terraform", "fmt", "-check", "generated/compute"],
            "tfgen render": [*TFGEN, "render"],
            "tfgen check": [*TFGEN, "check"],
            "tfgen --help": [*TFGEN, "--help"],
            "import click": [sys.executable, "-c", "import click"],
        }
        costs = {
            command: measure(words, folder) for command, words in commands.items() if _is_worth_it(command, workers)
        }
        lines = sum(path.read_text("utf-8").count("\n") for path in Path("generated/compute").glob("*.tf"))
        os.chdir(ROOT)
    title = "this repository's catalogue" if workers is None else f"{workers:,} workers"
    print(f"\n{title}, {lines:,} lines of HCL\n")
    print("| command | seconds | of the plain way | of terraform fmt | MiB |\n|---|---|---|---|---|")
    for command, cost in costs.items():
        ratios = [_ratio(cost, costs.get(other)) for other in ("plain way", "terraform fmt")]
        print(f"| {command} | {cost.seconds:.2f} | {' | '.join(ratios)} | {cost.mebibytes:.0f} |", flush=True)


def _is_worth_it(command: str, workers: int | None) -> bool:
    if command == "plain way":
        return workers is None or workers <= MOST_WORKERS_OF_THE_PLAIN_WAY
    if command == "terraform fmt":
        return shutil.which("terraform") is not None
    return workers is None or (command.startswith("tfgen ") and command != "tfgen --help")


def _ratio(cost: Cost, other: Cost | None) -> str:
    return f"{cost.seconds / other.seconds:.2f}" if other else "–"


def main() -> None:
    """Compare for each size that is asked for."""
    sizes: list[int | None] = [int(argument) for argument in sys.argv[1:]] or [None, 1000, 10_000]
    for workers in sizes:
        compare(workers)


if __name__ == "__main__":
    main()
