"""Django's own checks of a deployment, in the settings of production."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from datetime import date
from pathlib import Path

from evenhand.secrecy import keys

CHECKOUT = Path(__file__).resolve().parents[2]


def production(folder: Path) -> dict[str, str]:
    """Return the environment of a deployment."""
    ours = ("EVENHAND_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "evenhand.config.settings",
        "EVENHAND_PRODUCTION": "1",
        "EVENHAND_DATA": str(folder),
        "EVENHAND_SECRET_KEY": secrets.token_urlsafe(60),
        "EVENHAND_SEAL_KEY": secrets.token_urlsafe(60),
        "EVENHAND_COLUMN_KEYS": keys.new_key(date(2026, 11, 22)),
        "EVENHAND_ALLOWED_HOSTS": "evenhand.islehaven.example",
    }


def checked(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run `check --deploy`, where any warning is a failure."""
    command = [sys.executable, "-W", "error", "manage.py", "check", "--deploy"]
    return subprocess.run(
        [*command, "--fail-level", "WARNING"], cwd=CHECKOUT, env=environment, text=True,
        capture_output=True, check=False,
    )  # fmt: skip


def test_a_deployment_has_nothing_to_warn_of(tmp_path: Path) -> None:
    """Secure cookies, HSTS, a long secret, no debug."""
    said = checked(production(tmp_path))
    assert (said.returncode, said.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    )


def test_a_short_secret_does_not_pass(tmp_path: Path) -> None:
    """So that the check above could fail."""
    said = checked(production(tmp_path) | {"EVENHAND_SECRET_KEY": "short"})
    assert said.returncode != 0
    assert "security.W009" in said.stderr
