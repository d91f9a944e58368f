"""The private PostgreSQL and Redis of this checkout, and the environment the program needs.

Standard library only. ``python -m scripts.servers`` starts both and prints the environment as
``export`` lines; ``python -m scripts.servers stop`` stops them. Servers that DATABASE_URL and
REDIS_URL name are used as they are.
"""

import os
import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from scripts.places import FILES, ROOT, TRUST, VAR, ServerError, locked, secret
from scripts.postgres import LOGIN, OWNER, Cluster, cluster
from scripts.redis_server import Redis, redis

DATABASE = "hedui"


@dataclass
class Servers:
    """What was started here (and so is stopped here), and the environment it makes."""

    environment: dict[str, str]
    started: list[Callable[[], None]] = field(default_factory=list)

    def stop(self) -> None:
        """Stop what this process started; a server that ran before goes on."""
        while self.started:
            self.started.pop()()


def start_postgres(home: Path, *, durable: bool = True) -> tuple[Cluster, bool]:
    """The running cluster of ``home``, with the login role; and whether it was started now."""
    with locked(home.with_suffix(".lock")):
        server = cluster(home, durable=durable)
        is_new = server.start()
        if is_new:
            server.ensure_login()
    return server, is_new


def start_redis(home: Path, *, durable: bool = True) -> tuple[Redis, bool]:
    """The running Redis of ``home``; and whether it was started now."""
    with locked(home.with_suffix(".lock")):
        server = redis(home, durable=durable)
        return server, server.start()


def start(mode: str = "demo") -> Servers:
    """Start what the environment does not name; ``mode`` is HEDUI_MODE unless that is set."""
    servers = Servers(environment=own_settings(mode))
    if given := os.environ.get("DATABASE_URL"):
        servers.environment["DATABASE_URL"] = given
        if owner := os.environ.get("OWNER_DATABASE_URL"):
            servers.environment["OWNER_DATABASE_URL"] = owner
    else:
        postgres, is_new = start_postgres(VAR / "pg")
        if is_new:
            servers.started.append(postgres.stop)
        postgres.ensure_database(DATABASE)
        servers.environment["DATABASE_URL"] = postgres.url(LOGIN, DATABASE)
        servers.environment["OWNER_DATABASE_URL"] = postgres.url(OWNER, DATABASE)
    if given := os.environ.get("REDIS_URL"):
        servers.environment["REDIS_URL"] = given
    else:
        queue, is_new = start_redis(VAR / "redis")
        if is_new:
            servers.started.append(queue.stop)
        servers.environment["REDIS_URL"] = queue.url()
    return servers


def own_settings(mode: str) -> dict[str, str]:
    """The settings that name no server: keys made once for this checkout, folder, mode."""
    settings = {
        "HEDUI_FILES_DIR": str(FILES),
        "HEDUI_TRUST_DIR": str(TRUST),
        "HEDUI_MODE": mode,
        "PYTHONPATH": str(ROOT / "connector"),
    }
    settings |= {name: os.environ[name] for name in settings if name in os.environ}
    for name in ("HEDUI_MASTER_KEY", "HEDUI_SECRET_KEY"):
        settings[name] = os.environ.get(name) or secret(name.lower())
    return settings


def stop() -> None:
    """Stop the private servers of this checkout, whoever started them."""
    cluster(VAR / "pg").stop()
    redis(VAR / "redis").stop()


def main(arguments: list[str]) -> int:
    """``stop``, or nothing: start and print the environment. 0, or 1 with the reason printed."""
    try:
        if arguments == ["stop"]:
            stop()
            return 0
        for name, value in sorted(start().environment.items()):
            sys.stdout.write(f"export {name}={shlex.quote(value)}\n")
    except ServerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
