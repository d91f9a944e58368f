"""``hedui-connector``: one command line, a command for each thing that a technician does."""

import argparse
import logging
import sys
from pathlib import Path

from hedui_connector.command import initialising, looking, trying
from hedui_connector.command.messages import say
from hedui_connector.settings.faults import SettingsError
from hedui_connector.sources.base import QueryFault, SourceUnavailable
from hedui_connector.sources.messages import FILE_TITLES
from hedui_connector.sources.reading import FileFault
from hedui_connector.store.database import StateError
from hedui_connector.wire.keys import KINDS

SETTINGS = Path("connector.toml")
CHECK_SETTINGS = Path("check.toml")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0, or 1 when it found something wrong, which it has said."""
    asked = parser().parse_args(arguments)
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("hedui_connector").setLevel(logging.INFO)
    try:
        return _run(asked)
    except (SettingsError, StateError) as error:
        return _failed(str(error))
    except FileFault as error:
        return _failed(FILE_TITLES[error.code].format(**error.values))
    except SourceUnavailable as error:
        return _failed(say("source_unavailable", said=error))
    except QueryFault as error:
        return _failed(say("query_fault", said=error))
    except KeyboardInterrupt:
        return 0


def parser() -> argparse.ArgumentParser:
    """The commands and what each takes."""
    made = argparse.ArgumentParser(prog="hedui-connector", description=say("program"))
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    one = commands.add_parser("init", help=say("init"))
    one.add_argument("folder", type=Path)
    one = commands.add_parser("keys", help=say("keys"))
    one.add_argument("base", type=Path)
    one.add_argument("--algorithm", choices=list(KINDS), default="ed25519")
    one = commands.add_parser("serve", help=say("serve"))
    _with_settings(one)
    one = commands.add_parser("pull", help=say("pull"))
    one.add_argument("--once", action="store_true", help=say("once"))
    _with_settings(one)
    one = commands.add_parser("folder", help=say("folder"))
    one.add_argument("inbox", type=Path, metavar="IN")
    one.add_argument("outbox", type=Path, metavar="OUT")
    one.add_argument("--once", action="store_true", help=say("once"))
    _with_settings(one)
    one = commands.add_parser("try-item", help=say("try-item"))
    one.add_argument("item", type=int)
    _with_settings(one)
    one = commands.add_parser("looked-up", help=say("looked-up"))
    _with_settings(one)
    one = commands.add_parser("check", help=say("check"))
    one.add_argument("url")
    one.add_argument("--settings", type=Path, default=CHECK_SETTINGS)
    return made


def _with_settings(command: argparse.ArgumentParser) -> None:
    command.add_argument("--settings", type=Path, default=SETTINGS)


def _run(asked: argparse.Namespace) -> int:
    match asked.command:
        case "init":
            return initialising.initialise(asked.folder)
        case "keys":
            return initialising.make_pair(asked.base, asked.algorithm)
        case "serve":
            return trying.serve_if_sound(asked.settings)
        case "pull":
            return trying.pull_if_sound(asked.settings, once=asked.once)
        case "folder":
            boxes = (asked.inbox, asked.outbox)
            return trying.exchange_if_sound(asked.settings, *boxes, once=asked.once)
        case "try-item":
            return trying.try_item(asked.settings, asked.item)
        case "looked-up":
            return looking.show_look_ups(asked.settings)
        case _:
            # Only this command needs a client.
            from hedui_connector.checking.running import check

            return check(asked.url, asked.settings)


def _failed(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
