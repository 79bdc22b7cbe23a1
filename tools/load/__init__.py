"""Pages under many users at once: a realistic mix, measured against one user alone.

``python -m tools.load --children 50000 --users 16`` (``make load CHILDREN=50000 USERS=16``).
"""
