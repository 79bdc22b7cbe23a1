"""Tests of the way to adult services."""
