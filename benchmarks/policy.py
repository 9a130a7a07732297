"""Policies in bulk and explained, beside peers in the same run: OpenFisca-core, zen-engine, bare NumPy, a Decimal loop.

    python benchmarks/policy.py [--rows 1000000] [--explanations 10000] [--stream 10000000] [--repeat 3]

All of them answer the same question on the same made-up enterprises: the Zhengzhou emergency refund of 2020, who
qualifies and for how much. Ours and NumPy's also say why (a reason code for every row). Each is measured in a process
of its own, best of `--repeat`; wall seconds and processor seconds are printed, since on a machine others use the clock
tells little. OpenFisca is given twice: the calculation alone, and with its arrays handed over, which ours takes as they
are. zen-engine and the Decimal loop answer a part of the rows and are scaled up, which is said.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src")]
DAY = dt.date(2020, 3, 1)
POLICY = "refund-zhengzhou-emergency"
LOOP_ROWS, ZEN_ROWS = 100_000, 5_000
FUND = 30


def enterprises(rows: int, seed: int = 7) -> dict[str, np.ndarray]:
    """Return made-up enterprises, everything known: counts, amounts in fen, booleans, size 0-3."""
    draw = np.random.default_rng(seed)
    insured = draw.integers(1, 600, rows)
    found = {
        "complies": draw.random(rows) < 0.95,
        "hit_by_epidemic": draw.random(rows) < 0.3,
        "hardship_recognised": draw.random(rows) < 0.1,
        "epidemic_recognised": draw.random(rows) < 0.1,
        "paid_months": draw.integers(6, 240, rows),
        "insured": insured,
        "arrears": np.where(draw.random(rows) < 0.9, 0, draw.integers(1, 10**7, rows)),
        "layoffs": (insured * draw.random(rows) * 0.1).astype(np.int64),
        "contributors": draw.integers(1, 600, rows),
        "size": draw.integers(0, 4, rows),
        "earlier_refund": draw.integers(0, 10**6, rows),
    }
    for year in range(2016, 2020):
        found[f"profit_{year}"] = draw.integers(-(10**9), 10**10, rows)
    return found


class Meter:
    """Wall and processor seconds of the best of several runs."""

    def __init__(self, repeat: int) -> None:
        self.repeat, self.seconds, self.processor = repeat, float("inf"), float("inf")

    def of(self, work: Callable[[], Any]) -> Any:
        for _time in range(self.repeat):
            wall, processor = time.perf_counter(), time.process_time()
            found = work()
            self.seconds = min(self.seconds, time.perf_counter() - wall)
            self.processor = min(self.processor, time.process_time() - processor)
        return found

    def said(self, **more: Any) -> dict[str, Any]:
        return {"seconds": self.seconds, "processor": self.processor, **more}


def ours(rows: int, repeat: int) -> dict[str, Any]:
    from paotui import policy
    from paotui.policy.columns import Column

    loaded = policy.find(POLICY)
    columns = {name: Column(values) for name, values in enterprises(rows).items()}
    meter = Meter(repeat)
    found = meter.of(lambda: policy.assess_table(loaded, columns, DAY, shared={"fund_reserve": FUND}))
    return meter.said(total=str(found.total()), qualify=found.counts()["qualifies"], reasons=len(found.reasons()))


def bare_numpy(rows: int, repeat: int) -> dict[str, Any]:
    """The same rule written out by hand on the same whole numbers, with reason codes."""
    facts = enterprises(rows)
    meter = Meter(repeat)
    qualify, amount, _reason = meter.of(lambda: by_hand(facts))
    return meter.said(total=str(Decimal(int(amount.sum())).scaleb(-2)), qualify=int(qualify.sum()))


def by_hand(facts: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return who qualifies, the amount in fen, and a reason code."""
    p16, p17, p18, p19 = (facts[f"profit_{year}"] for year in range(2016, 2020))
    loss = ((p17 < 0) | (p18 < 0) | (p19 < 0)) & ((p17 >= 0) | (p18 >= 0) | (p19 >= 0) | (p16 > 0))
    down = (p18 > 0) & ((p18 - p19) * 10 >= 3 * p18)
    hardship = loss | down | facts["hardship_recognised"] | facts["epidemic_recognised"]
    laid, insured = facts["layoffs"] * 1000, facts["insured"]
    few = (insured > 0) & (
        (laid <= 45 * insured)
        | (((facts["size"] > 0) | facts["hit_by_epidemic"]) & (laid <= 55 * insured))
        | ((insured <= 30) & (laid <= 200 * insured))
    )
    paid, clean = facts["paid_months"] >= 12, facts["arrears"] <= 0
    qualify = hardship & facts["complies"] & paid & clean & few
    reason = np.select(
        [~hardship, ~facts["complies"], ~paid, ~clean, ~few, loss, down, facts["hardship_recognised"]], np.arange(8), 8
    )
    amount = np.where(qualify, np.maximum(0, facts["contributors"] * 912_000 - facts["earlier_refund"]), 0)
    return qualify, amount, reason


def decimal_loop(rows: int, repeat: int) -> dict[str, Any]:
    facts = enterprises(rows)
    part = min(rows, LOOP_ROWS)
    lists = {
        name: [int(one) if values.dtype != bool else bool(one) for one in values[:part]]
        for name, values in facts.items()
    }
    many = [dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)]
    for one in many:
        one.update(
            {
                name: Decimal(value).scaleb(-2)
                for name, value in one.items()
                if name.startswith("profit") or name in ("arrears", "earlier_refund")
            }
        )
    meter = Meter(1)
    total, qualify = meter.of(lambda: _loop(many))
    scale = rows / part
    exact = by_hand({name: values[:part] for name, values in facts.items()})[1].sum()
    return {
        "seconds": meter.seconds * scale,
        "processor": meter.processor * scale,
        "rows_measured": part,
        "off": str(total - Decimal(int(exact)).scaleb(-2)),
        "qualify": qualify,
    }


def _loop(many: list[dict[str, Any]]) -> tuple[Decimal, int]:
    total, count, standard = Decimal(0), 0, Decimal(1520) * 6
    for one in many:
        profits = [one[f"profit_{year}"] for year in (2017, 2018, 2019)]
        loss = any(each < 0 for each in profits) and (any(each >= 0 for each in profits) or one["profit_2016"] > 0)
        down = profits[1] > 0 and (profits[1] - profits[2]) / profits[1] >= Decimal("0.30")
        if not (loss or down or one["hardship_recognised"] or one["epidemic_recognised"]):
            continue
        if not one["complies"] or one["paid_months"] < 12 or one["arrears"] > 0 or not one["insured"]:
            continue
        rate = Decimal(one["layoffs"]) / one["insured"]
        eased = one["size"] > 0 or one["hit_by_epidemic"]
        if (
            rate <= Decimal("0.045")
            or (eased and rate <= Decimal("0.055"))
            or (one["insured"] <= 30 and rate <= Decimal("0.20"))
        ):
            count += 1
            total += max(Decimal(0), one["contributors"] * standard - one["earlier_refund"])
    return total, count


def openfisca(rows: int, repeat: int) -> dict[str, Any]:
    from openfisca_core.entities import Entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulation_builder import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    entity = Entity("enterprise", "enterprises", "", "")
    facts = enterprises(rows)
    money = {name for name in facts if name.startswith("profit") or name in ("arrears", "earlier_refund")}

    def variable(name: str, kind: type, formula: Any = None) -> type:
        parts = {"value_type": kind, "entity": entity, "definition_period": DateUnit.YEAR, "label": name}
        return type(name, (Variable,), {**parts, **({"formula": formula} if formula else {})})

    def qualifies(enterprise: Any, period: Any) -> Any:
        ask = {name: enterprise(name, period) for name in facts}
        p16, p17, p18, p19 = (ask[f"profit_{year}"] for year in range(2016, 2020))
        loss = ((p17 < 0) + (p18 < 0) + (p19 < 0)) * ((p17 >= 0) + (p18 >= 0) + (p19 >= 0) + (p16 > 0))
        down = (p18 > 0) * ((p18 - p19) >= 0.3 * p18)
        hardship = loss + down + ask["hardship_recognised"] + ask["epidemic_recognised"]
        laid, insured = ask["layoffs"], ask["insured"]
        eased = (ask["size"] > 0) + ask["hit_by_epidemic"]
        few = (laid <= 0.045 * insured) + eased * (laid <= 0.055 * insured) + (insured <= 30) * (laid <= 0.2 * insured)
        return hardship * ask["complies"] * (ask["paid_months"] >= 12) * (ask["arrears"] <= 0) * few * (insured > 0)

    def refund(enterprise: Any, period: Any) -> Any:
        sum_ = enterprise("contributors", period) * 9120.0 - enterprise("earlier_refund", period)
        return enterprise("qualifies", period) * np.maximum(0, sum_)

    system = TaxBenefitSystem([entity])
    for name, values in facts.items():
        system.add_variable(variable(name, bool if values.dtype == bool else float if name in money else int))
    system.add_variable(variable("qualifies", bool, qualifies))
    system.add_variable(variable("refund", float, refund))

    def simulation() -> Any:
        found = SimulationBuilder().build_default_simulation(system, count=rows)
        for name, values in facts.items():
            found.set_input(name, "2020", values / 100 if name in money else values)
        return found

    best, whole = Meter(1), Meter(1)
    for _time in range(repeat):
        ready = whole.of(simulation)
        amount = best.of(lambda ready=ready: ready.calculate("refund", "2020"))
    exact = by_hand(facts)[1].sum()
    off = Decimal(str(float(amount.astype(np.float64).sum()))) - Decimal(int(exact)).scaleb(-2)
    return best.said(
        with_input=best.seconds + whole.seconds,
        with_input_processor=best.processor + whole.processor,
        off=str(round(off, 2)),
        qualify=int(ready.calculate("qualifies", "2020").sum()),
    )


def zen_engine(rows: int, repeat: int) -> dict[str, Any]:
    import zen

    eased = "(size > 0 or hit_by_epidemic)"
    rate = "layoffs / insured"
    who = (
        "(((profit_2017 < 0 or profit_2018 < 0 or profit_2019 < 0) and (profit_2017 >= 0 or profit_2018 >= 0 or "
        "profit_2019 >= 0 or profit_2016 > 0)) or (profit_2018 > 0 and (profit_2018 - "
        "profit_2019) / profit_2018 >= 0.3) or "
        "hardship_recognised or epidemic_recognised) and complies and paid_months >= "
        "12 and arrears <= 0 and insured > 0 and "
        f"({rate} <= 0.045 or ({eased} and {rate} <= 0.055) or (insured <= 30 and {rate} <= 0.2))"
    )
    content = {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
            {
                "id": "rule",
                "name": "rule",
                "type": "expressionNode",
                "position": {"x": 1, "y": 0},
                "content": {
                    "expressions": [
                        {
                            "id": "a",
                            "key": "amount",
                            "value": f"{who} ? max([0, contributors * 9120 - earlier_refund]) : 0",
                        }
                    ]
                },
            },
            {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 2, "y": 0}},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "rule", "type": "edge"},
            {"id": "2", "sourceId": "rule", "targetId": "out", "type": "edge"},
        ],
    }
    decision = zen.ZenEngine().create_decision(json.dumps(content))
    facts = enterprises(rows)
    part = min(rows, ZEN_ROWS)
    money = {name for name in facts if name.startswith("profit") or name in ("arrears", "earlier_refund")}
    many = [
        {name: values[row].item() / 100 if name in money else values[row].item() for name, values in facts.items()}
        for row in range(part)
    ]
    meter = Meter(1)
    amounts = meter.of(lambda: [decision.evaluate(one)["result"]["amount"] for one in many])
    exact = by_hand({name: values[:part] for name, values in facts.items()})[1].sum()
    scale = rows / part
    off = Decimal(str(sum(amounts))) - Decimal(int(exact)).scaleb(-2)
    return {
        "seconds": meter.seconds * scale,
        "processor": meter.processor * scale,
        "rows_measured": part,
        "off": str(off),
    }


def explanations(rows: int, repeat: int) -> dict[str, Any]:
    """Full explanations with sentences, of a mix of cases: qualifies, does not, unknown."""
    from paotui import policy
    from paotui.policy.columns import Column, row_of

    loaded = policy.find(POLICY)
    draw = np.random.default_rng(3)
    columns = {name: Column(values, draw.random(rows) < 0.98) for name, values in enterprises(rows).items()}
    cases = [{**row_of(loaded.policy, columns, row), "fund_reserve": FUND} for row in range(rows)]
    meter = Meter(1)
    outcomes = meter.of(lambda: [_explained(policy, loaded, one) for one in cases])
    return meter.said(**{name: outcomes.count(name) for name in ("qualifies", "does_not", "unknown")})


def _explained(policy: Any, loaded: Any, facts: dict[str, Any]) -> str:
    found = policy.explain(loaded, facts, DAY)
    assert found.sentences("zh-hans")
    return str(found.answer.outcome)


def stream(rows: int, repeat: int) -> dict[str, Any]:
    """Answer a Parquet file of so many rows; memory is this process's peak."""
    from paotui import policy
    from paotui.policy import running

    loaded = policy.find(POLICY)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "enterprises.parquet"
        subprocess.run([sys.executable, __file__, "--write", str(path), "--rows", str(rows)], check=True)
        meter, summary = Meter(1), running.Summary()

        def work() -> None:
            for one in running.run(loaded, path, DAY, shared={"fund_reserve": FUND}):
                summary.add(one.found)

        meter.of(work)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return meter.said(rows=summary.rows, peak_mb=round(peak), total=str(summary.total))


def write(path: Path, rows: int, piece: int = 200_000) -> None:
    """Write made-up enterprises as Parquet, money as decimals, piece by piece."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    writer = None
    for at in range(0, rows, piece):
        data = {}
        for name, values in enterprises(min(piece, rows - at), seed=at).items():
            array = pa.array(values)
            if name.startswith("profit") or name in ("arrears", "earlier_refund"):
                array = pc.multiply(array.cast(pa.decimal128(19, 0)), pa.scalar(Decimal("0.01"), pa.decimal128(3, 2)))
            data[name] = array if name != "size" else pa.array(["large", "medium", "small", "micro"]).take(array)
        table = pa.table(data)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()


PARTS: dict[str, Callable[[int, int], dict[str, Any]]] = {
    "ours": ours,
    "bare numpy": bare_numpy,
    "openfisca-core": openfisca,
    "decimal loop": decimal_loop,
    "zen-engine": zen_engine,
    "explanations": explanations,
    "stream": stream,
}


def measured(part: str, rows: int, repeat: int) -> dict[str, Any]:
    """Run one measurement in a process of its own and return what it says."""
    words = [sys.executable, __file__, "--part", part, "--rows", str(rows), "--repeat", str(repeat)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1]}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--explanations", type=int, default=10_000)
    parser.add_argument("--stream", type=int, default=10_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        write(options.write, options.rows)
    elif options.part:
        print(json.dumps(PARTS[options.part](options.rows, options.repeat)))
    else:
        sizes = {
            "explanations": [options.explanations],
            "stream": [options.stream // 10, options.stream // 3, options.stream],
        }
        for part in PARTS:
            for rows in sizes.get(part, [options.rows]):
                print(f"{part:16} {rows:>11,}", json.dumps(measured(part, rows, options.repeat)), flush=True)


if __name__ == "__main__":
    main()
