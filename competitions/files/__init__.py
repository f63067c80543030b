"""What a handed-in file is, what it says about people, and its text. Pure: no Django, no database, no network.

Nothing here trusts a file: its kind is decided by its content, and parsers of documents run in a process of their
own with limits (sandbox.py).
"""
