"""Every format masks what is sensitive in typed text, unless it is asked not to."""

from __future__ import annotations

import pytest

from concierge.export import render
from tests.export.made_up import RICH


@pytest.mark.parametrize("fmt", ["md", "html", "csv", "json"])
def test_every_format_masks_unless_it_is_asked_to_show(fmt: str) -> None:
    masked, clear = render(fmt, RICH, ("en",)), render(fmt, RICH, ("en",), clear=True)
    assert isinstance(masked, str)
    assert isinstance(clear, str)
    assert "0000 1234" not in masked
    assert "00001234" not in masked
    assert "138 0000 1234" in clear
    assert masked.count("T-20261123-007") == clear.count("T-20261123-007")
