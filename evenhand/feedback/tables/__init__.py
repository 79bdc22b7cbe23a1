"""What this room's pages lay out."""
