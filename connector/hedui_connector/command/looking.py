"""``looked-up``: when a person was looked up, and for whom."""

import sys
from pathlib import Path

from hedui_connector.command.messages import say
from hedui_connector.command.trying import read_number
from hedui_connector.settings.loading import beside, load_settings
from hedui_connector.store.database import Store
from hedui_connector.store.log import log_key, look_ups_of


def show_look_ups(path: Path) -> int:
    """Print the look-ups of the person whose number is on standard input."""
    settings = load_settings(path)
    store = Store(beside(path, settings.server.state))
    store.prepare()
    number = read_number()
    if number is None:
        print(say("bad_number"), file=sys.stderr)
        return 1
    with store.connection() as db:
        entries = look_ups_of(db, log_key(store.folder), number)
    for entry in entries:
        values = {"number": entry.request_number, "item": entry.item, "persons": entry.persons}
        print(say("look_up_line", at=entry.at[:19], agency=entry.agency, **values))
    if not entries:
        print(say("no_look_up"))
    return 0
