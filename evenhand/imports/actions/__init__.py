"""Everything that an import changes: the import itself, and the mending of what it refused."""

from evenhand.imports.actions.importing import import_paths
from evenhand.imports.actions.mending import discard, mend, retry
from evenhand.imports.actions.reckoning import take_up

__all__ = ["discard", "import_paths", "mend", "retry", "take_up"]
