"""``evenhand serve``: the pages, from one process, on SQLite or PostgreSQL."""

from __future__ import annotations

import argparse
import errno
import json
import threading

from django.utils import timezone
from waitress import create_server  # type: ignore[import-untyped]

from evenhand.config import upkeep
from evenhand.config.wsgi import application
from evenhand.problems import Problem

LONGEST_WAIT = 5  # seconds for upkeep to finish what it is at
IN_USE = {errno.EADDRINUSE, 10048}  # the second is what Windows says


def serve(arguments: argparse.Namespace) -> int:
    """Serve until stopped, having printed the address once it answers there."""
    return serve_at(arguments.address, arguments.port, threads=arguments.threads)


def serve_at(address: str, port: int, *, threads: int) -> int:
    """Serve on ``address`` and ``port`` with ``threads`` requests at once, until Ctrl-C."""
    server = _listen(address, port, threads)
    print(
        f"Evenhand is at http://{address}:{server.effective_port}/ (Ctrl-C stops it).", flush=True
    )
    stop = threading.Event()
    tending = upkeep.in_background(stop)
    server.run()
    stop.set()
    tending.join(LONGEST_WAIT)
    print("Stopped serving.", flush=True)
    return 0


def tend(arguments: argparse.Namespace) -> int:
    """``evenhand upkeep``: do once what ``serve`` does now and then, for a scheduler."""
    upkeep.tend(timezone.now())
    said = "Counts are as at today, and the history is sealed."
    print(json.dumps({"done": said}) if arguments.json else said)
    return 0


def _listen(address: str, port: int, threads: int):  # waitress has no types
    try:
        return create_server(application, host=address, port=port, threads=threads, ident=None)
    except OSError as fault:
        if fault.errno in IN_USE:
            raise Problem(
                f"Something else is already at port {port}.",
                f"Stop it, or choose another: --port {port + 1}",
            ) from fault
        raise Problem(
            f"Evenhand cannot serve on {address}, port {port}: {fault.strerror or fault}.",
            "Choose an address of this machine and a free port: --address, --port.",
        ) from fault
