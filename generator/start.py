"""Where the program starts: nothing is imported yet that takes long."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run tfgen. Whoever interrupts it while Python still imports sees a word, as later."""
    gc.disable()  # a command ends before its memory is worth looking through, and so does an import
    try:
        from generator.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit("interrupted")
