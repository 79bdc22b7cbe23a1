"""The folder that all processes of one test run share; the first to need it takes it away."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

SHARED = "EVENHAND_TEST_RUN"


def _folder() -> Path:
    named = os.environ.get(SHARED)
    if named:
        return Path(named)
    made = tempfile.mkdtemp(prefix="evenhand-tests-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    os.environ[SHARED] = made
    return Path(made)


FOLDER = _folder()
