"""Servers on loopback that take notices, refuse them, break or never answer."""

from __future__ import annotations

import email
import email.policy
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"


class Web:
    """A web server that keeps what was posted; ``status`` is what it answers, None is no answer."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.status: int | None = 200
        self.got: list[tuple[dict[str, Any], dict[str, str]]] = []
        self.asked = Event()
        self.over = Event()

    def url(self, path: str = "", *, secret: str = "hunter2", more: str = "") -> str:
        """A webhook of this server, with a password."""
        return f"json://desk:{secret}@{HOST}:{self.port}/{path}{more}"

    def bodies(self) -> list[dict[str, Any]]:
        """What was posted."""
        return [body for body, _ in self.got]

    def keys(self) -> list[str]:
        """The keys under which it was posted."""
        return [headers["X-Concierge-Event"] for _, headers in self.got]


@contextmanager
def web_server() -> Iterator[Web]:
    """A web server for the length of a test."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            web.got.append((body, dict(self.headers)))
            web.asked.set()
            if web.status is None:
                web.over.wait(60)
                return
            self.send_response(web.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((HOST, 0), Handler)
    server.daemon_threads = False  # all are waited for, so that nothing is left of a test
    web = Web(server.server_port)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield web
    finally:
        web.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


class Mail:
    """A mail server that keeps what arrived; ``answer`` is what it says to a message."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.answer = "250 OK"
        self.got: list[EmailMessage] = []

    def url(self, to: str = "zhou@example.org", *, secret: str = "hunter2") -> str:
        """A mailbox at this server, with a password."""
        box = f"desk:{secret}@{HOST}:{self.port}"
        return f"mailto://{box}/?from=desk@example.org&to={to}&mode=insecure"

    async def handle_DATA(  # noqa: N802 aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """A message arrived."""
        if self.answer.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.got.append(email.message_from_bytes(content, policy=email.policy.default))
        return self.answer


@contextmanager
def mail_server() -> Iterator[Mail]:
    """A mail server for the length of a test."""
    mail = Mail(free_port())
    controller = Controller(
        mail, hostname=HOST, port=mail.port, auth_require_tls=False,
        authenticator=lambda *_: _accepted(),
    )  # fmt: skip
    controller.start()
    try:
        yield mail
    finally:
        controller.stop()


def _accepted() -> Any:
    from aiosmtpd.smtp import AuthResult

    return AuthResult(success=True)


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def silent_server() -> Iterator[int]:
    """A port that takes calls and says nothing."""
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        listening.listen()
        yield listening.getsockname()[1]
