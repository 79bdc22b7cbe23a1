"""Case files: what a child's file must show, line by line, from what the other rooms hold."""
