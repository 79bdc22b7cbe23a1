"""Where data is kept: SQLite beside the program by default, PostgreSQL by EVENHAND_DATABASE_URL.

The log of who viewed whose record has a SQLite file of its own, so that a long import never keeps
somebody from opening a child's page.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.db import connections

VIEW_LOG = "views"
AS_OWNER = "EVENHAND_AS_OWNER"  # set by the commands that change tables, never by people

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY;"
    ),
}


def data_folder() -> Path:
    """Return the folder for databases and files: EVENHAND_DATA, else .demo in a checkout, else
    the user's own data folder."""
    named = os.environ.get("EVENHAND_DATA")
    if named:
        return Path(named).expanduser().resolve()
    checkout = Path(__file__).resolve().parents[2]
    if (checkout / "pyproject.toml").exists():
        return checkout / ".demo"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "evenhand"
    return Path.home() / ".local" / "share" / "evenhand"


def from_environment(data: Path) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES for EVENHAND_DATABASE_URL, or SQLite files under ``data``."""
    url = os.environ.get("EVENHAND_DATABASE_URL", "")
    if os.environ.get(AS_OWNER):
        url = os.environ.get("EVENHAND_OWNER_DATABASE_URL", "") or url
    if url:
        return {"default": _postgresql(url)}
    data.mkdir(parents=True, exist_ok=True)
    return {
        "default": _sqlite(data / "evenhand.sqlite3"),
        VIEW_LOG: _sqlite(data / "views.sqlite3"),
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": dict(SQLITE_OPTIONS),
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parse_qs(parts.query).get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


class ViewLogRouter:
    """Send the log of views and its seals to their own file where there is one; nothing else."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return VIEW_LOG if _is_view(model._meta.label_lower) and _has_own_file() else None

    db_for_write = db_for_read

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool | None:
        if not _has_own_file():
            return None
        return _is_view(f"{app_label}.{model_name}") == (db == VIEW_LOG)


def _is_view(label: str) -> bool:
    return label in {"history.view", "history.viewseal"}


def _has_own_file() -> bool:
    return VIEW_LOG in connections.databases
