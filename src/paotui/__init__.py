"""Paotui: playbooks and rosters in, dated work orders and figures that can be opened out."""

__version__ = "0.1.0"
