"""Writes of this room: concerns, and figures by group that are let out."""

from evenhand.equality.actions.concerns import record_concern
from evenhand.equality.actions.releases import propose_figures, release_figures, send_back, withdraw

__all__ = ["propose_figures", "record_concern", "release_figures", "send_back", "withdraw"]
