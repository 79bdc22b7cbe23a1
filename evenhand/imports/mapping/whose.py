"""Whose numbers for children a source uses: its own, or those of the system a report is of."""

from __future__ import annotations

from evenhand.sources.models import ReportMapping, Source

PREFIX = "report-"


def source_key(ref: str) -> str:
    """The key of the source that a mapped report is."""
    return f"{PREFIX}{ref}"


def mapping_of(source_id: int) -> ReportMapping | None:
    """The mapping of the report that a source is; None for any other source."""
    key = Source.objects.values_list("key", flat=True).get(pk=source_id)
    if not key.startswith(PREFIX):
        return None
    return ReportMapping.objects.filter(ref=key.removeprefix(PREFIX)).first()


def numbers_of(source_id: int) -> int:
    """The source whose numbers for children the rows of a source carry."""
    mapping = mapping_of(source_id)
    return source_id if mapping is None else mapping.source_id
