"""Commands are declared once, and their keys reach the desk on every terminal."""

from __future__ import annotations

import itertools
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from concierge.language.translator import language
from concierge.ui.commands import (
    EVERYWHERE,
    GROUPS,
    ON_THE_BOARD,
    Command,
    bar_order,
    bindings,
    key_name,
    ticket_command,
)
from concierge.ui.routes import ROUTES
from concierge.ui.widgets.command_bar import fitting

ALL = (*EVERYWHERE, *ON_THE_BOARD)
EN, ZH = language("en"), language("zh")


def keys(commands: tuple[Command, ...]) -> list[str]:
    return [key for command in commands for key in command.keys.split(",") if key]


def test_no_two_commands_share_an_id_or_a_key() -> None:
    assert len({command.id for command in ALL}) == len(ALL)
    assert [key for key, count in Counter(keys(ALL)).items() if count > 1] == []


def test_the_fixed_keys_are_the_ones_on_the_card() -> None:
    card = {command.id: command.key for command in ALL}
    assert card == card | {
        "new": "F2", "find": "F3", "shift": "F4", "filter": "F5", "escalate": "F6", "agree": "F7",
        "emergency": "F8", "alarm": "F9", "open": "Enter", "attend": "^G", "answer": "^O",
        "sign": "^S", "told": "^Y", "resolve": "^R", "note": "^E", "log": "^L", "language": "^B",
        "commands": "^P", "quit": "^Q",
    }  # fmt: skip


def test_no_command_uses_a_key_that_terminals_or_browsers_keep() -> None:
    taken = {f"ctrl+{letter}" for letter in "ihmjnwtcza"} | {"f10", "f11", "f12"}
    assert not taken & set(keys(ALL))


def test_f1_is_never_the_only_way() -> None:
    assert all(
        len(command.keys.split(",")) > 1 for command in ALL if "f1" in command.keys.split(",")
    )


def test_every_command_has_a_group_and_every_route_it_opens_is_in_the_table() -> None:
    assert all(command.group in GROUPS for command in ALL)
    assert all(command.opens in ROUTES for command in ALL if command.opens)


def test_bindings_come_from_the_commands_and_palette_only_ones_have_none() -> None:
    made = bindings(EVERYWHERE, without=["quit"])
    assert len(made) == len(keys(EVERYWHERE)) - 1


def test_keys_are_written_as_people_write_them() -> None:
    assert [key_name(key) for key in ("f2", "ctrl+g", "enter", "escape", "question_mark")] == [
        "F2", "^G", "Enter", "Esc", "?",
    ]  # fmt: skip


def test_the_ticket_screen_offers_the_same_key_without_the_way_to_itself() -> None:
    attend = ticket_command("attend", keys="ctrl+g,1")
    assert (attend.keys, attend.opens, attend.first) == ("ctrl+g,1", None, None)


@given(st.integers(10, 160), st.sampled_from([EN, ZH]))
def test_the_bar_never_runs_over_and_drops_the_least_needed_first(width: int, t: object) -> None:
    translate = EN if t is EN else ZH
    ordered = sorted(ALL, key=bar_order)
    shown = fitting(ordered, width, translate)
    used = sum(cell_len(each.key) + 1 + cell_len(translate(each.label)) + 2 for each in shown)
    assert not shown or 1 + used - 2 <= width
    # Of two that take the same room the one that matters more is there.
    out = [each for each in ordered if each not in shown and each.show]
    for inside, outside in itertools.product(shown, out):
        wide = cell_len(outside.key + translate(outside.label))
        if wide <= cell_len(inside.key + translate(inside.label)):
            assert outside.show <= inside.show


def test_at_80_columns_what_the_phone_needs_is_on_the_bar() -> None:
    for t in (EN, ZH):
        # A clock that has to be confirmed takes its place before everything, but only then.
        daily = [each for each in ALL if each.id != "confirm_clock"]
        shown = {each.id for each in fitting(sorted(daily, key=bar_order), 80, t)}
        assert {"new", "find", "emergency", "alarm", "shift", "filter", "commands"} <= shown
