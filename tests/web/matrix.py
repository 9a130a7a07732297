"""Who may call what, written down by hand: the truth the screens are held against.

L leader, S staff, D dispatcher, C crew, E editor, A system administrator, Y security administrator, U auditor;
"*" is everybody who signed in, "public" is everybody.
"""

from __future__ import annotations

EVERYBODY = "LSDCEAYU"
LOOKING = "LSDE"

GET: dict[str, str] = {
    "front_page": "public", "page_pdf": "public", "figure": "public", "bulletin": "public", "bulletin_docx": "public",
    "health": "public", "sign_in": "public",
    "staff": EVERYBODY,
    "today": "LSDCE", "work": "LSDCE", "work_export": "LSDCE", "work_order": "LSDCE", "case": "LSDCE",
    "attachment": "LSDCE",
    "task_forces": LOOKING, "task_force": LOOKING, "task_force_export": LOOKING, "playbooks": LOOKING,
    "playbook": LOOKING,
    "launch": "L",
    "rosters": "LSDEAYU", "roster": "LSDEAYU", "roster_export": "LSDEAYU", "roster_import": "LS",
    "figures": LOOKING, "staff_figure": LOOKING, "figure_export": LOOKING,
    "bulletins": LOOKING, "staff_bulletin": LOOKING, "bulletin_new": "LSE", "page": LOOKING,
    "ledger": "U",
}  # fmt: skip

POST: dict[str, str] = {
    "language": "public", "sign_in": "public",
    "sign_out": EVERYBODY,
    "work_record": "LSDC",
    "work_move": "L",  # waiving; every verb by every role is a test of the work room
    "task_force_close": "L",
    "launch": "L",
    "roster_import": "LS",
    "staff_bulletin": "LSE", "bulletin_new": "LSE",
    "bulletin_sign": "L",
    "page_publish": "LE",
    "ledger_verify": "U",
}  # fmt: skip

ROLE = {
    "L": "leader", "S": "staff", "D": "dispatcher", "C": "crew", "E": "editor", "A": "administrator", "Y": "security",
    "U": "auditor",
}  # fmt: skip

OF_ONE_DISTRICT = frozenset({
    "work_order", "case", "attachment", "task_force", "task_force_export", "roster", "roster_export", "staff_bulletin",
    "work_record", "work_move", "task_force_close", "bulletin_sign",
})  # fmt: skip
"""Routes that name a thing of a district: for anybody of another district there is no such thing."""
