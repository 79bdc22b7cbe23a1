"""What other systems send us: bytes in, typed rows and row errors out. Plain Python, no Django."""
