"""The first page after sign-in, by role: what this person needs at the start of a day."""
