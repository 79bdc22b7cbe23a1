"""Why a record is disposed of: the grounds to choose from, and how each is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TIME_IS_OVER: Final = "time"
DELETED_AT_SOURCE: Final = "source"
ERASURE: Final = "erasure"
NEVER_OURS: Final = "error"
GROUNDS: Final[Mapping[str, str]] = {
    TIME_IS_OVER: "The time for which it is kept is over",
    DELETED_AT_SOURCE: "The case system deleted it",
    ERASURE: "The person asked for it to be erased, and the law gives them that",
    NEVER_OURS: "It should never have come to us",
}
