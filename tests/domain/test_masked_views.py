"""A view is shown with the phones in its typed texts masked, and is otherwise the same."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from concierge.domain.masked_views import TYPED, hides, masked

PHONE, HIDDEN = "ring 13800001234", "ring 138****1234"


@dataclass(frozen=True)
class Note:
    """A view in a view."""

    text: str
    at: int = 13800001234


@dataclass(frozen=True)
class Matter:
    """A view as services hand it out."""

    words: str = "drip"
    number: str = "20261123001"
    unit: str | None = None
    phone: str | None = None
    notes: tuple[Note, ...] = ()
    personal: dict[str, object] | None = field(default=None, hash=False)
    names: dict[str, str] = field(default_factory=dict, hash=False)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (Matter(words=PHONE), Matter(words=HIDDEN)),
        (Matter(unit=PHONE), Matter(unit=HIDDEN)),
        (Matter(notes=(Note("a"), Note(PHONE))), Matter(notes=(Note("a"), Note(HIDDEN)))),
        (
            Matter(personal={"text": PHONE, "more": [PHONE, 7], "deep": {"who": PHONE}}),
            Matter(personal={"text": HIDDEN, "more": [HIDDEN, 7], "deep": {"who": HIDDEN}}),
        ),
    ],
)
def test_phones_are_masked_wherever_people_type(typed: Matter, shown: Matter) -> None:
    assert masked(typed) == shown
    assert masked((Matter(), typed)) == (Matter(), shown)
    assert hides(typed)
    assert not hides(shown)


@pytest.mark.parametrize(
    "view",
    [
        Matter(),
        Matter(phone="13800001234", names={"a": PHONE}),
        Matter(notes=(Note("3-1201 14:30"),), personal={"at": 13800001234, "gone": None}),
        None,
        (),
    ],
)
def test_a_view_with_nothing_to_mask_is_the_very_same(view: object) -> None:
    assert masked(view) is view
    assert not hides(view)


def test_nothing_is_typed_but_what_is_listed() -> None:
    assert {"words", "text", "notes", "personal"} <= TYPED
    assert not {"phone", "number", "name", "plate", "day", "phones", "people"} & TYPED


def test_the_view_that_was_handed_in_stays_as_it_was() -> None:
    typed = Matter(words=PHONE, personal={"text": PHONE})
    kept = replace(typed)
    masked(typed)
    assert (typed, typed.personal) == (kept, {"text": PHONE})
