"""`evenhand serve`: pages over a real socket, and sentences when it cannot."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

COMMAND = [sys.executable, "-m", "evenhand", "serve"]


@pytest.fixture
def environment(tmp_path: Path, request: pytest.FixtureRequest) -> dict[str, str]:
    """Return an environment with nothing of Evenhand's set but a folder with empty tables.

    Those of ``FROM_NOTHING`` begin without the folder.
    """
    if request.function not in FROM_NOTHING:
        shutil.copytree(request.getfixturevalue("empty_databases"), tmp_path / "data")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVENHAND_", "DJANGO_"))}
    return {**kept, "EVENHAND_DATA": str(tmp_path / "data")}


@pytest.fixture
def server(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Return a server on a free port, and its address."""
    running = subprocess.Popen(
        [*COMMAND, "--port", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    said = running.stdout.readline()
    assert said.startswith("Evenhand is at http://127.0.0.1:"), running.communicate()
    yield running, said.split()[3]
    running.kill()
    running.communicate()


def test_it_makes_its_database_and_answers(server: tuple[subprocess.Popen[str], str]) -> None:
    """From nothing: the sign-in page, and a static file beside it."""
    _, address = server
    for page in ("sign-in/", "static/design/evenhand.css"):
        with urllib.request.urlopen(address + page, timeout=30) as answer:
            assert answer.status == 200


def test_control_c_stops_it_quietly(server: tuple[subprocess.Popen[str], str]) -> None:
    """No traceback, and a line that says so."""
    running, _ = server
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert "Stopped serving." in out + err
    assert "Traceback" not in err


def test_a_port_in_use_is_said_in_words(environment: dict[str, str]) -> None:
    """And which port to try."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [*COMMAND, "--port", str(port)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"Something else is already at port {port}.",
        f"Stop it, or choose another: --port {port + 1}",
    ]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="several processes need a system that forks")
def test_of_several_processes_one_that_is_killed_is_replaced(environment: dict[str, str]) -> None:
    """Pages come throughout; and killed outright, the keeper leaves nobody behind."""
    command = [*COMMAND, "--port", "0", "--processes", "2"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as keeper:
        assert keeper.stdout is not None
        address = keeper.stdout.readline().split()[3]
        workers = psutil.Process(keeper.pid).children()
        [worker.kill() for worker in workers]
        with urllib.request.urlopen(address + "sign-in/", timeout=30) as answer:
            assert answer.status == 200
        after = psutil.Process(keeper.pid).children()
        assert not set(workers) & set(after)
        keeper.kill()
        _, left = psutil.wait_procs(after, timeout=10)
        assert [one for one in left if one.status() != psutil.STATUS_ZOMBIE] == []


FROM_NOTHING = {test_it_makes_its_database_and_answers}
