"""Workforce: tables."""
