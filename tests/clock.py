"""The day it is: a test says so, and everything that asks for now is told the same."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone


class Clock:
    """Sets what ``timezone.now`` gives until the test is over."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def at(self, text: str) -> datetime:
        """Set the moment, written as ``2026-04-07`` (noon) or ``2026-04-07 16:00``, in London."""
        local = datetime.fromisoformat(text if " " in text else f"{text} 12:00")
        moment = local.replace(tzinfo=timezone.get_default_timezone()).astimezone(UTC)
        self._patch.setattr(timezone, "now", lambda: moment)
        return moment
