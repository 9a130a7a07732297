"""`paotui serve`: the pages, over HTTP."""

from __future__ import annotations

import argparse
import io
import socket
from typing import Any

from paotui.cli import subcommand
from paotui.cli.failures import Fault
from paotui.cli.language import translate as _


def add(parsers: Any) -> None:
    parser = subcommand.add(
        parsers,
        "serve",
        help=_("Serve the pages until told to stop (Ctrl+C or SIGTERM)."),
        examples=[
            "paotui serve",
            "paotui serve --port 9000 --workers 4",
            "PAOTUI_HTTPS=1 PAOTUI_BEHIND_PROXY=1 PAOTUI_HOSTS=paotui.example paotui serve",
        ],
        run=run,
    )
    parser.add_argument("--host", default="127.0.0.1", help=_("address to listen on (default %(default)s)"))
    parser.add_argument("--port", type=_port, default=8000, help=_("port to listen on (default %(default)s)"))
    parser.add_argument("--workers", type=int, default=2, help=_("server processes (default %(default)s)"))


def _port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(_("{text} is not a port between 1 and 65535").format(text=text))


def check_address_free(host: str, port: int) -> None:
    """The server shares ports between its workers, so it would not notice that another one has it."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as fault:
        raise Fault(
            _("Cannot listen on {host}:{port} ({reason}); choose another with --host or --port.").format(
                host=host, port=port, reason=fault.strerror
            )
        ) from fault


def run(options: argparse.Namespace) -> int:
    check_address_free(options.host, options.port)
    subcommand.set_up_framework()
    subcommand.require_migrated()
    from django.core.management import call_command

    from paotui.cli import static

    # A fault in an address or a setting shows here, once, and not in every worker at every request.
    call_command("check", stdout=io.StringIO())
    static.collect()
    _serve(options.host, options.port, options.workers)
    return 0


def _serve(host: str, port: int, workers: int) -> None:
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    connections.close_all()
    server = Granian(
        "paotui.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        # One request at a time in each worker: the database is the bottleneck, threads only wait for it.
        blocking_threads=1,
        # Without a limit, a stop in the first second after the start never ends.
        workers_kill_timeout=5,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
    )
    server.on_startup(lambda: print(_("Serving on http://{host}:{port}").format(host=host, port=port), flush=True))
    server.serve()
