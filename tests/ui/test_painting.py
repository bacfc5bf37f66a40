"""What is painted at once, and what is left out of painting."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any
from unittest.mock import patch

import pytest
from textual._compositor import ChopsUpdate, Compositor
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.screen import Screen
from textual.widgets import Input, Static

from concierge.services.hits import HouseholdHit
from concierge.ui.painting import LineCompositor, paint_now
from concierge.ui.screens.find import FindScreen
from concierge.ui.screens.intake import IntakeScreen
from concierge.ui.widgets.unit_box import UnitBox
from concierge.ui.widgets.unit_choice import UnitChoice
from tests.ui.at_the_phone import SIZES, Phone, ringing
from tests.ui.phone_desk import PhoneDesk

NARROW, WIDE = SIZES[0], SIZES[-1]
FOUND = tuple(
    UnitChoice(unit=f"3-120{nth}", name="王建国", match="unit", marked="unit", marks=((0, 4),))
    for nth in range(4)
)


def painted(screen: Screen[Any], crop: Region) -> list[tuple[int, int, str]]:
    """What stands in the columns of a region, line by line."""
    compositor = screen._compositor
    chops: Any = compositor._render_chops(crop, lambda y: y in crop.line_range)
    return [
        (y, x, strip.render(screen.app.console))
        for y in crop.line_range
        for x, strip in chops[y].items()
        if strip is not None and crop.x <= x < crop.right
    ]


def regions(screen: Screen[Any]) -> list[Region]:
    """Where each widget is seen, and what lies around each two that follow one another."""
    each = [
        region.intersection(clip) for region, clip in screen._compositor.visible_widgets.values()
    ]
    pairs = [Region.from_union(pair) for pair in pairwise(each)]
    return [region for region in each + pairs if region]


async def shows_the_same(phone: Phone) -> None:
    screen = phone.screen
    assert isinstance(screen._compositor, LineCompositor)
    for crop in regions(screen):
        ours = painted(screen, crop)
        with patch.object(LineCompositor, "_get_renders", Compositor._get_renders):
            assert ours == painted(screen, crop), crop


@pytest.mark.parametrize("size", SIZES)
async def test_what_lies_around_and_behind_a_change_makes_no_difference(
    size: tuple[int, int],
) -> None:
    async with ringing(PhoneDesk(), size) as phone:
        await phone.pilot.pause()
        await shows_the_same(phone)
        await phone.press("f3")
        await phone.on(FindScreen)
        await phone.say("王")
        screen: Any = phone.screen
        await phone.until(lambda: screen.card is not None, "the card is read")
        await phone.pilot.pause()
        await shows_the_same(phone)
        await phone.press("escape", "f2")
        await phone.on(IntakeScreen)
        await phone.say("3-12")
        await phone.pilot.pause()
        await shows_the_same(phone)


def written(screen: Screen[Any]) -> tuple[list[str], Any]:
    """Note what a screen writes."""
    said: list[str] = []

    def note(_: object, update: object) -> None:
        if isinstance(update, ChopsUpdate):
            said.append(update.render_segments(screen.app.console))

    return said, patch.object(screen.app, "_display", note)


async def test_results_are_written_before_the_step_that_brings_them_ends() -> None:
    async with ringing(PhoneDesk(), WIDE) as phone:
        await phone.press("f3")
        await phone.on(FindScreen)
        await phone.pilot.pause()
        screen: Any = phone.screen
        said, noting = written(screen)
        with noting:
            screen.results.load(FOUND)
            assert said == []
            paint_now(screen.results)
        assert len(said) == 1
        assert "3" in said[0]
        assert "王建国" in said[0]


async def test_what_has_to_be_laid_out_anew_is_left_to_the_next_frame() -> None:
    async with ringing(PhoneDesk(), NARROW) as phone:
        await phone.press("f3")
        await phone.on(FindScreen)
        await phone.pilot.pause()
        screen: Any = phone.screen
        said, noting = written(screen)
        with noting:
            screen.results.load(FOUND)
            paint_now(screen.results)
        assert said == []
        await phone.until(lambda: screen.results.size.height == len(FOUND), "it is laid out")
        assert "王建国" in phone.text()


@pytest.mark.parametrize("eager", [True, False])
async def test_hits_of_an_older_text_stay_in_sight_and_are_not_taken(*, eager: bool) -> None:
    class Boxes(App[None]):
        language = "en"

        def compose(self) -> ComposeResult:
            yield UnitBox("Unit", "", id="unit", eager=eager)
            yield Input(id="next")

    hit = HouseholdHit(7, "3-1201", "Wang Min", "name", None, marked="name", marks=((0, 4),))
    app = Boxes()
    async with app.run_test() as pilot:
        box = app.query_one(UnitBox)
        box.field.box.focus()
        await pilot.press(*"wang")
        box.answer("wang", (hit,))
        await pilot.press("x")
        assert box.hits.display
        assert "3-1201" in box.hits.render_line(0).text
        await pilot.press("enter")
        assert box.choice is None if eager else box.choice == UnitChoice(place="wangx")
        box.answer("wangx", ())
        assert box.choice == UnitChoice(place="wangx")


class Lines(Screen[None]):
    """Two boxes beside each other, as the desk's screens paint them."""

    CSS = "Lines { layout: horizontal } Static { width: 10 }"

    def __init__(self) -> None:
        super().__init__()
        self._compositor = LineCompositor()

    def compose(self) -> ComposeResult:
        yield Static("两个人被困", id="left")
        yield Static("在电梯里", id="right")


async def test_a_change_that_ends_within_a_character_leaves_no_blank_there() -> None:
    app: App[None] = App()
    async with app.run_test(size=NARROW) as pilot:
        await app.push_screen(Lines())
        await pilot.pause()
        compositor = app.screen._compositor
        for changed, shown in (
            (Region(0, 0, 3, 1), "两个人被困"),
            (Region(12, 0, 1, 1), "在电梯里"),
            (Region(2, 0, 11, 1), "两个人被困在电梯里"),
        ):
            compositor._dirty_regions = {changed}
            update = compositor.render_update()
            assert isinstance(update, ChopsUpdate)
            codes = update.render_segments(app.console)
            assert re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", codes).strip() == shown
