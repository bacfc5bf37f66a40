"""The desk in a terminal.

Conventions for everything under ``concierge.ui``:

* **Screens** derive from ``screens.base.DeskScreen``, live in a module named in ``routes.ROUTES``
  and are imported when first opened: ``app.open_screen("find")``, ``app.open_ticket(number)``.
  They compose ``HeaderLine()`` first and ``CommandBar()`` last, style themselves in
  ``styles/<screen>.tcss`` (``CSS_PATH = "../styles/<screen>.tcss"``) with theme tokens only, and
  leave by ``dismiss``.
* **Commands** are declared once as ``commands.Command`` in the screen's ``OFFERS``; ``BINDINGS =
  bindings(OFFERS)`` and a method ``action_<id>`` make it work. Bar, palette and help take it from
  there. ``available(command)`` says whether it works now; call ``refresh_offers()`` when that
  changed.
* **Services** are reached through ``self.read(group, call, then)``, ``self.write(call, then)``,
  or, in a conversation of several steps, ``self.steps(self._resolve())`` with ``await
  self.gateway.writing(call)`` and ``await self.app.push_screen_wait(...)``. A ``call`` takes the
  ``DeskPort`` and runs in a thread. What is refused becomes a sentence by itself.
* **State** comes down from the app's reactives ``board``, ``now``, ``language``, ``acting``:
  ``self.watch(self.app, "now", ...)``. Requests go up as messages.
* **Words** are said in ``retranslate(t)`` (mixin ``widgets.translated.Translated``), so that the
  language switches in place; dialogs take ``lambda t: t("...")``. What people typed passes
  through ``typed()`` or ``TypedTextView``, never as markup.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from textual import events
from textual.reactive import reactive
from textual.screen import Screen

from concierge.ui.alarming import AlarmingApp
from concierge.ui.gateway import Gateway
from concierge.ui.messages import Failure
from concierge.ui.routes import import_all, is_built
from concierge.ui.screens.board import BoardScreen
from concierge.ui.theme import DARK, LIGHT
from concierge.ui.ticker import Ticker
from concierge.ui.watching import Watch, Watching

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.services.first_look import FirstLook
    from concierge.services.news_views import RulesNews
    from concierge.services.sweep_views import Sweep
    from concierge.services.views import Board
    from concierge.ui.port import DeskPort
    from concierge.ui.tidying import Tidying

SMALLEST = (60, 15)
LOOK_AGAIN = 30  # seconds between looks at the store while nobody keeps watch
UTC = ZoneInfo("UTC")


class DeskApp(AlarmingApp):
    """The desk: one store, one ticker, the board first.

    Args:
        make_desk: Opens the store; runs in a thread after the first frame.
        peek: Reads the board faster than the store opens; what it shows stands until that has happened.
        language: "zh" or "en"; None takes the desk's own once it is read.
        acting: Who works here, by name; None takes who is on shift.
        environ: What says which terminal this is; None takes the process's environment.
    """

    CSS_PATH = "styles/desk.tcss"
    # Widgets watch these and paint what concerns them; the app itself shows nothing.
    now: reactive[int] = reactive(0, init=False, repaint=False)
    board: reactive[Board | None] = reactive(None, init=False, repaint=False)
    acting: reactive[str | None] = reactive(None, init=False, repaint=False)
    watched: reactive[Watch] = reactive(Watch(), init=False, repaint=False)

    def __init__(
        self,
        make_desk: Callable[[], DeskPort],
        *,
        peek: Callable[[], FirstLook | None] | None = None,
        language: str | None = None,
        acting: str | None = None,
        environ: Mapping[str, str] | None = None,
        on_first_frame: Callable[[], object] | None = None,
        on_loaded: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(os.environ if environ is None else environ)
        self.gateway = Gateway(self, make_desk)
        self.problem: Exception | None = None
        self.tidying: Tidying | None = None
        self.set_reactive(DeskApp.language, language or "zh")
        self.set_reactive(DeskApp.acting, acting)
        self._language_given = language is not None
        self._acting_given = acting
        self._peek = peek
        self._warm = False
        self._zone = UTC
        self._on_first_frame = on_first_frame
        self._on_loaded = on_loaded
        self._watching = Watching()
        self._looked_at = 0
        self._failing: str | None = None
        self.ticker = Ticker(
            self,
            self.gateway,
            tell=self._tell,
            moved=self.reload,
            swept=self._swept,
            failed=self._failed_quietly,
            delivered=self._delivered,
        )
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        # Set before anything watches it: the style sheets are read once, not twice.
        self.set_reactive(DeskApp.theme, DARK.name)
        self.stylesheet.set_variables(self.get_css_variables())

    # -- opening
    def get_default_screen(self) -> Screen[Any]:
        """The board."""
        return BoardScreen(id="board")

    def on_ready(self) -> None:
        """The first frame stands; only now is anything read."""
        if self._on_first_frame is not None:
            self._on_first_frame()
        if self._peek is None:
            self._open()
        else:
            self.gateway.peek(self._peek, self._peeked)

    def _open(self) -> None:
        self.gateway.open(self._opened, self._not_opened)

    def _peeked(self, look: FirstLook | None) -> None:
        if look is not None:
            self.know(look.categories)
            self._zone = look.zone
            self.now = look.now
            self._show(look.board)
        self.call_after_refresh(self._open)

    def _opened(self, _: DeskPort) -> None:
        self.gateway.read(
            "first steps", lambda desk: desk.needs_first_steps(), self._start, owner=self
        )

    def _start(self, needs_first_steps: bool) -> None:  # noqa: FBT001  (an answer handed on)
        if needs_first_steps and is_built("first_steps"):
            self.open_screen("first_steps", then=lambda _: self._run())
        else:
            self._run()

    def _run(self) -> None:
        # Only now is there a policy for certain: a store that was just founded had none before.
        if self.gateway.desk is not None:
            self.know(self.gateway.desk.categories())
            self._watching.start(self.gateway.desk.now())
        self.ticker.start()
        self.reload()

    def _not_opened(self, error: Exception) -> None:
        self.problem = error
        self.exit(3, return_code=3)

    def on_unmount(self) -> None:
        """Finish what is being written."""
        self.gateway.close()

    # -- the desk's state
    @property
    def zone(self) -> ZoneInfo:
        """The property's zone; UTC until the store was read."""
        desk = self.gateway.desk
        return desk.zone() if desk is not None else self._zone

    def reload(self) -> None:
        """Read the board again; of several askings at once the latest counts."""
        viewer = self.acting
        self.gateway.read(
            "board",
            lambda desk: (desk.board(viewer=viewer), desk.next_due()),
            self._loaded,
            owner=self,
            failed=self._failed_quietly,
        )

    def _loaded(self, answer: tuple[Board, int | None]) -> None:
        board, next_due = answer
        self._failing = None
        self.ticker.seen(board.last_event, next_due)
        self._show(board)
        if self._on_loaded is not None:
            loaded, self._on_loaded = self._on_loaded, None
            self.call_after_refresh(loaded)
        if not self._warm:
            self._warm = True
            self.gateway.peek(import_all, lambda _: None)

    def _show(self, board: Board) -> None:
        if not self._language_given:
            self._language_given = True
            self.language = board.language
        self.acting = self._acting_given or (board.shift.staff if board.shift else None)
        self._watching.read(board, self.now)
        self.watched = self._watching.watch(self.now)
        self.board = board
        self.name_terminal(board)

    async def on_event(self, event: events.Event) -> None:
        """Somebody is there."""
        if self.tidying is not None and isinstance(event, events.InputEvent | events.Paste):
            self.tidying.touched()
        await super().on_event(event)

    def _tell(self, now: int) -> None:
        if self.tidying is not None:
            self.tidying.second()
        self.now = now
        watched = self._watching.watch(now)
        if watched.unwatched(now) and now - self._looked_at >= LOOK_AGAIN:
            # Perhaps this desk only has to try again, or another one keeps watch by now.
            self._looked_at = now
            self.ticker.sweep()
            self.reload()
        else:
            self.watched = watched

    def _swept(self, sweep: Sweep) -> None:
        held, was = self.board is not None and self.board.held, self.watched.held
        self._watching.swept(sweep)
        self.watched = self._watching.watch(self.now)
        changed = sweep.fired or sweep.raised or sweep.unwatched or sweep.held != was
        if changed or (sweep.held == "clock") != held:
            self.reload()
        # A sweep looks at the rules' files. Asked in turn with the writes: news is told once, and a read may
        # be overtaken by the next.
        self.gateway.write(lambda desk: desk.rules_news(), self._rules_changed, owner=self)

    def _delivered(self) -> None:
        """What the banner said was on its way has arrived, or gone no farther than the screen."""
        alarms = self.board.alarms if self.board is not None else ()
        if any(
            each.state == "waiting" and each.at <= self.now
            for alarm in alarms
            for each in alarm.deliveries
        ):
            self.reload()

    def _rules_changed(self, news: RulesNews | None) -> None:
        """Say what a change of the property's files did, or why it did nothing."""
        if news is None:
            return
        from concierge.ui.rules_news import news_sentences

        said = "\n".join(news_sentences(news, self.t, zone=self.zone, now=self.now))
        self.notify(said, severity="warning", timeout=20, markup=False)
        self.reload()

    def act_as(self, name: str | None) -> None:
        """From now on this person works here (a shift was started, somebody signed on)."""
        self._acting_given = name
        self.acting = name
        self.reload()

    # -- failures
    def on_failure(self, event: Failure) -> None:
        """Say what was refused or went wrong, and what to do."""
        event.stop()
        self.say_failure(event.error)

    def say_failure(self, error: BaseException) -> None:
        """Show a sentence for a refusal or a failure."""
        from concierge.ui.failures import failure_sentence

        said = failure_sentence(error, self.t, zone=self.zone, now=self.now or None)
        self.notify(said, severity="error", timeout=8, markup=False)

    def _failed_quietly(self, error: Exception) -> None:
        # What repeats by itself every second says so once, until it works again.
        code = str(getattr(error, "code", type(error).__name__))
        if code != self._failing:
            self._failing = code
            self.say_failure(error)

    # -- screens
    def on_resize(self, event: events.Resize) -> None:
        """Say politely that a terminal is too small."""
        self._check_size(event.size.width, event.size.height)

    def _check_size(self, width: int, height: int) -> None:
        from concierge.ui.screens.too_small import TooSmall

        small = width < SMALLEST[0] or height < SMALLEST[1]
        if small and not any(isinstance(screen, TooSmall) for screen in self.screen_stack):
            self.push_screen(TooSmall(SMALLEST))
