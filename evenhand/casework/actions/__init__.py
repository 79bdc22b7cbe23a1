"""Everything that people here record of a child's journey, each with its history."""

from evenhand.casework.actions.recording import enter_in_error, record

__all__ = ["enter_in_error", "record"]
