"""A whole, encrypted copy of what one authority's Evenhand holds, and how it is brought back."""
