"""Sees to it that Chromium, PostgreSQL and gettext are there; what it cannot set up is a failure, never a skip."""

from __future__ import annotations

import machine


def main() -> None:
    absent = machine.missing()
    if absent:
        print(f"Installing for the tests: {', '.join(what for what, _ in absent)}", flush=True)
        machine.install([package for _, package in absent])
    still = machine.missing()
    if still:
        names = ", ".join(f"{what} (Debian package {package})" for what, package in still)
        raise SystemExit(
            f"make test: still missing after installation: {names}. Where the packaged Chromium is only a snap, "
            "install another one and name it in PAOTUI_CHROMIUM."
        )
    print(f"Chromium: {machine.chromium()}; PostgreSQL: {machine.postgres()}; gettext: {machine.gettext()}", flush=True)


if __name__ == "__main__":
    main()
