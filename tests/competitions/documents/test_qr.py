import base64
import re
from urllib.parse import unquote
from xml.etree import ElementTree

import segno

from competitions.documents.qr import qr_data_url, qr_svg

ADDRESS = "https://casebook.example/공모전/"


def test_qr_svg_draws_the_code_of_the_address():
    drawn = ElementTree.fromstring(qr_svg(ADDRESS))  # noqa: S314  our own

    across = segno.make(ADDRESS, error="m", micro=False).symbol_size(scale=4, border=4)[0]
    assert drawn.get("width") == str(across)
    assert _dark_cells(drawn) == sum(map(sum, segno.make(ADDRESS, error="m", micro=False).matrix))


def test_qr_data_url_is_an_image():
    kind, data = qr_data_url(ADDRESS).split(",", 1)

    assert kind.startswith("data:image/svg+xml")
    text = base64.b64decode(data).decode() if kind.endswith("base64") else unquote(data)
    assert text.startswith(("<svg", "<?xml"))


def _dark_cells(drawn):
    """Segno draws rows of dark cells as horizontal strokes, one cell high."""
    path = next(each for each in drawn.iter() if each.get("stroke"))
    return sum(int(length) for length in re.findall(r"h(\d+)", path.get("d")))
