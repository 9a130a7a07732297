"""Makes the sample problems of matching and pairing from the sheets of the sample district; people are invented.

    python tools/sample_problems.py            writes src/paotui/samples/erqi/problems/*.json anew

Enterprises, trades and gaps are those of sheets 52 and 53, a tenth of the seats; compounds, branches and cadres those
of sheets 70 and 71. Jobseekers, wages, skills and places of enterprises are drawn with a fixed seed.
"""

from __future__ import annotations

import json
import random
import unicodedata
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

SAMPLES = Path(__file__).resolve().parent.parent / "src/paotui/samples/erqi"
NOTE = "样例数据"
SKILLS = {"质检员": "检验证", "装配工": "装配证", "包装工": "", "分拣员": "", "客服": "普通话", "面点工": "健康证"}


def rows(file: str) -> list[dict[str, Any]]:
    """Return the rows below the heading that starts with 序号; a heading in two lines is read as one."""
    table = CalamineWorkbook.from_path(SAMPLES / "sheets" / file).get_sheet_by_index(0).to_python()
    at = next(number for number, row in enumerate(table) if row[0] == "序号")
    heading, body = table[at], table[at + 1 :]
    if not body[0][0]:
        heading, body = [below or above for above, below in zip(heading, body[0], strict=True)], body[1:]
    return [dict(zip(heading, row, strict=True)) for row in body if isinstance(row[0], float)]


def number(cell: Any) -> int:
    return int(float(unicodedata.normalize("NFKC", str(cell))))


def labour() -> dict[str, Any]:
    """Return enterprises that lack workers, and invented jobseekers."""
    draw, needs = random.Random(20200302), rows("53_S5_用工保障台账.xlsx")
    trades = sorted({row["主要工种"] for row in needs})

    def place() -> dict[str, float]:
        return {"lon": round(113.60 + draw.random() * 0.09, 5), "lat": round(34.66 + draw.random() * 0.08, 5)}

    vacancies = [{
        "id": f"岗{at:02}", "name": f"{row['企业名称']} {row['主要工种']}", "occupation": row["主要工种"],
        "seats": max(1, number(row["缺工人数"]) // 10), "wage": draw.randrange(28, 52) * 100, "at": place(),
        "skills": [SKILLS[row["主要工种"]]] if SKILLS.get(row["主要工种"]) and draw.random() < 0.4 else [],
        "shift": draw.choice(["白班", "白班", "夜班", "倒班"]), "start": f"2020-03-{draw.randrange(9, 28):02}",
        "conditions": ["夜间班车"] if draw.random() < 0.1 else [],
    } for at, row in enumerate(needs, 1)]  # fmt: skip
    wanted = [one["occupation"] for one in vacancies for _ in range(one["seats"])]
    people = [{
        "id": f"人{at:03}", "name": f"求职者{at:03}（样例）",
        "occupations": list(dict.fromkeys([draw.choice(wanted), draw.choice(trades)])),
        "skills": sorted({skill for skill in SKILLS.values() if skill and draw.random() < 0.5}),
        "wage": draw.randrange(25, 42) * 100, "at": place(), "farthest": draw.randrange(3, 12) * 1000,
        "shifts": draw.choice([["白班"], ["白班", "倒班"], []]),
        "available": f"2020-03-{draw.randrange(3, 20):02}", "waiting_since": f"2019-{draw.randrange(8, 13):02}-01",
    } for at in range(1, int(len(wanted) * 1.1) + 1)]  # fmt: skip
    return {
        "kind": "matching", "name": f"规上企业用工人岗匹配（{NOTE}）", "on": "2020-03-04",
        "people": people, "vacancies": vacancies,
    }  # fmt: skip


def compounds() -> dict[str, Any]:
    """Return the nine compounds to be paired, three branches that take whole communities, nine cadres."""
    draw, ledger = random.Random(20200403), {row["楼院名称"]: row for row in rows("71_S7_楼院治理台账.xlsx")}
    chosen = [row for row in rows("70_S7_无主管楼院名册.xlsx") if row["列入结对"] == "是"]
    pairs = [ledger[row["楼院名称"]] for row in chosen]
    branches = list(dict.fromkeys(row["结对单位"] for row in pairs))
    branch_of = {row["包院干部"]: row["结对单位"] for row in pairs}
    home = {name: {"lon": round(113.62 + draw.random() * 0.02, 5), "lat": round(34.70 + draw.random() * 0.02, 5)}
            for name in branches}  # fmt: skip
    units = [{"id": name, "name": name, "role": "支部", "at": home[name]} for name in branches]
    units += [{"id": name, "name": name, "role": "干部", "at": home[branch], "most": 1}
              for name, branch in branch_of.items()]  # fmt: skip
    return {
        "kind": "pairing", "name": f"棠溪街道结对包院（{NOTE}）",
        "roles": [{"id": "支部", "name": "结对党支部", "whole": ["*"]}, {"id": "干部", "name": "包院领导干部"}],
        "units": units,
        "compounds": [{"id": row["楼院名称"], "community": row["所属社区"],
                       "at": {"lon": row["经度"], "lat": row["纬度"]}} for row in chosen],
    }  # fmt: skip


PROBLEMS = {"s5-labour.matching.json": labour, "s7-compounds.pairing.json": compounds}


def text(problem: dict[str, Any]) -> str:
    """Return JSON with one person, vacancy, unit or compound a line."""
    lines = []
    for key, value in problem.items():
        if isinstance(value, list):
            inside = ",\n".join(f"  {json.dumps(one, ensure_ascii=False)}" for one in value)
            lines.append(f"{json.dumps(key)}: [\n{inside}\n]")
        else:
            lines.append(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    for name, make in PROBLEMS.items():
        path = SAMPLES / "problems" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text(make()), encoding="utf-8")
        print(path.name)


if __name__ == "__main__":
    main()
