"""How time and memory of each command grow with its input: exponents, for inputs that are doubled six times."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import resource
import sys
import tempfile
import traceback
from collections.abc import Sequence
from math import log
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))
import generator
from bench.inputs import INPUTS, PLAN_OF_NOTHING, SMALL, Files, Input

DOUBLINGS = 6
MOST_SECONDS = 60
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
    seconds: float
    mebibytes: float
    code: int


def cost(arguments: Sequence[str], folder: Path, keep=False) -> Cost:
    child = os.fork()
    if not child:
        os._exit(_run(arguments, folder))
    _, status, usage = os.wait4(child, 0)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


def _run(arguments, folder) -> int:
    from generator.cli import main

    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
    os.chdir(folder)
    sys.stdout = open(os.devnull, "w")
    sys.stderr = open("/tmp/w/lin-scratch/stderr", "w")
    os.dup2(sys.stdout.fileno(), 1)
    os.dup2(sys.stderr.fileno(), 2)
    sys.argv = ["tfgen", *arguments]
    try:
        main()
    except SystemExit as end:
        sys.stdout.flush()
        sys.stderr.flush()
        return int(end.code or 0)
    except BaseException:
        traceback.print_exc(limit=6)
        sys.stderr.flush()
        return 70
    return 71


def lay(files: Files, folder: Path) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def prepared(one: Input, n: int, folder: Path) -> None:
    lay({"plan.json": PLAN_OF_NOTHING, **one.files(n)}, folder)
    cost(["render"], folder)
    if one.edited:
        for path in (folder / "out").glob("*.tf"):
            path.write_text(one.edited(path.read_text("utf-8")), "utf-8")


def warm(folder):
    import io, contextlib
    from generator.cli import main
    sys.dont_write_bytecode = False
    here = os.getcwd()
    os.chdir(folder)
    for words in COMMANDS.values():
        out = io.TextIOWrapper(io.BytesIO())
        sys.argv = ["tfgen", *words]
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out), contextlib.suppress(SystemExit):
            main()
    os.chdir(here)


def import_all() -> None:
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        importlib.import_module(module.name)


def exponent(sizes, values) -> float:
    xs, ys = [log(x) for x in sizes], [log(max(y, 1e-9)) for y in values]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / sum((x - mx) ** 2 for x in xs)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("only", nargs="*")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--commands", default="")
    options = parser.parse_args()
    import_all()
    with tempfile.TemporaryDirectory() as name:
        small = Path(name)
        lay({"services.yaml": SMALL, "base.yaml": SMALL, "plan.json": PLAN_OF_NOTHING}, small)
        cost(["render"], small)
        warm(small)
        starts = {command: min(cost(words, small) for _ in range(3)) for command, words in COMMANDS.items()}
        print({k: f"{v.seconds*1000:.0f}ms {v.mebibytes:.0f}" for k,v in starts.items()})
        wrong = 0
        for one in INPUTS:
            if options.only and not any(o in one.name for o in options.only):
                continue
            commands = [c for c in one.commands if not options.commands or c in options.commands.split(",")]
            costs = {c: [] for c in commands}
            sizes = [options.times * one.first << k for k in range(DOUBLINGS + 1)]
            dead = set()
            for n in sizes:
                with tempfile.TemporaryDirectory() as f:
                    if one.edited is None:
                        prepared(one, n, Path(f))
                    for c in commands:
                        if c in dead: continue
                        if one.edited is not None:
                            prepared(one, n, Path(f))
                        found = cost(COMMANDS[c], Path(f))
                        costs[c].append(found)
                        if found.seconds > 3: dead.add(c)
            for c, found in costs.items():
                base = starts[c]
                told = [(s, x.seconds - base.seconds) for s, x in zip(sizes, found) if x.seconds > 2 * base.seconds]
                told = told[-4:]
                e = exponent(*zip(*told)) if len(told) > 1 else 0
                mem = [(s, x.mebibytes - base.mebibytes) for s, x in zip(sizes, found)][-3:]
                m = exponent(*zip(*mem)) if mem[-1][1] > 20 else 0
                codes = {x.code for x in found}
                bad = e > 1.2 or m > 1.2 or not codes <= {0, 1, 2} or len(codes) > 1
                wrong += bad
                print(f"| {'!!' if bad else '  '} {one.name} | {c} | {e:.2f} | {found[-1].seconds:.2f} s | {m:.2f} | {found[-1].mebibytes:.0f} MiB | {sorted(codes)} |", flush=True)
    sys.exit(wrong > 0)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    main()
