"""Files that bring a contest in: bytes or rows in, plain records out, no Django."""
