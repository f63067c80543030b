class NotTaken(Exception):
    """The file is not taken; the message is an English sentence for translation that says what to do next."""
