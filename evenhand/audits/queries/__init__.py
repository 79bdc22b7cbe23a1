"""Audits: queries."""
