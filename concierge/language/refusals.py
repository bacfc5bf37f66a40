"""From a refusal's code and values to a sentence in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from concierge.domain.shift import CountItem
from concierge.language import household_terms, terms
from concierge.language.dates import full_day, moment
from concierge.language.refusal_table import MISTAKES, PROBLEMS, REFUSALS, ROWS
from concierge.language.translator import Language

# Values under these names are instants; they are shown in the property's wall time.
INSTANTS = frozenset({"agreed", "at", "cap", "now", "received"})
_TERMS = {
    "clock": terms.CLOCKS,
    "field": {**household_terms.FIELDS, **terms.FIELDS},
    "missing": terms.FIELDS,
    "role": terms.ROLES,
    "state": terms.STATES,
}
# Values under these names are several texts or codes with commas between them.
_LISTS = frozenset({
    "categories", "causes", "channels", "choices", "codes", "desks", "fields", "flags", "grades", "keys",
    "names", "numbers", "roles", "tickets",
})  # fmt: skip
_CODES = {
    "causes": terms.CAUSES,
    "channels": terms.CHANNELS,
    "flags": terms.NOTE_FLAGS,
    "grades": terms.GRADES,
    "roles": terms.ROLES,
}
# What the fields of a household's file take; of several fields of one name the words of all.
_CHOICES = {
    **household_terms.TENURES,
    **household_terms.MEMBER_ROLES,
    **household_terms.SEXES,
    **household_terms.CARE_FLAGS,
    **household_terms.ASPECTS,
    **household_terms.SOURCES,
    **household_terms.REVEALED,
}


class _Known(dict[str, object]):
    """Values by name; a sentence that asks for one the refusal does not carry still comes out."""

    def __missing__(self, name: str) -> str:
        return "?"


def sentence(
    t: Language,
    refusal_code: str,
    values: Mapping[str, object],
    *,
    zone: ZoneInfo | None = None,
    now: int | None = None,
) -> str:
    """What a refusal says to a person.

    Args:
        t: the reader's language.
        refusal_code: such as ``unit.unknown``; a code that is not known is named as it is.
        values: what the refusal carries.
        zone: the property's, for instants among the values; UTC when there is no property yet.
        now: the present instant in seconds, so that a time can be "today"; else dates are written out.
    """
    known = REFUSALS.get(refusal_code)
    if known is None:
        return t('This is refused ("{code}"): check what was given.', code=refusal_code)
    return _filled(t, known, values, zone, now)


def problem_sentence(t: Language, problem_code: str, values: Mapping[str, object]) -> str:
    """What a ``StoreProblem`` says to a person; arguments as in ``sentence``."""
    known = PROBLEMS.get(problem_code)
    if known is None:
        return t('The store cannot be used ("{code}"): restore a backup.', code=problem_code)
    return _filled(t, known, values, None, None)


def row_sentence(t: Language, reason: str, values: Mapping[str, object]) -> str:
    """Why a row of a roster was rejected; a reason that is not known is shown as it is."""
    return _filled(t, ROWS.get(reason, reason), values, None, None)


def _filled(
    t: Language, msgid: str, values: Mapping[str, object], zone: ZoneInfo | None, now: int | None
) -> str:
    shown = _Known({name: _shown(t, name, value, zone, now) for name, value in values.items()})
    for name in _LISTS & values.keys():
        shown[name] = _listed(t, str(shown[name]), _words_of(name, values))
    if "problem" in values:
        mistake = MISTAKES.get(str(values["problem"]))
        shown["problem"] = t(mistake).format_map(shown) if mistake else str(values["problem"])
    return t(msgid).format_map(shown)


def _shown(t: Language, name: str, value: object, zone: ZoneInfo | None, now: int | None) -> object:
    if name in INSTANTS and isinstance(value, int):
        return _moment(t, value, zone, now)
    if name in _TERMS and isinstance(value, str):
        return terms.term(t, _TERMS[name], value)
    if name in _TERMS and isinstance(value, tuple):
        return t(", ").join(terms.term(t, _TERMS[name], str(one)) for one in value)
    if isinstance(value, tuple):
        return t(", ").join(str(_plain(t, one)) for one in value)
    return _plain(t, value)


def _listed(t: Language, codes: str, words: Mapping[str, str]) -> str:
    """Each by its word, and beside it the code that the command line takes where that is another."""
    said = []
    for code in codes.split(", "):
        word = terms.term(t, words, code)
        said.append(word if word == code else t("{before} ({name})", before=word, name=code))
    return t(", ").join(said)


def _words_of(name: str, values: Mapping[str, object]) -> Mapping[str, str]:
    """The words for the codes of a list, none where it holds what people typed."""
    if name != "choices" or "field" not in values:
        return _CODES.get(name, {})
    if values["field"] == "contact_preference":
        return household_terms.CONTACT_PREFERENCES
    return _CHOICES


def _plain(t: Language, value: object) -> object:
    """A value that needs neither the zone nor the words of the trade."""
    if isinstance(value, CountItem):
        return value.name(t.code)
    return value.isoformat() if isinstance(value, date) else value


def _moment(t: Language, at: int, zone: ZoneInfo | None, now: int | None) -> str:
    """An instant in wall time, or the bare figure when no calendar reaches it."""
    try:
        local = datetime.fromtimestamp(at, zone or UTC)
        if now is not None:
            return moment(t, local, datetime.fromtimestamp(now, zone or UTC))
    except (OverflowError, ValueError, OSError):
        return str(at)
    # Without a present every year but this one would be; so the year is always written.
    return t("{day}, {time}", day=full_day(t, local.date(), date.min), time=f"{local:%H:%M}")
