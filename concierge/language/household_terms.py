"""The words for the codes of a household's file; a code that is not known is shown as it is."""

from __future__ import annotations

from collections.abc import Iterable

from concierge.language.terms import term
from concierge.language.translator import Language, later

TENURES = {
    "owned": later("owned"),
    "rented": later("rented"),
    "lent": later("lent to them"),
}
MEMBER_ROLES = {
    "owner": later("owner"),
    "tenant": later("tenant"),
    "family": later("family member"),
    "helper": later("domestic helper"),
    "driver": later("driver"),
    "staff": later("household staff"),
}
SEXES = {
    "female": later("female"),
    "male": later("male"),
}
CONTACT_PREFERENCES = {
    "phone": later("call them"),
    "message": later("send a text message"),
    "wechat": later("write on WeChat"),
    "visit": later("come to the door"),
}
CARE_FLAGS = {
    "lives-alone": later("lives alone"),
    "infant": later("infant at home"),
    "pregnant": later("expecting a child"),
    "limited-mobility": later("limited mobility"),
}
ASPECTS = {
    "allergy": later("allergy"),
    "family": later("family members"),
    "background": later("family background"),
    "work": later("line of work"),
    "habits": later("living habits"),
    "food": later("food preferences"),
    "leisure": later("entertainment and sport"),
    "health": later("health"),
    "business": later("business needs"),
    "key-date": later("key date"),
    "children": later("children"),
    "religion": later("religion"),
}
SOURCES = {
    "said": later("said by the household"),
    "noticed": later("noticed by the desk"),
}
WEEKDAYS = {
    "1": later("Mon"),
    "2": later("Tue"),
    "3": later("Wed"),
    "4": later("Thu"),
    "5": later("Fri"),
    "6": later("Sat"),
    "7": later("Sun"),
}
# Rows of a file by the name under which changes are on record.
PARTS = {
    "household": later("household"),
    "care": later("care"),
    "member": later("member"),
    "vehicle": later("vehicle"),
    "pet": later("pet"),
    "contact": later("emergency contact"),
    "fact": later("fact"),
    "instruction": later("instruction"),
}
FIELDS = {
    "aspect": later("aspect"),
    "away_from": later("away from"),
    "away_to": later("away until"),
    "background": later("background"),
    "birthday": later("birthday"),
    "care": later("care"),
    "checked_on": later("checked on"),
    "colour": later("colour"),
    "consent_at": later("time of consent"),
    "consent_by": later("consent given by"),
    "consent_scope": later("what the consent covers"),
    "contact_preference": later("how to reach them"),
    "day": later("date"),
    "employer": later("employer"),
    "ended_at": later("ended at"),
    "ends_on": later("until"),
    "from_time": later("from (time)"),
    "given_by": later("given by"),
    "kind": later("kind of animal"),
    "language": later("language"),
    "member_id": later("member"),
    "model": later("model"),
    "moved_in": later("moved in"),
    "moved_out": later("moved out"),
    "name": later("name"),
    "note": later("note"),
    "noted_on": later("noted on"),
    "notes": later("notes"),
    "occupation": later("occupation"),
    "parking": later("parking"),
    "people_count": later("people"),
    "phone": later("phone"),
    "plate": later("plate"),
    "position": later("place in the list"),
    "quiet_from": later("do not disturb from"),
    "quiet_to": later("do not disturb until"),
    "relation": later("relation"),
    "reveal": later("what to show"),
    "role": later("role"),
    "salutation": later("salutation"),
    "sex": later("sex"),
    "source": later("source"),
    "starts_on": later("from"),
    "tenure": later("tenure"),
    "text": later("words"),
    "to_time": later("until (time)"),
    "weekdays": later("weekdays"),
    # Instants and names that the desk sets itself.
    "at": later("written at"),
    "written_by": later("written by"),
}
REVEALED = {
    "phones": later("phones"),
    "health": later("health"),
    "religion": later("religion"),
    "children": later("children"),
}


def field(t: Language, code: str) -> str:
    """A field of a file."""
    return term(t, FIELDS, code)


def part(t: Language, code: str) -> str:
    """household, member, vehicle and so on."""
    return term(t, PARTS, code)


def aspect(t: Language, code: str) -> str:
    """What a fact is about."""
    return term(t, ASPECTS, code)


def source(t: Language, code: str) -> str:
    """Where a fact comes from."""
    return term(t, SOURCES, code)


def care_flag(t: Language, code: str) -> str:
    """Who needs more care."""
    return term(t, CARE_FLAGS, code)


def weekdays(t: Language, numbers: Iterable[int]) -> str:
    """Weekdays after each other, "every day" for none."""
    days = [term(t, WEEKDAYS, str(number)) for number in numbers]
    return t(", ").join(days) if days else t("every day")
