"""Evenhand makes a children's services policy executable."""

__version__ = "0.1.0"
