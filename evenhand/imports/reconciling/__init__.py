"""What becomes of records that several sources tell: who is believed, and where they differ.

``sharing`` decides it on the stage, before anything is locked; ``keeping`` writes the references
and differences in the transaction of the import; ``alone`` sets aside what only a source of lower
rank tells of days that a higher one covers. Pages read through ``queries`` and settle through
``actions``.
"""
