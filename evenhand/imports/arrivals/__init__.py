"""The nightly pick-up: files that other systems put into folders, imported when they have come."""
