"""What went wrong by one way, told from what Apprise says of it; text stays text."""

from __future__ import annotations

import pytest

from concierge.notify import apprise_way
from concierge.notify.message import Parcel
from tests.notify.servers import HOST, Mail, Web

PARCEL = Parcel("17", "Title {{ app_id }}", "a <b>b</b> \\n :smile: {{ app_id }} *c* _d_", {})


def test_text_leaves_as_it_is(web: Web) -> None:
    assert apprise_way.send(web.url(), PARCEL) is None
    (body,) = web.bodies()
    assert (body["title"], body["message"]) == (PARCEL.title, PARCEL.body)
    assert web.keys() == ["17"]


@pytest.mark.parametrize("more", ["?format=html", "?x=1&FORMAT=markdown&rto=3", "?", "?x=1"])
def test_text_leaves_as_it_is_whatever_format_an_address_asks_for(web: Web, more: str) -> None:
    assert apprise_way.send(web.url(more=more), PARCEL) is None
    assert web.bodies()[0]["message"] == PARCEL.body


def test_mail_is_plain_text(mail: Mail) -> None:
    assert apprise_way.send(mail.url(), PARCEL) is None
    assert mail.got[0].get_content_type() == "text/plain"
    assert mail.got[0].get_content().strip() == PARCEL.body


@pytest.mark.parametrize(
    "answer", ["550 connection refused", "451 timed out, name resolution failed", "554 no"]
)
def test_whatever_a_server_answers_is_a_refusal(mail: Mail, answer: str) -> None:
    mail.answer = answer
    assert apprise_way.send(mail.url(), PARCEL) == "notify.refused"


def test_a_certificate_that_nobody_vouches_for_is_named(web: Web) -> None:
    plain = f"jsons://{HOST}:{web.port}/"
    # A server that speaks no TLS at all is not heard either.
    assert apprise_way.send(plain, PARCEL) in {"notify.unreachable", "notify.certificate"}
    said = ["Socket Exception: [SSL: CERTIFICATE_VERIFY_FAILED] Max retries exceeded"]
    assert apprise_way._code(said) == "notify.certificate"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (
            "Socket Exception: [WinError 10061] the target machine actively refused it",
            "unreachable",
        ),
        ("Socket Exception: <urlopen error [Errno 11001] getaddrinfo failed>", "unreachable"),
        ("Socket Exception: Read timed out. (read timeout=8.0)", "too-slow"),
        ("Socket Exception: Connection unexpectedly closed", "unreachable"),
        ("Connection error. Reason: Connection unexpectedly closed: timed out", "too-slow"),
        ("Sending failed. Reason: (550, b'connection refused')", "refused"),
        ("Response Details: b'upstream timed out'", "refused"),
        ("Failed to send: 504", "refused"),
    ],
)
def test_what_the_system_says_becomes_a_code(said: str, code: str) -> None:
    assert apprise_way._code(["Sending", said]) == f"notify.{code}"


@pytest.mark.parametrize("url", ["nosuch://x", "mailto://", "json://"])
def test_an_address_that_apprise_cannot_read_is_told_apart(url: str) -> None:
    assert apprise_way.send(url, PARCEL) == "notify.bad-url"
