"""A paper as PDF: A4, with a Chinese font of this computer embedded as far as it is used.

The same figures give the same bytes on a computer with the same fonts.
"""

from __future__ import annotations

import logging
from importlib.util import find_spec

from concierge.domain.refusal import Refusal
from concierge.export.cutting import on_paper
from concierge.export.document import Document
from concierge.export.fonts import find_faces, system_folders


def content(whole: Document) -> bytes:
    """The paper as a PDF file.

    Raises:
        Refusal: ``pdf.missing`` without the extra; ``pdf.no-font`` where no font here has the characters.
    """
    if find_spec("fpdf") is None:
        raise Refusal("pdf.missing")
    from concierge.export import pdf_page

    # What they say of a font's odd tables helps nobody, and would be written across the desk's screen.
    for name in ("fontTools", "fpdf"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return pdf_page.content(on_paper(whole), find_faces(system_folders()))
