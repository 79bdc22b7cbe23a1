"""What must be hidden before a table of groups leaves, in the light of all that left before."""
