"""The arguments of the command line: one parser whose errors are sentences in the reader's language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from importlib import import_module
from typing import Any, ClassVar, NoReturn, Protocol

from concierge.cli.registry import COMMANDS
from concierge.language.translator import LANGUAGES, Language, language, later

# What argparse says, and how the desk says it.
_SAID = (
    (r"the following arguments are required: (?P<what>.+)", later("{what} is missing: add it.")),
    (r"one of the arguments (?P<what>.+) is required", later("Give one of {what}.")),
    (
        r"argument (?P<what>.+?): invalid choice: (?P<value>.+) \(choose from (?P<choices>.+)\)",
        later("{what} cannot be {value}: choose one of {choices}."),
    ),
    (r"argument (?P<what>.+?): expected .+ argument.*", later("{what} needs a value after it.")),
    (
        r"argument (?P<what>.+?): invalid \w+ value: (?P<value>.+)",
        later("{what} cannot be {value}: check it."),
    ),
    (
        r"argument (?P<what>.+?): not allowed with argument (?P<other>.+)",
        later("{what} does not go with {other}: leave one of them out."),
    ),
    (
        r"unrecognized arguments: (?P<what>.+)",
        later("{what} is not known here: leave it out, or see --help."),
    ),
)


class Unreadable(Exception):
    """Arguments that do not parse; ``msgid`` and ``values`` make the sentence."""

    def __init__(self, msgid: str, **values: object) -> None:
        super().__init__(msgid)
        self.msgid = msgid
        self.values = values


class Parser(argparse.ArgumentParser):
    """Arguments whose mistakes are raised, whose options cannot be cut short, whose help is translated."""

    language: ClassVar[Language] = language("en")

    def __init__(self, **settings: Any) -> None:
        helped, t = settings.pop("add_help", True), self.language
        super().__init__(allow_abbrev=False, add_help=False, **settings)
        self._positionals.title = t("arguments")
        self._optionals.title = t("options")
        if helped:
            self.add_argument("-h", "--help", action="help", help=t("show this help"))

    def format_help(self) -> str:
        """The help, with its first word in the reader's language."""
        t = self.language
        return super().format_help().replace("usage:", t("usage:"), 1)

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong as a sentence.

        Raises:
            Unreadable: always.
        """
        for pattern, msgid in _SAID:
            match = re.fullmatch(pattern, message, re.DOTALL)
            if match:
                raise Unreadable(msgid, **match.groupdict())
        raise Unreadable(later("These arguments cannot be read: {what}."), what=message)


def speaking(t: Language) -> type[Parser]:
    """The parser in a language; argparse makes the ones of commands by its class alone."""

    class Speaking(Parser):
        language = t

    return Speaking


class Commands(Protocol):
    """What a group of commands adds its own to: ``add_parser`` of argparse's subparsers."""

    def add_parser(self, name: str, **settings: Any) -> Parser:
        """A parser for one more command."""
        ...


class Shape:
    """The making of the arguments: the reader's language and what every command takes."""

    def __init__(self, t: Language) -> None:
        self.t = t
        self.parser_class = speaking(t)
        self.common = self.parser_class(add_help=False)
        group = self.common.add_argument_group(t("for every command"))
        # Not set when not given: before or after the command, whoever gives it last is heard.
        quiet: dict[str, Any] = {"default": argparse.SUPPRESS}
        group.add_argument("--home", metavar="DIR", help=t("the property's folder"), **quiet)
        group.add_argument("--lang", choices=LANGUAGES, help=t("the language of answers"), **quiet)
        group.add_argument("--desk", metavar="NAME", help=t("the desk's name"), **quiet)
        group.add_argument(
            "--json", action="store_true", help=t("answer as JSON, for programs"), **quiet
        )

    def group(self, parser: Parser) -> Commands:
        """The commands below a group; one of them has to be given."""
        return parser.add_subparsers(
            dest="verb",
            required=True,
            metavar=self.t("COMMAND"),
            title=self.t("commands"),
            parser_class=self.parser_class,
        )

    def command(
        self, commands: Commands, name: str, helped: str, run: Callable[..., int]
    ) -> Parser:
        """One command of a group with what every command takes."""
        parser = commands.add_parser(name, help=helped, description=helped, parents=[self.common])
        parser.set_defaults(run=run)
        return parser


def build(t: Language, version: str, wanted: frozenset[str]) -> Parser:
    """The whole command line.

    Args:
        t: the reader's language.
        version: shown by ``--version``.
        wanted: what was typed; only commands among it get their own arguments, which saves time.
    """
    shape = Shape(t)
    about = t("The front desk of a residential lobby. Without a command the desk opens.")
    top = shape.parser_class(prog="concierge", description=about, parents=[shape.common])
    top.add_argument(
        "--version", action="version", version=f"concierge {version}", help=t("the version")
    )
    commands = top.add_subparsers(
        dest="command",
        metavar=t("COMMAND"),
        title=t("commands"),
        parser_class=shape.parser_class,
    )
    for name, (module, helped) in COMMANDS.items():
        said = t(helped)
        parser = commands.add_parser(name, help=said, description=said, parents=[shape.common])
        if name in wanted:
            import_module(f"concierge.cli.{module}").define(parser, shape)
    return top


__all__ = ["Commands", "Parser", "Shape", "Unreadable", "build"]
