"""What the pages of this room lay out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from evenhand.design.components import Cell, Column, SummaryRow, Table
from evenhand.design.wording import child_name, day
from evenhand.people.models import Child
from evenhand.policy.retention import Schedule
from evenhand.retention import wording
from evenhand.retention.certificates import is_whole
from evenhand.retention.deletions import Withdrawn
from evenhand.retention.models import (
    Certificate,
    Correction,
    Decision,
    Filing,
    Hold,
    RetentionDate,
)
from evenhand.retention.native import Native
from evenhand.retention.queries import Keeping
from evenhand.sources.models import SourceReference


def schedule_table(schedule: Schedule, today: date) -> Table:
    """How long each type of record is kept, and on what authority."""
    rows = []
    for rule in schedule.rules.values():
        value = rule.on(today)
        basis = wording.BASES.get(value.basis, value.basis) if value else None
        rows.append(
            [
                Cell(rule.title, note=rule.note),
                wording.how_long(rule, value),
                Cell(basis, note=value.citation if value else ""),
            ]
        )
    return Table("How long each type of record is kept", ["Record", "Kept for", "Basis"], rows)


def due_table(dates: Iterable[RetentionDate], titles: dict[str, str]) -> Table:
    """Records whose time is over."""
    return Table(
        "Due for review",
        ["Name", "Kept until", "As", "Why"],
        [
            [_named(one), one.until, titles.get(one.rule, one.rule), wording.reason(one.reason)]
            for one in dates
        ],
        empty="No record that you may see is past its time.",
    )


def not_told_table(dates: Iterable[RetentionDate], titles: dict[str, str]) -> Table:
    """Closed records of which no day can be told."""
    return Table(
        "Kept, since the day cannot be told",
        ["Name", "As", "Why"],
        [
            [_named(one), titles.get(one.rule, one.rule), wording.reason(one.reason)]
            for one in dates
        ],
        empty="Of every closed record the day can be told.",
    )


def _named(one: RetentionDate) -> Cell:
    url = reverse("retention:child", args=[one.child.ref])
    return Cell(child_name(one.child, surname_first=True), url=url)


def waiting_table(decisions: Iterable[Decision], *, may_decide: bool) -> Table:
    """Disposals that wait for a second person."""
    return Table(
        "Waiting for a second person",
        ["Name", "Ground", "Decided by", "When"],
        [
            [
                Cell(
                    child_name(one.child, surname_first=True),
                    url=reverse("retention:answer", args=[one.ref]) if may_decide else "",
                ),
                wording.ground(one.ground),
                one.decided_by.name,
                one.decided_at,
            ]
            for one in decisions
        ],
        empty="No disposal waits.",
    )


def adopted_table(children: Iterable[Child]) -> Table:
    """Records that an adoption order closed, and that are still open to all who reach them."""
    return Table(
        "Adopted, and not restricted yet",
        ["Name", "Team"],
        [
            [
                Cell(
                    child_name(one, surname_first=True),
                    url=reverse("retention:child", args=[one.ref]),
                ),
                one.team,
            ]
            for one in children
        ],
        empty="Every record that an adoption order closed is restricted.",
    )


def holds_table(holds: Iterable[Hold]) -> Table:
    """Holds in force."""
    return Table(
        "What is held",
        ["Whose", "What for", "Since", "Look again on", "Placed by"],
        [
            [
                Cell(
                    child_name(one.child, surname_first=True) if one.child else "Everybody's",
                    url=reverse("retention:release", args=[one.ref]),
                ),
                one.reason,
                one.starts_on,
                one.review_on,
                one.placed_by.name,
            ]
            for one in holds
        ],
        empty="Nothing is held.",
    )


def keeping_table(keeping: Keeping) -> Table:
    """How long one child's record is kept, by each type that it is of."""
    rows = [
        [
            Cell(rule.title, note=_basis(rule.id, keeping)),
            wording.until(kept),
            wording.reason(kept.reason),
        ]
        for rule, kept in keeping.each
    ]
    return Table(
        "How long this record is kept",
        ["As", "To the end of", "Why"],
        rows,
        empty="No rule of the schedule is in force.",
    )


def _basis(rule: str, keeping: Keeping) -> str:
    return "Keeps it longest" if keeping.kept and keeping.kept.rule == rule else ""


def decisions_table(decisions: Iterable[Decision]) -> Table:
    """What was decided of one child's record."""
    return Table(
        "What was decided",
        ["Decision", "Why", "By", "When", "What came of it"],
        [
            [
                "Dispose of it" if one.what == Decision.What.DISPOSE else "Keep it",
                one.reason,
                one.decided_by.name,
                one.decided_at,
                Cell(_came(one), note=one.answer),
            ]
            for one in decisions
        ],
        empty="Nothing was decided yet.",
    )


def _came(decision: Decision) -> str:
    if decision.standing == Decision.Standing.KEPT and decision.review_on:
        return f"Look again on {day(decision.review_on)}"
    return str(decision.standing).capitalize()


def certificates_table(certificates: Iterable[Certificate]) -> Table:
    """Certificates of what was disposed of."""
    return Table(
        "Certificates",
        ["Certificate", "When", "Ground", "Rows", "Decided by", "Confirmed by"],
        [
            [
                Cell(one.ref, url=reverse("retention:certificate", args=[one.ref])),
                one.made_at,
                wording.ground(one.ground),
                sum(one.rows.values()),
                one.decided_by.name,
                one.confirmed_by.name,
            ]
            for one in certificates
        ],
        empty="Nothing has been disposed of.",
    )


def certificate_rows(certificate: Certificate, title: str) -> list[SummaryRow]:
    """What a certificate says of one disposal."""
    scrubbed = certificate.scrubbed_at
    whole = "Yes" if is_whole(certificate) else "No: it was altered since it was made"
    return [
        SummaryRow("Certificate", certificate.ref),
        SummaryRow("Ground", wording.ground(certificate.ground)),
        SummaryRow("Type of record", title or None),
        SummaryRow("Basis", wording.BASES.get(certificate.basis, "None")),
        SummaryRow("Authority", certificate.citation or None),
        SummaryRow("Packs, by their digest", certificate.pack_digest),
        SummaryRow("Decided by", certificate.decided_by.name),
        SummaryRow("Decided", certificate.decided_at),
        SummaryRow("Confirmed by", certificate.confirmed_by.name),
        SummaryRow("Disposed of", certificate.made_at),
        SummaryRow("Freed room written over", scrubbed or "Not yet: tonight"),
        SummaryRow("Digest", certificate.digest),
        SummaryRow("Is as it was made", whole),
    ]


def went_table(certificate: Certificate) -> Table:
    """What went: each kind of record, and how many rows."""
    return Table(
        "What was disposed of",
        ["Kind of record", Column("Rows", numeric=True)],
        [[kind, Cell(count, numeric=True)] for kind, count in wording.went(certificate)],
    )


def unfiled_table(children: Iterable[Child]) -> Table:
    """Children of whom Evenhand alone holds something that is not filed."""
    return Table(
        "Not filed yet",
        ["Name", "Worker", "Team"],
        [
            [
                Cell(
                    child_name(one, surname_first=True),
                    url=reverse("retention:filing", args=[one.ref]),
                ),
                one.worker,
                one.team,
            ]
            for one in children
        ],
        empty="All that Evenhand alone holds of those whom you may see is filed.",
    )


def native_table(natives: Iterable[Native]) -> Table:
    """What Evenhand alone holds of a child, and where each was filed."""
    return Table(
        "What Evenhand alone holds",
        ["Whose", "What", "Says", "Who said or recorded it", "When", "Filed"],
        [[one.of, one.what, one.says, one.who, one.day, _filed(one.filing)] for one in natives],
        empty="Evenhand alone holds nothing of this child.",
        heads_rows=False,
    )


def _filed(filing: Filing | None) -> Cell:
    if filing is None:
        return Cell("Not yet")
    if filing.reference:
        return Cell(filing.reference, note=f"{day(filing.filed_on)}, by {filing.filed_by.name}")
    return Cell("Not filed", note=f"{filing.not_filed_because} ({filing.filed_by.name})")


def corrections_table(corrections: Iterable[Correction]) -> Table:
    """What is said to be wrong, and how it stands."""
    return Table(
        "What is said to be wrong",
        ["Name", "Record", "What is wrong", "Said on", "How it stands", "Told on"],
        [
            [
                Cell(
                    child_name(one.child, surname_first=True),
                    url=reverse("retention:correction", args=[one.ref]),
                ),
                wording.record_of(one.target),
                one.what_is_wrong,
                one.received_on,
                wording.STANDINGS[one.standing],
                one.told_on,
            ]
            for one in corrections
        ],
        empty="Nobody has said that a record is wrong.",
    )


def correction_rows(correction: Correction) -> list[SummaryRow]:
    """One of them, with both versions."""
    decided_by = correction.decided_by
    return [
        SummaryRow("Record", wording.record_of(correction.target)),
        SummaryRow("Field", wording.field_of(correction.field)),
        SummaryRow("What is wrong", correction.what_is_wrong),
        SummaryRow("What is right", correction.what_is_right),
        SummaryRow("Who says so", correction.asked_by),
        SummaryRow("Said on", correction.received_on),
        SummaryRow("How it stands", wording.STANDINGS[correction.standing]),
        SummaryRow("Decided by", decided_by.name if decided_by else None),
        SummaryRow("Decided", correction.decided_at),
        SummaryRow("Why", correction.reason or None),
        SummaryRow("Told on", correction.told_on),
    ]


def at_source_table(corrections: Iterable[Correction]) -> Table:
    """What is to be put right in a source, by its own numbers."""
    return Table(
        "To be put right in the case system",
        ["Number there", "Record", "Field", "Decided"],
        [
            [
                _numbers(one),
                wording.record_of(one.target),
                wording.field_of(one.field),
                one.decided_at,
            ]
            for one in corrections
        ],
        empty="Nothing is to be put right in the case system.",
    )


def _numbers(correction: Correction) -> str:
    """The sources' own keys of the record, else of its child."""
    of_record = SourceReference.objects.filter(
        target=correction.target, target_id=correction.target_id
    )
    of_child = SourceReference.objects.filter(target="people.child", target_id=correction.child_id)
    rows = (of_record if of_record.exists() else of_child).select_related("source")
    return "; ".join(f"{one.key} in {one.source.name}" for one in rows) or "Not known"


def deleted_table(children: Iterable[Child]) -> Table:
    """People of whom the sources deleted all that they told."""
    return Table(
        "Deleted in the case system",
        ["Name", "Born"],
        [
            [
                Cell(
                    child_name(one, surname_first=True),
                    url=reverse("retention:child", args=[one.ref]),
                ),
                one.born_on,
            ]
            for one in children
        ],
        empty="Every child that you may see is still in the case system.",
    )


def with_withdrawn_table(children: Iterable[Child]) -> Table:
    """Children of whom a source deleted rows."""
    return Table(
        "Rows deleted in the case system",
        ["Name", "Team"],
        [
            [
                Cell(
                    child_name(one, surname_first=True),
                    url=reverse("retention:withdrawn", args=[one.ref]),
                ),
                one.team,
            ]
            for one in children
        ],
        empty="No row that was deleted waits to be looked at.",
    )


def withdrawn_table(rows: Iterable[Withdrawn]) -> Table:
    """Rows of one child that a source deleted."""
    return Table(
        "Rows deleted in the case system",
        ["What it was", "Day", "Fastened to it"],
        [[one.words, one.day, one.fastened] for one in rows],
        empty="No row of this child that was deleted waits to be looked at.",
    )
