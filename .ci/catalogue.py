"""The Chinese catalogue: extract sentences from the sources, merge translations, compile.

    python .ci/catalogue.py [--glossary FILE.json ...]   bring concierge.po and concierge.mo up to date
    python .ci/catalogue.py --check                      only say what is missing; exit 1 if anything is

A glossary is a JSON object from English sentence to Chinese; it wins over what the catalogue has.
"""

from __future__ import annotations

import argparse
import gettext
import io
import json
import string
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "concierge"
PO = PACKAGE / "locales" / "zh" / "LC_MESSAGES" / "concierge.po"
MO = PO.with_suffix(".mo")
KEYWORDS: dict[str, tuple[int, ...] | None] = {"t": None, "later": None, "plural": (1, 2)}
HEADER = "# The desk's sentences in Chinese. Made by .ci/catalogue.py; only msgstr lines are written by hand."
# Header lines that name the tool's version or nobody in particular.
NOISE = (
    b'"Generated-By',
    b'"Project-Id-Version',
    b'"Report-Msgid-Bugs-To',
    b"#, python-brace-format",
)
# Fixed, so that making the catalogue twice gives the same file.
STAMP = datetime(2026, 11, 23, tzinfo=UTC)


def key_of(message_id: str | Iterable[str]) -> str:
    """What a message is looked up by: its singular."""
    return message_id if isinstance(message_id, str) else next(iter(message_id))


def text_of(message: Message) -> str:
    """A message's Chinese; there is one form, whatever the number."""
    found = message.string or ""
    return found if isinstance(found, str) else next(iter(found), "") or ""


def extracted(package: Path = PACKAGE) -> Catalog:
    """Every sentence of the sources, untranslated, in the order of the alphabet."""
    catalogue = Catalog(
        locale="zh_CN",
        domain="concierge",
        header_comment=HEADER,
        project="concierge",
        creation_date=STAMP,
        revision_date=STAMP,
        last_translator="the desk",
        language_team="zh",
        fuzzy=False,
    )
    found = extract_from_dir(
        package, method_map=[("**.py", "python")], keywords=KEYWORDS, strip_comment_tags=True
    )
    rows = sorted(found, key=lambda row: (key_of(row[2]), row[0]))
    for path, _line, message_id, _comments, _context in rows:
        catalogue.add(message_id, locations=[(Path(path).as_posix(), 1)])
    return catalogue


def committed(path: Path = PO) -> Catalog:
    """The catalogue as it stands in the repository."""
    if not path.exists():
        return Catalog(locale="zh_CN")
    with path.open("rb") as file:
        return read_po(file, locale="zh_CN")


def merged(fresh: Catalog, old: Catalog, glossary: Mapping[str, str]) -> Catalog:
    """``fresh`` with the translations of the glossary, else of the old catalogue."""
    known = {key_of(m.id): text_of(m) for m in old if m.id and not m.fuzzy} | dict(glossary)
    for message in fresh:
        chinese = known.get(key_of(message.id), "") if message.id else ""
        if chinese:
            message.string = chinese if isinstance(message.id, str) else (chinese,)
    return fresh


def placeholders(text: str) -> frozenset[str]:
    """The ``{names}`` of a sentence.

    Raises:
        ValueError: when its braces do not match.
    """
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def _wrong_names(message: Message) -> str | None:
    """What is wrong with the placeholders of a translation, if anything."""
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    try:
        wanted = frozenset().union(*(placeholders(one) for one in ids))
        given = placeholders(text_of(message))
    except ValueError as error:
        return f"braces do not match ({error})"
    # A plural's {n} may be left out of one of the English forms, never out of the Chinese one.
    return None if wanted == given else f"has {sorted(given)}, not {sorted(wanted)}"


def problems(catalogue: Catalog) -> list[str]:
    """What keeps the catalogue from being whole: a line for each sentence."""
    lines = []
    for message in catalogue:
        if not message.id:
            continue
        where = ", ".join(sorted({path for path, _ in message.locations}))
        said = f"{key_of(message.id)!r} ({where})"
        if not text_of(message):
            lines.append(f"no Chinese: {said}")
        elif message.fuzzy:
            lines.append(f"fuzzy: {said}")
        elif wrong := _wrong_names(message):
            lines.append(f"placeholders: {said} {wrong}: {text_of(message)!r}")
    return lines


def compiled(catalogue: Catalog) -> bytes:
    """The binary catalogue."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def sentences(binary: bytes) -> dict[object, str]:
    """What a binary catalogue says, without its header, which names the tool's version."""
    translations = gettext.GNUTranslations(io.BytesIO(binary))
    found: dict[object, str] = dict(vars(translations)["_catalog"])
    found.pop("", None)
    return found


def write(catalogue: Catalog) -> None:
    """Write both forms."""
    PO.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, catalogue, width=100, include_lineno=False)
    lines = out.getvalue().splitlines(keepends=True)
    PO.write_bytes(b"".join(line for line in lines if not line.startswith(NOISE)))
    MO.write_bytes(compiled(committed()))


def read_glossaries(paths: Iterable[Path]) -> dict[str, str]:
    """Several glossaries as one, later ones over earlier ones; those that disagree are named."""
    whole: dict[str, str] = {}
    for path in paths:
        for english, chinese in json.loads(path.read_text(encoding="utf-8")).items():
            if whole.get(english, chinese) != chinese:
                print(f"{path.name}: {english!r} is {whole[english]!r} and {chinese!r}")
            whole[english] = chinese
    return whole


def main() -> int:
    """Run the tool; 0 when every sentence has its Chinese."""
    parser = argparse.ArgumentParser(description="Extract, merge and compile the catalogue.")
    parser.add_argument("--glossary", nargs="*", type=Path, default=[])
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    catalogue = merged(extracted(), committed(), read_glossaries(asked.glossary))
    if not asked.check:
        write(catalogue)
    wrong = problems(catalogue)
    print("\n".join(wrong))
    print(f"{len(catalogue)} sentences, {len(wrong)} to do")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
