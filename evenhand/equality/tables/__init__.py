"""What this room's pages lay out: concerns and the duty, and groups compared."""
