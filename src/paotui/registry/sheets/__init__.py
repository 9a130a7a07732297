"""Spreadsheets as clerks keep them, read into plain tables.

`files.sheets` turns the bytes of a file into sheets of cells, refusing what is none; `tables.table` finds the heading
and the rows that are data; `headings` knows how one heading can be written. Nothing here knows what a table is about.
"""

from paotui.registry.sheets.files import MAX_BYTES, Sheet, sheets
from paotui.registry.sheets.headings import Heading, heading
from paotui.registry.sheets.tables import Column, Row, Table, table

__all__ = ["MAX_BYTES", "Column", "Heading", "Row", "Sheet", "Table", "heading", "sheets", "table"]
