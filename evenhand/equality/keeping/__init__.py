"""What is counted with the groups and kept, so that a page need not read every record. Derived."""
