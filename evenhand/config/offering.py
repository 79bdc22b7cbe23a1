"""Good practice that an audit found, offered to all: audits and performance meet here."""

from __future__ import annotations

from evenhand.audits import pack
from evenhand.audits.models import Finding
from evenhand.history.actions import Happening
from evenhand.performance.actions.practice import note_practice


def offer_practice(happening: Happening) -> None:
    """Note what an audit found well done, with whom to thank, in the register that teams read."""
    finding = happening.subject
    if not isinstance(finding, Finding):
        return
    kind = pack.findings().get(finding.kind)
    if kind is not None and kind.offers:
        note_practice(
            by=happening.by, at=happening.at, source=kind.offers, summary=finding.words,
            team=finding.team, worker=finding.audit.worker,
        )  # fmt: skip
