"""Workforce: queries."""
