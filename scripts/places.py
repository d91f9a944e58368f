"""Where the private servers live, whose they are, and the secrets made for this checkout.

Standard library only: everything here runs before anything else is installed.
"""

import base64
import contextlib
import fcntl
import hashlib
import os
import pwd
import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
FILES = VAR / "files"
TRUST = VAR / "trust"
SECRETS = VAR / "secrets"


class ServerError(RuntimeError):
    """A private server cannot be run; the text says what to do about it."""


def server_user() -> pwd.struct_passwd | None:
    """The account that PostgreSQL runs as; ``None`` means: as whoever called.

    PostgreSQL refuses to run as root.
    """
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ServerError("PostgreSQL does not run as root, and there is no other account to run it.")


def run_as(
    user: pwd.struct_passwd | None,
    *command: str | Path,
    input: str = "",
    env: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run ``command`` as ``user`` (``None``: the caller) in a bare environment plus ``env``."""
    return subprocess.run(
        command,
        cwd="/",
        text=True,
        capture_output=True,
        input=input,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"} | (env or {}),
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
    )


def private_directory(path: Path, user: pwd.struct_passwd | None) -> Path:
    """Make ``path`` (mode 0700, owned by ``user``), or make sure that it is already so.

    Some of these lie in a directory that everyone may write to, so a directory of somebody
    else's by that name is refused.
    """
    uid, gid = (user.pw_uid, user.pw_gid) if user else (os.geteuid(), os.getegid())
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=0o700, parents=True)
        os.chown(path, uid, gid)
    found = path.lstat()
    if path.is_symlink() or not path.is_dir() or found.st_uid != uid:
        raise ServerError(f"{path} belongs to somebody else; remove it and start again.")
    path.chmod(0o700)
    return path


def short_directory(home: Path) -> str:
    """A path for sockets of the servers in ``home``: a socket's path has at most 107 bytes."""
    return f"/tmp/hedui-{_digest(home)}"


def data_directory(home: Path, user: pwd.struct_passwd | None) -> Path:
    """Where the data of ``home`` can be: ``home``, or a place outside when ``user`` is shut out.

    A checkout under /root or a 0700 directory cannot be entered by the account that PostgreSQL
    runs as. ``<home>.place`` then says where the data went.
    """
    home.parent.mkdir(parents=True, exist_ok=True)
    outside = Path(f"/var/tmp/hedui-{_digest(home)}")
    if can_enter(home.parent, user):
        return home
    home.with_suffix(".place").write_text(f"{outside}\n", encoding="utf-8")
    return outside


def can_enter(directory: Path, user: pwd.struct_passwd | None) -> bool:
    """Whether ``user`` (``None``: the caller) can reach what is in ``directory``."""
    return run_as(user, "test", "-x", directory).returncode == 0


def secret(name: str, *, directory: Path = SECRETS) -> str:
    """The secret of that name, 32 random bytes in base64 without ``/`` and ``+``; made once."""
    path = directory / name
    if not path.exists():
        private_directory(directory, None)
        fresh = path.with_name(f"{name}.{os.getpid()}")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(_random_base64())
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text(encoding="ascii")


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file ``path``; another process that wants it waits."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def packaged(package: str) -> Path | None:
    """The folder of a package of requirements-servers.lock, if it has been installed."""
    return next(VAR.glob(f"venv/lib/python3.*/site-packages/{package}"), None)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _random_base64() -> str:
    while True:
        text = base64.b64encode(secrets.token_bytes(32)).decode()
        if not {"/", "+"} & set(text):
            return text
