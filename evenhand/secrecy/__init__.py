"""Keys, and columns that are sealed with them. Stands below every room, so that each may use it."""
