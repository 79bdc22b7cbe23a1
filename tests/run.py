"""The folder that all processes of one test run share, and which of them takes it away."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_named = os.environ.get("EVENHAND_TEST_RUN")
IS_OWNER = _named is None
FOLDER = Path(_named or tempfile.mkdtemp(prefix="evenhand-tests-"))
os.environ["EVENHAND_TEST_RUN"] = str(FOLDER)
