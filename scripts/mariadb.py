"""A private MariaDB to throw away, on a unix socket: for tests of the connector. No grants, no
system tables: whoever can enter its folder may do anything. Standard library only."""

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from scripts.places import ServerError, private_directory, server_user, short_directory

PATIENCE_S = 30
SIZES = ("--innodb-buffer-pool-size=16M", "--innodb-log-file-size=8M")
NOT_DURABLE = ("--innodb-flush-log-at-trx-commit=0", "--skip-innodb-doublewrite")


@dataclass(frozen=True)
class MariaDB:
    """A running server: its process, and the folder of its data and its socket."""

    process: subprocess.Popen[bytes]
    folder: Path

    def url(self, database: str = "") -> str:
        """The SQLAlchemy URL of a database."""
        socket = self.folder / "socket"
        return f"mysql+pymysql://root@localhost/{database}?unix_socket={socket}&charset=utf8mb4"

    def stop(self) -> None:
        """Stop the server and remove its data."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def start_mariadb(home: Path) -> MariaDB:
    """Start a new, empty server for ``home``; ``ServerError`` when there is none to start."""
    program = shutil.which("mariadbd") or shutil.which("mariadbd", path="/usr/sbin")
    if program is None:
        raise ServerError("There is no mariadbd: install mariadb-server-core.")
    user = server_user()
    folder = private_directory(Path(f"{short_directory(home)}-mariadb-{os.getpid()}"), user)
    private_directory(folder / "data", user)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [
                *(program, "--no-defaults", f"--datadir={folder}/data"),
                *(f"--socket={folder}/socket", f"--pid-file={folder}/pid"),
                *("--skip-networking", "--skip-grant-tables", "--character-set-server=utf8mb4"),
                *(*SIZES, *NOT_DURABLE),
            ],
            cwd="/",
            stdout=log,
            stderr=log,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )
    server = MariaDB(process, folder)
    until = time.monotonic() + PATIENCE_S
    while not (folder / "socket").exists():
        if process.poll() is not None or time.monotonic() > until:
            said = (folder / "log").read_text(errors="replace")
            server.stop()
            raise ServerError(f"MariaDB does not start.\n{said}")
        time.sleep(0.05)
    return server
