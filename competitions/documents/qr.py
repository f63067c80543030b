"""QR codes of addresses."""

from io import BytesIO

import segno


def qr_svg(text: str) -> str:
    """Return a QR code as an SVG document, black on white with its quiet zone, level M."""
    written = BytesIO()
    segno.make(text, error="m", micro=False).save(written, kind="svg", border=4, light="#fff", scale=4)
    return written.getvalue().decode()


def qr_data_url(text: str) -> str:
    """Return the QR code as the address of an image, for <img src>."""
    return segno.make(text, error="m", micro=False).svg_data_uri(border=4, light="#fff", scale=4)
