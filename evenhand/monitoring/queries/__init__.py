"""Reads of this room, a module for each use of monitoring. Each takes the viewer."""
