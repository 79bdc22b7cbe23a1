"""Several processes that are kept at work: one that dies is replaced, and all end together.

Only where the system can fork (not Windows). The keeper itself holds no connection and no thread,
so that what it forks begins clean.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Sequence

Work = Callable[[], None]
SHORTEST_LIFE = 1.0
"""Seconds: work that ends sooner than this is begun again only after as long a pause."""
LOOKED_EVERY = 0.1
"""Seconds between two looks whether a process has ended, or somebody asks us to stop."""


def keep(works: Sequence[Work]) -> None:
    """Do each work in a process of its own until SIGINT or SIGTERM; replace each that ends.

    If the keeper is killed they all end by themselves.
    """
    ours, theirs = os.pipe()
    asked: list[int] = []  # the signals that ask us to stop: only noted, wherever we are just then
    previous = [signal.signal(one, lambda number, _: asked.append(number)) for one in _SIGNALS]
    running: dict[int, tuple[Work, float]] = {}
    try:
        for work in works:
            running[_begin(work, ours, theirs, asked)] = (work, time.monotonic())
        while not asked:
            _replace_one(running, ours, theirs, asked)
    finally:
        _end(running)
        for one, handler in zip(_SIGNALS, previous, strict=True):
            signal.signal(one, handler)
        os.close(ours), os.close(theirs)


_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def _begin(work: Work, ours: int, theirs: int, asked: Sequence[int]) -> int:
    """Fork; the child does the work and never returns."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        for one in _SIGNALS:
            signal.signal(one, signal.SIG_DFL)
        if asked:  # to stop, between the fork and this line
            os._exit(0)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the keeper passes on what a terminal says
        os.close(theirs)
        threading.Thread(target=_end_with_the_keeper, args=(ours,), daemon=True).start()
        work()
        code = 0
    finally:
        os._exit(code)


def _end_with_the_keeper(ours: int) -> None:
    os.read(ours, 1)  # nothing is ever written: it ends when the other end is gone
    os._exit(1)


def _replace_one(
    running: dict[int, tuple[Work, float]], ours: int, theirs: int, asked: Sequence[int]
) -> None:
    pid, _ = os.waitpid(-1, os.WNOHANG)
    if not pid:
        time.sleep(LOOKED_EVERY)
        return
    work, begun = running.pop(pid)
    if time.monotonic() - begun < SHORTEST_LIFE:
        time.sleep(SHORTEST_LIFE)
    if not asked:
        running[_begin(work, ours, theirs, asked)] = (work, time.monotonic())


def _end(running: dict[int, tuple[Work, float]]) -> None:
    for pid in running:
        os.kill(pid, signal.SIGTERM)
    for pid in running:
        os.waitpid(pid, 0)
