"""The compiled kernels of the planners: C++ behind a plain C interface, called through ctypes.

A kernel is one `.cpp` file here; its library carries a digest of the sources in its name, so that one built
from other sources is never loaded. Calls release the interpreter's lock.
"""

from __future__ import annotations

import ctypes
from functools import cache


class KernelAbsent(Exception):
    """The library of a kernel has not been built from these sources."""


@cache
def load(name: str) -> ctypes.CDLL:
    """The library of the kernel `name` ("routes"); raises KernelAbsent with what to do when it is not built."""
    from paotui.planning.kernel import build  # here, so that it can also run as a command

    path = build.library(name)
    if not path.exists():
        raise KernelAbsent(
            f"The planning kernel '{name}' has not been built from these sources; "
            "`python -m paotui.planning.kernel.build` builds it, or says how to get a C++ compiler."
        )
    return ctypes.CDLL(str(path))
