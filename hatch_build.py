"""Compiles the planning kernels when the package is built or installed in place."""

from __future__ import annotations

import importlib.util
import sysconfig
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Kernels(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the compiled kernels beside their sources and marks the wheel as one for this platform."""

    def dependencies(self) -> list[str]:
        build = self._build_module()
        return [] if build.own_compiler() else [build.COMPILER_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        built = self._build_module().build_all()
        # A plain C interface: bound to the platform, not to a version of Python.
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"
        build_data["artifacts"] += [f"/{path.relative_to(Path(self.root)).as_posix()}" for path in built]

    def _build_module(self) -> ModuleType:
        path = Path(self.root) / "src" / "paotui" / "planning" / "kernel" / "build.py"
        spec = importlib.util.spec_from_file_location("paotui_kernel_build", path)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
