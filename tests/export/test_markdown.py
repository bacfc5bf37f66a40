"""The Markdown of what people typed, as a reader of Markdown takes it: the text, and nothing but it."""

from __future__ import annotations

from hypothesis import example, given
from markdown_it import MarkdownIt

from concierge.domain.typed_text import clean
from concierge.export import render
from concierge.export.markdown import escaped
from tests.export.made_up import EMPTY, RICH
from tests.export.test_typed_text_is_harmless import typed

# The strictest of readers: HTML passes, bare addresses become links, tables and struck-out text are known.
READER = MarkdownIt("commonmark", {"linkify": True}).enable(["table", "strikethrough", "linkify"])
PLACES = (
    ("", ""),
    ("- ", ""),
    ("- Desk: ", ""),
    ("# x: ", ""),
    ("| a | b |\n| --- | --- |\n| x | ", " |"),
)


def read(markdown: str) -> tuple[list[str], str]:
    """The kinds of all that a reader finds, and the text in the last of it."""
    kinds, text = [], ""
    for block in READER.parse(markdown):
        kinds.append(block.type)
        for each in block.children or ():
            text = each.content
            kinds += [each.type] if each.type != "text" else []
    return kinds, text


@given(text=typed)
@example("1. x")
@example("1) x")
@example("- x")
@example("+ x")
@example("x ---")
@example("===")
@example("# x #")
@example("www.x.example")
@example("http://x.example")
@example("![x](y)")
@example("*x* _y_ ~~z~~ `q`")
def test_a_reader_finds_the_text_as_it_was_typed_and_no_markup(text: str) -> None:
    kept = clean(text, limit=len(text)).text
    line = " ⏎ ".join(" ".join(part.split()) for part in kept.splitlines()).strip()
    for before, after in PLACES if line else ():
        kinds, seen = read(before + escaped(kept) + after)
        assert kinds == read(f"{before}plain{after}")[0]
        assert seen.removeprefix("Desk:").removeprefix("x:").strip() == line


def test_what_cannot_act_is_not_escaped() -> None:
    for text in (
        "1 escalation reached nobody: T-20261123-007.",
        "Asia/Shanghai (UTC+08:00)",
        "Shared lighting (lamp, holder, switch)",
        "楼道灯（灯泡、灯座、开关）坏了！",
        "back at 14:28, 5-902 = the tall one!",
    ):
        assert escaped(text) == text


def test_the_colon_is_that_of_the_language_before_it() -> None:
    for codes, head in (
        (("zh",), "# 交班小结：云栖花园\n\n- 小区：云栖花园\n"),
        (("en",), "# Shift summary: 云栖花园\n\n- Property: 云栖花园\n"),
        (("zh", "en"), "# 交班小结 / Shift summary: 云栖花园\n\n- 小区 / Property: 云栖花园\n"),
    ):
        paper = render("md", EMPTY, codes)
        assert isinstance(paper, str)
        assert paper.startswith(head)


def test_a_count_that_differs_is_named_in_each_language_of_the_timeline() -> None:
    for codes, said in (
        (("zh",), "钥匙（把） · 42 → 41 · =one is with the guard |"),
        (("en",), "| Keys · 42 → 41 · =one is with the guard |"),
        (("zh", "en"), "钥匙（把） / Keys · 42 → 41 · =one"),
    ):
        paper = render("md", RICH, codes)
        assert isinstance(paper, str)
        assert said in paper.split("开始交接" if codes[0] == "zh" else "handover begun")[1]
