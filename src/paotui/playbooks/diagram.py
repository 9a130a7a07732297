"""A playbook drawn as Mermaid text: measures under the role that is responsible, in order, with what triggers what."""

from __future__ import annotations

from paotui.playbooks.schema import Measure, Playbook
from paotui.playbooks.wording import Wording

# Mermaid's own words and marks: a label is always quoted, and inside quotes these would still be read as marks.
ESCAPES = {'"': "#quot;", "<": "#lt;", ">": "#gt;", "\n": " "}


def mermaid(playbook: Playbook, language: str = "zh-hans") -> str:
    """Return the flowchart of a playbook in `language`; the text ends with a line break."""
    pen = _Pen(playbook, language)
    lines = ["---", f"title: {pen.quoted(pen.text(playbook.title))}", "---", "flowchart LR"]
    for role in playbook.roles:
        own = [measure for measure in playbook.measures if measure.roles[0] == role.name]
        if own:
            lines.append(f"  subgraph role_{role.name}[{pen.quoted(pen.text(role.label))}]")
            lines += [f"    {pen.node(measure)}" for measure in own]
            lines.append("  end")
    lines += [f"  {edge}" for measure in playbook.measures for edge in pen.edges(measure)]
    return "\n".join(lines) + "\n"


class _Pen(Wording):
    """Draws what the wording says."""

    def quoted(self, label: str) -> str:
        for mark, escape in ESCAPES.items():
            label = label.replace(mark, escape)
        return f'"{label}"'

    def node(self, measure: Measure) -> str:
        """Return a box, rounded when the work arises from a record."""
        parts = [self.text(measure.title), *self.details(measure)]
        label = "<br/>".join(self.quoted(part)[1:-1] for part in parts)
        left, right = ("(", ")") if measure.on else ("[", "]")
        return f'{measure.id}{left}"{label}"{right}'

    def edges(self, measure: Measure) -> list[str]:
        found = [f"{name} --> {measure.id}" for name in measure.after]
        if measure.on:
            why = self.conditions(measure.on.when)
            label = f"|{self.quoted(why)}|" if why else ""
            found.append(f"{measure.on.measure} -.->{label} {measure.id}")
        return found
