"""PDFs by Typst. Templates lie beside this file; a document's data reach them as JSON only, so text stays text."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pylopdf_fonts_ko
import typst

FOLDER = Path(__file__).resolve().parent
FONTS = pylopdf_fonts_ko.sans_path().parent
TEMPLATES = ("receipt", "poster", "appointment", "minutes", "result_sheet", "score_sheets", "certificate")


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Return the document as tagged PDF (PDF/UA-1).

    template: one of TEMPLATES. data: JSON values, with "language" ("ko", "en"), "document_title" and what the
    template names. Takes about 0.1 s. Raises ValueError for an unknown template and typst.TypstError when the
    data miss something the template or the standard asks for.
    """
    if template not in TEMPLATES:
        raise ValueError(f"{template!r} is no template; there are {', '.join(TEMPLATES)}.")
    made: bytes = typst.compile(
        str(FOLDER / f"{template}.typ"),
        root=str(FOLDER),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return made
