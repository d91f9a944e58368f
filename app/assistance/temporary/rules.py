"""What the four questions come to, and when one may be paid: pure (粤民发〔2020〕143号 三)."""

import datetime as dt
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PLACES = ("work", "residence")
"""务工地, 经常居住地."""

CHECKS = ("income", "insured", "subsistence", "elsewhere")
"""No income for three months running; unemployment insurance does not cover; not in 低保; paid in
no county of the province."""

OUTCOMES = ("met", "not_met", "unknown")
SOURCES = ("store", "register", "ledger", "document", "visit")
"""数据回流库, 救助对象名册, the ledger, a document of the body that knows, the township's visit."""

BY_HAND = ("document", "visit")
PAPER_KINDS = ("consent", "identity", "proof")
PROPOSALS = ("grant", "refuse")
SIDES = ("civil", "bureau")
GROUNDS = ("income", "insured", "subsistence", "elsewhere", "other")

MOST_ASKS = 3
"""Questions to the ledger about one application (ours)."""
MOST_ASKS_A_DAY = 200
"""Questions to the ledger by one agency on one day (ours)."""
HASH_BYTES = 16
EVER = 0
"""The period where once is once for all."""


def ledger_key(master_key: bytes, province: int) -> bytes:
    """The key of a province's ledger, for this purpose alone: no agency's key, and no other's."""
    info = f"hedui one-off temporary assistance v1 {province}".encode()
    return HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(master_key)


def claim_hash(key: bytes, period: int, id_number: str) -> bytes:
    """What the ledger knows of somebody: nothing of one period can be joined with another."""
    return hmac.digest(key, f"{period}:{id_number}".encode(), "sha256")[:HASH_BYTES]


def period_of(day: dt.date, once: str) -> int:
    """The year in which nobody is paid twice; ``EVER`` where the rulebook says so."""
    return EVER if once == "ever" else day.year


@dataclass(frozen=True)
class Answer:
    """The answer to one question as far as it is known."""

    kind: str
    outcome: str


def standing(given: Iterable[Answer]) -> Mapping[str, str]:
    """Question → its latest outcome, ``unknown`` where nobody answered."""
    found = dict.fromkeys(CHECKS, "unknown")
    for answer in given:
        found[answer.kind] = answer.outcome
    return found


def still_unknown(outcomes: Mapping[str, str]) -> tuple[str, ...]:
    """The questions that nobody may decide on: unknown counts neither as met nor as not met."""
    return tuple(kind for kind in CHECKS if outcomes[kind] == "unknown")


def all_met(outcomes: Mapping[str, str]) -> bool:
    """Whether aid can be granted at all."""
    return all(outcomes[kind] == "met" for kind in CHECKS)


def insured_outcome(records: Sequence[Mapping[str, object]], has_day: bool) -> str:
    """Whether unemployment insurance covers somebody, from records of 501: in force or paying is
    covered; nothing of it is met only where the store may say "no record"."""
    for fields in records:
        if str(fields.get("insurance")) != "2":
            continue
        if str(fields.get("contribution_status")) == "1" or str(fields.get("benefit_status")) in (
            "1",
            "2",
        ):
            return "not_met"
    return "met" if has_day else "unknown"


def subsistence_outcome(*, is_listed: bool, has_day: bool, is_local: bool) -> str:
    """Whether somebody is in 低保, from the own register: who is not registered here may be in
    another's, so that their absence says nothing."""
    if is_listed:
        return "not_met"
    return "met" if has_day and is_local else "unknown"


def same_amount(first: int, second: int) -> bool:
    """Both bureaus agreed, and to the same amount."""
    return first == second and first > 0


def lines_of(rows: Iterable[tuple[int, int]]) -> str:
    """(application, fen) of a payment list as its check value covers them."""
    return "|".join(f"{id_}:{amount}" for id_, amount in rows)
