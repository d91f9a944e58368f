"""The intake check's two looks: what is ticked off on paper, what the machine sees by itself, and
which reasons follow from what is missing (操作规程 三(一)1)."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tenants.identity import age_on, id_number_fault

OF_ENTRUSTMENT = ("letter_seal", "list_seal")
OF_SUBJECT = ("signature", "thumbprint", "card_copy")
TICKS = (*OF_ENTRUSTMENT, *OF_SUBJECT)

Tick = tuple[int, str]
"""A subject's id (0: the entrustment) and what was seen."""

ADULT_AT = 18

_REASONS = {
    "letter_seal": "letter_irregular",
    "list_seal": "letter_irregular",
    "signature": "authorisation_invalid",
    "thumbprint": "authorisation_invalid",
    "card_copy": "identity_scan_missing",
    "not_in_force": "authorisation_invalid",
    "authorisation_missing": "authorisation_missing",
    "id_card_missing": "identity_scan_missing",
    "checksum": "person_incomplete",
}
"""What is missing or wrong → the reason of a return that says so."""


@dataclass(frozen=True)
class Facts:
    """What the machine looks at about one subject; ``id_number`` is empty for other documents."""

    subject_id: int
    id_number: str
    signed_on: dt.date | None
    expires_on: dt.date | None
    is_withdrawn: bool
    has_authorisation: bool
    has_card: bool
    is_elsewhere: bool


@dataclass(frozen=True)
class Remark:
    """One thing that the machine saw: the subject, a code, and whether it speaks for a return."""

    subject_id: int
    code: str
    is_fault: bool = True


def missing_ticks(subject_ids: Iterable[int], ticked: Collection[Tick]) -> list[Tick]:
    """What was not ticked yet: the entrustment's seals first, then by subject."""
    wanted = [(0, what) for what in OF_ENTRUSTMENT]
    wanted += [(subject_id, what) for subject_id in subject_ids for what in OF_SUBJECT]
    return [tick for tick in wanted if tick not in ticked]


def remarks(people: Sequence[Facts], today: dt.date, due_on: dt.date | None) -> list[Remark]:
    """What the machine sees without paper, in the order of the people."""
    return [remark for person in people for remark in _of_person(person, today, due_on)]


def _of_person(person: Facts, today: dt.date, due_on: dt.date | None) -> Iterable[Remark]:
    def told(code: str, *, is_fault: bool = True) -> Remark:
        return Remark(person.subject_id, code, is_fault)

    signed_on, ends_on = person.signed_on, person.expires_on
    if signed_on is None or ends_on is None or person.is_withdrawn:
        signed_on, ends_on = dt.date.max, dt.date.min
    if not signed_on <= today <= ends_on:
        yield told("not_in_force")
    elif due_on and ends_on < due_on:
        yield told("ends_early", is_fault=False)
    if not person.has_authorisation:
        yield told("authorisation_missing")
    if not person.has_card:
        yield told("id_card_missing")
    if person.id_number and id_number_fault(person.id_number, today):
        yield told("checksum")
    elif person.id_number and age_on(person.id_number, today) < ADULT_AT:
        yield told("minor", is_fault=False)
    if person.is_elsewhere:
        yield told("elsewhere", is_fault=False)


def held_back(
    unfinished: Collection[int], drawn: Collection[int], *, wants_all: bool
) -> dict[int, str]:
    """Case → why it cannot be accepted yet. ``unfinished``: the cases of whose papers not all is
    ticked. Those that a sample drew (``drawn``) are always ticked first, the others where the
    rulebook wants it (第九条, 操作规程 三(一)1)."""
    found = dict.fromkeys(unfinished, "papers_not_ticked") if wants_all else {}
    return found | {id_: "sample_not_ticked" for id_ in unfinished if id_ in drawn}


def reasons_for(unticked: Iterable[Tick], seen: Iterable[Remark]) -> list[str]:
    """The reasons of a return that follow from what was not ticked and what the machine saw.

    A scan that is missing says why its ticks are: signature and card are then not named again.
    """
    faults = {remark.code for remark in seen if remark.is_fault}
    without_scan = {r.subject_id for r in seen if r.code == "authorisation_missing"}
    codes = [_REASONS[code] for code in _REASONS if code in faults]
    codes += [
        _REASONS[what]
        for subject_id, what in unticked
        if not (subject_id in without_scan and what in ("signature", "thumbprint"))
    ]
    return list(dict.fromkeys(codes))
