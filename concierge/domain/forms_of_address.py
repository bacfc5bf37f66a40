"""How people of a household are addressed: words behind a Chinese surname, words before a Latin one."""

from __future__ import annotations

AFTER = (
    "老先生", "老太太", "先生", "女士", "太太", "夫人", "小姐", "阿姨", "叔叔", "伯伯", "爷爷", "奶奶",
    "大爷", "大妈", "大哥", "大姐", "老师", "教授", "医生", "老板",
)  # fmt: skip
"""Longer ones before those they end in. Titles of the staff (主任, 经理, 师傅) are not among them."""
BEFORE = ("mr", "mrs", "ms", "miss", "mx", "madam", "dr", "prof")
