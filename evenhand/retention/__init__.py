"""How long what is held of a child is kept, what stops its end, and what proves it."""
