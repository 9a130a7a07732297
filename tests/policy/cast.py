"""A small policy that fits on a screen, for tests that bend it; and the enterprises that ask under it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from paotui.policy import cases, catalogue, load
from paotui.policy.loader import Loaded

DAY = dt.date(2020, 3, 1)
SMALL = """\
policy: small
title: {zh: 小政策, en: Small policy}
summary: {zh: 一例, en: An example.}
jurisdiction: {code: "410103", name: {zh: 二七区, en: Erqi}}
subject: {zh: 企业, en: enterprise}
sources:
  - {id: notice, title: 通知, date: 2020-01-01, verified: true}
  - {id: hearsay, title: 听说, verified: false}
facts:
  - {name: heads, type: integer, minimum: 0, label: {zh: 人数, en: Heads}, holder: {zh: 社保, en: insurance}}
  - {name: gone, type: integer, minimum: 0, label: {zh: 离职, en: Gone}, holder: {zh: 社保, en: insurance}}
  - {name: listed, type: boolean, label: {zh: 失信, en: Listed}, holder: {zh: 信用平台, en: credit platform}}
parameters:
  - {name: rate, type: rate, label: {zh: 比例, en: Rate}, values: [{from: 2020-01-01, value: 0.10, source: notice}]}
  - {name: each, type: money, label: {zh: 每人, en: For each},
     values: [{from: 2020-01-01, value: 100, source: hearsay}]}
versions:
  - version: "2020"
    from: 2020-01-01
    to: 2020-12-31
    source: notice
    who:
      - {id: few_gone, label: {zh: 少裁员, en: Few gone}, fixed: 2020-06-30, ratio: [gone, heads], at_most: rate}
    excluded:
      - {id: listed, label: {zh: 失信, en: Listed}, fixed: 2020-06-30, fact: listed, is: true}
    amount:
      steps: [{name: total, label: {zh: 合计, en: In all}, is: {multiply: [heads, each]}}]
      result: total
"""


def small(*changes: tuple[str, str]) -> Loaded:
    """The small policy, with texts replaced; each must be there."""
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return load(text, name="small.yaml")


def enterprise(**facts: Any) -> dict[str, Any]:
    """An enterprise that qualifies under the emergency refund of 2020."""
    name, text = catalogue.cases(catalogue.find("refund-zhengzhou-emergency")) or ("", "")
    return {**cases.read(text, name)[0].facts, **facts}


def yuan(text: str) -> Decimal:
    return Decimal(text)
