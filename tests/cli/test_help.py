"""Help: every command has it, in both languages, with a word on each argument."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

from concierge.cli.parser import Parser, build
from concierge.cli.registry import COMMANDS
from concierge.language.translator import LANGUAGES, language
from tests.cli.commands import Cli


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and all below it."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from commands(below)


def whole(code: str) -> Parser:
    return build(language(code), "1", frozenset(COMMANDS))


def test_every_argument_of_every_command_is_explained() -> None:
    bare = [
        f"{parser.prog} {action.dest}"
        for parser in commands(whole("en"))
        for action in parser._actions
        if not action.help and not isinstance(action, argparse._SubParsersAction)
    ]
    assert not bare


@pytest.mark.parametrize("code", LANGUAGES)
def test_help_of_every_command_can_be_written(code: str) -> None:
    for parser in commands(whole(code)):
        assert parser.prog in parser.format_help()


def test_every_command_that_ends_somewhere_does_something() -> None:
    for parser in commands(whole("en")):
        groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
        if not groups:
            assert callable(parser.get_default("run")), parser.prog


def test_every_command_takes_home_language_desk_and_json() -> None:
    for parser in commands(whole("en")):
        assert {"home", "lang", "desk", "json"} <= {action.dest for action in parser._actions}


def test_help_goes_to_the_stream_it_was_asked_on_and_ends_well(nowhere: Cli) -> None:
    for argv in (["--help"], ["ticket", "-h"], ["ticket", "add", "--help"], ["--version"]):
        done = nowhere(*argv)
        assert (done.code, done.err) == (0, "")
        assert "concierge" in done.out
