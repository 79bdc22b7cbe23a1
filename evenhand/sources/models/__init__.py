"""Where facts come from: sources, batches of files, references, findings and coverage."""

from evenhand.sources.models.arriving import FolderWatch, ReportMapping
from evenhand.sources.models.batches import (
    ImportBatch,
    ImportFile,
    Mend,
    RowFinding,
    Source,
    SourceRank,
)
from evenhand.sources.models.telling import Coverage, Difference, SourceReference

__all__ = [
    "Coverage", "Difference", "FolderWatch", "ImportBatch", "ImportFile", "Mend", "ReportMapping",
    "RowFinding", "Source", "SourceRank", "SourceReference",
]  # fmt: skip
