"""Facts: the vocabulary of names (data), what each is bound to, and reading them for the rules."""
