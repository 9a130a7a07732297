"""`make run`: migrate, replay the sample district if there is none, say where it is and who can sign in, serve.

Everything is done with the commands a user has; data stays under var/.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAOTUI = [sys.executable, "-m", "paotui"]
FIRST_PORT, LAST_PORT = 8000, 8099


def paotui(*arguments: str) -> None:
    done = subprocess.run([*PAOTUI, *arguments], check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


def show_accounts() -> None:
    """One account per role; their password is public, as they exist in the sample district only."""
    from paotui.cli import subcommand

    subcommand.set_up_framework()
    from paotui.registry.models import Account, RoleName
    from paotui.samples.erqi.accounts import ACCOUNTS, PASSWORD

    there = set(
        Account.objects.filter(username__in=[one.username for one in ACCOUNTS]).values_list("username", flat=True)
    )
    shown = [one for one in ACCOUNTS if one.username in there]
    if not shown:
        return
    print(f"Sample accounts (password of all: {PASSWORD}):")
    for one in shown:
        print(f"  {one.username:<15} {RoleName(one.role).label}")


def free_port() -> int:
    """PAOTUI_PORT, else the first port from 8000 on that nobody listens on."""
    if named := os.environ.get("PAOTUI_PORT"):
        return int(named)
    for port in range(FIRST_PORT, LAST_PORT + 1):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise SystemExit(f"make run: every port from {FIRST_PORT} to {LAST_PORT} is taken; name one in PAOTUI_PORT.")


def main() -> None:
    os.environ.setdefault("PAOTUI_VAR", str(ROOT / "var"))
    paotui("migrate")
    paotui("replay", "--if-empty")
    show_accounts()
    os.execv(sys.executable, [*PAOTUI, "serve", "--port", str(free_port())])


if __name__ == "__main__":
    main()
