"""The audit programme: from the year's timetable to what changed because of it."""
