"""Finding a case: by its number, or a person by exact name or identity number.

A person is looked up by keyed hash. The address of the results holds a sealed token, never what
was typed; the token opens for the same person, for half an hour.
"""

import base64
import binascii
import json
import re
import unicodedata
from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.audit.looks import PERSON, person_key
from app.cases.models import Case, Entrustment, Subject
from app.cases.transitions import NOT_HANDED_IN
from tenants.agency.messages import NUMBER_WORDS
from tenants.calendar import instant
from tenants.database import db
from tenants.messages import Fault
from tenants.numbers import short_name
from tenants.vault import CannotOpen, vault

MOST_FOUND = 200
TOKEN_LASTS_SECONDS = 1800
_PURPOSE = "person search"
_NUMBER = re.compile(r"^(?P<words>\D*?)\s*(?P<digits>\d{4}-\d{2}-\d{6})$")
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_DOTS = re.compile("[\u2022\u30fb\u2027\u22c5\u2219\u25cf\u25e6\uff65\u2e31]")
_DOT_AFTER_HAN = re.compile(f"([{_HAN}])\\s*[.\u00b7]\\s*")
_SPACE_AFTER_HAN = re.compile(f"([{_HAN}])\\s+")


@dataclass(frozen=True)
class Found:
    """A case or an entrustment found by its number; one of the two is 0."""

    case_id: int = 0
    entrustment_id: int = 0


def find_number(typed: str) -> Found | None:
    """The case or entrustment with this number; without the words before it, the case.

    None when ``typed`` is no number of ours; ``Fault("number_unknown")`` when it is one that
    nothing here carries.
    """
    match = _NUMBER.match(clean(typed))
    if match is None:
        return None
    words = re.sub(r"\s", "", match["words"]) or short_name() + NUMBER_WORDS["case"]
    number = f"{words} {match['digits']}"
    case_id = db.session.scalar(
        select(Case.id).where(
            Case.number == number, Case.number != "", Case.state.not_in(NOT_HANDED_IN)
        )
    )
    if case_id:
        return Found(case_id=case_id)
    entrustment_id = db.session.scalar(
        select(Entrustment.id).where(Entrustment.number == number, Entrustment.number != "")
    )
    if entrustment_id:
        return Found(entrustment_id=entrustment_id)
    raise Fault("number_unknown")


def search_person(typed: str, actor: Actor) -> str:
    """Look a person up; writes the audit row and returns the token of the results.

    Raises ``Fault("search_empty")``.
    """
    actor.must("person.search")
    text = clean(typed)
    if len(text) < 2:
        raise Fault("search_empty")
    keys = vault()
    by_number = bool(re.search(r"\d{4}", text))
    digest = keys.look_up(clean_number(text) if by_number else clean_name(text))
    kind = "id_number" if by_number else "name"
    audit.record(
        actor.account_id,
        "person.search",
        kind=PERSON,
        subject_id=person_key(digest),
        unit_id=actor.unit_id,
        by=kind,
        found=len(_cases(kind, digest)),
    )
    token = {
        "by": kind,
        "hash": digest.hex(),
        "account": actor.account_id,
        "until": int(instant().timestamp()) + TOKEN_LASTS_SECONDS,
    }
    sealed = keys.seal_bytes(_PURPOSE, json.dumps(token).encode())
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


@dataclass(frozen=True)
class Results:
    """What a search found: by name or by number, and the cases, newest first."""

    by: str
    case_ids: tuple[int, ...]


def results_of(token: str, actor: Actor) -> Results:
    """What a token stands for. Raises ``Fault("search_over")`` for another person's, an old or
    a made-up one."""
    try:
        sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        value = json.loads(vault().open_bytes(_PURPOSE, sealed))
    except (CannotOpen, binascii.Error, ValueError) as error:
        raise Fault("search_over") from error
    if value["account"] != actor.account_id or value["until"] < instant().timestamp():
        raise Fault("search_over")
    return Results(value["by"], tuple(_cases(value["by"], bytes.fromhex(value["hash"]))))


def _cases(kind: str, digest: bytes) -> list[int]:
    column = Subject.id_hash if kind == "id_number" else Subject.name_hash
    rows = (
        select(Case.id)
        .join(Subject, (Subject.agency_id == Case.agency_id) & (Subject.case_id == Case.id))
        .where(column == digest, Case.state.not_in(NOT_HANDED_IN))
        .distinct()
        .order_by(Case.id.desc())
        .limit(MOST_FOUND)
    )
    return list(db.session.scalars(rows))


def clean(typed: str) -> str:
    """Narrow, without outer spaces and invisible characters."""
    text = unicodedata.normalize("NFKC", typed)
    return "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc")).strip()


def clean_name(text: str) -> str:
    """A name as the lists keep it: one kind of middle dot, no spaces between characters."""
    one_dot = _DOT_AFTER_HAN.sub("\\1\u00b7", _DOTS.sub("\u00b7", text))
    return re.sub(r"\s+", " ", _SPACE_AFTER_HAN.sub(r"\1", one_dot))


def clean_number(text: str) -> str:
    """A document's number as the lists keep it: no spaces, capital letters."""
    return re.sub(r"^'+|\s", "", text).upper()
