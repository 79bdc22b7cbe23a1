"""What the adopted packs say of the audit programme (audits.yaml), read once."""

from evenhand.audits.pack.grades import (
    FindingKind,
    Grade,
    finding_words,
    findings,
    grade_words,
    post,
    scale,
)
from evenhand.audits.pack.programme import (
    AUTHORITY,
    ROLE,
    TEAM,
    Line,
    Part,
    Risk,
    Step,
    Type,
    line_called,
    lines,
    panel_parts,
    process,
    risks,
    second_auditors,
    standard_of,
    type_called,
    types,
)
from evenhand.audits.pack.reading import FILE, is_adopted, limit, standard_named
from evenhand.audits.pack.reports import (
    Beside,
    Recipients,
    ReportKind,
    Share,
    recipients,
    report_kind_called,
    report_kinds,
    small_under,
)

__all__ = [
    "AUTHORITY", "FILE", "ROLE", "TEAM", "Beside", "FindingKind", "Grade", "Line", "Part",
    "Recipients", "ReportKind", "Risk", "Share", "Step", "Type", "finding_words", "findings",
    "grade_words", "is_adopted", "limit", "line_called", "lines", "panel_parts", "post", "process",
    "recipients", "report_kind_called", "report_kinds", "risks", "scale", "second_auditors",
    "small_under", "standard_named", "standard_of", "type_called", "types",
]  # fmt: skip
