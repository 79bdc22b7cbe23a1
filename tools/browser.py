"""How Chromium is started, for tests and pictures alike."""

from __future__ import annotations

import os
from typing import Any

from tools import chromium

QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
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
