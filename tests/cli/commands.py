"""Calls of the command line inside the test's process, on a store of their own."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from concierge.cli.main import main

NOON = "2026-11-23T14:13:00"


@dataclass(frozen=True)
class Done:
    """What a call left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What a program reads."""
        return json.loads(self.out)


@dataclass
class Cli:
    """A rehearsal property and the time at it."""

    home: Path
    environ: dict[str, str] = field(default_factory=dict)

    def at(self, time: str) -> None:
        """Set the property's clock; a bare time is on Monday 23 November 2026."""
        self.environ["CONCIERGE_NOW"] = time if "T" in time else f"2026-11-23T{time}"

    def __call__(self, *argv: str, stdin: bytes = b"") -> Done:
        """One call."""
        out, err = io.StringIO(), io.StringIO()
        environ = {"CONCIERGE_HOME": str(self.home), **self.environ}
        code = main(argv, environ=environ, stdin=io.BytesIO(stdin), stdout=out, stderr=err)
        return Done(code, out.getvalue(), err.getvalue())

    def ok(self, *argv: str, stdin: bytes = b"") -> Any:
        """The JSON of a call that succeeds."""
        done = self(*argv, "--json", stdin=stdin)
        assert done.code == 0, done
        return done.json

    def no(self, code: int, *argv: str, stdin: bytes = b"") -> dict[str, str]:
        """The error of a call that fails with this exit code: one sentence on stderr, the same as JSON."""
        done = self(*argv, "--json", stdin=stdin)
        assert done.code == code, done
        said: dict[str, str] = done.json["error"]
        assert set(said) == {"code", "message"}
        assert done.err.endswith("\n")
        assert said["message"] == done.err.splitlines()[-1]
        assert "Traceback" not in done.err
        plain = self(*argv, stdin=stdin)
        assert (plain.code, plain.out) == (code, "")
        return said

    def ticket(self, category: str = "neighbour", *argv: str, words: str = "drilling") -> Any:
        """A ticket taken in by Chen Li."""
        return self.ok(
            "ticket", "add", "--category", category, "--words", words, "--as", "Chen Li", *argv
        )
