"""Where a VRPLIB file takes its distances from: coordinates, or numbers written out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from paotui.planning.routes.formats import numerals
from paotui.planning.routes.formats.numerals import refused
from paotui.planning.routes.formats.sections import Sections
from paotui.planning.routes.problem import Matrix, Planar

Cells = Iterator[tuple[int, int]]


def travel(file: Sections, rounding: numerals.Rounding, size: int) -> Planar | Matrix:
    kind = file.head.get("EDGE_WEIGHT_TYPE", "EUC_2D").upper()
    if kind == "EUC_2D":
        return Planar.model_construct(type="planar", rounding=rounding)
    if kind == "EXPLICIT":
        table = _table(file, rounding, size)
        return Matrix(type="matrix", distances={"default": table}, durations={"default": table})
    raise refused(
        "EDGE_WEIGHT_TYPE",
        zh=f"不支持“{kind}”，只支持 EUC_2D 和 EXPLICIT。请改用其一",
        en=f"'{kind}' is not supported, EUC_2D and EXPLICIT are. Use one of them",
    )


def _table(file: Sections, rounding: numerals.Rounding, size: int) -> list[list[int]]:
    shape = file.head.get("EDGE_WEIGHT_FORMAT", "FULL_MATRIX").upper()
    scale = numerals.scaled(rounding)
    rows = file.rows.get("EDGE_WEIGHT", [])
    numbers = [
        scale(numerals.not_negative(numerals.number(text, f"line {line}"), f"line {line}"))
        for line, fields in rows
        for text in fields
    ]
    cells = list(_cells(shape, size))
    if len(numbers) != len(cells):
        raise refused(
            "EDGE_WEIGHT_SECTION",
            zh=f"{size} 个点按 {shape} 应有 {len(cells)} 个数，实有 {len(numbers)} 个。请补全",
            en=f"{shape} of {size} nodes takes {len(cells)} numbers, here are {len(numbers)}. Complete them",
        )
    table = [[0] * size for _ in range(size)]
    for (row, column), number in zip(cells, numbers, strict=True):
        table[row][column] = number
        if shape != "FULL_MATRIX":
            table[column][row] = number
    return table


def _cells(shape: str, size: int) -> Cells:
    """Row and column of each number, in the order they are written."""
    spans = {
        "FULL_MATRIX": lambda row: range(size),
        "LOWER_ROW": lambda row: range(row),
        "LOWER_DIAG_ROW": lambda row: range(row + 1),
        "UPPER_ROW": lambda row: range(row + 1, size),
        "UPPER_DIAG_ROW": lambda row: range(row, size),
    }
    if shape not in spans:
        raise refused(
            "EDGE_WEIGHT_FORMAT",
            zh=f"不支持“{shape}”，支持 {'、'.join(spans)}。请改用其一",
            en=f"'{shape}' is not supported; {', '.join(spans)} are. Use one of them",
        )
    return chain.from_iterable(((row, column) for column in spans[shape](row)) for row in range(size))
