"""The compiled kernels of the planners: C++ behind a plain C interface, called through ctypes.

A kernel is one `.cpp` file here; its library carries a digest of the sources in its name, so that one built
from other sources is never loaded. Calls release the interpreter's lock.
"""

from __future__ import annotations

import ctypes
from functools import cache

from paotui.local_text import LocalText


class KernelAbsent(Exception):
    """The library of a kernel has not been built from these sources; `text` says what to do."""

    def __init__(self, name: str) -> None:
        command = "python -m paotui.planning.kernel.build"
        self.text = LocalText(
            f"规划内核“{name}”尚未由这些源码编译；请运行 `{command}`，它会编译，或告知如何取得 C++ 编译器。",
            f"The planning kernel '{name}' has not been built from these sources; `{command}` builds it, or says how "
            "to get a C++ compiler.",
        )
        super().__init__(self.text.en)


@cache
def load(name: str) -> ctypes.CDLL:
    """The library of the kernel `name` ("routes"); raises KernelAbsent with what to do when it is not built."""
    from paotui.planning.kernel import build  # here, so that it can also run as a command

    path = build.library(name)
    if not path.exists():
        raise KernelAbsent(name)
    return ctypes.CDLL(str(path))
