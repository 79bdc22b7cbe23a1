"""Production refuses what is meant for a demonstration, and names each variable to set."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from evenhand.config import guard

SAFE = {
    "production": True,
    "secret": "a long random value",
    "seal_key": "another long random value",
    "column_keys": "one:a key of 32 random bytes",
    "debug": False,
    "demo": False,
    "allowed_hosts": ["evenhand.example"],
}


def test_what_is_safe_starts() -> None:
    guard.refuse_unsafe(**SAFE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"secret": guard.DEMO_SECRET}, "EVENHAND_SECRET_KEY"),
        ({"seal_key": guard.DEMO_SECRET}, "EVENHAND_SEAL_KEY"),
        ({"column_keys": guard.DEMO_COLUMN_KEYS}, "EVENHAND_COLUMN_KEYS"),
        ({"debug": True}, "EVENHAND_DEBUG"),
        ({"demo": True}, "EVENHAND_DEMO"),
        ({"allowed_hosts": []}, "EVENHAND_ALLOWED_HOSTS"),
        ({"allowed_hosts": ["*"]}, "EVENHAND_ALLOWED_HOSTS"),
    ],
)
def test_what_is_not_is_refused_by_name(wrong: dict[str, object], named: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=named):
        guard.refuse_unsafe(**{**SAFE, **wrong})  # type: ignore[arg-type]


def test_the_same_passes_outside_production() -> None:
    guard.refuse_unsafe(**{**SAFE, "production": False, "secret": guard.DEMO_SECRET})  # type: ignore[arg-type]


def test_the_command_says_so_and_serves_nothing(tmp_path: object) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVENHAND_", "DJANGO_"))}
    asked = {**kept, "EVENHAND_PRODUCTION": "1", "EVENHAND_DATA": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-m", "evenhand", "serve"],
        env=asked,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "EVENHAND_SECRET_KEY is not set" in done.stderr
    assert "Traceback" not in done.stderr
