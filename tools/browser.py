"""The demonstration served, and Chromium to look at it: for tests and pictures alike."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from playwright.sync_api import Page

from tools import chromium

PASSWORD = "islehaven-demo"
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # no other machine is found
]


def launch_options() -> dict[str, Any]:
    """Return Playwright's launch options for the Chromium that is here.

    Raises NoChromium when there is none. Root in a container has no sandbox to use.
    """
    path = chromium.find()
    if path is None:
        raise chromium.NoChromium("No Chromium was found. `make test` installs or asks for one.")
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"executable_path": path, "args": [*QUIET, *(["--no-sandbox"] if as_root else [])]}


def demonstration(environment: Mapping[str, str]) -> AbstractContextManager[str]:
    """Yield the address of `evenhand demo`, served on a free port in ``environment``."""
    return served(environment, "demo")


@contextmanager
def served(environment: Mapping[str, str], command_name: str = "serve") -> Iterator[str]:
    """Yield the address of `evenhand serve` on a free port in ``environment``."""
    command = [sys.executable, "-m", "evenhand", command_name, "--port", "0"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        found = (re.search(r"http://\S+:\d+", line) for line in server.stdout)
        yield next(each.group() for each in found if each)
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()


def sign_in(page: Page, role: str) -> None:
    """Sign in to the demonstration as a role, such as ``team-manager``."""
    page.goto("/sign-in/")
    page.fill("[name=username]", role)
    page.fill("[name=password]", PASSWORD)
    page.click("form:has([name=password]) button[type=submit]")
    page.wait_for_url(lambda address: "/sign-in/" not in address)
