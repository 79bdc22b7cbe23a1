"""The authority's own comparison of groups, over the Parquet exports of a region or of England.

Pure: files in, a folder of figures out. It reads packs and exports, and no database. What is
counted, when, and for whom are the packs' own definitions, as on the pages of one authority.
"""
