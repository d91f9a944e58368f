"""Between agencies only letters pass, and only along the tree's edges (DESIGN §3.2)."""

from uuid import uuid4

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from app.delegation.models import LetterDown, LetterUp
from tenants.agency.tree import agency, parent_of
from tenants.database import db
from tenants.scope import acting_for
from tenants.vault import CannotOpen, box_letter, vault
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


def write(watched: Watched, sender: str, recipient: str, way: str, **claimed: int) -> None:
    """One letter in the sender's own scope, rolled back afterwards."""
    model, kind = TABLES[way]
    letter = {"key": uuid4(), "kind": kind, "period": PERIOD, "sent_on": DAY, "sent_at": AT}
    to = watched.world.agency(recipient).id
    try:
        with watched.app.app_context(), acting_for(watched.world.agency(sender).id):
            row = insert(model).values(agency_id=to, sealed=b"sealed", **letter, **claimed)
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
