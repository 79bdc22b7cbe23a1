"""What people record in Evenhand itself: the packs' forms, answered about an event or alone."""
