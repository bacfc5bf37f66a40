"""Every sentence has its Chinese, and what is compiled is what is written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

import catalogue
from concierge.language.translator import language

PACKAGE = catalogue.PACKAGE
CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
# Chinese that is data and not a sentence: what people write in rosters and units, and a language's own name.
DATA = {
    "domain/forms_of_address.py": "words by which people are addressed in what was typed",
    "domain/household.py": "markers of buildings, entrances and rooms in units as people write them",
    "domain/search_keys.py": "characters that people leave out or mix up when they look for a name",
    "domain/trace_patterns.py": "markers of buildings and entrances inside texts",
    "domain/typed_text.py": "punctuation that passes in what people typed",
    "domain/household_file.py": "weekdays as people write them",
    "export/fonts.py": "two characters by which a font is tried",
    "export/pdf_text.py": "the ranges of wide characters, between which a line may break",
    "language/translator.py": "the range of Chinese characters, beside which a Latin word has a blank",
    "services/pinyin.py": "surnames and names with readings of their own",
    "services/roster_headers.py": "headers of rosters",
    "services/roster_words.py": "words and days as people write them in rosters",
    "services/roster_people.py": "words beside phones in rosters, and what is noted in the roster's language",
    "services/roster_mapping.py": "what people write for a column that is not to be read",
    "services/roster_text.py": "the range of Chinese characters",
    "ui/widgets/received_line.py": "what people type for now, whatever the language of the desk",
    "language/typed_time.py": "what people type for days and times",
    "ui/commands.py": "the name of the language in that language",
}


def chinese_literals(path: Path) -> Iterator[tuple[int, str]]:
    """Every string of a module that holds Chinese, but for its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if id(node) not in documentation and CHINESE.search(node.value):
            yield node.lineno, node.value


def test_every_sentence_of_the_sources_has_a_chinese_one_with_the_same_placeholders() -> None:
    wanted = catalogue.merged(catalogue.extracted(), catalogue.committed(), {})
    missing = catalogue.problems(wanted)
    assert not missing, (
        "\n".join(missing) + "\n\nWrite the msgstr lines, then: python .ci/catalogue.py"
    )


def test_the_written_catalogue_holds_no_sentence_that_the_sources_lost() -> None:
    used = {catalogue.key_of(message.id) for message in catalogue.extracted()}
    kept = {catalogue.key_of(message.id) for message in catalogue.committed()}
    assert not kept - used, f"run python .ci/catalogue.py: {sorted(kept - used)}"


def test_the_compiled_catalogue_says_what_the_written_one_says() -> None:
    written = catalogue.compiled(catalogue.committed())
    assert catalogue.sentences(catalogue.MO.read_bytes()) == catalogue.sentences(written), (
        "run python .ci/catalogue.py"
    )


def test_the_compiled_catalogue_is_the_one_the_desk_reads() -> None:
    assert language("zh")("Thursday") == "周四"


def test_no_sentence_in_chinese_stands_in_the_code() -> None:
    found = [
        f"{path.relative_to(PACKAGE).as_posix()}:{line}: {text!r}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).as_posix() not in DATA
        for line, text in chinese_literals(path)
    ]
    assert not found, "say it in English through t() or later():\n" + "\n".join(found)


def test_sentences_are_translated_under_the_name_that_the_catalogue_looks_for() -> None:
    found = [
        f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in {"_", "_t", "tr"}
    ]
    assert not found, f"call it t: {found}"


def test_a_sentence_is_never_built_before_it_is_translated() -> None:
    found = [
        f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in {"t", "later"}
        and node.args
        and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert not found, f"no catalogue can hold these: {found}"


def spoken_literals(path: Path) -> Iterator[tuple[int, str]]:
    """Every sentence that is written out where it is translated, wherever that stands: in an f-string too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        first = node.args[0]
        if name in catalogue.KEYWORDS and isinstance(first, ast.Constant) and first.value:
            yield node.lineno, str(first.value)


def test_no_sentence_is_translated_where_the_catalogue_does_not_look() -> None:
    used = {catalogue.key_of(message.id) for message in catalogue.extracted()}
    found = [
        f"{path.relative_to(PACKAGE).as_posix()}:{line}: {text!r}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line, text in spoken_literals(path)
        if text not in used
    ]
    assert not found, "take it out of the braces of an f-string:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("english", "chinese", "complaint"),
    [
        ("ring {name}", "打电话给{name}", None),
        ("ring {name}", "打电话", "has [], not ['name']"),
        ("ring {name}", "打电话给{who}", "has ['who'], not ['name']"),
        ("ring {name}", "打电话给{name", "braces do not match"),
        ("ring {name}", "", "no Chinese"),
    ],
)
def test_the_check_itself_notices_what_is_wrong(
    english: str, chinese: str, complaint: str | None
) -> None:
    one = Catalog(locale="zh_CN")
    one.add(english, chinese)
    found = catalogue.problems(one)
    assert (complaint is None and not found) or (complaint and complaint in found[0])
