"""``watch``: escalating without a screen until told to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concierge.cli.call import Call
from concierge.cli.exits import Exit
from concierge.cli.parser import Parser, Shape
from concierge.cli.stopping import Stop
from concierge.cli.unit_file import unit_file
from concierge.cli.watch_log import WatchLog
from concierge.store.problem import StoreProblem

if TYPE_CHECKING:
    from concierge.bootstrap import RuleFiles

DESK = "watch"  # what a watcher is called when nobody says


def define(parser: Parser, shape: Shape) -> None:
    """``watch [--print-unit]``."""
    parser.add_argument("--print-unit", action="store_true",
                        help=shape.t("print a unit file for systemd, and end"))  # fmt: skip
    parser.set_defaults(run=_watch)


def _watch(call: Call) -> int:
    if call.args.print_unit:
        text = unit_file(call)
        call.answer({"unit": text}, text.splitlines)
        return Exit.DONE
    with Stop() as stop:
        _until_stopped(call, stop)
    return Exit.DONE


def _until_stopped(call: Call, stop: Stop) -> None:
    """Watch at the store of the home folder, whichever file lies there, until told to stop.

    Raises:
        StoreProblem: missing, newer, damaged or read-only.
    """
    from concierge.bootstrap import RuleFiles
    from concierge.services.watching import LONGEST_SLEEP, PASSING

    log, files, told = WatchLog(call), RuleFiles(call.home), False
    while True:
        try:
            if _watch_one_store(call, stop, log, files):
                return
            told = False
        except StoreProblem as problem:
            if problem.code not in PASSING:
                raise
            if not told:
                log.trouble(problem)
                told = True
            if stop.wait(LONGEST_SLEEP):
                return


def _watch_one_store(call: Call, stop: Stop, log: WatchLog, files: RuleFiles) -> bool:
    from concierge.bootstrap import deliver
    from concierge.services.watching import Watch, keep_watch

    with call.desk(name=DESK, ticking=True) as desk:
        watch = Watch(desk, renew=files.renew, deliver=lambda desk: deliver(desk, call.home))
        log.begin(watch)
        return keep_watch(watch, say=log.news, wait=stop.wait)
