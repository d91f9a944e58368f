"""``serve``, ``pull``, ``folder`` and ``try-item``: all ask the source before they answer."""

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path

from hedui_connector.answering.composing import answer_of
from hedui_connector.catalogue import known_items
from hedui_connector.clock import today
from hedui_connector.command.masking import masked
from hedui_connector.command.messages import say
from hedui_connector.folders.running import run
from hedui_connector.pulling.running import pull
from hedui_connector.server.serving import serve
from hedui_connector.settings.loading import ID_NUMBER, load_settings
from hedui_connector.settings.model import Settings
from hedui_connector.sources.base import PERSON, QueryFault, Row
from hedui_connector.sources.conversion import as_day
from hedui_connector.sources.opening import MissingColumns, faulty_queries, open_source
from hedui_connector.wire.models import Answer, Item


def serve_if_sound(path: Path) -> int:
    """Serve; before, every query is asked once for nobody, so that a wrong one shows now."""
    settings = load_settings(path)
    return 0 if is_sound(path, settings) and serve(path, settings) else 1


def pull_if_sound(path: Path, *, once: bool) -> int:
    """Pull; before, every query is asked once for nobody."""
    settings = load_settings(path)
    return 0 if is_sound(path, settings) and pull(path, settings, once=once) else 1


def exchange_if_sound(path: Path, inbox: Path, outbox: Path, *, once: bool) -> int:
    """Exchange files with a gate; before, every query is asked once for nobody."""
    settings = load_settings(path)
    for box in (inbox, outbox):
        if not box.is_dir():
            return _said(say("no_box", path=box))
    is_done = is_sound(path, settings) and run(path, settings, inbox, outbox, once=once)
    return 0 if is_done else 1


def is_sound(path: Path, settings: Settings) -> bool:
    """Whether the source accepts every query; what it does not accept is said."""
    with contextlib.closing(open_source(path, settings)) as source:
        faults = list(faulty_queries(settings, source, known_items()))
    for code, said in faults:
        print(said_of_item(path, code, said), file=sys.stderr)
    if faults:
        return False
    print(say("ready", items=sum(bool(query.sql) for query in settings.items.values())))
    sys.stdout.flush()
    return True


def said_of_item(path: Path, code: int, fault: QueryFault | MissingColumns) -> str:
    """What is wrong with an item's query, in words."""
    if isinstance(fault, MissingColumns):
        return say("item_columns", file=path, item=code, names=", ".join(fault.names))
    return say("item_fault", file=path, item=code, said=fault)


def try_item(path: Path, code: int) -> int:
    """Look up one person for one item and show what would be answered, masked."""
    settings = load_settings(path)
    query = settings.items.get(code)
    if query is None:
        known = ", ".join(str(known) for known in settings.items)
        return _said(say("no_item", file=path, item=code, known=known))
    if query.refuse:
        return _said(say("refused_item", item=code, words=query.refuse))
    number = read_number()
    if number is None:
        return _said(say("bad_number"))
    with contextlib.closing(open_source(path, settings)) as source:
        found = source.look_up(query, [number])
        rows = [row for row in found if str(row.get(PERSON)).strip().upper() == number]
        day = as_day(source.as_of(query)) if query.as_of.query else today()
    item = known_items().get(code)
    if item is None:
        print(say("no_description", item=code, rows=len(rows)))
        return 0
    for line in shown(item, answer_of(1, 1, item, query, rows, day), rows):
        print(line)
    return 0


def read_number() -> str | None:
    """A person's number from standard input: it stands in no list of processes."""
    if sys.stdin.isatty():
        print(say("give_number"), end="", flush=True)
    number = sys.stdin.readline().strip().upper()
    return number if ID_NUMBER.fullmatch(number) else None


def shown(item: Item, answer: Answer, rows: Sequence[Row]) -> list[str]:
    """An answer in lines for the technician: no value of a person in full."""
    outcome = say(answer.outcome)
    lines = [
        say("item_line", code=item.code, title=item.title, outcome=outcome, as_of=answer.as_of)
    ]
    for number, record in enumerate(answer.records, start=1):
        lines.append(say("row_line", number=number))
        for field in item.fields:
            value = masked(record[field.name], field)
            lines.append(say("field_line", title=field.title, name=field.name, value=value))
    for told in answer.thresholds:
        yes_no = say("yes" if told.is_above else "no")
        limit = f"{told.limit_fen / 100:,.2f}"
        lines.append(say("threshold_line", name=told.field, limit=limit, answer=yes_no))
    if answer.reason is not None:
        lines.append(say("reason_line", words=answer.reason.words))
    extra = {name for row in rows for name in row} - {field.name for field in item.fields}
    if extra - {PERSON}:
        lines.append(say("unknown_columns", names=", ".join(sorted(extra - {PERSON}))))
    return lines


def _said(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
