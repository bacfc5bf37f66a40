"""Summaries by e-mail to several addresses: each gets it once, and only the others are tried again."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest

from concierge import copying
from concierge.copying import copy_summaries
from concierge.domain.delivery import FIRST_WAIT, LEASE
from concierge.domain.notify_policy import NotifyPolicy, parse_notify
from concierge.services.board import board
from concierge.services.copies import Copied, keep_delivered, lease_copy
from tests.notify.conftest import mail
from tests.notify.servers import Mail, mail_server
from tests.services.conftest import template, world
from tests.services.world import World
from tests.test_copying import asked, states

__all__ = ["mail", "template", "world"]

URLS = [f"mailto://desk:hunter2@127.0.0.1:1/?to={name}@example.org" for name in "abc"]
WAYS = parse_notify({"summary": URLS})


def mailed(world: World, ways: NotifyPolicy = WAYS) -> Copied:
    return copy_summaries(world.desk, ways, world.home)


def waiting(world: World) -> World:
    return asked(world, mail=True, formats=["md"])


class Post:
    """Stands for the way out: what was sent to whom, and which addresses take nothing."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sent: list[str] = []
        self.down: set[str] = set()
        monkeypatch.setattr(copying, "send", self.send)

    def send(self, url: str, *_: object, **__: object) -> str | None:
        """Take it, or say that it cannot be reached."""
        name = url[-13]
        if name in self.down:
            return "notify.unreachable"
        self.sent.append(name)
        return None


def test_an_address_that_has_it_gets_it_no_second_time_while_another_is_tried_again(
    world: World, mail: Mail
) -> None:
    waiting(world)
    with mail_server() as other:
        other.answer = "451 try later"
        ways = parse_notify(
            {"summary": [mail.url("zhou@example.org"), other.url("lin@example.org")]}
        )
        assert mailed(world, ways) == Copied(failed=1)
        assert [stuck.problem for stuck in board(world.desk).stuck] == ["notify.refused"]
        other.answer = "250 OK"
        world.clock.at += FIRST_WAIT
        assert mailed(world, ways) == Copied(made=1)
        assert [len(each.got) for each in (mail, other)] == [1, 1]
    assert states(world) == [("mail", "done", None, 2)]
    assert "example.org" not in str(world.rows("select * from summary_copy"))
    assert world.is_sound()


def test_a_maker_that_dies_between_two_addresses_leaves_the_others_to_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(world)
    post = Post(monkeypatch)

    def dies(url: str, *said: Any, **more: Any) -> str | None:
        if len(post.sent) == 2:
            raise KeyboardInterrupt
        return post.send(url, *said, **more)

    with monkeypatch.context() as broken:
        broken.setattr(copying, "send", dies)
        with pytest.raises(KeyboardInterrupt):
            mailed(world)
    assert mailed(world) == Copied()
    world.clock.at += LEASE
    assert mailed(world) == Copied(made=1)
    assert post.sent == ["a", "b", "c"]


def test_a_maker_so_slow_that_another_took_over_sends_to_nobody_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(world)
    post = Post(monkeypatch)

    def slow(url: str, *said: Any, **more: Any) -> str | None:
        world.clock.at += LEASE
        order = lease_copy(world.desk, owner="other")
        assert order is not None
        assert order.delivered == frozenset()
        return post.send(url, *said, **more)

    with monkeypatch.context() as broken:
        broken.setattr(copying, "send", slow)
        assert mailed(world) == Copied()
    assert post.sent == ["a"]
    world.clock.at += LEASE
    assert mailed(world) == Copied(made=1)
    assert post.sent == ["a", "b", "c"]


def test_many_slow_addresses_do_not_outlast_the_lease(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(world)
    post = Post(monkeypatch)

    def slow(url: str, *said: Any, **more: Any) -> str | None:
        world.clock.at += LEASE - 1
        assert lease_copy(world.desk, owner="other") is None
        return post.send(url, *said, **more)

    monkeypatch.setattr(copying, "send", slow)
    assert mailed(world) == Copied(made=1)
    assert post.sent == ["a", "b", "c"]


def test_whoever_lost_a_copy_keeps_what_was_delivered_and_no_lease(world: World) -> None:
    waiting(world)
    order = lease_copy(world.desk, owner="slow")
    assert order is not None
    world.clock.at += LEASE
    assert lease_copy(world.desk, owner="other") is not None
    assert not keep_delivered(world.desk, owner="slow", order=order, key="k")
    assert world.rows("select delivered, leased_by from summary_copy") == [('["k"]', "other")]


def test_an_address_that_is_down_keeps_no_other_from_its_copy(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(world)
    post = Post(monkeypatch)
    post.down = {"a"}
    for _ in range(5):
        assert mailed(world) == Copied(failed=1)
        world.clock.at += 3600
    assert post.sent == ["b", "c"]
    post.down = set()
    assert mailed(world) == Copied(made=1)
    assert post.sent == ["b", "c", "a"]


def test_where_files_cannot_be_put_aside_it_is_said_and_mailed_later(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(world)
    post = Post(monkeypatch)
    with monkeypatch.context() as full:
        full.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
        assert mailed(world) == Copied(failed=1)
    assert [stuck.problem for stuck in board(world.desk).stuck] == ["output.unwritable"]
    world.clock.at += FIRST_WAIT
    assert mailed(world) == Copied(made=1)
    assert post.sent == ["a", "b", "c"]
