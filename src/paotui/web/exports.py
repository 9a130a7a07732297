"""Lists as Excel files, written in constant memory."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from paotui.web.wording import ZONE

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 22


def workbook(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return an .xlsx with one sheet: `headings` in bold, frozen and filterable, then `rows`."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True, "in_memory": True}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.set_column(0, max(len(headings) - 1, 0), WIDTH)
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(sheet, last, column, value, moment)
        sheet.autofilter(0, 0, last, max(len(headings) - 1, 0))
    return buffer.getvalue()


def download(content: bytes, name: str, media_type: str = MEDIA_TYPE) -> HttpResponse:
    """Return `content` as a file called `name`."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _write(sheet: Any, row: int, column: int, value: Any, moment: Any) -> None:
    if isinstance(value, dt.datetime):
        sheet.write_datetime(row, column, value.astimezone(ZONE).replace(tzinfo=None), moment)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    else:
        # As text always: a name beginning with "=" must not become a formula.
        sheet.write_string(row, column, "" if value is None else str(value))
