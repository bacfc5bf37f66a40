"""Proving that the rules kept in the store are those that the log says were put into force."""

from __future__ import annotations

import json
from collections.abc import Iterator

import sqlalchemy
from sqlmodel import Session, col

from concierge.services.problem import Problem
from concierge.services.rulebook import content_hash
from concierge.store.tables import CalendarVersion, Event, PolicyVersion

_ADOPTED: dict[str, type[PolicyVersion | CalendarVersion]] = {
    "policy.adopted": PolicyVersion,
    "calendar.adopted": CalendarVersion,
}


def check_rules(session: Session) -> Iterator[Problem]:
    """Every policy and calendar that was adopted, compared with the hash that the log holds of it."""
    for kind, table in _ADOPTED.items():
        kept = {
            row.id: row.text
            for row in session.execute(sqlalchemy.select(col(table.id), col(table.text)))
        }
        logged = session.execute(
            sqlalchemy.select(col(Event.id), col(Event.data)).where(col(Event.kind) == kind)
        )
        for event_id, text in logged.all():
            said = json.loads(text)
            version = said.get("version")
            if _hash(kept.pop(version, None)) != said.get("hash"):
                yield Problem(
                    event_id, "rules", f"{table.__tablename__} {version} differs from the log"
                )
        for version in kept:
            yield Problem(None, "rules", f"{table.__tablename__} {version}: not in the log")


def _hash(text: str | None) -> str | None:
    try:
        return content_hash(json.loads(text)) if text is not None else None
    except (ValueError, TypeError):
        return None
