"""How long what is held is kept, what stops it, and what is left when it is gone."""
