"""The pages of promises: the list, one promise, what is done to it, why, and reminders."""
