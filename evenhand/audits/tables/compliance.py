"""What the record itself answers beside an audit, laid out: each standard, its days, the check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.audits.models import Audit
from evenhand.audits.queries.compliance import Line
from evenhand.design.components import Cell, Table
from evenhand.standards import wording

SHOWN = 3
"""So many outcomes of one standard stand beside an audit; the rest are counted."""
TITLE = "What the record itself answers"


def compliance_table(audit: Audit, lines: Iterable[Line], viewer: User, today: date) -> Table:
    """Return how each standard stands that arises or was looked at, with its evidence.

    ``viewer``: the auditor of an audit that is open gets the way to what is not looked at yet.
    """
    leads = may(viewer, "standards.view")
    checks = audit.auditor_id == viewer.pk and audit.state == Audit.State.OPEN
    rows = [
        [
            Cell(one.standard.title, url=_standard(one) if leads else "", note=rule(one, today)),
            Cell(one.words, note="" if one.is_told else "Cannot be told"),
            " ".join(evidence(one)) or None,
            _checked(one, check_page(audit, one) if checks else ""),
        ]
        for one in lines
        if one.arises or one.check is not None
    ]
    columns = ["What was promised", "How it stands", "What shows it", "The auditor"]
    return Table(TITLE, columns, rows, empty="Nothing on the record that this tool asks of it.")


def rule(line: Line, today: date) -> str:
    """Return what a standard asks, and in which clause."""
    return f"{wording.value_in_words(line.standard, today)}. {line.clause}"


def evidence(line: Line) -> Sequence[str]:
    """Return the newest outcomes of a standard with their days; how many more there are."""
    told = [
        f"{wording.when_due(one.row)}: "
        f"{_within(wording.how_it_stands(one.row, one.state, one.horizon))}"
        for one in line.outcomes[:SHOWN]
    ]
    more = len(line.outcomes) - SHOWN
    return [*told, *([f"And {more} more before."] if more > 0 else [])]


def check_page(audit: Audit, line: Line) -> str:
    """Return the address at which one standard beside an audit is confirmed or corrected."""
    return f"{reverse('audits:check', args=[audit.ref])}?standard={line.standard.id}"


def _checked(line: Line, where: str) -> Cell:
    if line.check is None:
        return Cell("Look at it", url=where) if where else Cell("Not looked at")
    said = "Confirmed" if line.check.is_right else f"Corrected: {line.check.words}"
    changed = line.check.shown != line.words
    return Cell(said, url=where, note=f"When they looked: {line.check.shown}" if changed else "")


def _within(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _standard(line: Line) -> str:
    folder, _, name = line.standard.id.partition("/")
    return reverse("standards:standard", args=[folder, name])
