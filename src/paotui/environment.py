"""Reads the PAOTUI_* environment variables; whatever cannot be understood is an error, never a default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


gettext_noop = str
"""Marks a sentence for translators; whoever shows it translates it (this module knows no framework)."""


class EnvironmentFault(Exception):
    """A variable is missing or cannot be read; `sentence` with `values` says which and what to write instead."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence.format(**values))
        self.sentence = sentence
        self.values = values


def text(name: str, default: str | None = None, *, env: Mapping[str, str] = os.environ) -> str:
    """The variable as it stands; without a default it has to be set."""
    value = env.get(name, default)
    if value is None:
        raise EnvironmentFault(gettext_noop("{name} is not set; set it before starting."), name=name)
    return value


def flag(name: str, default: bool, *, env: Mapping[str, str] = os.environ) -> bool:
    """1/true/yes/on or 0/false/no/off."""
    value = env.get(name, "1" if default else "0").strip().lower()
    if value in TRUE | FALSE:
        return value in TRUE
    raise EnvironmentFault(
        gettext_noop("{name}={value!r} is neither yes nor no; write 1 or 0."), name=name, value=value
    )


def number(name: str, default: int, *, env: Mapping[str, str] = os.environ) -> int:
    value = env.get(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise EnvironmentFault(
            gettext_noop("{name}={value!r} is not a whole number; write digits only."), name=name, value=value
        ) from None


def listing(name: str, default: str = "", *, env: Mapping[str, str] = os.environ) -> list[str]:
    """Values separated by commas; blanks are dropped."""
    return [part.strip() for part in env.get(name, default).split(",") if part.strip()]


def folder(name: str, default: Path, *, env: Mapping[str, str] = os.environ) -> Path:
    return Path(env.get(name) or default).expanduser().resolve()


def database(url: str) -> dict[str, Any]:
    """Django's DATABASES entry for `sqlite:///path` or `postgresql://user:password@host:port/name`.

    For PostgreSQL, query parameters become connection options (`?sslmode=verify-full`); a socket
    folder is written `?host=/run/postgresql`. Behind a pooler that hands every transaction another
    connection, write `?prepare=off`: statements prepared on one are unknown to the next.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(url, parts.netloc, parts.path)
    if parts.scheme in {"postgresql", "postgres"}:
        return _postgresql(url)
    raise EnvironmentFault(
        gettext_noop(
            "PAOTUI_DATABASE_URL starts with {scheme!r}; write sqlite:///path/to/file or "
            "postgresql://user:password@host/name."
        ),
        scheme=parts.scheme,
    )


def _sqlite(url: str, netloc: str, path: str) -> dict[str, Any]:
    if netloc or len(path) < 2:
        raise EnvironmentFault(
            gettext_noop("PAOTUI_DATABASE_URL={url!r} names no file; write three slashes, then the path."), url=url
        )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        # sqlite:///relative and sqlite:////absolute, as everywhere else.
        "NAME": Path(unquote(path[1:])).resolve(),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            # A deferred transaction that turns into a writer fails at once when another one wrote
            # meanwhile, whatever the timeout; IMMEDIATE waits its turn.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32768",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise EnvironmentFault(
            gettext_noop("PAOTUI_DATABASE_URL names no database; write postgresql://user:password@host/name.")
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"prepare_threshold": None if options.pop("prepare", "on") == "off" else 5, **options},
    }


def secret_key(var: Path, *, env: Mapping[str, str] = os.environ, may_generate: bool) -> str:
    """PAOTUI_SECRET_KEY, else the key kept in `var`, made on first use where one machine is all there is."""
    if key := env.get("PAOTUI_SECRET_KEY"):
        return key
    kept = var / "secret-key"
    if kept.exists():
        return kept.read_text().strip()
    if not may_generate:
        raise EnvironmentFault(
            gettext_noop("PAOTUI_SECRET_KEY is not set; every machine on one database needs the same long random text.")
        )
    return _keep_new_key(kept)


def _keep_new_key(kept: Path) -> str:
    kept.parent.mkdir(parents=True, exist_ok=True)
    import secrets  # here: only the first start of a server needs a key

    draft = kept.with_name(f".{kept.name}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(64))
    try:
        os.link(draft, kept)  # atomic: of two processes starting together, both use the first key
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return kept.read_text().strip()
