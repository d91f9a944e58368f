"""The PostgreSQL and Redis of the tests, shared by the processes of a run and by runs side by side.

Whoever uses them holds a shared lock; whoever lets go last, stops them.
"""

import contextlib
import fcntl
import hashlib
import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import IO, Any

import psycopg

from scripts.places import ROOT, locked
from scripts.postgres import LOGIN, OWNER, Cluster
from scripts.redis_server import DATABASES, Redis
from scripts.servers import start_postgres, start_redis

HOME = ROOT / "var" / "test-servers"
SCHEMA_SOURCES = ("migrations", "tenants", "app")
WORLD_SOURCES = (*SCHEMA_SOURCES, "worker", "tests/world")
TEMPLATE = "hedui_template_"
WORLD = "hedui_world_"
CLONE = "hedui_test_"
# Keys of no worth, the same in every run.
KEYS = {
    "HEDUI_MASTER_KEY": "dGVzdHMgb25seSwgbmV2ZXIgYSByZWFsIGtleS4uLi4=",
    "HEDUI_SECRET_KEY": "tests-only-never-a-real-key-tests-only",
}


@dataclass(frozen=True)
class DatabaseUrls:
    """One database by two ways in: as the program signs in, and as the owner (upgrades only)."""

    name: str
    login: str
    owner: str


@dataclass
class TestServers:
    """The running servers, and this process's own part of them."""

    __test__ = False

    postgres: Cluster
    redis: Redis
    redis_url: str
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _untouched: list[str] = field(default_factory=list)

    @contextlib.contextmanager
    def database(self) -> Iterator[DatabaseUrls]:
        """A fresh database with every migration applied; dropped afterwards."""
        name = self._new_name()
        if self._untouched:
            self._say(f"ALTER DATABASE {self._untouched.pop()} RENAME TO {name}")
        else:
            self._say(f"CREATE DATABASE {name} TEMPLATE {self.template()}")
        try:
            yield self._urls(name)
        finally:
            self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def template(self) -> str:
        """The name of the migrated database that tests clone; made once for each schema."""
        with locked(HOME / "template.lock"):
            return self._migrated_template()

    def open_world(self, name: str, settle: bool) -> None:
        """Put the opened demonstration world into the place of the empty database ``name``, to
        which nobody is connected; the empty one is kept for the next who asks. Opening a world
        anew takes a second, this a twentieth."""
        template = WORLD + tree_digest(WORLD_SOURCES) + ("" if settle else "_unsettled")
        with locked(HOME / "template.lock"):
            if template not in self.postgres.databases():
                source = self._migrated_template()
                self._grow(
                    template, source, "tests.world.opening", *([] if settle else ["unsettled"])
                )
        untouched = self._new_name()
        self._say(f"ALTER DATABASE {name} RENAME TO {untouched}")
        self._untouched.append(untouched)
        self._say(f"CREATE DATABASE {name} TEMPLATE {template}")

    @cached_property
    def _connection(self) -> psycopg.Connection[Any]:
        """Stays open: a test says half a dozen such sentences, and a program for each takes longer
        than most of them."""
        url = self.postgres.url(OWNER, "postgres").replace("+psycopg", "")
        return psycopg.connect(url, autocommit=True)

    def _say(self, statement: str) -> None:
        self._connection.execute(statement.encode())

    def _new_name(self) -> str:
        return f"{CLONE}{os.getpid()}_{next(self._numbers)}"

    def close(self) -> None:
        """Drop what is left of this process's databases, and let go of the server."""
        for name in self._untouched:
            self._say(f"DROP DATABASE {name}")
        self._connection.close()

    def _migrated_template(self) -> str:
        name = TEMPLATE + schema_digest()
        if name not in self.postgres.databases():
            self._grow(name, "template1", "alembic", "upgrade", "head")
        return name

    def _grow(self, name: str, source: str, *program: str) -> None:
        """Make the database ``name``: a copy of ``source``, and what a program does to it."""
        growing = f"{name}_growing"
        self.postgres.sql(f"DROP DATABASE IF EXISTS {growing} WITH (FORCE)")
        self.postgres.sql(f"CREATE DATABASE {growing} TEMPLATE {source}")
        urls = self._urls(growing)
        own = {"DATABASE_URL": urls.login, "OWNER_DATABASE_URL": urls.owner}
        own["PYTHONPATH"] = str(ROOT / "connector")
        others = {"REDIS_URL": self.redis_url, "HEDUI_MODE": "test", "HEDUI_FILES_DIR": str(HOME)}
        done = subprocess.run(
            [sys.executable, "-m", *program],
            cwd=ROOT,
            env=os.environ | KEYS | own | others,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(program)} failed:\n{done.stdout}")
        self.postgres.sql(f"ALTER DATABASE {growing} RENAME TO {name}")

    def _urls(self, name: str) -> DatabaseUrls:
        return DatabaseUrls(
            name=name,
            login=self.postgres.url(LOGIN, name),
            owner=self.postgres.url(OWNER, name),
        )


@contextlib.contextmanager
def running_servers() -> Iterator[TestServers]:
    """The tests' servers, started if no other test process has them running."""
    HOME.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as held:
        in_use = held.enter_context((HOME / "in-use.lock").open("w"))
        with locked(HOME / "start.lock"):
            postgres, is_new = start_postgres(HOME / "pg", durable=False)
            redis, _ = start_redis(HOME / "redis", durable=False)
            if is_new:
                _drop_left_over(postgres)
            fcntl.flock(in_use, fcntl.LOCK_SH)
        try:
            number = held.enter_context(own_redis_database())
            with contextlib.closing(TestServers(postgres, redis, redis.url(number))) as servers:
                yield servers
        finally:
            with locked(HOME / "start.lock"):
                if _takes_lock(in_use):
                    postgres.stop()
                    redis.stop()


def schema_digest() -> str:
    """A name for the schema: changes when any file that shapes it does."""
    return tree_digest(SCHEMA_SOURCES, _shapes_schema)


@cache
def tree_digest(
    folders: tuple[str, ...], counts: Callable[[Path], bool] = lambda _path: True
) -> str:
    """A name for what the files of some folders say."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and counts(path):
                digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _shapes_schema(path: Path) -> bool:
    return path.parts[len(ROOT.parts)] != "app" or path.name == "models.py"


def _drop_left_over(postgres: Cluster) -> None:
    """Databases that a killed run left behind, and templates of schemas that are gone."""
    schema, world = TEMPLATE + schema_digest(), WORLD + tree_digest(WORLD_SOURCES)
    current = (schema, world, f"{world}_unsettled")
    for name in postgres.databases():
        if name.startswith((CLONE, TEMPLATE, WORLD)) and name not in current:
            postgres.sql(f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def own_redis_database() -> Iterator[int]:
    """The number of a Redis database that no other test process uses at the moment."""
    for number in range(DATABASES):
        with (HOME / f"redis-{number}.lock").open("w") as file:
            if _takes_lock(file):
                yield number
                return
    raise RuntimeError(f"More than {DATABASES} test processes at once.")


def _takes_lock(file: IO[str]) -> bool:
    """Whether no other process holds a lock on ``file``; if so this one does from now on."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
