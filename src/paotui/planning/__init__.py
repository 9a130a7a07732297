"""Planners: a problem in, a plan out; no framework, no database, no clock but the one they are given."""
