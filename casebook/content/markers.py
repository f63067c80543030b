"""Marks English sentences for translation without translating them."""


def N_(msgid: str) -> str:
    return msgid
