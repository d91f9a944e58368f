"""所在单位: a unit that answers about its own people is opened by hand (第七条（十四）).

Whoever knows the employer of somebody records it with its code and its contact; an operator who is
another person confirms, and with that the unit and the filing of its contact are there (操作规程 五
（三）). It can check nothing by a capability, and without an agreement nothing is asked (第十六条).
"""

from dataclasses import dataclass

from sqlalchemy import insert, select
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from app.accounts.actor import Actor
from app.accounts.filing_models import Filing
from app.audit import service as audit
from app.notices.service import To, tell
from app.sharing.models import Employer
from tenants.agency.models import Unit
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.messages import Fault

EMPLOYERS = 14
OPERATORS = ("exchange_operator",)


@dataclass(frozen=True)
class NewEmployer:
    """An employer as it was typed in."""

    name: str
    code: str
    contact: str
    letter_number: str


def employers() -> list[Employer]:
    """Every employer that was ever recorded, the newest first."""
    return list(db.session.scalars(select(Employer).order_by(Employer.id.desc())))


def employer_of_unit(unit_id: int) -> Employer | None:
    """What was recorded of a unit; None for one that a command opened."""
    query = select(Employer).where(Employer.unit_id == unit_id)
    return db.session.scalars(query).one_or_none()


def record(new: NewEmployer, actor: Actor) -> int:
    """Record an employer; operators are told that it waits for one of them.

    Raises ``Fault``: ``new_employer.code`` for a code that is none, ``new_employer.code_twice`` and
    ``new_employer.name_twice`` for one that is there.
    """
    actor.must("employer.record")
    code, name = checked_code(new.code), new.name.strip()
    others = db.session.scalars(select(Employer).where(~Employer.is_void)).all()
    named = select(Unit.id).where(Unit.kind == "sharing", Unit.name == name)
    if any(other.code == code for other in others):
        raise Fault("new_employer.code_twice", known=code)
    if any(other.name == name for other in others) or db.session.scalar(select(named.exists())):
        raise Fault("new_employer.name_twice", name=name)
    (id_,) = take_ids(1)
    values = {"id": id_, "code": code, "name": name, "contact": new.contact.strip()}
    values |= {"letter_number": new.letter_number.strip(), "recorded_at": instant()}
    db.session.execute(insert(Employer).values(**values, recorded_by=actor.account_id).inline())
    tell("employer.waits", To(OPERATORS), object_id=id_)
    _trace("employer.record", id_, actor)
    return id_


def checked_code(typed: str) -> str:
    """A 统一社会信用代码 without blanks, in capitals; ``Fault`` where its check digit is wrong."""
    try:
        return str(uscc.validate(typed))
    except ValidationError as error:
        raise Fault("new_employer.code") from error


def confirm(employer_id: int, actor: Actor) -> int:
    """Another person, an operator, confirms: the unit is opened and its contact filed. Its id."""
    actor.must("source.manage")
    found = _waiting(employer_id)
    if found.recorded_by == actor.account_id:
        raise Fault("new_employer.same_person")
    row = insert(Unit).values(kind="sharing", name=found.name, category=EMPLOYERS)
    unit_id = db.session.execute(row.returning(Unit.id)).scalar_one()
    found.unit_id = unit_id
    found.confirmed_by, found.confirmed_at = actor.account_id, instant()
    filing = insert(Filing).values(
        side="unit",
        unit_id=unit_id,
        name=found.contact,
        letter_number=found.letter_number,
        valid_from=business_date(),
        filed_by=found.recorded_by,
        filed_at=found.recorded_at,
        confirmed_by=actor.account_id,
        confirmed_at=instant(),
    )
    db.session.execute(filing.inline())
    _trace("employer.confirm", employer_id, actor)
    return unit_id


def void(employer_id: int, actor: Actor) -> None:
    """Take back what nobody has confirmed; it stays in the list."""
    actor.must("employer.record")
    _waiting(employer_id).is_void = True
    _trace("employer.void", employer_id, actor)


def employer_of(employer_id: int, *, lock: bool = False) -> Employer:
    """An employer of this scope; ``LookupError`` when there is none."""
    query = select(Employer).where(Employer.id == employer_id)
    query = query.execution_options(populate_existing=True)
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise LookupError(f"no employer {employer_id}")
    return found


def _waiting(employer_id: int) -> Employer:
    found = employer_of(employer_id, lock=True)
    if found.standing != "waiting":
        raise Fault("new_employer.not_waiting")
    return found


def _trace(verb: str, employer_id: int, actor: Actor) -> None:
    db.session.flush()
    audit.record(actor.account_id, verb, kind="employer", subject_id=employer_id)
