"""Support policies and labour law as dated, cited rules: who qualifies, why, and for how much.

A policy is a YAML file (`schema`); this is its public face, stable for other rooms:

    from paotui import policy

    loaded = policy.find("refund-zhengzhou-emergency")       # or policy.load(text, name="my.yaml")
    answer = policy.assess(loaded, {"insured": 30, "layoffs": 6, "profit_2019": Decimal("-1.00")}, date(2020, 3, 1))
    answer.outcome, answer.reason, answer.amount             # "unknown", "fund", None

    told = policy.explain(loaded, facts, day)                # working, clauses, what is missing, what would change it
    told.sentences("en")

    table = policy.assess_table(loaded, columns, day, shared={"fund_reserve": 30})
    table.outcome, table.reason, table.amount                # arrays; amounts in fen
    columns = policy.columns.of_rows(loaded.policy, rows)    # from cases given one by one

- Three answers: `qualifies`, `does_not`, `unknown`. A fact that is absent or None is not known, and never a no.
- `assess` raises FactsError (`refusals.FactsError`) for facts that cannot be; in a table such rows are `refused`.
- Facts: int or Decimal for numbers (never float), bool, date, text for a choice, a list of Decimal for a series, a list
  of (first, last) dates for periods. `facts.Facts` says it; `loaded.policy.facts` lists what a policy asks for.
- Policies with `dated_by` take version and parameters from that date fact of the case; others from the day given.
- `explain` adds everything that has to be told; `diff.compare` says who gains and loses between two versions;
  `lint.lint` finds what cannot be meant; `cases.run` plays the examples beside a policy through, both ways.

Pure: no framework, no clock, no file that was not given (`catalogue` reads the package's own library).
"""

from paotui.policy import cases, columns
from paotui.policy.answering import Answer, assess
from paotui.policy.bulk import Assessment, assess_table
from paotui.policy.catalogue import find, shipped
from paotui.policy.explaining import Explanation, explain
from paotui.policy.loader import Loaded, PolicyError, load
from paotui.policy.refusals import FactsError

__all__ = [
    "Answer",
    "Assessment",
    "Explanation",
    "FactsError",
    "Loaded",
    "PolicyError",
    "assess",
    "assess_table",
    "cases",
    "columns",
    "explain",
    "find",
    "load",
    "shipped",
]
