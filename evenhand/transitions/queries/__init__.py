"""Reads of plans, of the list and the board, of shares and of meetings; as far as one sees."""
