"""How firm a result is: estimates beside the official result, never in it. Numpy, no Django."""
