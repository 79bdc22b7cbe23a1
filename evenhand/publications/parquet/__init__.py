"""What is held, as a folder of Parquet files for Power BI and other tools of analysis.

One file for each subject of the vocabulary with its facts as columns, the standings, and what they
point to. Persons are told apart by a key drawn anew each time; whoever reads it can open the cases.
"""

from evenhand.publications.parquet.actions import Written, write_parquet

__all__ = ["Written", "write_parquet"]
