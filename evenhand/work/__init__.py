"""Tasks and improvement actions: one kind for findings, audits, complaints and plans."""
