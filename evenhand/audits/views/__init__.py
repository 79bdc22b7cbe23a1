"""Audits: views."""
