"""Reads of the history and of the view log."""
