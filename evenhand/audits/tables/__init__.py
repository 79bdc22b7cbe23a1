"""Audits: tables."""
