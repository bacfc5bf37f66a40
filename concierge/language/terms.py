"""The words of the trade for the codes that the rules use; a code that is not known is shown as it is."""

from __future__ import annotations

from collections.abc import Mapping

from concierge.language.translator import Language, later

KINDS = {
    "complaint": later("complaint"),
    "inquiry": later("inquiry"),
    "errand": later("errand"),
}
CLOCKS = {
    "answer": later("answer"),
    "attend": later("attend"),
    "resolve": later("resolve"),
    "limit": later("limit"),
}
ROLES = {
    "concierge": later("concierge"),
    "supervisor": later("supervisor"),
    "director": later("director"),
    "manager": later("manager"),
}
GRADES = {
    "ordinary": later("ordinary"),
    "major": later("major"),
}
# Why an ordinary complaint became a major matter by itself.
GRADE_REASONS = {
    "household": later("the same household has complained of it again and again"),
    "building": later("several households of the building complain of it"),
    "unsolved": later("it has been open for too long"),
}
STATES = {
    "open": later("being handled"),
    "closed": later("closed"),
    "cancelled": later("cancelled"),
}
CHANNELS = {
    "phone": later("by phone"),
    "desk": later("at the desk"),
    "wechat": later("by WeChat"),
    "patrol": later("seen on a round"),
    "other": later("another way"),
}
CAUSES = {
    "waiting-part": later("waiting for a part"),
    "nobody-on-duty": later("nobody on duty"),
    "forgotten": later("forgotten"),
    "wrong-category": later("wrong category"),
    "third-party": later("a third party"),
    "not-reachable": later("resident not reachable"),
    "other": later("another cause"),
}
MATCHES = {
    "unit": later("unit"),
    "name": later("name"),
    "pinyin": later("pinyin"),
    "phone": later("phone"),
    "plate": later("plate"),
    "pet": later("pet"),
    "word": later("file"),
}
# Columns of a roster.
FIELDS = {
    "building": later("building"),
    "entrance": later("entrance"),
    "unit": later("unit"),
    "name": later("name"),
    "phone": later("phone"),
    "relation": later("relation"),
    "plate": later("plate"),
    "notes": later("notes"),
    "moved_in": later("moved in"),
}
# Further columns of a roster, by the words of the household's file.
_MORE_COLUMNS = {
    "role": later("role in the household"),
    "sex": later("sex"),
    "birthday": later("birthday"),
    "occupation": later("occupation"),
    "employer": later("employer"),
    "background": later("background"),
    "tenure": later("tenure"),
    "people_count": later("people"),
    "contact_preference": later("how to reach them"),
    "salutation": later("salutation"),
    "language": later("language"),
    "parking": later("parking"),
}
# Why a date counts or does not count towards a limit.
REASONS = {
    "received": later("the day it came in is not counted"),
    "elapsed": later("real time, day and night"),
    "agreed": later("the time agreed"),
    "working": later("working day"),
    "weekend": later("weekly rest day"),
    "holiday": later("public holiday"),
    "make-up": later("make-up working day"),
    "special": later("special opening hours"),
    "closed": later("closed"),
}
SHIFT_STATES = {
    "open": later("on duty"),
    "closed": later("ended"),
}

# For whom a line of the running log is.
NOTE_FLAGS = {
    "next": later("next shift"),
    "director": later("to the director"),
    "thanks": later("thanks"),
}


def term(t: Language, table: Mapping[str, str], code: str) -> str:
    """The word for ``code`` in one of the tables above."""
    return t(table.get(code, code))


def kind(t: Language, code: str) -> str:
    """complaint, inquiry, errand."""
    return term(t, KINDS, code)


def clock(t: Language, code: str) -> str:
    """answer, attend, resolve, limit."""
    return term(t, CLOCKS, code)


def clause(t: Language, text: str) -> str:
    """Where a promise comes from: clause numbers as they are, "ours" in words."""
    first, *rest = [t("house rule") if part == "ours" else part for part in text.split(", ")]
    for part in rest:
        first = t("{before}, {then}", before=first, then=part)
    return first


def role(t: Language, code: str) -> str:
    """A role of the staff."""
    return term(t, ROLES, code)


def grade(t: Language, code: str) -> str:
    """ordinary, major."""
    return term(t, GRADES, code)


def grade_reason(t: Language, code: str) -> str:
    """Why a matter was raised by itself."""
    return term(t, GRADE_REASONS, code)


def state(t: Language, code: str) -> str:
    """What has become of a ticket."""
    return term(t, STATES, code)


def channel(t: Language, code: str) -> str:
    """How a matter came in."""
    return term(t, CHANNELS, code)


def cause(t: Language, code: str) -> str:
    """Why a promise was broken."""
    return term(t, CAUSES, code)


def match(t: Language, code: str) -> str:
    """By what a household was found."""
    return term(t, MATCHES, code)


def column(t: Language, code: str) -> str:
    """A column of a roster."""
    return term(t, {**FIELDS, **_MORE_COLUMNS}, code)


def reason(t: Language, code: str) -> str:
    """Why a date counts towards a limit, or does not."""
    return term(t, REASONS, code)


def note_flag(t: Language, code: str) -> str:
    """For whom a line of the running log is."""
    return term(t, NOTE_FLAGS, code)


def shift_state(t: Language, code: str) -> str:
    """Whether a shift still runs."""
    return term(t, SHIFT_STATES, code)
