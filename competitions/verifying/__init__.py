"""A published result as a file, and the script with which anybody checks it offline. No Django."""
