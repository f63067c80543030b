"""The mathematics of judging: plain records in, plain records out, no Django."""
