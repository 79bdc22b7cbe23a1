"""Reports of the case system whose columns a data officer has said the meaning of.

Each mapping is a source of its own, called by the mapping's name; children's numbers in it are
those of the system that the mapping names.
"""
