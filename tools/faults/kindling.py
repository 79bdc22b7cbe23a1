"""A process that has everything imported, and forks the real command each time it is asked.

A command then starts in a moment, as a process of its own that can be killed like any other. In:
lines of JSON, [words, where its output goes]; out: its process number. ``["?", number]`` asks for
its exit code: null while it runs.

Every process reads the time through a file of eight bytes that says by how much the clock is
wrong, so that it can jump under all of them at once.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import sys
import time
from contextlib import suppress
from datetime import timedelta
from importlib import import_module
from pathlib import Path

CLOCK = "EVENHAND_FAULTS_CLOCK"
"""Of this tool alone: Evenhand itself knows no such variable."""
ASKED = "?"
KEPT_WARM = (
    "evenhand.config.urls",
    "evenhand.config.cli",
    "evenhand.imports.cli",
    "evenhand.imports.arrivals.cli",
    "evenhand.history.cli",
    "tools.faults.invariants",
)


def wrong_by(path: Path, seconds: float) -> None:
    """Set by how many seconds every clock is wrong."""
    path.write_bytes(struct.pack("d", seconds))


def _bend_the_clocks(path: Path) -> None:
    from django.utils import timezone

    with path.open("rb") as file:
        held = mmap.mmap(file.fileno(), 8, access=mmap.ACCESS_READ)
    true_time, true_now = time.time, timezone.now

    def wrong() -> float:
        return struct.unpack("d", held[:8])[0]

    time.time = lambda: true_time() + wrong()
    timezone.now = lambda: true_now() + timedelta(seconds=wrong())


def _warm() -> None:
    """Read the packs and the templates once, for all that are forked."""
    from django.template import TemplateDoesNotExist, TemplateSyntaxError
    from django.template.loader import get_template
    from django.template.utils import get_app_template_dirs

    from evenhand.facts.adopted import policy

    policy()
    for folder in get_app_template_dirs("templates"):
        for path in Path(folder).rglob("*.html"):
            with suppress(TemplateDoesNotExist, TemplateSyntaxError):
                get_template(str(path.relative_to(folder)))


def _run(words: list[str], output: str) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        _apart(output)
        if words[0] == "invariants":
            code = import_module("tools.faults.invariants").main(words[1:])
        else:
            code = import_module("evenhand.cli").main(words)
    except BaseException:  # noqa: BLE001 (a process reports its end, whatever it is)
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def _apart(output: str) -> None:
    """Give the process its own output, and no part in what is asked here."""
    with Path(output).open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.close(0)
    os.open(os.devnull, os.O_RDONLY)
    sys.stdout = os.fdopen(os.dup(1), "w", buffering=1)
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)


def _ended(pid: int) -> int | None:
    found, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def main() -> None:
    """Answer line by line until nobody asks."""
    import django

    django.setup()
    for module in KEPT_WARM:
        import_module(module)
    _warm()
    _bend_the_clocks(Path(os.environ[CLOCK]))
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        what, about = json.loads(line)
        told = _ended(about) if what == ASKED else _run(what, about)
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
