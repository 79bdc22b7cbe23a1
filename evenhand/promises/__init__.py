"""What was promised and is waiting, on one list for each person; and what was not kept, and why."""
