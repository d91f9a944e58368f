"""Between agencies only letters pass, and only along the tree's edges (DESIGN §3.2)."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from app.delegation.models import LetterDown, LetterUp
from tenants.agency.models import AgencyEdge
from tenants.agency.tree import agency, parent_of
from tenants.database import db
from tenants.scope import acting_for
from tenants.vault import CannotOpen, box_letter, vault
from tests.architecture.catalogue import as_owner
from tests.isolation.canaries.rows import AT, DAY, PERIOD
from tests.isolation.conftest import Watched

UP, DOWN = "up", "down"
TABLES = {UP: (LetterUp, "entrust"), DOWN: (LetterDown, "report")}

# (who writes, to whom, which box, what the database says)
WAYS = [
    ("榆树市", "长春市", UP, None),
    ("长春市", "榆树市", DOWN, None),
    ("长春市", "吉林省", UP, None),
    ("榆树市", "吉林省", UP, IntegrityError),  # past its own parent
    ("榆树市", "双阳区", UP, IntegrityError),  # to a sibling
    ("榆树市", "广州市", UP, IntegrityError),  # into another province
    ("榆树市", "长春市", DOWN, IntegrityError),  # a child is nobody's parent
    ("长春市", "吉林省", DOWN, IntegrityError),
    ("吉林省", "榆树市", DOWN, IntegrityError),  # past the city
    ("广州市", "榆树市", DOWN, IntegrityError),
]


def write(
    watched: Watched, sender: str, recipient: str, way: str, kind: str = "", **claimed: Any
) -> None:
    """One letter in the sender's own scope, rolled back afterwards."""
    model, usual = TABLES[way]
    letter = {"key": uuid4(), "kind": kind or usual, "period": PERIOD, "sent_at": AT}
    letter |= {"sent_on": DAY} | claimed
    to = watched.world.agency(recipient).id
    try:
        with watched.app.app_context(), acting_for(watched.world.agency(sender).id):
            row = insert(model).values(agency_id=to, sealed=b"sealed", **letter)
            db.session.execute(row.inline())
            raise _Undone
    except _Undone:
        return


class _Undone(Exception):
    pass


@pytest.mark.parametrize(("sender", "recipient", "way", "refused"), WAYS)
def test_a_letter_goes_along_an_edge_or_not_at_all(
    watched: Watched, sender: str, recipient: str, way: str, refused: type[Exception] | None
) -> None:
    if refused is None:
        write(watched, sender, recipient, way)
        return
    with pytest.raises(refused, match="foreign key"):
        write(watched, sender, recipient, way)


def test_nobody_writes_a_letter_in_anothers_name(watched: Watched) -> None:
    """双阳区 may write to 长春市, but not as 榆树市."""
    yushu = watched.world.agency("榆树市").id
    with pytest.raises(ProgrammingError, match="row-level security"):
        write(watched, "双阳区", "长春市", UP, from_agency_id=yushu)


def test_the_sender_does_not_see_what_it_sent(watched: Watched) -> None:
    """The recipient owns the letter; 榆树市 finds none of its own letters, 长春市 does."""
    query = text("SELECT count(*) FROM letter_up WHERE from_agency_id = :yushu")
    yushu, changchun = (watched.world.agency(name).id for name in ("榆树市", "长春市"))
    counts = {}
    for reader in (yushu, changchun):
        with watched.app.app_context(), acting_for(reader, read_only=True):
            counts[reader] = db.session.scalar(query, {"yushu": yushu})
    assert counts == {yushu: 0, changchun: 1}


def test_a_letter_opens_for_its_recipient_only(watched: Watched) -> None:
    """Sealed to 长春市's public key and bound to its place: 吉林省 cannot open it."""

    changchun, jilin = (watched.world.agency(name).id for name in ("长春市", "吉林省"))
    with watched.app.app_context():
        with acting_for(changchun, read_only=True):
            boxed = box_letter(agency(changchun).box_public, "place", {"name": "赵国强"})
            assert vault().open_letter("place", boxed) == {"name": "赵国强"}
            with pytest.raises(CannotOpen):
                vault().open_letter("another place", boxed)
        with acting_for(jilin, read_only=True), pytest.raises(CannotOpen):
            vault().open_letter("place", boxed)


def test_an_edge_that_ended_is_no_parent_any_more(watched: Watched) -> None:
    """Dated edges: after the last day, 榆树市 has no parent to entrust."""

    yushu = watched.world.agency("榆树市").id
    with watched.app.app_context(), acting_for(yushu, "registrar"):
        ended = text("UPDATE agency_edge SET valid_to = :day WHERE child_id = :yushu")
        assert parent_of(yushu, DAY) is not None
        db.session.execute(ended, {"day": DAY, "yushu": yushu})
        assert parent_of(yushu, DAY) is not None
        assert parent_of(yushu, DAY.replace(day=6)) is None
        db.session.rollback()


LAST = DAY.replace(day=15)
FIRST = DAY.replace(day=16)
DATED = [
    ("榆树市", "长春市", UP, "entrust", LAST, True),
    ("榆树市", "长春市", UP, "entrust", FIRST, False),  # nothing new to the former parent
    ("榆树市", "长春市", UP, "coverage", FIRST, False),
    ("榆树市", "长春市", UP, "withdraw", FIRST, True),  # what it has goes on
    ("榆树市", "长春市", UP, "tally", FIRST, True),  # of the months before
    ("榆树市", "长春市", UP, "upload", FIRST, False),
    ("长春市", "榆树市", DOWN, "report", FIRST, True),
    ("长春市", "榆树市", DOWN, "upload", FIRST, True),  # the answer to a list that was sent
    ("长春市", "榆树市", DOWN, "coverage", FIRST, False),
    ("长春市", "榆树市", DOWN, "holidays", FIRST, False),
    ("榆树市", "吉林市", UP, "entrust", LAST, False),  # nothing at all before its day
    ("榆树市", "吉林市", UP, "decision", LAST, False),
    ("榆树市", "吉林市", UP, "entrust", FIRST, True),
    ("吉林市", "榆树市", DOWN, "coverage", FIRST, True),
    ("双阳区", "吉林市", UP, "decision", FIRST, False),  # taken back before its day
]


@pytest.fixture
def moved(watched: Watched) -> Iterator[None]:
    """榆树市 comes from 长春市 to 吉林市 on the 16th; 双阳区 would have."""
    yushu, jilin, shuangyang = (
        watched.world.agency(name).id for name in ("榆树市", "吉林市", "双阳区")
    )
    with as_owner(watched.urls.owner) as connection:
        ends = "UPDATE agency_edge SET valid_to = :last WHERE child_id = :child"
        connection.execute(text(ends), {"last": LAST, "child": yushu})
        edge = {"child_id": yushu, "parent_id": jilin, "valid_from": FIRST, "valid_to": None}
        void = edge | {"child_id": shuangyang, "valid_to": LAST}
        connection.execute(insert(AgencyEdge), [edge, void])
    yield
    with as_owner(watched.urls.owner) as connection:
        both = AgencyEdge.child_id.in_((yushu, shuangyang))
        connection.execute(delete(AgencyEdge).where(both, AgencyEdge.parent_id == jilin))
        again = text("UPDATE agency_edge SET valid_to = NULL WHERE child_id = :child")
        connection.execute(again, {"child": yushu})


def test_a_letter_follows_the_tree_of_its_day(watched: Watched, moved: None) -> None:
    """区划变更: the wall by date, both ways, kind by kind."""
    for sender, recipient, way, kind, day, passes in DATED:
        if passes:
            write(watched, sender, recipient, way, kind, sent_on=day)
            continue
        with pytest.raises(IntegrityError, match="no edge of the tree on the day"):
            write(watched, sender, recipient, way, kind, sent_on=day)
