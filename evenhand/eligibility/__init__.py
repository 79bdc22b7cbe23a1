"""Who gets which help: what the criteria advise, what a named person decided, and what follows."""
