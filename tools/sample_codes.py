"""Invented names and credit codes for the enterprises of the sample district."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator

from paotui.credit_code import check_character

ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
ERQI_ENTERPRISE = "91410103"
SAMPLE = "YL"
"""No real organisation code begins so (样例): whoever meets one of these codes knows that it is invented."""

CHARACTERS = "菀荞岑澍桐堇苇漪岚璞汀砚渚汐旻筠泠榆翎栎沅岱垣砾棠昕屿稷黍淇禾珩璟晟澜"
TRADES = {
    "科技": "信息技术", "商贸": "批发零售", "服饰": "制造", "文化": "文化旅游", "物流": "交通运输", "机械": "制造",
    "餐饮": "住宿餐饮", "电气": "制造", "建材": "批发零售", "酒店": "住宿餐饮", "食品": "制造", "农业": "农业",
    "包装": "制造", "百货": "批发零售", "医药": "批发零售", "旅游": "文化旅游", "印务": "制造", "装饰": "建筑",
    "家政": "居民服务", "教育": "教育培训",
}  # fmt: skip
"""What a name says a firm does, and its line of business."""
HARDEST_HIT = frozenset({"住宿餐饮", "文化旅游", "交通运输", "教育培训"})


def trade(name: str) -> str:
    """Return the line of business a name tells of."""
    return next(line for word, line in TRADES.items() if word in name)


def credit_code(number: int) -> str:
    """Return the sample code of an enterprise: right in both check characters (GB 11714, GB 32100)."""
    body = f"{SAMPLE}{number:06d}"
    weighed = sum(
        weight * ORGANISATION_ALPHABET.index(character)
        for weight, character in zip(ORGANISATION_WEIGHTS, body, strict=True)
    )
    code = ERQI_ENTERPRISE + body + "0123456789X0"[11 - weighed % 11]
    return code + check_character(code)


def names(rng: random.Random, taken: Collection[str]) -> Iterator[str]:
    """Yield names nobody has yet, without end."""
    used = set(taken)
    while True:
        first, second = rng.sample(CHARACTERS, 2)
        name = f"{first}{second}{rng.choice(list(TRADES))}有限公司"
        if name not in used:
            used.add(name)
            yield name
