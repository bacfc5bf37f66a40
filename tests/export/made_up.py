"""A made-up shift with everything in it that a summary can hold, and one in which nothing happened."""

from __future__ import annotations

from dataclasses import replace

from concierge.services.summary import (
    Broken,
    Carried,
    Escalated,
    Kept,
    NoteLine,
    Received,
    ShiftSummary,
)

# Monday 23 November 2026, 07:00 and 15:00 in Shanghai.
START = 1795388400
END = START + 8 * 3600
MINUTE = 60
HOUR = 3600
DAY = 86400

CATEGORIES = {
    "neighbour": {"zh": "邻里行为", "en": "Neighbours"},
    "emergency": {"zh": "特急", "en": "Emergency"},
    "fees": {"zh": "收费标准", "en": "Charges"},
    "home-repair": {"zh": "其他户内维修", "en": "Other home repair"},
    "public-lighting": {"zh": "公共照明", "en": "Shared lighting"},
    "staff-conduct": {"zh": "服务态度", "en": "Staff attitude or conduct"},
    "taxi": {"zh": "代召出租车", "en": "Taxi"},
}

RICH = ShiftSummary(
    property_name="云栖花园 | Cloud *Garden* <b>",
    rehearsal=True,
    desk="=Lobby 3",
    shift=41,
    state="closed",
    staff="陈丽 Chen Li",
    started_at=START,
    ended_at=END,
    until=END,
    zone="Asia/Shanghai",
    events=1284,
    head="9f2c4b7a1de05c83b6a4f0d9e7718253c4ab90ef56d21837cc04a9be62f1d35a",
    received=(
        Received("complaint", "emergency", 1, 0),
        Received("complaint", "home-repair", 2, 0),
        Received("complaint", "neighbour", 3, 0),
        Received("errand", "taxi", 2, 0),
        Received("inquiry", "fees", 4, 3),
    ),
    logged_late=1,
    kept=(Kept("answer", 7, 1), Kept("attend", 3, 2), Kept("resolve", 5, 0)),
    broken=(
        Broken(
            number="T-20261123-003",
            unit="3-1201",
            place=None,
            category="neighbour",
            clock="attend",
            due_at=START + 75 * MINUTE,
            met_at=START + 79 * MINUTE + 20,
            cause="nobody-on-duty",
        ),
        Broken(
            number="T-20261123-007",
            unit=None,
            place="Lift 2 | 二号电梯\nB1 <script>alert(1)</script>",
            category="emergency",
            clock="attend",
            due_at=END - 40 * MINUTE,
            met_at=None,
            cause=None,
        ),
        Broken(
            number="T-20261123-009",
            unit="1-0803",
            place=None,
            category="fees",
            clock="answer",
            due_at=END - 2 * HOUR,
            met_at=END - 2 * HOUR - 5 * MINUTE,
            cause="forgotten",
        ),
    ),
    warnings=4,
    escalated=(
        Escalated(
            number="T-20261123-003",
            unit="3-1201",
            place=None,
            category="neighbour",
            clock="attend",
            rung=1,
            to="supervisor",
            people=("周伟 Zhou", "@Li\t[x](javascript:alert(1))"),
            due_at=START + 75 * MINUTE,
            fired_at=START + 75 * MINUTE + 1,
            by_hand=False,
            acknowledged_at=START + 77 * MINUTE,
            acknowledged_by="周伟 Zhou",
        ),
        Escalated(
            number="T-20261123-007",
            unit=None,
            place="Lift 2 | 二号电梯\nB1 <script>alert(1)</script>",
            category="emergency",
            clock="attend",
            rung=1,
            to="supervisor",
            people=("周伟 Zhou",),
            due_at=END - 45 * MINUTE,
            fired_at=END - 45 * MINUTE,
            by_hand=True,
            acknowledged_at=None,
            acknowledged_by=None,
        ),
        Escalated(
            number="T-20261123-007",
            unit=None,
            place="Lift 2 | 二号电梯\nB1 <script>alert(1)</script>",
            category="emergency",
            clock="attend",
            rung=2,
            to="director",
            people=(),
            due_at=END - 40 * MINUTE,
            fired_at=END - 40 * MINUTE + 1,
            by_hand=False,
            acknowledged_at=None,
            acknowledged_by=None,
        ),
    ),
    closed=8,
    cancelled=1,
    carried=(
        Carried(
            number="T-20261123-007",
            kind="complaint",
            category="emergency",
            grade="major",
            unit=None,
            place="Lift 2 | 二号电梯\nB1 <script>alert(1)</script>",
            words="电梯停在二楼和三楼之间，里面有两个人！\x1b[31m Two people inside 🆘👨‍👩‍👧",
            step="attend",
            due_at=END - 40 * MINUTE,
            to_be_agreed=False,
            overdue=True,
            assignee=None,
        ),
        Carried(
            number="T-20261123-011",
            kind="complaint",
            category="home-repair",
            grade="ordinary",
            unit="5-902",
            place=None,
            words="厨房水管漏水，柜子都泡了，" * 12,
            step="resolve",
            due_at=END + 9 * DAY + 3 * HOUR,
            to_be_agreed=True,
            overdue=False,
            assignee="赵强 Zhao",
        ),
        Carried(
            number="T-20261123-012",
            kind="complaint",
            category="staff-conduct",
            grade="major",
            unit="2-1-301",
            place=None,
            words='=HYPERLINK("http://x.example","click") \u202egnp.exe\u202c | `rm` **now** '
            + "W" * 200,
            step="answer",
            due_at=END + 10 * MINUTE,
            to_be_agreed=False,
            overdue=False,
            assignee="陈丽 Chen Li",
        ),
    ),
    notes=(
        NoteLine(
            START + 20 * MINUTE, "陈丽 Chen Li", "1. Keys of 3-1201 with the guard\n# not a heading"
        ),
        NoteLine(
            END - HOUR,
            "陈丽 Chen Li",
            "＋8613800001234 rang\r\n\t- twice; ask_him_back & <i>soon</i>",
        ),
    ),
    categories=CATEGORIES,
)

EMPTY = replace(
    RICH,
    property_name="云栖花园",
    rehearsal=False,
    desk="Lobby 3",
    state="open",
    ended_at=None,
    received=(),
    logged_late=0,
    kept=(),
    broken=(),
    warnings=0,
    escalated=(),
    closed=0,
    cancelled=0,
    carried=(),
    notes=(),
)
