"""Running one call: arguments in, exit code out, and every failure as one sentence."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, TextIO

from concierge import __version__
from concierge.cli.call import Call
from concierge.cli.exits import Exit, of_refusal
from concierge.cli.locale_of import founding_language, language_code, typed
from concierge.cli.output import Output, one_line
from concierge.cli.parser import Unreadable, build
from concierge.domain.refusal import Refusal
from concierge.language.refusals import problem_sentence
from concierge.language.translator import Language, language
from concierge.paths import HOME_VARIABLE, home_path
from concierge.store.problem import StoreProblem


def run_process() -> int:
    """Run the command line of this process, whose streams speak UTF-8 from here on."""
    # Imports make much and drop nothing: a third of the start would go into looking for garbage.
    gc.disable()
    return main(
        sys.argv[1:],
        environ=os.environ,
        stdin=sys.stdin.buffer if isinstance(sys.stdin, io.TextIOWrapper) else io.BytesIO(),
        stdout=_utf_8(sys.stdout),
        stderr=_utf_8(sys.stderr),
    )


def _utf_8(stream: object) -> TextIO:
    """A stream of the process that speaks UTF-8; one that was closed before the start takes anything."""
    if not isinstance(stream, io.TextIOWrapper):
        return io.StringIO()
    stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream


def main(
    argv: Sequence[str],
    *,
    environ: Mapping[str, str],
    stdin: BinaryIO,
    stdout: TextIO,
    stderr: TextIO,
) -> int:
    """Run one call.

    Args:
        argv: the arguments without the program's name.
        environ: the environment.
        stdin: where words may come from.
        stdout: for the answer.
        stderr: for refusals and asides.

    Returns:
        The exit code: 0 done, 1 refused, 2 arguments that do not parse, 3 no usable store.
    """
    output = Output(stdout, stderr)
    try:
        code = _Run(argv, environ, output).to_end(stdin)
        output.flush()
    except BrokenPipeError:
        # Whoever read the answer has seen enough.
        code = Exit.DONE
        _silence(stdout)
    except Refusal:
        # The refusal that is being told cannot be written either.
        code = Exit.REFUSED
        _silence(stdout)
    except KeyboardInterrupt:
        code = Exit.INTERRUPTED
    return code


def _silence(stream: TextIO) -> None:
    """Lead a stream nowhere, so that the interpreter does not complain of it at its end."""
    try:
        handle = stream.fileno()
    except (OSError, ValueError):
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), handle)


def _home(named: str | None, environ: Mapping[str, str]) -> Path:
    """The home folder; one of a user nobody knows (``~nobody``) is taken by its letters."""
    try:
        return home_path(named, environ)
    except RuntimeError:
        return Path(named or environ.get(HOME_VARIABLE) or ".").absolute()


class _Run:
    """One call from its words to its exit code."""

    def __init__(self, argv: Sequence[str], environ: Mapping[str, str], output: Output) -> None:
        self.argv = list(argv)
        self.environ = environ
        self.output = output
        self.call: Call | None = None
        self.home = _home(typed(self.argv, "--home"), environ)
        self.t: Language = language(language_code(self.argv, environ, self.home))

    def to_end(self, stdin: BinaryIO) -> int:
        """Do what was asked; every failure becomes a sentence and an exit code."""
        try:
            return self._do(stdin)
        except SystemExit as end:  # --help and --version have said what they say
            return int(end.code or 0)
        except Unreadable as error:
            return self._fail("arguments", self.t(error.msgid, **error.values), Exit.UNREADABLE)
        except Refusal as refusal:
            return self._fail(refusal.code, self._refusal(refusal), of_refusal(refusal.code))
        except StoreProblem as problem:
            said = problem_sentence(self.t, problem.code, problem.values)
            return self._fail(f"store.{problem.code}", said, Exit.NO_STORE)
        except BrokenPipeError:
            raise
        except Exception as error:  # noqa: BLE001 - the last door: a sentence, never a traceback
            return self._unexpected(error)

    def _do(self, stdin: BinaryIO) -> int:
        args = self._parsed()
        self.t = language(founding_language(args, self.environ) or self.t.code)
        self.call = Call(args, self.t, self.environ, self.home, stdin, self.output)
        if args.command is None:
            from concierge.cli.demo import open_the_desk

            return open_the_desk(self.call)
        code: int = args.run(self.call)
        self.output.flush()
        return code

    def _parsed(self) -> argparse.Namespace:
        # Bytes that are no UTF-8 arrive as lone surrogates; leaving them out would change what was said.
        if any("\ud800" <= letter <= "\udfff" for word in self.argv for letter in word):
            raise Refusal("text.not-utf8")
        parser = build(self.t, __version__, frozenset(self.argv))
        # argparse writes help to the process's own stdout, whoever calls.
        said = io.StringIO()
        stdout, sys.stdout = sys.stdout, said
        try:
            return parser.parse_args(self.argv)
        finally:
            sys.stdout = stdout
            if said.getvalue():
                self.output.text(said.getvalue())

    def _refusal(self, refusal: Refusal) -> str:
        if self.call is not None:
            return self.call.refusal(refusal.code, refusal.values)
        from concierge.language.refusals import sentence

        return sentence(self.t, refusal.code, refusal.values)

    def _unexpected(self, error: Exception) -> int:
        if self.environ.get("CONCIERGE_DEBUG") == "1":
            self.output.err.write(traceback.format_exc())
        said = self.t(
            "Something went wrong in the program itself ({kind}): nothing half-done was kept; "
            "report it, with what CONCIERGE_DEBUG=1 shows.",
            kind=type(error).__name__,
        )
        return self._fail("unexpected", said, Exit.REFUSED)

    def _fail(self, code: str, message: str, exit_code: Exit) -> int:
        said = one_line(message)
        self.output.aside(said)
        if "--json" in self.argv:
            self.output.json({"error": {"code": code, "message": said}})
        return exit_code
