"""The policy's tables ``[shifts]``, ``[handover]`` and ``[summary]``."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from concierge.domain.policy_file import Reader
from concierge.domain.shift import Copies, CountItem, ShiftRules

FORMATS = ("md", "html", "pdf", "xlsx", "csv", "json")
LANGUAGES = ("zh", "en")
_LONGEST_CODE = 40


def shift_rules(top: Reader, ladders: Collection[str]) -> ShiftRules | None:
    """Read the three tables; a policy from before there were shifts in it has none.

    Args:
        top: The whole policy.
        ladders: The names of its ladders.

    Raises:
        Refusal: ``policy.bad``.
    """
    if not top.has("shifts"):
        return None
    table = top.table("shifts")
    starts = tuple(table.times("starts"))
    if not starts or any(high <= low for low, high in pairwise(starts)):
        raise table.bad("starts", "shift-order")
    rules = ShiftRules(
        starts=starts,
        early=table.seconds("early"),
        relief=table.seconds("relief"),
        ladder=table.choice("ladder", tuple(ladders)),
        counts=_counts(top.table("handover")) if top.has("handover") else (),
        copies=_copies(top.table("summary")) if top.has("summary") else Copies(),
    )
    table.done()
    return rules


def _counts(table: Reader) -> tuple[CountItem, ...]:
    items = tuple(_item(row) for row in (table.rows("count") if table.get("count") else ()))
    codes = [each.item for each in items]
    for code in codes:
        if codes.count(code) > 1:
            raise table.bad("count", "item-twice", value=code)
    table.done()
    return items


def _item(row: Reader) -> CountItem:
    code = row.text("item")
    if len(code) > _LONGEST_CODE:
        raise row.bad("item", "text")
    item = CountItem(
        item=code,
        names=(("zh", row.text("zh")), ("en", row.text("en"))),
        expected=row.number("expected") if row.has("expected") else None,
        varies=row.flag("varies"),
    )
    row.done()
    return item


def _copies(table: Reader) -> Copies:
    copies = Copies(
        folder=table.text("folder", default="").strip(),
        mail=table.flag("mail"),
        formats=table.choices("formats", FORMATS),
        languages=table.choices("languages", LANGUAGES),
    )
    if copies.ways and not (copies.formats and copies.languages):
        raise table.bad("formats" if not copies.formats else "languages", "copies-none")
    table.done()
    return copies
