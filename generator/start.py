"""Where the program starts: nothing is imported yet that takes long."""

from __future__ import annotations

import sys


def main() -> None:
    """Run tfgen. Whoever interrupts it while Python still imports sees a word, as later."""
    try:
        from generator.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit("interrupted")
