"""What is held, written out again as an extract in the Standard Safeguarding Dataset's own tables.

Nothing is locked in: whatever the sources, their records leave as one extract that any reader of
the dataset takes. A recipe read backwards says which column becomes which cell.
"""

from evenhand.imports.extracting.actions import Extract, write_extract

__all__ = ["Extract", "write_extract"]
