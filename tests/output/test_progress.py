"""What takes long says on a terminal what it is at, and leaves nothing behind; nobody else hears of it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bench.unlike import companions, unlike_catalogue
from tests.support.paths import ROOT
from tests.support.processes import MAIN
from tests.support.project import Project
from tests.support.pseudo_terminal import ERASE, on_screen, session
from tests.support.rendering import CATALOGUE

IMPATIENT = (
    "import generator.output.progress_line as line, generator.rendering.bounds as bounds\n"
    "line._PATIENCE = line._INTERVAL = bounds._INTERVAL = 0.002\n" + MAIN
)
"""tfgen, which wonders sooner: so that a test need not last for seconds, however fast the machine is."""

IN_BACKGROUND = """
import fcntl, os, termios

def in_child():
    if os.fork():
        os._exit(os.waitstatus_to_exitcode(os.wait()[1]))

in_child()
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
in_child()
os.setpgid(0, 0)
"""
"""Makes the terminal that of a session whose foreground this process is not, as a shell does."""

VALID = "services.yaml is valid: 100 services"

ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"

COUNT = re.compile(r"(\w[\w ]*): [\d,]+ of ([\d,]+) (\w+)")


def environment(**variables: str) -> dict[str, str]:
    left_out = ("CI", "FORCE_COLOR")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return {**kept, "PYTHONPATH": path, "TERM": "xterm-256color", **variables}


def on_terminal(command: str, folder: Path, program: str = IMPATIENT, **variables: str) -> str:
    """Return what a terminal gets from tfgen."""
    with session([sys.executable, "-c", program, *command.split()], folder, environment(**variables)) as started:
        return started.rest()


def on_quiet_terminal(command: str, folder: Path) -> str:
    """Return what a terminal gets from tfgen where nobody is told."""
    return on_screen(on_terminal(command, folder, CI="true"))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of a hundred services, none of them rendered yet, and one to compare it with."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "out").mkdir()
    (folder / "out/variables.tf").write_text(companions(), "utf-8")
    text = unlike_catalogue(100).replace("''", "x")
    (folder / "services.yaml").write_text(text, "utf-8")
    (folder / "base.yaml").write_text(text.replace("desired_count", "x").replace("SERVICE_NAME", "S", 1), "utf-8")
    return folder


STAGES = {
    "validate": {"reading the catalogue", "checking the catalogue", "rendering", "proving", "verifying"},
    "changes --base-file base.yaml": {"comparing"},
    "report --base-file base.yaml": {"writing the document"},
    "graph --format html --output graph.html": {"describing", "drawing"},
}


@pytest.mark.parametrize("command", STAGES)
def test_what_it_is_at_is_told_while_it_takes_long_and_leaves_no_trace(command: str, many: Path) -> None:
    got = on_terminal(command, many)

    told = {text.partition(":")[0] for text in re.findall(r"tfgen: ([^\r\x1b]+)", got)}
    assert STAGES[command] <= told
    assert on_screen(got) == on_quiet_terminal(command, many)


def test_services_are_counted_and_so_are_blocks(many: Path) -> None:
    counts = {(doing, things): of for doing, of, things in COUNT.findall(on_terminal("validate", many))}

    assert counts["rendering", "services"] == counts["checking the catalogue", "services"] == "100"
    assert ("proving", "blocks") in counts


@pytest.mark.parametrize("command", ["check", "diff", "list"])
def test_a_diff_and_a_table_stand_alone(command: str, many: Path) -> None:
    got = on_terminal(command, many)

    assert "tfgen: reading" in got
    assert on_screen(got) == on_quiet_terminal(command, many)


@pytest.mark.parametrize("variables", [{"CI": "true"}, {"TERM": "dumb"}, {"TERM": ""}], ids=str)
def test_nothing_is_told_in_ci_and_where_no_line_can_be_erased(variables: dict[str, str], many: Path) -> None:
    assert on_terminal("validate", many, **variables) == f"{VALID}\r\n"


def test_a_pipe_hears_nothing(many: Path) -> None:
    words = [sys.executable, "-c", IMPATIENT, "validate"]
    done = subprocess.run(words, cwd=many, env=environment(), capture_output=True, text=True, check=True)

    assert (done.stdout, done.stderr) == ("", f"{VALID}\n")


def test_who_works_in_the_background_leaves_the_terminal_alone(many: Path) -> None:
    assert on_terminal("validate", many, IN_BACKGROUND + IMPATIENT) == f"{VALID}\r\n"


def test_what_takes_no_second_says_nothing(project: Project) -> None:
    got = on_terminal("validate", project.root, MAIN)

    assert "\x1b" not in got
    assert "valid" in got


# A project's own templates render in a process of its own


@pytest.fixture
def slow(project: Project) -> Path:
    """A catalogue whose second service takes for ever to render."""
    return with_banner(project, ENDLESS)


def with_banner(project: Project, text: str) -> Path:
    """Lay out three services, the second of which renders a text that is the project's own."""
    services = "".join(f"  s{n}: {{kind: worker, image: 'busybox:1'}}\n" for n in range(3))
    project.says(CATALOGUE.partition("services:\n")[0] + "services:\n" + services)
    path = project.root / "templates/service/banner.tf.j2"
    path.parent.mkdir(parents=True)
    path.write_text(f"{{% if service.names.key == 's1' %}}{text}{{% endif %}}", "utf-8")
    return project.root


SIGN = "rendering: 1 of 3 services"


def test_an_error_stands_alone(project: Project) -> None:
    folder = with_banner(project, ENDLESS.replace("99999", "300") + "{{ 1 / 0 }}")
    got = on_terminal("validate", folder)

    assert SIGN in got
    assert on_screen(got) == "templates/service/banner.tf.j2:1:1: division by zero; fix the template\n"


def test_an_interruption_finds_no_line(slow: Path) -> None:
    with session([sys.executable, "-c", IMPATIENT, "validate"], slow, environment()) as started:
        got = started.until(SIGN)
        started.process.send_signal(signal.SIGINT)
        got += started.rest()
        code = started.process.returncode

    assert SIGN in got
    assert on_screen(got).strip() == "interrupted"
    assert code == 1


def test_a_signal_to_end_finds_no_line_and_ends_it(slow: Path) -> None:
    with session([sys.executable, "-c", IMPATIENT, "validate"], slow, environment()) as started:
        got = started.until(SIGN)
        started.process.terminate()
        got += started.rest()
        code = started.process.returncode

    assert SIGN in got
    assert on_screen(got) == ""
    assert code == -signal.SIGTERM


def test_who_is_stopped_and_goes_on_finds_no_line_meanwhile(slow: Path) -> None:
    with session([sys.executable, "-c", IMPATIENT, "validate"], slow, environment()) as started:
        got = started.until(SIGN)
        started.process.send_signal(signal.SIGTSTP)
        _, status = os.waitpid(started.process.pid, os.WUNTRACED)
        stopped = on_screen(got + started.until(ERASE))
        started.process.send_signal(signal.SIGCONT)
        again = started.until(SIGN)

    assert os.WIFSTOPPED(status)
    assert stopped == ""
    assert SIGN in again
