"""A round's own Evenhand: the real processes over a place, started, killed and asked after."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil

from tools.faults import kindling
from tools.faults.people import Person, children_of
from tools.faults.places import PostgreSQL, SQLite

CHILDREN, MORE_CHILDREN, SEED = 30, 36, 1
AS_AT = ("2026-11-18", "2026-11-20")
USERNAMES = ("social-worker", "team-manager", "service-manager")
PATIENCE = 60.0  # seconds for anything to end
Place = SQLite | PostgreSQL


class Running:
    """One process of a site."""

    def __init__(self, site: Site, words: list[str], output: Path) -> None:
        self._site, self.words, self.output = site, words, output
        output.unlink(missing_ok=True)
        self.pid: int = site.ask(words, str(output))
        self.code: int | None = None

    def poll(self) -> int | None:
        """Return its exit code; None while it runs."""
        if self.code is None:
            self.code = self._site.ask(kindling.ASKED, self.pid)
        return self.code

    def wait(self) -> int:
        """Return its exit code once it has ended."""
        until = time.monotonic() + PATIENCE
        while (code := self.poll()) is None:
            if time.monotonic() > until:
                self.kill()
                raise RuntimeError(f"{' '.join(self.words)} did not end: {self.said()[-500:]}")
            time.sleep(0.01)
        return code

    def kill(self) -> None:
        """Kill it outright, and wait until it is gone."""
        with suppress(ProcessLookupError):
            if self.poll() is None:
                os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def said(self) -> str:
        """Return what it has written."""
        return self.output.read_text(errors="replace") if self.output.exists() else ""


class Site:
    """The processes of one place, and what people need to write there."""

    def __init__(self, place: Place, folder: Path) -> None:
        self.place, self.folder = place, folder
        self.clock, self.outputs = folder / "clock", folder / "outputs"
        self.inbox = folder / "inbox"
        self.extract = folder / "extract"
        for each in (self.outputs, self.inbox):
            each.mkdir(parents=True, exist_ok=True)
        kindling.wrong_by(self.clock, 0)
        self._lock = threading.Lock()
        self._kindling: subprocess.Popen[str] | None = None
        self._count = 0
        self.web: Running | None = None
        self.host = ""
        self.children: list[str] = []
        self.people: list[Person] = []
        self.expected: dict[str, int] = {}

    def environment(self) -> dict[str, str]:
        """Return what the processes are told."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVENHAND_", "DJANGO_"))}
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": "evenhand.config.settings",
            "EVENHAND_DATA": str(self.place.data),
            "EVENHAND_DATABASE_URL": self.place.url,
            "EVENHAND_INBOX": str(self.inbox),
            "EVENHAND_DEMO": "1",
            "EVENHAND_LIMIT_SENT": "1000000",
            kindling.CLOCK: str(self.clock),
        }

    def make(self) -> None:
        """Make the authority that each round begins with, signed in and with a folder watched."""
        self._evenhand("demo", "--no-serve", "--children", str(CHILDREN), "--as-at", AS_AT[0])
        made = ["--children", str(MORE_CHILDREN), "--as-at", AS_AT[1], "--out", str(self.extract)]
        self._evenhand("synth", "--seed", str(SEED), *made)
        self.light()
        self.start_web()
        self.people = [Person(name, self.host) for name in USERNAMES]
        for person in [*self.people, officer := Person("data-officer", self.host)]:
            person.sign_in()
        self.children = children_of(self.people[0])
        watched = {"folder": "nightly", "source": "ssd", "weekdays": "0", "by_time": "07:00"}
        (self.inbox / "nightly").mkdir(exist_ok=True)
        reply = officer.post("/imports/folders/new/", watched)
        if not reply.is_recorded:
            raise RuntimeError(f"No folder could be watched: {reply}")
        self.stop_web()
        self.place.keep_as_base()
        self.expected = self._import_undisturbed()

    def _import_undisturbed(self) -> dict[str, int]:
        """Return how many records of each kind an import without any fault leaves."""
        self.place.put_back()
        if self.run(*self.importing()).wait():
            raise RuntimeError("The extract could not be imported without any fault.")
        counted = self.run("invariants", "counts")
        counted.wait()
        told: dict[str, int] = json.loads(counted.said().splitlines()[-1])
        return told

    def importing(self) -> tuple[str, ...]:
        """Return the command that imports the second extract."""
        return ("import", str(self.extract), "--as-at", AS_AT[1], "--accept-withdrawals")

    def _evenhand(self, *words: str) -> None:
        command = [sys.executable, "-m", "evenhand", *words]
        done = subprocess.run(
            command, env=self.environment(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)

    def light(self) -> None:
        """Start the process that forks all others."""
        command = [sys.executable, "-m", kindling.__name__]
        self._kindling = subprocess.Popen(
            command, env=self.environment(), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self._kindling.stdout is not None
        if not self._kindling.stdout.readline():
            raise RuntimeError("The process that starts the others did not start.")

    def ask(self, what: object, about: object) -> int:
        """Ask that process for another, or for the end of one."""
        assert self._kindling is not None
        assert self._kindling.stdin is not None
        assert self._kindling.stdout is not None
        with self._lock:
            self._kindling.stdin.write(json.dumps([what, about]) + "\n")
            self._kindling.stdin.flush()
            told: int = json.loads(self._kindling.stdout.readline())
        return told

    def run(self, *words: str) -> Running:
        """Start a command of Evenhand's."""
        self._count += 1
        return Running(self, list(words), self.outputs / f"{self._count}-{words[0]}.txt")

    def start_web(self) -> None:
        """Serve from two processes, and wait until an address is told."""
        port = self.host.rpartition(":")[2] or "0"
        self.web = self.run("serve", "--processes", "2", "--threads", "4", "--port", port)
        until = time.monotonic() + PATIENCE
        while "http://" not in (said := self.web.said()):
            if time.monotonic() > until or self.web.poll() is not None:
                raise RuntimeError(f"Pages were not served: {said}")
            time.sleep(0.01)
        self.host = said.split("http://")[1].split("/")[0]

    def stop_web(self) -> None:
        """Stop serving, as Ctrl-C does."""
        if self.web is not None and self.web.poll() is None:
            os.kill(self.web.pid, signal.SIGTERM)
            self.web.wait()
        self.web = None

    def workers(self) -> list[psutil.Process]:
        """Return the processes that serve and tend."""
        assert self.web is not None
        return psutil.Process(self.web.pid).children(recursive=True)

    def close(self) -> None:
        """End everything."""
        if self.web is not None:
            self.web.kill()
        if self._kindling is not None:
            self._kindling.kill()
            self._kindling.communicate()
        self.place.close()
