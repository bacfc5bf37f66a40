"""The house rules that no linter knows: who loads what, how long a file may be, where the time comes from."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import concierge

PACKAGE = Path(concierge.__file__).parent
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
# A migration is written once, as long as the tables it makes, and never touched again.
VERSIONS = "store/migrations/"
# Files that may be longer, each with its reason.
LONG_FILES: dict[str, str] = {}
# Who may look at the machine's clock, each with its reason.
WALL_CLOCK = {
    "clock.py": "it is the clock",
    "ui/ticker.py": "only to tick on the second, together with other terminals; what it shows is the clock's",
}
LOADED = """
import importlib, sys
before = set(sys.modules)
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*sorted({name.partition(".")[0] for name in set(sys.modules) - before}))
"""


def modules() -> Iterator[tuple[str, Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield (
            path.relative_to(PACKAGE).as_posix(),
            path,
            ast.parse(path.read_text(encoding="utf-8")),
        )


def of_package(name: str) -> list[str]:
    """The modules below a package, as they are imported."""
    return [
        ".".join(("concierge", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(
            ".__init__"
        )
        for path in sorted((PACKAGE / name).rglob("*.py"))
    ]


def loaded_by(*names: str) -> set[str]:
    """The top-level packages that a fresh interpreter loads for these modules."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *names],
        env=os.environ | {"PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr
    return set(done.stdout.split())


def test_rules_load_nothing_but_the_standard_library() -> None:
    foreign = {
        name
        for name in loaded_by(*of_package("domain")) - sys.stdlib_module_names
        if not name.startswith("_sysconfigdata")  # the interpreter's own build record, for zoneinfo
    }
    assert foreign == {"concierge"}


def test_sentences_load_no_database_and_no_screen() -> None:
    assert not loaded_by(*of_package("language")) & {"sqlmodel", "sqlalchemy", "textual", "rich"}


def test_exports_load_no_database_and_no_screen() -> None:
    assert not loaded_by(*of_package("export")) & {"sqlmodel", "sqlalchemy", "textual"}


def test_a_command_waits_for_no_screen_and_no_spreadsheet() -> None:
    """Only the desk itself loads Textual; only a roster loads openpyxl; only a name loads pypinyin."""
    heavy = {"textual", "openpyxl", "pypinyin", "alembic", "dateutil"}
    assert not loaded_by(*of_package("cli")) & heavy


def test_starting_the_program_loads_next_to_nothing() -> None:
    heavy = {"textual", "rich", "sqlmodel", "sqlalchemy", "pydantic", "openpyxl", "pypinyin"}
    assert not loaded_by("concierge.__main__") & heavy


def test_the_store_loads_no_migrations_until_it_has_to_migrate() -> None:
    assert "alembic" not in loaded_by("concierge.store.opening")


def test_files_stay_short() -> None:
    long = {
        name: lines
        for name, path, _ in modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
        and name not in LONG_FILES
        and not name.startswith(VERSIONS)
    }
    assert not long, f"split them, or give a reason in LONG_FILES: {long}"


def test_functions_stay_short() -> None:
    """What a function does is counted from its first statement after the docstring."""
    long = {
        f"{name}:{node.lineno} {node.name}": length
        for name, _, tree in modules()
        if not name.startswith(VERSIONS)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := length_of(node)) > LONGEST_FUNCTION
    }
    assert not long, f"split them: {long}"


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_only_the_clock_knows_what_time_it_is() -> None:
    asks = {"time.time", "datetime.now", "datetime.utcnow", "date.today", "datetime.today"}
    found = [
        f"{name}:{node.lineno}"
        for name, _, tree in modules()
        if name not in WALL_CLOCK
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in asks
    ]
    assert not found, f"take a Clock or an instant: {found}"


@pytest.mark.parametrize("name", ["utils.py", "helpers.py", "misc.py", "common.py"])
def test_no_file_is_a_drawer(name: str) -> None:
    assert not list(PACKAGE.rglob(name))


def test_nothing_is_global() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Global)
    ]
    assert not found


def test_nothing_is_called_a_manager() -> None:
    found = [
        f"{name}: {node.name}"
        for name, _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith(("Manager", "Helper", "Util"))
    ]
    assert not found


def test_errors_are_never_swallowed() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (ast.unparse(node.type) in {"Exception", "BaseException"} and is_empty(node.body))
        )
    ]
    assert not found


def is_empty(body: list[ast.stmt]) -> bool:
    return all(isinstance(line, ast.Pass | ast.Continue) for line in body)
