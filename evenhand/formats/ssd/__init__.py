"""The Standard Safeguarding Dataset: one CSV file for each table, from any case system."""
