"""The one door between screens and services.

Calls run in threads, answers come back on the UI thread.

Reads run side by side; of one group only the latest answer arrives. Writes run one after another
in the order in which they were asked for, and a write that was asked for is finished even if its
screen has gone.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message_pump import MessagePump

from concierge.ui.messages import Failure

if TYPE_CHECKING:
    from textual.app import App

    from concierge.ui.port import DeskPort

T = TypeVar("T")
Call = Callable[["DeskPort"], T]


class NoNews(Exception):
    """Raised inside a read whose answer nobody needs.

    A newer one was asked for, or nothing changed.
    """


class Gateway:
    """Runs calls on the desk off the UI thread and hands back what came of them."""

    def __init__(self, app: App[Any], make_desk: Callable[[], DeskPort]) -> None:
        """``make_desk`` opens the store; it runs in the writer's thread once ``open`` is called."""
        self._app = app
        self._make = make_desk
        self._desk: Future[DeskPort] = Future()
        self._reads = ThreadPoolExecutor(max_workers=3, thread_name_prefix="desk-read")
        self._writes = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk-write")
        self._latest: dict[str, int] = {}
        self._closed = False

    @property
    def desk(self) -> DeskPort | None:
        """The desk once its store is open, else None.

        For its clock and zone only, all else goes through calls.
        """
        if self._desk.done() and self._desk.exception() is None:
            return self._desk.result()
        return None

    def open(
        self, then: Callable[[DeskPort], object], failed: Callable[[Exception], object]
    ) -> None:
        """Open the store in a thread; whatever was asked for before runs after it."""

        def job() -> DeskPort:
            try:
                desk = self._make()
            except BaseException as error:
                self._desk.set_exception(error)
                raise
            self._desk.set_result(desk)
            return desk

        self._send(self._writes.submit(job), self._app, then, failed)

    def peek(self, job: Callable[[], T], then: Callable[[T], object]) -> None:
        """Run what does not need the desk, before it is open."""
        self._send(self._reads.submit(job), self._app, then, None)

    def read(
        self,
        group: str,
        call: Call[T],
        then: Callable[[T], object],
        *,
        owner: MessagePump,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Ask for something; only the latest answer of a group arrives.

        Args:
            group: What is read and for what, such as "ticket" or "find".
            call: Runs in a thread and returns frozen views.
            then: Runs on the UI thread with the answer, not at all once the owner has gone.
            owner: The screen or widget that asked; a failure arrives there as a ``Failure`` and
                bubbles to the app.
            failed: Takes the error instead of the message.
        """
        self._send(self._submit_read(group, call), owner, then, failed)

    def write(
        self,
        call: Call[T],
        then: Callable[[T], object] | None = None,
        *,
        owner: MessagePump,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Change something, after all changes asked for before. Arguments as in ``read``."""
        self._send(self._submit_write(call), owner, then, failed)

    def aside(
        self,
        call: Call[T],
        then: Callable[[T], object],
        *,
        owner: MessagePump,
        failed: Callable[[Exception], object],
    ) -> None:
        """Run what may take as long as a network does, beside all reads and writes.

        It has a thread of its own that keeps nobody waiting, not even whoever leaves the desk. Arguments as in
        ``read``.
        """
        if self._closed:
            return
        future: Future[T] = Future()

        def job() -> None:
            try:
                future.set_result(call(self._desk.result()))
            except Exception as error:  # noqa: BLE001 - it is handed on
                future.set_exception(error)

        self._send(future, owner, then, failed)
        threading.Thread(target=job, name="desk-aside", daemon=True).start()

    async def reading(self, call: Call[T]) -> T:
        """A read to be awaited, inside ``steps`` of a screen; raises what the service raised.

        Whoever waits is answered, whatever else is asked for meanwhile.
        """
        if self._closed:
            return await asyncio.wrap_future(_never())
        return await asyncio.wrap_future(self._reads.submit(lambda: call(self._desk.result())))

    async def writing(self, call: Call[T]) -> T:
        """``write`` to be awaited, inside ``steps`` of a screen; raises what the service raised.

        It is finished even if its screen is left meanwhile; what fails then is said by the app.
        """
        asked = self._submit_write(call)
        answer = asyncio.wrap_future(asked)
        try:
            return await asyncio.shield(answer)
        except asyncio.CancelledError:
            answer.add_done_callback(_looked_at)
            self._send(asked, self._app, None, None)
            raise

    def close(self) -> None:
        """Let what is written finish and take nothing new."""
        self._closed = True
        self._reads.shutdown(wait=False, cancel_futures=True)
        self._writes.shutdown(wait=True)

    def _submit_read(self, group: str, call: Call[T]) -> Future[T]:
        turn = self._latest[group] = self._latest.get(group, 0) + 1

        def job() -> T:
            if self._latest[group] != turn:
                raise NoNews
            answer = call(self._desk.result())
            if self._latest[group] != turn:
                raise NoNews
            return answer

        return _never() if self._closed else self._reads.submit(job)

    def _submit_write(self, call: Call[T]) -> Future[T]:
        if self._closed:
            return _never()
        return self._writes.submit(lambda: call(self._desk.result()))

    def _send(
        self,
        future: Future[T],
        owner: MessagePump,
        then: Callable[[T], object] | None,
        failed: Callable[[Exception], object] | None,
    ) -> None:
        def done(future: Future[T]) -> None:
            # In the worker's thread: hand over to the owner's message queue, where order is kept.
            if self._closed or future.cancelled():
                return
            error = future.exception()
            if error is None:
                if then is not None:
                    owner.call_later(then, future.result())
            elif isinstance(error, NoNews):
                return
            elif failed is not None:
                owner.call_later(failed, error)
            else:
                # A screen that has gone cannot say what went wrong; the app can.
                (owner if owner.is_running else self._app).post_message(Failure(error))

        future.add_done_callback(done)


def _looked_at(answer: asyncio.Future[Any]) -> None:
    """Else asyncio complains on the terminal that nobody asked how it went."""
    if not answer.cancelled():
        answer.exception()


def _never() -> Future[Any]:
    """The answer to what was asked for after the desk was left: a last tick, a key held down."""
    asked: Future[Any] = Future()
    asked.cancel()
    return asked
