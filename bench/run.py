"""Time and peak memory of whole tfgen processes, beside the plain way and `terraform fmt`, in one run.

Usage: python bench/run.py [NAME ...], with parts of the names of catalogues; without one, all of them. The plain way is
measured up to 1,000 services: its time grows faster than the catalogue.

So is the synthesis of cdktn, where the variable CDKTN_PYTHON names a Python that has it, and node is on the path:
`python -m venv V && V/bin/pip install cdktn cdktn-provider-aws pyyaml`, and `CDKTN_PYTHON=V/bin/python`.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.inputs import PLAN_OF_NOTHING
from bench.unlike import companions, unlike_catalogue

ROOT = Path(__file__).parent.parent
TFGEN = [sys.executable, "-c", "from generator.start import main; main()"]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Python compiles a module once, as it does where tfgen is installed."""

RUNS_WITHIN_SECONDS = 8.0
MOST_RUNS = 10
SUCCEEDED = (0, 2)
"""Exit codes of commands that did their work: 2 is drift, or a plan that is broken."""

FMT, CHECK = "terraform fmt", "tfgen check"
EDITED = (["changes"], ["report"], ["verify-plan", "plan.json"])
"""Commands that compare with a catalogue in which one service is another."""


@dataclass(frozen=True)
class Cost:
    """What a command takes: the median of its wall time in seconds, and its peak memory in MiB."""

    seconds: float
    mebibytes: float


@dataclass(frozen=True)
class Bench:
    """A catalogue to measure with: what it is, in a sentence, and how its folder is laid out.

    `service` is one of its services, for the commands that take one; without it they are not measured.
    """

    name: str
    sentence: str
    lay_out: Callable[[Path], None]
    has_plain_way: bool = True
    service: str = ""


def measure(command: Sequence[str], cwd: Path, package: Path = ROOT, before: Callable[[], None] | None = None) -> Cost:
    """Run a command until it has had some seconds, each time in a process of its own."""
    seconds: list[float] = []
    peak = 0.0
    while len(seconds) < MOST_RUNS and sum(seconds) < RUNS_WITHIN_SECONDS:
        if before:
            before()
        start = time.perf_counter()
        process = os.posix_spawn(
            shutil.which(command[0]) or command[0],
            list(command),
            ENVIRONMENT | {"PYTHONPATH": str(package)},
            file_actions=[(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)],
        )
        _, status, usage = os.wait4(process, 0)
        seconds.append(time.perf_counter() - start)
        peak = max(peak, usage.ru_maxrss / 1024)
        if os.waitstatus_to_exitcode(status) not in SUCCEEDED:
            sys.exit(f"{' '.join(command)} failed in {cwd}")
    return Cost(statistics.median(seconds), peak)


def own_catalogue(folder: Path) -> None:
    """Lay out the repository's own catalogue."""
    shutil.copytree(ROOT / "generated", folder / "generated")
    shutil.copy(ROOT / "services.yaml", folder)


def like_services(services: int) -> Callable[[Path], None]:
    """Lay out the repository's own backend beside many workers that differ in name and queue alone."""

    def lay_out(folder: Path) -> None:
        own_catalogue(folder)
        catalogue = yaml.safe_load((ROOT / "services.yaml").read_text("utf-8"))
        template = {"kind": "worker", "command": ["python", "worker.py"], "role": "own"}
        many = {f"worker-{n}": template | {"queue": f"queue-{n}"} for n in range(services)}
        catalogue["services"] = {"backend": catalogue["services"]["backend"]} | many
        (folder / "services.yaml").write_text(yaml.dump(catalogue, sort_keys=False, Dumper=_PlainDumper), "utf-8")

    return lay_out


def unlike_services(services: int, rich: bool = False) -> Callable[[Path], None]:
    """Lay out services as unlike as those of a company."""

    def lay_out(folder: Path) -> None:
        (folder / "out").mkdir()
        (folder / "out" / "variables.tf").write_text(companions(), "utf-8")
        (folder / "services.yaml").write_text(unlike_catalogue(services, rich), "utf-8")

    return lay_out


class _PlainDumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


UNLIKE = "services as unlike as those of a company: 2 to 25 variables each, some with JSON, quotes or interpolations"
RICH = "the same, each with a JSON text, a quoted command and five interpolations of its own"
LIKE = "workers that differ in their name and queue alone"

BENCHES = [
    Bench("own", "this repository's catalogue", own_catalogue),
    Bench("2 unlike", f"2 {UNLIKE}", unlike_services(2), has_plain_way=False),
    Bench("1000 unlike", f"1,000 {UNLIKE}", unlike_services(1000), service="account"),
    Bench("1000 rich", f"1,000 {RICH}", unlike_services(1000, rich=True), has_plain_way=False),
    Bench("1000 like", f"1,000 {LIKE}", like_services(1000)),
    Bench("10000 unlike", f"10,000 {UNLIKE}", unlike_services(10_000), has_plain_way=False),
    Bench("10000 like", f"10,000 {LIKE}", like_services(10_000), has_plain_way=False),
]


def compare(bench: Bench) -> None:
    """Print a table of all commands for one catalogue."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bench.lay_out(folder)
        os.chdir(folder)
        measure([*TFGEN, "render"], folder)  # writes the files, so that each render below finds nothing to change
        costs = dict(_costs(bench, folder))
        lines = sum(path.read_text("utf-8").count("\n") for path in folder.glob("*/**/*.tf"))
        os.chdir(ROOT)
    print(f"\n{bench.sentence}, {lines:,} lines of HCL\n")
    print(f"| command | seconds | of the plain way | of {FMT} | of {CHECK} | peak MiB |\n|---|---|---|---|---|---|")
    for command, cost in costs.items():
        ratios = [_ratio(cost, costs.get(other)) for other in ("plain way", FMT, CHECK)]
        print(f"| {command} | {cost.seconds:.2f} | {' | '.join(ratios)} | {cost.mebibytes:.0f} |", flush=True)


def _costs(bench: Bench, folder: Path) -> Iterator[tuple[str, Cost]]:
    if bench.has_plain_way:
        yield "plain way", measure([sys.executable, str(ROOT / "bench" / "plain.py"), "services.yaml"], folder)
        yield from _cost_of_cdktn(folder)
    if shutil.which("terraform"):
        yield FMT, measure(["terraform", "fmt", "-check", "-recursive", "."], folder)
    yield "tfgen render", measure([*TFGEN, "render"], folder)
    yield CHECK, measure([*TFGEN, "check"], folder)
    if bench.name == "own":
        yield "tfgen check, for the first time", _first_check(folder)
        yield "import click", measure([sys.executable, "-c", "import click"], folder)
    if bench.service:
        yield from _costs_of_all_commands(folder)


def _cost_of_cdktn(folder: Path) -> Iterator[tuple[str, Cost]]:
    python = os.environ.get("CDKTN_PYTHON")
    if python is None:
        print("\ncdktn is not measured: CDKTN_PYTHON names no Python that has it.")
        return
    with tempfile.TemporaryDirectory() as out:
        way = [python, str(ROOT / "bench" / "cdktn_way.py"), "services.yaml", out]
        yield "cdktn, synthesis alone", measure(way, folder)


def _costs_of_all_commands(folder: Path) -> Iterator[tuple[str, Cost]]:
    services = list(yaml.safe_load((folder / "services.yaml").read_text("utf-8"))["services"])
    middle = services[len(services) // 2]
    text = (folder / "services.yaml").read_text("utf-8")
    before, key, after = text.partition(f"\n  {middle}:\n")
    changed = after.replace("SERVICE_NAME:", "SERVICE_TITLE:", 1)
    (folder / "base.yaml").write_text(before + key + changed, "utf-8")
    (folder / "plan.json").write_text(PLAN_OF_NOTHING, "utf-8")
    for arguments in (["list"], ["show", middle], ["blame", "out/main.tf:5000"]):
        yield f"tfgen {arguments[0]}", measure([*TFGEN, *arguments], folder)
    for arguments in EDITED:
        yield f"tfgen {arguments[0]}", measure([*TFGEN, *arguments, "--base-file", "base.yaml"], folder)
    for form in ("mermaid", "svg", "html"):
        yield f"tfgen graph --format {form}", measure([*TFGEN, "graph", "--format", form], folder)


def _first_check(folder: Path) -> Cost:
    """Measure a check by an installation in which nothing is compiled yet."""
    with tempfile.TemporaryDirectory() as name:
        package = Path(name)
        for part in ("generator", "templates"):
            shutil.copytree(ROOT / part, package / part, ignore=shutil.ignore_patterns("__pycache__"))

        def forget() -> None:
            for cache in package.rglob("__pycache__"):
                shutil.rmtree(cache)

        return measure([*TFGEN, "check"], folder, package, forget)


def _ratio(cost: Cost, other: Cost | None) -> str:
    return f"{cost.seconds / other.seconds:.2f}" if other else "–"


def main() -> None:
    """Compare for each catalogue that is asked for."""
    for bench in BENCHES:
        if not sys.argv[1:] or any(part in bench.name for part in sys.argv[1:]):
            compare(bench)


if __name__ == "__main__":
    main()
