"""Pages of this room: signing in, one's own account, and everybody's for an administrator."""
