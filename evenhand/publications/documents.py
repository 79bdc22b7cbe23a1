"""The digest by which a report is known to be as it left; what a report is: design.documents."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from evenhand.design.documents import Document, Figures, Section, document_of

__all__ = ["Document", "Figures", "Section", "digest_of", "document_of"]


def digest_of(body: dict[str, Any]) -> str:
    """Return the digest by which a report is known to be as it left."""
    plain = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
