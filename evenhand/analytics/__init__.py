"""Counts of groups compared: rates, intervals, ratios, tests, bounds and disclosure control.

Pure functions over whole arrays. Counts are whole numbers of people or events, rates are between
0 and 1 unless a name says per how many, and ``confidence`` is the share of an interval, such as
0.95. What cannot be answered is ``nan`` and has a `Reason`; it is never zero and never infinite.
"""
