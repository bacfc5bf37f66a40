"""The words of the trade: every code has a word in both languages."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from concierge.domain.policy import CLOCKS, GRADES, KINDS
from concierge.domain.roles import ROLES
from concierge.domain.ticket import CAUSES, CHANNELS, STATES
from concierge.language import terms
from concierge.language.translator import language


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (terms.KINDS, KINDS),
        (terms.CLOCKS, (*CLOCKS, "limit")),
        (terms.GRADES, GRADES),
        (terms.ROLES, ROLES),
        (terms.STATES, STATES),
        (terms.CHANNELS, CHANNELS),
        (terms.CAUSES, CAUSES),
    ],
)
def test_every_code_of_the_rules_has_a_word(
    table: Mapping[str, str], codes: tuple[str, ...]
) -> None:
    assert set(table) == set(codes)
    assert len({language("zh")(word) for word in table.values()}) == len(codes)


def test_a_clause_is_listed_as_its_language_lists() -> None:
    assert terms.clause(language("zh"), "G1.5, ours") == "G1.5，本处自定"
    assert terms.clause(language("en"), "G1.5, ours") == "G1.5, house rule"


def test_the_words_are_the_trades_own() -> None:
    t = language("zh")
    said = (terms.role(t, "supervisor"), terms.clock(t, "attend"), terms.kind(t, "errand"))
    assert said == ("领班", "到场", "委托代办")
    assert (terms.grade(t, "major"), terms.state(t, "open")) == ("重大", "处理中")
    assert (terms.channel(t, "patrol"), terms.cause(t, "waiting-part")) == ("巡视发现", "等配件")
    assert (terms.match(t, "plate"), terms.reason(t, "make-up")) == ("车牌", "调休上班")
    assert terms.shift_state(t, "closed") == "已交班"


def test_a_code_without_a_word_is_shown_as_it_is() -> None:
    assert terms.cause(language("zh"), "alien") == "alien"
