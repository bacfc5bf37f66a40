"""The command line as a process: streams, encodings, pipes, and what it loads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import concierge
from tests.cli.commands import Cli

ADD = ("ticket", "add", "--category", "neighbour", "--as", "Chen Li", "--json", "--words", "-")


def process(
    cli: Cli, *argv: str, stdin: bytes = b"", **environ: str
) -> subprocess.CompletedProcess[bytes]:
    """One call in an interpreter of its own, by default in the plainest locale there is."""
    return subprocess.run(
        [sys.executable, "-m", "concierge", *argv],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
        cwd=cli.home.parent,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(concierge.__file__).parent.parent),
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
            "LC_ALL": "C",
            "CONCIERGE_HOME": str(cli.home),
            **cli.environ,
            **environ,
        },
    )


def test_output_is_utf_8_whatever_the_locale_says(cli: Cli) -> None:
    words = "楼上 🚰 打电钻"
    done = process(cli, *ADD, "--lang", "zh", stdin=words.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode())["words"] == words
    refused = process(cli, "ticket", "show", "99", "--lang", "zh")
    assert refused.returncode == 1
    assert "99" in refused.stderr.decode()
    assert not refused.stderr.isascii()


def test_a_megabyte_of_words_is_refused_with_one_sentence(cli: Cli) -> None:
    done = process(cli, *ADD, stdin="啊".encode() * 350_000)
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "text.too-long"
    assert len(done.stderr.splitlines()) == 1
    assert cli.ok("ticket", "list") == []


def test_words_without_an_end_are_not_waited_for(cli: Cli) -> None:
    done = process(cli, *ADD, stdin=b"\xe5\x95\x8a" * 3_000_000)
    assert json.loads(done.stdout)["error"]["code"] == "text.too-long"


def test_words_that_are_not_utf_8_are_refused(cli: Cli) -> None:
    done = process(cli, *ADD, stdin="楼上".encode("gb18030"))
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "text.not-utf8"
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="arguments are no bytes there")
def test_bytes_that_are_no_text_are_refused_rather_than_left_out(cli: Cli) -> None:
    argv = [sys.executable, "-m", "concierge", *ADD[:-1]]
    done = subprocess.run(
        [*(os.fsencode(word) for word in argv), b"a\xff\xfeb"],
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "CONCIERGE_HOME": str(cli.home), **cli.environ},
        cwd=Path(concierge.__file__).parent.parent,
    )
    said = json.loads(done.stdout)
    assert (done.returncode, said["error"]["code"]) == (1, "text.not-utf8")


def test_a_reader_who_has_seen_enough_is_no_failure(cli: Cli) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "concierge", "calendar", "show", "2026", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(concierge.__file__).parent.parent),
            "CONCIERGE_HOME": str(cli.home),
        },
        cwd=cli.home.parent,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        said = running.stderr.read()
        code = running.wait(60)
    assert (code, said) == (0, b"")


def test_the_version_is_told_without_anything_else(cli: Cli) -> None:
    done = process(cli, "--version")
    assert done.stdout.decode().split() == ["concierge", concierge.__version__]


@pytest.mark.parametrize(
    "argv",
    [
        ["--help"],
        ["ticket", "add", "--help"],
        ["deadline", "--limit", "1 day"],
        ["deadline", "--category", "taxi", "--json"],
        ["policy", "show"],
        ["calendar", "show", "2026"],
        ["watch", "--print-unit"],
    ],
)
def test_what_asks_no_store_loads_no_database_and_no_screen(cli: Cli, argv: list[str]) -> None:
    script = (
        "import sys\n"
        "from concierge.__main__ import main\n"
        "code = main()\n"
        "heavy = {'sqlalchemy', 'sqlmodel', 'pydantic', 'textual', 'openpyxl', 'pypinyin'}\n"
        "sys.exit(code or bool(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *argv],
        capture_output=True,
        check=False,
        timeout=60,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(concierge.__file__).parent.parent),
            "CONCIERGE_HOME": str(cli.home),
        },
    )
    assert done.returncode == 0, done.stderr.decode()


def test_two_processes_sweep_and_each_rung_fires_once(cli: Cli) -> None:
    for _ in range(3):
        cli.ticket()
    cli.at("15:30")
    argv = [sys.executable, "-m", "concierge", "sweep", "--json"]
    environ = {
        **os.environ,
        "PYTHONPATH": str(Path(concierge.__file__).parent.parent),
        "CONCIERGE_HOME": str(cli.home),
        **cli.environ,
    }
    both = [
        subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ)
        for _ in range(2)
    ]
    fired = []
    for one in both:
        out, err = one.communicate(timeout=60)
        assert (one.returncode, err) == (0, b"")
        fired += [(row["ticket"], row["rung"]) for row in json.loads(out)["fired"]]
    assert len(fired) == len(set(fired)) == 9
    assert cli.ok("verify")["ok"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_an_answer_that_cannot_be_written_is_one_sentence(cli: Cli) -> None:
    environ = {
        **os.environ,
        "PYTHONPATH": str(Path(concierge.__file__).parent.parent),
        "CONCIERGE_HOME": str(cli.home),
    }
    for argv in (["staff", "list"], ["staff", "list", "--json"], ["--help"]):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "concierge", *argv],
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
                timeout=60,
                env=environ,
            )
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert b"could not be written" in done.stderr
