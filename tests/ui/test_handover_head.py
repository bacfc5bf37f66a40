"""Sentences of a handover: at its top when it is signed, and what was promised to whom."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from concierge.clock import FixedClock
from concierge.front import Front
from concierge.language.translator import language as translator
from concierge.ui.widgets.handover_detail import matter_lines
from concierge.ui.widgets.handover_listed import Listed
from concierge.ui.widgets.handover_rows import Shown
from tests.ui.at_the_phone import ringing
from tests.ui.handing_over import handed_over, top
from tests.ui.set_clock import stopped, taken


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("zh", "^S 存成文件。F6：主任审阅。"),
        ("en", "writes it to a file. F6: a director reviews it."),
    ],
)
async def test_two_sentences_stand_side_by_side_as_the_language_sets_them(
    tmp_path: Path, code: str, said: str
) -> None:
    front, _ = stopped(tmp_path / "home")
    handed_over(front, "周强")
    async with ringing(front, (120, 36), code) as phone:
        phone.app.open_screen("handover", shift=1)
        screen = phone.app.screen
        await phone.until(lambda: getattr(screen, "view", None) is not None, "it is read")
        await phone.pilot.pause()
        assert said in str(top(phone)).splitlines()[1]
        assert said in phone.text()
    front.close()


@pytest.mark.parametrize(
    ("agreed_with", "household", "said"),
    [
        ("刘女士", "刘敏", "答应刘女士：今天 15:13"),
        (None, "刘敏", "答应刘敏：今天 15:13"),
        (None, None, "答应：今天 15:13"),
    ],
)
def test_what_was_promised_names_whoever_is_known(
    desk: tuple[Front, FixedClock], agreed_with: str | None, household: str | None, said: str
) -> None:
    front, clock = desk
    taken(front, "public-lighting")
    view = front.handover()
    matter = replace(
        view.matters[0],
        agreed_at=clock.now() + 3600, agreed_with=agreed_with, household=household,
    )  # fmt: skip
    shown = Shown(Listed(view), clock.now(), ZoneInfo("Asia/Shanghai"), {})
    lines = matter_lines(matter, shown, translator("zh"))
    assert said in str(lines).splitlines()
