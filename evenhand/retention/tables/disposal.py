"""Certificates of what was disposed of."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from evenhand.design.components import Cell, Column, SummaryRow, Table
from evenhand.retention import wording
from evenhand.retention.certificates import is_whole
from evenhand.retention.models import Certificate


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
