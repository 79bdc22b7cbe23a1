"""Themes of findings: the sections of the tool that an audit was done with."""

from __future__ import annotations

from evenhand.audits.models import Audit
from evenhand.recording import sets


def themes_of(audit: Audit) -> list[tuple[str, str]]:
    """Return the sections of an audit's tool, in its edition: their ids and titles."""
    asked = sets.edition_of(audit.tool, audit.edition)
    if asked is None:
        return []
    return [(one.id, one.title) for one in asked.sections if not one.overall]


def theme_words(audit: Audit, theme: str) -> str:
    """Return what a section is called; of one that the tool has no more, its id in words."""
    return dict(themes_of(audit)).get(theme, theme.replace("-", " ").capitalize())
