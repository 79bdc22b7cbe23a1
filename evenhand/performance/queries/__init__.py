"""Reads of this room. Each takes the viewer where who may see it depends on who asks."""
