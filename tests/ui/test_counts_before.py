"""On the row of what is counted, and in its question, stands what was short before and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from concierge.language.translator import language
from concierge.ui.screens.handover_dialogs import CountDialog
from concierge.ui.widgets.handover_listed import Ref
from tests.ui.at_the_phone import LANGUAGES, SIZES, ringing
from tests.ui.handing_over import begin, handed_over, rows
from tests.ui.set_clock import MINUTE, stopped


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_an_old_shortage_stands_on_the_row_and_in_the_question(
    tmp_path: Path, size: tuple[int, int], code: str
) -> None:
    front, clock = stopped(tmp_path / "home")
    t = language(code)
    handed_over(front, "周强", keys=12)
    clock.at += 10 * MINUTE  # 14:23
    handed_over(front, "陈丽", keys=11)
    clock.at += MINUTE
    told = t("{name}: {value}", name=t("{n} until {time}", n=12, time="14:23"), value="盘点过")
    async with ringing(front, size, code) as phone:
        screen = await begin(phone, "1")
        assert f"{t('there should be {n}', n=11)}  {told}" in rows(phone)
        screen.go_to(Ref("count", "keys"))
        await phone.press("1")
        await phone.on(CountDialog)
        body = str(phone.screen.query_one("#body", Static).render())
        assert body.splitlines() == [t("There should be {n}.", n=11), told]
        await phone.press("1", "enter")
        await phone.until(lambda: f"11  {told}" in rows(phone), "it is told of what is counted too")
    front.close()
