"""S8 The page of 10 July: seven bulletins drafted by the editor, signed by those they speak of, and published."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.samples.erqi.events import Event


def story() -> Iterator[Event]:
    """Yield the drafting, the signing and the publishing."""
    yield from ()
