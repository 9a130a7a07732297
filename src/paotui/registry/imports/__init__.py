"""From a clerk's table to a roster: which column is which fact, what each row says, which target it means.

`columns` matches headings to facts, `rows` reads cells into typed facts, `targets` finds or makes the organisations,
people and places meant, `changes` brings the roster's entries in line. `actions.rosters` calls them in that order.
"""
