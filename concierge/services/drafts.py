"""Drafts: what is typed at intake outlives a killed terminal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from concierge.domain.typed_text import clean
from concierge.services.desk import Desk
from concierge.services.people import find_staff
from concierge.store.audit import append
from concierge.store.tables import Draft


@dataclass(frozen=True, slots=True)
class DraftView:
    """An intake not saved yet; ``form`` holds the fields as typed, ``received_at`` when the resident spoke."""

    id: str
    received_at: int
    updated_at: int
    form: dict[str, str]


def save_draft(desk: Desk, *, draft: str, received_at: int, form: Mapping[str, str]) -> None:
    """Keep what was typed so far under an id of the form's own choosing."""
    now = desk.clock.now()
    with desk.store.write() as session:
        row = session.get(Draft, draft) or Draft(
            id=draft, desk=desk.name, received_at=received_at, updated_at=now, form="{}"
        )
        row.received_at, row.updated_at = received_at, now
        # Only what no file can hold is taken out here; the rest is cleaned, and refused, at saving.
        said = {name: clean(text, limit=len(text)).text for name, text in form.items()}
        row.form = json.dumps(said, ensure_ascii=False)
        session.add(row)


def list_drafts(desk: Desk) -> tuple[DraftView, ...]:
    """The drafts of this desk, oldest first."""
    with desk.store.read() as session:
        rows = session.exec(
            select(Draft).where(Draft.desk == desk.name).order_by(col(Draft.received_at))
        )
        return tuple(
            DraftView(row.id, row.received_at, row.updated_at, json.loads(row.form)) for row in rows
        )


def discard_draft(desk: Desk, *, draft: str, actor: str | None) -> None:
    """Throw a draft away; that words were discarded is a fact of the log."""
    now = desk.clock.now()
    with desk.store.write() as session:
        row = session.get(Draft, draft)
        if row is None:
            return
        staff = find_staff(session, actor) if actor else None
        append(
            session,
            desk.stamp(now, staff),
            "draft.discarded",
            {"received_at": row.received_at},
            personal={"form": json.loads(row.form)},
        )
        session.delete(row)


def drop_draft(session: Session, draft: str) -> None:
    """Remove a draft that became a ticket or a note, inside the saving transaction."""
    row = session.get(Draft, draft)
    if row is not None:
        session.delete(row)
