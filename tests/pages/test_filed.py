"""No verb of the exchange acts for somebody of whom the other side was not told (操作规程 五(三)).

The verbs are found in the program; one that is not in the table below is missing here.
"""

import datetime as dt
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

import app.exchange as package
from app.accounts.actor import Actor
from app.accounts.filing_models import Filing
from app.cases.lifecycle import Moved
from app.exchange import service
from app.exchange.custody import service as custody
from app.exchange.custody.models import Medium
from app.exchange.layouts import service as layouts
from app.exchange.models import Reply
from app.exchange.paper import service as paper
from app.exchange.paper.models import PaperReply
from app.exchange.store import explaining, loading, looking_up
from app.exchange.store.models import ReturnedLoad
from app.exchange.terms import extending
from app.exchange.wire import deciding
from tenants.database import db
from tenants.messages import Fault
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.stage import BANK, Stage, approved, on_day

MAKER, SECOND, LIAISON = "周建华", "吴晓东", "潘婷"
DAY = dt.date(2026, 11, 12)
NOT_FILED = {"not_filed", "exchange_not_filed"}

NOTHING_OF_A_PERSON = {
    "app.exchange.filed": "the question itself",
    "app.exchange.wire.connecting": "how two servers reach each other; no list passes",
    "app.exchange.outbox.refused": "a file that was refused at the gate is marked as seen",
    "app.exchange.layouts.remembering": "part of layouts.service.explain",
}

Verbs = Mapping[Callable[..., Any], tuple[Any, ...]]


def verbs_of_the_program() -> set[str]:
    """Every public function of the exchange that somebody carries out."""
    found = set()
    for module in pkgutil.walk_packages(package.__path__, "app.exchange."):
        if module.name in NOTHING_OF_A_PERSON:
            continue
        for name, work in inspect.getmembers(import_module(module.name), inspect.isfunction):
            is_own = work.__module__ == module.name and not name.startswith("_")
            if is_own and inspect.signature(work).parameters.get("actor"):
                found.add(f"{module.name}.{name}")
    return found


def named(work: Callable[..., Any]) -> str:
    return f"{work.__module__}.{work.__name__}"


def of_operators(
    request_id: int, reply: Reply, medium_id: int, paper_id: int, load: ReturnedLoad
) -> Verbs:
    """Verb → its arguments before the actor, for an operator of the agency."""
    letter = extending.Letter(3, "volume")
    waiting = layouts.Waiting(reply, service.request_of(request_id), None, {}, {})
    told = custody.Told("handed_over", DAY, other="冯立")
    return {
        service.make: (request_id, 1),
        service.confirm: (request_id, 1),
        service.deliver: (request_id, 1),
        service.close: (request_id, 1),
        service.receive_reply: (request_id, b"x", "x.xlsx"),
        service.accept_reply: (reply.id, 1),
        service.refuse_reply: (reply.id, 1),
        service.download_package: (request_id,),
        service.package_password: (request_id,),
        custody.add_medium: (request_id, "disc", "", DAY),
        custody.take_medium: (request_id, "disc", "", told),
        custody.record: (medium_id, told),
        custody.deliver: (request_id, 1),
        paper.start: (request_id, paper.Came("无文号", "", DAY, b"%PDF-")),
        paper.keep_line: (paper_id, 1, {}),
        paper.finish: (paper_id,),
        paper.settle: (paper_id, {}, "看过原件"),
        paper.discard: (paper_id,),
        paper.download_scan: (paper_id,),
        extending.register_paper: (request_id, letter, ("函", b"%PDF-")),
        extending.download: (request_id,),
        layouts.explain: (waiting, 1, None, None),
        deciding.try_again: (request_id,),
        deciding.ask_now: (request_id,),
        deciding.drop: (request_id,),
        loading.take_in: (loading.NewLoad(load.unit_id, 1602, "", DAY, b"x", "x.csv"),),
        loading.confirm: (load.id,),
        loading.give_up: (load.id,),
        explaining.explain: (explaining.WaitingLoad(load, None, {}, {}), None, None),
        looking_up.look_again: (request_id,),
    }


def of_liaisons(request_id: int) -> Verbs:
    """The same for somebody of the unit."""
    return {
        service.deliver: (request_id, 1),
        service.receive_reply: (request_id, b"x", "x.xlsx"),
        service.download_package: (request_id,),
        service.package_password: (request_id,),
        extending.announce: (request_id, extending.Letter(3, "volume")),
        extending.download: (request_id,),
    }


FURTHER: dict[Callable[..., Any], dict[str, Any]] = {
    service.deliver: {"on": DAY, "how": "光盘"},
    custody.deliver: {"on": DAY, "carrier": "disc", "signed_by": "冯立", "how": "光盘"},
    service.close: {"reason": "不再等待"},
    service.refuse_reply: {"reason": "不清楚"},
    loading.give_up: {"reason": "不清楚"},
}


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(12):
        yield approved(app, settings)


class Undone(Exception):
    """Nothing of what was tried stays."""


def outcome(work: Callable[..., Any], given: tuple[Any, ...], who: Actor) -> str:
    """How an act ended: the code of what stood in its way, else what it gave."""
    try:
        with db.session.begin_nested():
            done = work(*given, actor=who, **FURTHER.get(work, {}))
            codes = [s.code for s in done.skipped] if isinstance(done, Moved) else []
            raise Undone(codes[0] if codes else "done")
    except Undone as told:
        return str(told)
    except Fault as fault:
        return fault.code
    except Exception as error:
        return type(error).__name__


def unfile(*account_ids: int) -> None:
    """Filed until yesterday."""
    chosen = update(Filing).where(Filing.account_id.in_(account_ids))
    db.session.execute(chosen.values(valid_to=DAY - dt.timedelta(days=1)))


def rows(stage: Stage, request_id: int) -> tuple[Reply, int, int, ReturnedLoad]:
    """A reply, a medium and a paper reply of a request, and what its unit gave back."""
    unit_id = stage.world.unit(BANK).id
    reply = Reply(
        state="checked",
        unit_id=unit_id,
        request_id=request_id,
        part=1,
        file_id=1,
        received_by=1,
        received_on=DAY,
        received_at=dt.datetime.now(dt.UTC),
    )
    medium = Medium(
        unit_id=unit_id, request_id=request_id, origin="own", carrier="disc", label="1", serial=""
    )
    typed = PaperReply(
        unit_id=unit_id,
        request_id=request_id,
        scan_file_id=1,
        letter_number="无文号",
        as_of=DAY,
        first_by=stage.world.actor(MAKER).account_id,
    )
    load = ReturnedLoad(
        unit_id=unit_id, item=1601, as_of=DAY, digest=b"", loaded_by=1, loaded_at=reply.received_at
    )
    load.read_at = load.loaded_at
    db.session.add_all([reply, medium, typed, load])
    db.session.flush()
    return reply, medium.id, typed.id, load


def test_no_verb_of_the_exchange_acts_for_somebody_unfiled(stage: Stage) -> None:
    here, unit_id = stage.world.agency("榆树市").id, stage.world.unit(BANK).id
    request_id = stage.request_to(BANK)
    zhou, wu = stage.world.actor(MAKER), stage.world.actor(SECOND)
    pan = stage.world.actor(LIAISON)
    with stage.app.app_context(), acting_for(here):
        verbs = of_operators(request_id, *rows(stage, request_id))
        theirs = of_liaisons(request_id)
        assert {named(work) for work in (*verbs, *theirs)} == verbs_of_the_program()
        unfile(zhou.account_id)
        for work, given in verbs.items():
            assert outcome(work, given, zhou) in NOT_FILED, named(work)
            assert outcome(work, given, wu) not in NOT_FILED, f"the control: {named(work)}"
    for is_filed in (True, False):
        with stage.app.app_context():
            if not is_filed:
                with acting_for(here):
                    unfile(pan.account_id)
            with acting_for(here, "liaison", unit_id=unit_id):
                for work, given in theirs.items():
                    told = outcome(work, given, pan)
                    assert (told in NOT_FILED) is not is_filed, (named(work), told)
