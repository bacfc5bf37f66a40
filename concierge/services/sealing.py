"""Sealing a summary: its figures as signed for ever, what people typed beside it, each by a salted digest.

The canonical JSON holds a digest in the place of every typed text, so that its hash, which the log holds too,
stays true when somebody is forgotten: then the text is masked, its salt is gone and the JSON is untouched.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlmodel import Session, SQLModel, col, select

from concierge.domain.household import parse_unit
from concierge.services.summary import ShiftSummary
from concierge.store.audit import canonical, personal_digest
from concierge.store.tables import SealedText, Shift

# Where people's own words stand in the lines of each part; the rest is codes, figures and names of staff.
_TYPED = {
    "broken": ("place",),
    "carried": ("words", "place"),
    "counts": ("word",),
    "escalated": ("place",),
    "notes": ("text", "unit"),  # a note's unit is kept as typed, a ticket's is a code
    "timeline": ("text", "place"),
}
_TYPED_ON_TOP = ("end_reason",)
# Lines of the timeline that have more: whoever was rung may be anybody.
_TYPED_IN = {"told": "who", "note": "unit"}
_MARK = "sealed:"
_TABLE = SQLModel.metadata.tables[str(SealedText.__tablename__)]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of a summary's JSON where a typed text stands; ``holder[key]`` is that text."""

    place: str
    holder: dict[str, Any]
    key: str

    @property
    def value(self) -> str | None:
        """What stands there now."""
        found = self.holder.get(self.key)
        return found if isinstance(found, str) and found else None


def slots(content: dict[str, Any]) -> Iterator[Slot]:
    """Every place of a summary where a typed text may stand."""
    for key in _TYPED_ON_TOP:
        yield Slot(key, content, key)
    for part, keys in _TYPED.items():
        for nth, line in enumerate(content.get(part, ())):
            for key in keys:
                yield Slot(f"{part}/{nth}/{key}", line, key)
            more = _TYPED_IN.get(line.get("what", "")) if part == "timeline" else None
            if more is not None:
                yield Slot(f"{part}/{nth}/{more}", line, more)


def is_sealed(value: str | None) -> bool:
    """Whether what stands in a place is the digest of a text."""
    return value is not None and value.startswith(_MARK)


def digest_of(salt: str, text: str) -> str:
    """What stands in the place of a text."""
    return _MARK + personal_digest(salt, text)


def hash_of_summary(kept: str) -> str:
    """The hash that the log and the paper hold of a summary as it is kept."""
    return hashlib.sha256(kept.encode()).hexdigest()


def seal(session: Session, shift: Shift, summary: ShiftSummary) -> str:
    """Keep a summary with its shift for ever.

    Returns:
        Its hash.
    """
    content = json.loads(canonical(summary.to_json()))
    content["signed"] = None
    rows: list[dict[str, object]] = []
    for slot in slots(content):
        text = slot.value
        if text is None:
            continue
        salt, unit = secrets.token_hex(16), slot.holder.get("unit") or ""
        slot.holder[slot.key] = digest_of(salt, text)
        rows.append({
            "shift_id": shift.id, "place": slot.place, "salt": salt, "text": text,
            "unit": unit if unit in {code.text for code in parse_unit(unit)} else None,
            "ticket": slot.holder.get("number"),
        })  # fmt: skip
    if rows:
        session.execute(sqlalchemy.insert(_TABLE), rows)
    shift.summary = canonical(content)
    shift.summary_hash = hash_of_summary(shift.summary)
    session.add(shift)
    return shift.summary_hash


def unseal(session: Session, shift: Shift) -> ShiftSummary:
    """A kept summary with its texts, as far as they are still there; an old one was kept with them."""
    content = json.loads(shift.summary or "{}")
    if shift.summary_hash is not None:
        texts = dict(
            session.exec(
                select(SealedText.place, SealedText.text).where(
                    col(SealedText.shift_id) == shift.id
                )
            ).all()
        )
        for slot in slots(content):
            if is_sealed(slot.value):
                slot.holder[slot.key] = texts.get(slot.place, "")
        content["signed"] = shift.summary_hash
    return ShiftSummary.from_json(content)
