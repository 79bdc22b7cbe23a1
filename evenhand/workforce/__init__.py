"""The people who work with children: supervision, and later training and posts."""
