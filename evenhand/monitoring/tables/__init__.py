"""What the pages of this room lay out, and the sentence above each table."""
