"""A paper's words in HTML: escaped, each language marked as what it is."""

from __future__ import annotations

from html import escape

from concierge.export.document import Said

LANG = {"zh": "zh-Hans", "en": "en"}
"""What HTML calls the languages of a paper."""


def said(text: Said) -> str:
    """The first language as it is, each further one in an element of its own."""
    (_, first), *rest = text.parts
    return escape(first) + "".join(
        f'<i lang="{LANG[code]}">{escape(told)}</i>' for code, told in rest
    )
