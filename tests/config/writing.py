"""Writes pairs of teams to a database until it is told to stop: what others do during a backup.

Run as ``python -m tests.config.writing sqlite|postgresql ADDRESS``; it says "ready" after its
first pair, and ends when its input is closed.
"""

from __future__ import annotations

import sqlite3
import sys
import threading
from typing import Any

import psycopg

ADD = "INSERT INTO accounts_team (ref, code, name) VALUES ('{0}{1}', '{0}{1}', 'Quay')"


def main(kind: str, address: str) -> None:
    """Write a pair in each transaction: a copy that holds one half is not of one moment."""
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    database: Any = (
        sqlite3.connect(address, timeout=30) if kind == "sqlite" else psycopg.connect(address)
    )
    number = 0
    while not stop.wait(0.002):
        for half in "ab":
            database.execute(ADD.format(half, number))
        database.commit()
        if number == 0:
            print("ready", flush=True)
        number += 1


if __name__ == "__main__":
    main(*sys.argv[1:])
