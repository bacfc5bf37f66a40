"""A household's file as rows: people, what is known by aspect, instructions, tickets, things, the household."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from concierge.domain.household_file import Aspect
from concierge.language import household_said as said
from concierge.language import household_terms as terms
from concierge.language.translator import Language, later
from concierge.services.household_views import FactView, HouseholdCardNow, HouseholdFile
from concierge.services.views import BoardRow
from concierge.ui.format import left, one_line, pad, step_name
from concierge.ui.widgets.paragraph import styled
from concierge.ui.widgets.row_layout import Row
from concierge.ui.widgets.typed_text_view import typed

HEAD = 22  # cells of what stands before a row's words
HOUSEHOLD_FIELDS = (
    "tenure", "people_count", "moved_in", "contact_preference", "quiet_from", "quiet_to", "salutation",
    "language", "away_from", "away_to", "parking", "notes", "checked_on", "moved_out",
)  # fmt: skip
"""The household's own fields in the order in which they stand."""
_ASPECTS = [each.value for each in Aspect]
_PEOPLE, _KNOWN, _ASKED = later("People"), later("Known"), later("Instructions")
_OPEN, _THINGS, _FLAT = later("Open tickets"), later("Cars, animals, contacts"), later("Household")


@dataclass(frozen=True, slots=True)
class Ref:
    """What a row is about: a part of the file, the id of its row, the field of the household.

    ``part`` is household, care, empty (the fields nothing is in), ticket (``field`` is its number), or the
    name of a part.
    """

    part: str
    id: int = 0
    field: str = ""


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file as it is shown: with what matters now, the instant, the zone and the categories' names."""

    file: HouseholdFile
    card: HouseholdCardNow
    now: int
    zone: ZoneInfo
    names: Mapping[str, str]


def file_rows(shown: FileShown, t: Language) -> list[Row]:
    """Every row of a file; a part without any has no heading, but what is known says how to add to it."""
    parts: tuple[tuple[str, Callable[[FileShown, Language], Iterator[Row]]], ...] = (
        (_PEOPLE, _people),
        (_KNOWN, _facts),
        (_ASKED, _instructions),
        (_OPEN, _tickets),
        (_THINGS, _things),
        (_FLAT, _household),
    )
    rows: list[Row] = []
    for title, part in parts:
        found = list(part(shown, t))
        if found:
            rows.append(Row(None, styled(t(title), "bold $secondary")))
            rows += found
    return rows


def _head(text: str, style: str = "$secondary") -> Content:
    return styled(pad(text, HEAD - 2) + "  ", style)


def _people(shown: FileShown, t: Language) -> Iterator[Row]:
    for person in shown.file.members:
        head = _head(person.name, "$secondary" if person.moved_out else "bold $primary")
        yield Row(Ref("member", person.id), head, typed(one_line(said.member_line(t, person))))


def _facts(shown: FileShown, t: Language) -> Iterator[Row]:
    file = shown.file
    every = [*file.facts, *(fact for person in file.members for fact in person.facts)]
    if not every:
        yield Row(None, styled(t("Nothing yet: ^F adds what was heard."), "$secondary"))
    for fact in sorted(every, key=lambda each: (_ASPECTS.index(each.aspect), each.id)):
        loud = fact.aspect == "allergy"
        head = _head(terms.aspect(t, fact.aspect), "bold $error" if loud else "$secondary")
        yield Row(Ref("fact", fact.id), head, _fact(fact, shown, t, loud=loud))


def _fact(fact: FactView, shown: FileShown, t: Language, *, loud: bool) -> Content:
    day = said.value(t, "day", fact.day)
    text = typed(one_line("  ".join(filter(None, (day, fact.text)))))
    body = text.stylize("bold $error") if loud else text
    if fact.member:
        body = styled(f"{one_line(fact.member)}  ", "$primary") + body
    agreed = datetime.fromtimestamp(fact.consent.at if fact.consent else fact.at, shown.zone)
    consent = one_line(said.consent_said(t, fact, f"{agreed:%Y-%m-%d}"))
    if consent:
        body += styled(f"  {consent}", "$warning" if fact.consent_missing else "$secondary")
    return body + styled("  " + one_line(said.fact_origin(t, fact)), "$secondary")


def _instructions(shown: FileShown, t: Language) -> Iterator[Row]:
    for held in sorted(shown.file.instructions, key=lambda each: not each.in_force):
        state, style = t("not in force"), "$secondary"
        if held.ended_at is not None:
            state = t("ended")
        elif held.active:
            state, style = t("holds now"), "bold $error"
        elif held.in_force:
            state, style = t("in force"), "$error"
        line = typed(one_line(said.instruction_line(t, held)))
        yield Row(Ref("instruction", held.id), _head(state, style), line.stylize(style))


def _tickets(shown: FileShown, t: Language) -> Iterator[Row]:
    for row in shown.card.open_tickets:
        yield Row(
            Ref("ticket", field=row.number), _head(row.number, "bold"), _ticket(row, shown, t)
        )


def _ticket(row: BoardRow, shown: FileShown, t: Language) -> Content:
    due = f"{step_name(row, t)} {left(row.due_at, shown.now, shown.zone, t)}"
    name = one_line(shown.names.get(row.category, row.category))
    return styled(due, "bold $error" if shown.now > row.due_at else "bold") + f"  {name}"


def _things(shown: FileShown, t: Language) -> Iterator[Row]:
    file = shown.file
    for part, rows in (("vehicle", file.vehicles), ("pet", file.pets), ("contact", file.contacts)):
        for row in rows:
            line = typed(one_line(said.row_line(row)))
            yield Row(Ref(part, row.id), _head(terms.part(t, part)), line)


def _household(shown: FileShown, t: Language) -> Iterator[Row]:
    file, empty = shown.file, []
    care = said.care_line(t, file.care_flags) or t("none")
    yield Row(
        Ref("care"),
        _head(terms.part(t, "care")),
        styled(care, "$warning" if file.care_flags else ""),
    )
    for name in HOUSEHOLD_FIELDS:
        text = one_line(said.value(t, name, getattr(file, name)))
        if text:
            yield Row(Ref("household", field=name), _head(terms.field(t, name)), typed(text))
        else:
            empty.append(terms.field(t, name))
    if empty:
        yield Row(
            Ref("empty"), _head(t("nothing yet in")), styled(t(", ").join(empty), "$secondary")
        )
