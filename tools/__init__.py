"""What the Makefile runs. Nothing here ships."""
