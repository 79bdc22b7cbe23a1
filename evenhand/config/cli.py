"""``evenhand serve``: the pages, from one process or several, on SQLite or PostgreSQL."""

from __future__ import annotations

import argparse
import errno
import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import connections
from django.utils import timezone
from waitress import create_server  # type: ignore[import-untyped]

from evenhand.config import measuring, processes, roles_of_database, upkeep
from evenhand.config.wsgi import application
from evenhand.problems import Problem

WAITING = 1_024  # connections that may wait until a process takes them, as waitress has it
LONGEST_WAIT = 5  # seconds for upkeep to finish what it is at
IN_USE = {errno.EADDRINUSE, 10048}  # the second is what Windows says


def serve(arguments: argparse.Namespace) -> int:
    """Serve until stopped, having printed the address once it answers there."""
    roles_of_database.refuse_to_serve_as_owner()
    measuring.begin()
    if arguments.processes > 1:
        return _serve_in_several(arguments)
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


def _serve_in_several(arguments: argparse.Namespace) -> int:
    """Serve from several processes that share one address, with upkeep in one of its own."""
    if not hasattr(os, "fork"):
        raise Problem("This system cannot serve from several processes.", "Leave --processes out.")
    with _faults_in_words(arguments.address, arguments.port):
        shared = _bound(arguments.address, arguments.port)
    connections.close_all()
    print(
        f"Evenhand is at http://{arguments.address}:{shared.getsockname()[1]}/ "
        f"from {arguments.processes} processes (Ctrl-C stops it).",
        flush=True,
    )
    serving = partial(_serve_on, shared, arguments.threads)
    processes.keep([serving] * arguments.processes + [_tend_on])
    print("Stopped serving.", flush=True)
    return 0


def _bound(address: str, port: int) -> socket.socket:
    """Return a socket that listens; each process takes from it what the others leave."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return socket.create_server((address, port), family=family, backlog=WAITING)


def _serve_on(shared: socket.socket, threads: int) -> None:
    create_server(application, sockets=[shared], threads=threads, ident=None).run()


def _tend_on() -> None:
    upkeep.in_background(threading.Event()).join()


def tend(arguments: argparse.Namespace) -> int:
    """``evenhand upkeep``: do once what ``serve`` does now and then, for a scheduler."""
    upkeep.tend(timezone.now())
    said = "Counts are as at today, and the history is sealed."
    print(json.dumps({"done": said}) if arguments.json else said)
    return 0


def _listen(address: str, port: int, threads: int):  # waitress has no types
    with _faults_in_words(address, port):
        return create_server(application, host=address, port=port, threads=threads, ident=None)


@contextmanager
def _faults_in_words(address: str, port: int) -> Iterator[None]:
    try:
        yield
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
