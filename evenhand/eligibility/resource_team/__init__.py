"""The Family Resource Team: what it is for, who waits for it, and how it went."""
