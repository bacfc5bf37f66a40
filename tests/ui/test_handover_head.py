"""The top of a signed handover: what can be done with it, in sentences that stand as the language sets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.at_the_phone import ringing
from tests.ui.handing_over import handed_over, top
from tests.ui.set_clock import stopped


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
