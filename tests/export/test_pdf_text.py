"""Lines of the PDF: as wide as they may be, nothing lost, no line that begins with a comma."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from concierge.export.pdf_text import longest_piece, wrapped

texts = st.text(alphabet="水管漏水，。（）ab c,.\n", max_size=60)


@given(text=texts, width=st.integers(4, 20))
def test_no_line_is_wider_than_it_may_be_and_no_character_is_lost(text: str, width: int) -> None:
    lines = wrapped(text, width, cell_len)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_chinese_breaks_anywhere_but_before_a_comma_and_latin_between_words() -> None:
    assert wrapped("厨房水管漏水，柜子泡了", 12, cell_len) == ["厨房水管漏", "水，柜子泡了"]
    assert wrapped("water in the kitchen", 12, cell_len) == ["water in the", "kitchen"]
    assert wrapped("T-20261123-007", 8, cell_len) == ["T-202611", "23-007"]
    assert wrapped("one\n\ntwo", 8, cell_len) == ["one", "", "two"]
    assert wrapped("", 8, cell_len) == [""]


def test_a_column_is_at_least_as_wide_as_its_longest_word() -> None:
    assert longest_piece("water in the kitchen", cell_len) == len("kitchen")
    assert longest_piece("水管漏水", cell_len) == 2
    assert longest_piece("", cell_len) == 0
