"""How rosters write codes, days and counts, in both languages; what an export writes is among it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_WORDS: Mapping[str, Mapping[str, str]] = {
    "role": {
        "owner": "业主 户主 房主 产权人 本人 owner landlord self",
        "tenant": "租户 租客 租住 承租人 租赁 tenant lessee renter",
        "family": (
            "家人 家属 亲属 家庭成员 配偶 妻子 丈夫 儿子 女儿 子女 父亲 母亲 父母 family "
            "familymember relative spouse wife husband partner son daughter child father mother parent"
        ),
        "helper": "保姆 阿姨 家政 家政人员 住家保姆 育儿嫂 helper domestichelper maid nanny housekeeper",
        "driver": "司机 驾驶员 driver chauffeur",
        "staff": "家庭雇员 员工 工作人员 雇员 家中雇员 staff householdstaff employee",
    },
    "sex": {
        "female": "女 女性 女士 f female woman ms mrs",
        "male": "男 男性 先生 m male man mr",
    },
    "tenure": {
        "owned": "自有 自住 自购 产权 业主 业主自住 owned own owner owneroccupied",
        "rented": "租 租住 租赁 租用 出租 承租 租户 rented rent rental leased tenant",
        "lent": "借住 借用 免费居住 lent lenttothem borrowed",
    },
    "contact_preference": {
        "phone": "电话 打电话 来电 手机 phone call callthem telephone",
        "message": "短信 发短信 message text sms sendatextmessage",
        "wechat": "微信 发微信 wechat writeonwechat",
        "visit": "上门 登门 当面 visit cometothedoor inperson",
    },
}  # fmt: skip
_RELATIONS = frozenset({
    "父", "母", "妻", "夫", "子", "女", "爸", "妈", "爸爸", "妈妈", "爱人", "老公", "老婆", "长子",
    "次子", "长女", "次女", "兄", "弟", "姐", "妹", "哥哥", "弟弟", "姐姐", "妹妹", "爷爷", "奶奶",
    "祖父", "祖母", "外公", "外婆", "外祖父", "外祖母", "孙子", "孙女", "外孙", "外孙女", "公公",
    "婆婆", "岳父", "岳母", "女婿", "儿媳", "侄子", "侄女", "亲戚", "朋友", "同住", "同住人", "室友",
    "brother", "sister", "grandfather", "grandmother", "grandson", "granddaughter", "friend",
    "flatmate", "roommate",
})  # fmt: skip
_NO_PHONE = frozenset({
    "无", "没有", "暂无", "无电话", "没有电话", "無", "沒有", "none", "no", "nil", "null", "na", "nophone",
})  # fmt: skip
_DAY = re.compile(r"(?:([0-9]{4})年)?([0-9]{1,2})月([0-9]{1,2})[日号]?")
_EIGHT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00)?$")
_CODES = {
    field: {word: code for code, words in of_field.items() for word in words.split()}
    for field, of_field in _WORDS.items()
}


def code_of(field: str, word: str) -> str | None:
    """The code that a word of a roster stands for; None where nobody can tell.

    Args:
        field: role, sex, tenure or contact_preference.
        word: As it stands in the cell.
    """
    folded = unicodedata.normalize("NFKC", word).casefold()
    return _CODES[field].get(re.sub(r"[\W_]+", "", folded))


def is_relation(word: str) -> bool:
    """Whether a word that stands in brackets behind a name says how somebody belongs to a household."""
    folded = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", word).casefold())
    return folded in _RELATIONS or folded in _CODES["role"]


def says_no_phone(text: str) -> bool:
    """Whether a phone's cell says that there is none: 无, a dash, none, n/a."""
    folded = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
    return folded in _NO_PHONE or (not folded and "*" not in text)


def plain_day(text: str) -> str:
    """A day with dashes, from the ways in which rosters write one; other texts in plain width."""
    folded = _MIDNIGHT.sub("", unicodedata.normalize("NFKC", text).strip())
    if found := _DAY.fullmatch(folded):
        return "-".join(part for part in found.groups() if part)
    found = _EIGHT.fullmatch(folded)
    return "-".join(found.groups()) if found else folded


def plain_count(text: str) -> str:
    """A number of people without the word behind it."""
    return unicodedata.normalize("NFKC", text).strip().rstrip("人口")
