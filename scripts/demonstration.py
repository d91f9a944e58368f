"""scripts/demo: the private servers, one month of the main job, then the portal until Ctrl-C."""

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from scripts.places import FILES, ROOT, VAR, ServerError
from scripts.redis_server import redis
from scripts.servers import DATABASE, Servers, start, start_postgres

ADDRESS = "127.0.0.1:8000"
UNITS = "demo/units/*/connector.toml"
WEB_WORKERS = 2
PATIENCE_S = 20


def main(arguments: list[str]) -> int:
    """Prepare, run the month, serve. 0, or what the month's program or a server ended with."""
    asked = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _as_ctrl_c)
    try:
        if asked.fresh:
            throw_away()
        with running() as environment:
            month = [sys.executable, "-m", "tests.world.demo", *arguments]
            outcome = subprocess.run(month, env=environment).returncode
            if outcome != 0 or asked.once:
                return outcome
            return serve(environment | dated())
    except ServerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def throw_away() -> None:
    """Drop the demonstration's database, queue and files; its passwords and keys stay.

    Raises ``ServerError`` when the environment names servers: those may hold real data.
    """
    named = [name for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)]
    if named:
        raise ServerError(
            f"--fresh throws data away, so it works on the private servers only; unset {named}."
        )
    postgres, is_new = start_postgres(VAR / "pg")
    for name in postgres.databases():
        if name == DATABASE or name.startswith(f"{DATABASE}_unit_"):
            postgres.sql(f"DROP DATABASE {name} WITH (FORCE)")
    if is_new:
        postgres.stop()
    queue = redis(VAR / "redis")
    queue.stop()
    for folder in (queue.home, FILES, VAR / "demo"):
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running() -> Iterator[dict[str, str]]:
    """The environment for the program's processes, with the servers it names running."""
    servers: Servers = start()
    try:
        Path(servers.environment["HEDUI_FILES_DIR"]).mkdir(parents=True, exist_ok=True)
        yield os.environ | servers.environment
    finally:
        servers.stop()


def dated() -> dict[str, str]:
    """The portal goes on where the month ended: its business date is the last step's."""
    summary = json.loads((VAR / "demo" / "summary.json").read_text(encoding="utf-8"))
    return {"HEDUI_BUSINESS_DATE": summary["steps"][-1]["day"]}


def serve(environment: dict[str, str]) -> int:
    """Serve the portal and run the workers until Ctrl-C or until one of them ends by itself."""
    web = ["gunicorn", "--bind", ADDRESS, "--workers", str(WEB_WORKERS), "--no-control-socket"]
    processes = [
        _start([*web, "wsgi:app"], "web", environment),
        _start(["worker"], "worker", environment),
        *(_start_unit(settings, environment) for settings in sorted(VAR.glob(UNITS))),
    ]
    sys.stdout.write(f"http://{ADDRESS}/ (Ctrl-C ends it; logs are in var/log)\n")
    sys.stdout.flush()
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
        sys.stderr.write("A process ended by itself; var/log says why.\n")
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        _end(processes)


def _start(
    module: list[str], name: str, environment: dict[str, str], folder: Path | None = None
) -> subprocess.Popen[bytes]:
    """Start ``python -m module``, out of reach of the terminal's Ctrl-C: it is ended in order."""
    with (VAR / "log" / f"{name}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", *module],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _start_unit(settings: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """The system of a sharing unit: the connector, with settings and command as the month left them
    there."""
    folder, words = settings.parent, ["serve", "--settings", settings.name]
    if (folder / "start.json").exists():
        words = json.loads((folder / "start.json").read_text(encoding="utf-8"))
    environment = environment | {"PYTHONPATH": str(ROOT / "connector")}
    return _start(["hedui_connector", *words], f"unit-{folder.name}", environment, folder)


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask each process to end; after ``PATIENCE_S`` seconds end its whole session."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE_S
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _as_ctrl_c(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="stop after the month")
    parser.add_argument("--fresh", action="store_true", help="throw the old data away first")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
