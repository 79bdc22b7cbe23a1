"""The week of an inspection: the lists that are asked for, and what an inspector would find."""
