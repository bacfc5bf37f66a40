"""One language of the desk: sentences by their English text, with values put in as plain text."""

from __future__ import annotations

import functools
import gettext
import re
from collections.abc import Mapping
from pathlib import Path

LANGUAGES = ("zh", "en")
DOMAIN = "concierge"
LOCALES = Path(__file__).resolve().parent.parent / "locales"

_CHINESE = "[\u4e00-\u9fff]"
_CHINESE_BEFORE = re.compile(rf"{_CHINESE}\{{(\w+)\}}")
_CHINESE_BEHIND = re.compile(rf"\{{(\w+)\}}(?={_CHINESE})")


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
        return self._filled(text, values) if values else text

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """The sentence for ``n`` things; ``{n}`` is known to it besides ``values``."""
        return self._filled(self._catalogue.ngettext(one, many, n), {"n": n} | values)

    def _filled(self, text: str, values: Mapping[str, object]) -> str:
        """A name in Latin letters does not run into Chinese."""
        return text.format_map(values if self.code == "en" else _parted(text, values))

    def __repr__(self) -> str:
        return f"Language({self.code!r})"


def _parted(text: str, values: Mapping[str, object]) -> Mapping[str, object]:
    """The values as they stand beside Chinese: a name in Latin letters keeps a blank on that side."""
    before, after = _beside(text)
    parted = {}
    for name in before | after:
        value = values.get(name)
        if isinstance(value, str) and value:
            left = " " if name in before and _is_latin(value[0]) else ""
            right = " " if name in after and _is_latin(value[-1]) else ""
            if left or right:
                parted[name] = f"{left}{value}{right}"
    return {**values, **parted} if parted else values


@functools.cache
def _beside(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names in a sentence that have Chinese right before them, and right behind them."""
    return frozenset(_CHINESE_BEFORE.findall(text)), frozenset(_CHINESE_BEHIND.findall(text))


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()


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
