"""Measurements against the project's bounds: `make bench`."""
