"""Whatever people typed, in any field: it never becomes markup, an element, a formula or a control code."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from html.parser import HTMLParser
from typing import Any

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from concierge.export import FORMATS, TEXTS, render
from concierge.export.csv_text import harmless
from concierge.export.fonts import find_faces, system_folders
from concierge.export.markdown import escaped
from concierge.export.plain import shortened
from concierge.services.summary import ShiftSummary
from tests.export.made_up import RICH

# Fields that hold codes of the program; all others hold what somebody typed.
CODES = {
    "zone",
    "state",
    "kind",
    "category",
    "clock",
    "to",
    "grade",
    "step",
    "cause",
    "number",
    "head",
    "flag",
    "what",
    "role",
    "part",
    "how",
    "ended_how",
    "signed",
}
NASTY = (
    *(
        "|",
        "\\|",
        "\\",
        "`",
        "```\n# x",
        "<b>",
        "</td></tr>",
        "-->",
        "]]>",
        "<!--",
        "&lt;",
        "&#60;",
        "\"'",
    ),
    *(
        "=1+1",
        "\t=1",
        "\n=1",
        " ＝1",
        "\u200b@x",
        "-2",
        "\x1b[31m",
        "\u202e",
        "\u2066",
        "\x00",
        "\x85",
    ),
    *(
        "\u2028",
        "\r\n",
        "\ud800",
        "[x](javascript:1)",
        "![i](http://x)",
        "https://x.example",
        "1. x",
        "- x",
    ),
    *("> x", "---", "👨\u200d👩\u200d👧", "W" * 500, "", " ", "*", "_", "~~", "$x$", "\ufeff"),
)
typed = st.lists(
    st.sampled_from(NASTY) | st.text(alphabet=st.characters(), max_size=12), max_size=6
).map("".join)
languages = st.sampled_from([("zh",), ("en",), ("zh", "en")])


def retyped(summary: ShiftSummary, text: str) -> ShiftSummary:
    """The summary with this text wherever people type."""

    def put(key: str, value: Any) -> Any:
        if isinstance(value, dict):
            names = key in {"categories", "names"}
            return {k: put("name" if names else k, v) for k, v in value.items()}
        if isinstance(value, (tuple, list)):
            return [put(key, item) for item in value]
        return text if isinstance(value, str) and key not in CODES else value

    return ShiftSummary.from_json(put("", summary.to_json()))


def shown(fmt: str, summary: ShiftSummary, codes: tuple[str, ...]) -> str:
    """What is rendered in a format of text, with nothing masked."""
    rendered = render(fmt, summary, codes, clear=True)
    assert isinstance(rendered, str)
    return rendered


def unescaped_pipes(line: str) -> int:
    return sum(c == "|" and line[:n][-1:] != "\\" for n, c in enumerate(line))


class Skeleton(HTMLParser):
    """The elements of a page, with their attributes, without its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[object] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.seen.append(("comment", data))


@given(text=typed, codes=languages)
def test_no_text_adds_or_breaks_a_line_or_cell_of_markdown(
    text: str, codes: tuple[str, ...]
) -> None:
    def shape(summary: ShiftSummary) -> list[int]:
        return [unescaped_pipes(line) for line in shown("md", summary, codes).split("\n")]

    assert shape(retyped(RICH, text)) == shape(retyped(RICH, "plain"))


@given(text=typed)
def test_markdown_of_typed_text_holds_no_bare_special_character(text: str) -> None:
    shown = escaped(text)
    for n, character in enumerate(shown):
        if character in "`*_{}[]#~$^@":
            assert shown[n - 1 : n] == "\\" or shown[n - 1 : n + 1] == "&#"
        assert character not in "<>|\n\r"


@given(text=typed, codes=languages)
def test_no_text_changes_the_elements_of_the_page(text: str, codes: tuple[str, ...]) -> None:
    page = Skeleton(shown("html", retyped(RICH, text), codes))
    assert page.seen == Skeleton(shown("html", retyped(RICH, "plain"), codes)).seen


@given(text=typed, codes=languages)
def test_csv_is_read_back_in_equal_rows_without_a_formula(
    text: str, codes: tuple[str, ...]
) -> None:
    file = io.StringIO(shown("csv", retyped(RICH, text), codes).removeprefix("\ufeff"), newline="")
    rows = list(csv.reader(file, strict=True))
    plain = shown("csv", retyped(RICH, "plain"), codes)
    assert len(rows) == plain.count("\r\n")
    assert {len(row) for row in rows} == {14}
    figures = {"-1"}  # of the program: what a count differs by
    for cell in (cell for row in rows for cell in row if cell not in figures):
        seen = cell.lstrip("\u200b\ufeff\u200d \u3000\n")
        assert not seen.startswith(tuple("=+-@＝＋－＠\t\r"))


@given(text=typed, codes=languages, fmt=st.sampled_from([fmt for fmt in FORMATS if fmt in TEXTS]))
def test_no_control_or_bidi_character_passes(text: str, codes: tuple[str, ...], fmt: str) -> None:
    out = shown(fmt, retyped(RICH, text), codes)
    out.encode()
    bad = {c for c in out if unicodedata.category(c) == "Cc"} - set("\n\t")
    assert bad <= ({"\r"} if fmt == "csv" else set())
    assert not set(out) & set(
        "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
    if fmt == "csv":
        assert out.count("\r") == out.count("\r\n")


# No made-up examples here: they are traced line by line, and a font has very many of these.
@pytest.mark.skipif(find_faces(system_folders()) is None, reason="no Chinese font here")
def test_no_text_becomes_an_action_or_a_link_of_a_pdf() -> None:
    content = render("pdf", retyped(RICH, "".join(NASTY)), ("zh", "en"))
    assert isinstance(content, bytes)
    paper = pypdf.PdfReader(io.BytesIO(content))
    root = paper.root_object
    assert not set(root) & {"/AA", "/Names", "/AcroForm"}
    assert isinstance(
        root["/OpenAction"], list
    )  # where the first page is shown from: nothing is done
    assert all("/Annots" not in page for page in paper.pages)


def test_the_picture_of_the_page_holds_figures_and_words_of_the_catalogue_alone() -> None:
    page = shown("html", retyped(RICH, "plain"), ("zh", "en"))
    picture = page[page.index('<svg viewBox="0 0 760') :]
    picture = picture[: picture.index("</svg>")]
    assert "plain" not in picture
    assert "<title>" in picture
    assert "<desc>" in picture
    assert "style=" not in picture


@given(text=typed)
def test_json_gives_back_what_was_typed(text: str) -> None:
    values = json.loads(shown("json", retyped(RICH, text), ("en",)))
    kept = values["notes"][0]["text"]
    assert kept == values["desk"] == values["property"]
    assert set(kept) <= set(text) | {"\n"}


@pytest.mark.parametrize(
    "cell",
    [
        "=1",
        "+1",
        "-1",
        "@x",
        "\t1",
        "\r1",
        " =1",
        "\u3000＝1",
        "＋1",
        "－1",
        "＠x",
        "\u200b=1",
        "\n\n-1",
    ],
)
def test_what_a_spreadsheet_could_run_gets_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "3-1201", "a=1", "王", "'=1", "2026-11-23 08:15"])
def test_what_no_spreadsheet_runs_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


@given(text=st.text(max_size=400), cells=st.integers(2, 80))
def test_shortened_words_fit_on_one_line_of_so_many_cells(text: str, cells: int) -> None:
    short = shortened(text, cells)
    assert cell_len(short) <= cells
    assert "\n" not in short
    assert "\t" not in short


def test_words_that_fit_stay_whole_and_others_end_in_an_ellipsis() -> None:
    assert shortened("电" * 40) == "电" * 40
    assert shortened("电" * 41) == "电" * 39 + "…"
    assert shortened("x" * 4000) == "x" * 79 + "…"


def test_the_page_loads_and_runs_nothing() -> None:
    page = shown("html", RICH, ("zh", "en"))
    tags = {item[0] for item in Skeleton(page).seen if isinstance(item, tuple)}
    assert not tags & {"script", "link", "img", "iframe", "object", "a", "form"}
    assert "url(" not in page
    assert "default-src 'none'" in page
    assert '<html lang="zh-Hans">' in page
    assert '<i lang="en">Carried over</i>' in page
