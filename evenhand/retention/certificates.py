"""What proves a disposal: a digest of the certificate, keyed digests of what is gone, and a list.

The list lies beside the database and not in it, so that a backup brought back is put right again
(``evenhand retention reapply``). It holds random references and keyed digests, never a name.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from evenhand.problems import Problem
from evenhand.retention.models import Certificate

LIST_FILE: Final = "disposals.jsonl"
WRITTEN: Final = (
    "ref", "ground", "rule", "basis", "citation", "pack_digest", "rows", "records", "keys",
    "decided_by_id", "decided_at", "confirmed_by_id", "made_at", "digest",
)  # fmt: skip


def digest_of(certificate: Certificate) -> str:
    """Return the SHA-256 in hex of all that a certificate says."""
    said = [
        certificate.ref,
        certificate.ground,
        certificate.rule,
        certificate.basis,
        certificate.citation,
        certificate.pack_digest,
        certificate.rows,
        certificate.records,
        certificate.keys,
        certificate.decided_by_id,
        certificate.decided_at.isoformat(),
        certificate.confirmed_by_id,
        certificate.made_at.isoformat(),
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def is_whole(certificate: Certificate) -> bool:
    """Say whether a certificate says what it said when it was made."""
    return hmac.compare_digest(digest_of(certificate), certificate.digest)


def key_digest(source: str, kind: str, key: str) -> str:
    """Return the keyed digest by which a source's key is known again and not read."""
    words = json.dumps(["disposed", source, kind, key])
    return hmac.new(settings.SEAL_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()[:32]


def path_of_list() -> Path:
    """Return where the list of what was disposed of lies."""
    return Path(settings.DATA) / LIST_FILE


def add_to_list(certificate: Certificate) -> None:
    """Write a certificate at the end of the list, if it is not there yet."""
    if certificate.ref not in {line["ref"] for line in _lines(path_of_list())}:
        with path_of_list().open("a", encoding="utf-8") as file:
            file.write(json.dumps(_values(certificate)) + "\n")


def complete_list() -> int:
    """Write what a stopped process left out of the list; return how many lines that were."""
    held = {line["ref"] for line in _lines(path_of_list())}
    missing = list(Certificate.objects.exclude(ref__in=held).order_by("pk"))
    for certificate in missing:
        add_to_list(certificate)
    return len(missing)


def listed(paths: Iterable[Path]) -> Iterator[Certificate]:
    """Yield the certificates of these lists, and those here. Raises Problem for a spoilt line."""
    for path in paths:
        yield from (_certificate(line) for line in _lines(path))
    yield from Certificate.objects.order_by("pk")


def _values(certificate: Certificate) -> dict[str, Any]:
    values = {name: getattr(certificate, name) for name in WRITTEN}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def _certificate(line: dict[str, Any]) -> Certificate:
    moments = {name: datetime.fromisoformat(line[name]) for name in ("decided_at", "made_at")}
    return Certificate(**{name: line[name] for name in WRITTEN} | moments)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    if not path.exists():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            said = json.loads(line)
            _certificate(said)
        except (ValueError, KeyError, TypeError) as fault:
            raise Problem(
                f"{path.name}, line {number}: it is no line of a list of disposals.",
                "Take the file from a copy that is whole, or take this line out.",
            ) from fault
        yield said
