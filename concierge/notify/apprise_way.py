"""One address of Apprise: sending a text by it, and saying in a code what came of it.

Apprise says what went wrong only to its log, where addresses stand as well. So its log is read here, turned
into a code, and led nowhere else.
"""

from __future__ import annotations

import contextlib
import logging
import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from concierge.notify.message import Parcel

if TYPE_CHECKING:
    from apprise import Apprise

CONNECT_SECONDS = 5
READ_SECONDS = 8
NO_APPRISE = "notify.no-apprise"
BAD_URL = "notify.bad-url"
CERTIFICATE = "notify.certificate"
UNREACHABLE = "notify.unreachable"
REFUSED = "notify.refused"
TOO_SLOW = "notify.too-slow"
_SETTINGS = {
    "interpret_escapes": False, "interpret_emojis": False, "_service_timeout": 0.0,
}  # fmt: skip
# What sockets and the system say, in the order in which it is looked for.
_SAID = (
    (("certificate",), CERTIFICATE),
    (("timed out", "timeout"), TOO_SLOW),
    (
        ("connection refused", "actively refused", "resolve", "resolution", "getaddrinfo",
         "name or service", "nodename nor", "unreachable", "no route", "max retries",
         "connection aborted", "reset by peer", "unexpectedly closed"),
        UNREACHABLE,
    ),
)  # fmt: skip
# How Apprise introduces what kept it from being heard; everything else is what a server said to it.
_TROUBLE = ("exception", "reason:")
_REPLY = re.compile(r"\(\d{3}, b")


def send(url: str, parcel: Parcel, *, attached: Sequence[Path] = ()) -> str | None:
    """Send one notice as plain text, with files where the service takes any.

    Returns:
        None when it was taken, else the code of what went wrong; never anything a server said.
    """
    with _overheard() as said:
        try:
            return _send(url, parcel, said, attached)
        except Exception as error:  # noqa: BLE001 - whatever a service's plugin raises may hold the address
            return _code([f"exception: {error}"])


def _send(url: str, parcel: Parcel, said: list[str], attached: Sequence[Path]) -> str | None:
    try:
        from apprise import NotifyFormat, NotifyType
    except ImportError:
        return NO_APPRISE
    service = _opened(url)
    if len(service) != 1:
        return BAD_URL
    # Whoever gets it twice can tell by the header, where there are headers.
    headers = getattr(service[0], "headers", None)
    if isinstance(headers, dict):
        headers["X-Concierge-Event"] = parcel.key
    done = service.notify(
        title=parcel.title,
        body=parcel.body,
        notify_type=NotifyType.WARNING,
        body_format=NotifyFormat.TEXT,
        attach=[str(path) for path in attached] or None,
    )
    return None if done else _code(said)


def _opened(url: str) -> Apprise:
    """The service behind an address, told to be quick and to take text as text."""
    import urllib3
    from apprise import Apprise, AppriseAsset

    # A property that turns certificates off has said so; a warning on stderr would land on the desk's screen.
    urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    asset = AppriseAsset(app_id="Concierge", async_mode=False)
    # What a version does not know it does not do. A deadline of its own would send from a pool of threads
    # that keeps the program from ending.
    for name, value in _SETTINGS.items():
        if hasattr(asset, name):
            setattr(asset, name, value)
    service = Apprise(asset=asset)
    service.add(_with_limits(url))
    return service


def _with_limits(url: str) -> str:
    """The address with time limits unless it has its own, and always with plain text."""
    base, _, asked = url.partition("?")
    parts = [part for part in asked.split("&") if part and _name(part) != "format"]
    names = {_name(part) for part in parts}
    limits = {"cto": CONNECT_SECONDS, "rto": READ_SECONDS}
    parts += [f"{name}={value}" for name, value in limits.items() if name not in names]
    return f"{base}?{'&'.join([*parts, 'format=text'])}"


def _name(part: str) -> str:
    return part.partition("=")[0].lower()


def _code(said: Sequence[str]) -> str:
    """A code for what Apprise said; an answer of the server's, whatever words are in it, is a refusal."""
    for line in said:
        low = line.lower()
        if any(word in low for word in _TROUBLE) and not _REPLY.search(low):
            for words, code in _SAID:
                if any(word in low for word in words):
                    return code
    return REFUSED


class _Ear(logging.Handler):
    """Keeps what is logged in the thread that made it, until it is taken away."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line of this thread's."""
        if threading.get_ident() == self._thread:
            self.said.append(record.getMessage())


@contextlib.contextmanager
def _overheard() -> Iterator[list[str]]:
    """What Apprise logs meanwhile, which nobody else gets to hear from here on."""
    logger = logging.getLogger("apprise")
    logger.propagate = False
    logger.setLevel(logging.DEBUG)
    if not any(isinstance(one, logging.NullHandler) for one in logger.handlers):
        logger.addHandler(logging.NullHandler())  # else what is said in between goes to stderr
    # It names the paths of addresses, in which keys stand, to whoever listens to all.
    logging.getLogger("urllib3").setLevel(logging.CRITICAL)
    ear = _Ear()
    logger.addHandler(ear)
    try:
        yield ear.said
    finally:
        logger.removeHandler(ear)
