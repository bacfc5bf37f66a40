"""One language of the desk: sentences by their English text, with values put in as plain text."""

from __future__ import annotations

import functools
import gettext
from pathlib import Path

LANGUAGES = ("zh", "en")
DOMAIN = "concierge"
LOCALES = Path(__file__).resolve().parent.parent / "locales"


class Language:
    """Turns the English sentence that code holds into a reader's sentence.

    Args:
        code: "zh" or "en".
        catalogue: the compiled translations; a sentence missing there is shown in English.
    """

    __slots__ = ("_catalogue", "code")

    def __init__(self, code: str, catalogue: gettext.NullTranslations) -> None:
        self.code = code
        self._catalogue = catalogue

    def __call__(self, msgid: str, /, **values: object) -> str:
        """The sentence ``msgid`` with its ``{names}`` replaced by ``values``.

        A value is inserted as it is: braces, percent signs and markup in what people typed stay text.
        """
        text = self._catalogue.gettext(msgid) if msgid else ""
        return text.format_map(values) if values else text

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """The sentence for ``n`` things; ``{n}`` is known to it besides ``values``."""
        return self._catalogue.ngettext(one, many, n).format_map({"n": n} | values)

    def __repr__(self) -> str:
        return f"Language({self.code!r})"


@functools.cache
def language(code: str) -> Language:
    """The language with this code, read once.

    Raises:
        ValueError: when ``code`` is not in ``LANGUAGES``; doors check what people give first.
    """
    if code not in LANGUAGES:
        raise ValueError(code)
    if code == "en":
        return Language(code, gettext.NullTranslations())
    return Language(code, gettext.translation(DOMAIN, LOCALES, [code], fallback=True))


def later(msgid: str) -> str:
    """Mark a sentence for the catalogue where a table is declared; it is translated where it is read."""
    return msgid
