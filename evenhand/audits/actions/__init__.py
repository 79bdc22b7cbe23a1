"""Audits: actions."""
