"""Opens the demonstration world: agencies, keys, certificates, units, people, capabilities.

One builder for the demonstration and the tests. It refuses to work in production.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask
from sqlalchemy import insert, select

from app.accounts.actor import Actor
from app.accounts.models import Account, AccountRole
from app.accounts.passwords import hash_password
from app.accounts.permissions import may_hold_together, permissions_of
from app.delegation.coverage import announce
from app.delegation.coverage_up import tell_above
from tenants.agency.models import Agency, Unit
from tenants.calendar import business_date_set_to
from tenants.database import db
from tenants.provisioning import add_capabilities, add_unit, install_certificate, open_agency
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.world.agreements import agree_with_all
from tests.world.filings import file_everybody
from tests.world.pki import Authority, issue_agency_certificate, make_demo_authority
from tests.world.plan import AgencyPlan, PersonPlan, agencies, month
from tests.world.world import Person, UnitHere, World
from worker.working import drain

ROOT_FILE = "demonstration-root.pem"
Opened = tuple[dict[str, UnitHere], dict[str, Person]]


def build_world(app: Flask, *, settle: bool = True) -> World:
    """Open every agency of the plan and return the world; an opened world is only read.

    ``settle`` lets the worker tell the agencies below what those above can check (that needs
    Redis). ``PermissionError`` in production.
    """
    settings: Settings = app.extensions["hedui.settings"]
    if settings.is_production:
        raise PermissionError("the demonstration world is never opened in production")
    with app.app_context(), business_date_set_to(month().opened_on, allow=True):
        if not is_open() and not _brought(settings, settle):
            _open_all(settings)
            if settle:
                drain(app, settings)
        return _read_world()


_bring: list[Callable[[str, bool], None]] = []


@contextmanager
def worlds_brought_by(bring: Callable[[str, bool], None]) -> Iterator[None]:
    """Within the block ``bring`` (database name, settled) fetches a world that was opened before,
    in place of an empty database: the tests', which open hundreds of them."""
    _bring.append(bring)
    try:
        yield
    finally:
        _bring.remove(bring)


def _brought(settings: Settings, settle: bool) -> bool:
    # Whoever trusts the demonstration's authority wants its certificate, which comes with opening.
    if not _bring or settings.hedui_trust_dir is not None:
        return False
    name = db.engine.url.database or ""
    db.session.remove()
    db.engine.dispose()
    _bring[-1](name, settle)
    return True


def is_open() -> bool:
    """Whether the last agency of the plan is open; needs an app context."""
    with acting_for(0, "public", read_only=True):
        return db.session.get(Agency, max(agencies())) is not None


def _open_all(settings: Settings) -> None:
    authority = make_demo_authority()
    hashed = hash_password(month().password)
    for plan in agencies().values():
        open_agency(
            plan.id,
            name=plan.name,
            short_name=plan.short_name,
            region_name=plan.region_name,
            tier=plan.tier,
            parent_id=plan.parent,
            opened_on=month().opened_on,
        )
        _certify(plan, authority)
        with acting_for(plan.id, "registrar"):
            units = _open_units(plan)
            _open_accounts(list(_accounts(plan, units)), hashed)
    for plan in agencies().values():
        with acting_for(plan.id):
            agree_with_all(month().opened_on, _operators())
            file_everybody(month().opened_on)
            if plan.parent is None:
                announce()
            else:
                tell_above()
    if settings.hedui_trust_dir is not None:
        settings.hedui_trust_dir.mkdir(parents=True, exist_ok=True)
        (settings.hedui_trust_dir / ROOT_FILE).write_bytes(authority.pem)


def _certify(plan: AgencyPlan, authority: Authority) -> None:
    seal = issue_agency_certificate(authority, plan.name, str(plan.id))
    chain = b"".join((seal.certificate, *seal.chain)).decode("ascii")
    install_certificate(plan.id, chain, seal.private_key)


def _open_units(plan: AgencyPlan) -> dict[str, int]:
    """The ids of the agency's units by name (registrar)."""
    department = add_unit("commissioning", plan.department.name)
    ids = {plan.department.name: department}
    for desk in plan.desks:
        ids[desk.name] = add_unit("intake_desk", desk.name, department_id=department)
    for unit in plan.units:
        ids[unit.name] = add_unit("sharing", unit.name, category=unit.category)
        add_capabilities(ids[unit.name], list(unit.items), month().opened_on)
    return ids


def _operators() -> tuple[int, int]:
    """The first two who may exchange data here."""
    held = select(AccountRole.account_id).where(AccountRole.role == "exchange_operator")
    first, second = db.session.scalars(held.order_by(AccountRole.account_id).limit(2))
    return first, second


def _accounts(
    plan: AgencyPlan, units: dict[str, int]
) -> Iterator[tuple[PersonPlan, str, int, int]]:
    """Everybody with account kind, unit and desk; a desk's clerk belongs to its department."""
    department = units[plan.department.name]
    for person in plan.staff:
        yield person, "staff", 0, 0
    yield plan.department.clerk, "department", department, 0
    for desk in plan.desks:
        yield desk.clerk, "desk", department, units[desk.name]
    for unit in plan.units:
        if unit.liaison:
            yield unit.liaison, "liaison", units[unit.name], 0


def _open_accounts(people: Sequence[tuple[PersonPlan, str, int, int]], hashed: str) -> None:
    """Insert accounts with one ready hash: a hundred Argon2 hashes would take half a minute."""
    wrong = [person.name for person, *_ in people if not may_hold_together(person.roles)]
    if wrong:
        raise ValueError(f"roles that exclude each other: {wrong}")
    rows = [
        {
            "login": person.login,
            "name": person.name,
            "kind": kind,
            "unit_id": unit_id,
            "desk_id": desk_id,
            "password_hash": hashed,
        }
        for person, kind, unit_id, desk_id in people
    ]
    opened = db.session.execute(insert(Account).returning(Account.login, Account.id), rows)
    ids = dict(opened.tuples().all())
    db.session.execute(
        insert(AccountRole).inline(),
        [
            {"account_id": ids[person.login], "role": role, "valid_from": month().opened_on}
            for person, *_ in people
            for role in person.roles
        ],
    )


def _read_world() -> World:
    units: dict[str, UnitHere] = {}
    people: dict[str, Person] = {}
    for plan in agencies().values():
        with acting_for(plan.id, read_only=True):
            own_units, own_people = _read_agency(plan)
        units |= own_units
        people |= own_people
    by_region = {plan.region_name: plan for plan in agencies().values()}
    return World(month(), by_region, people, units)


def _read_agency(plan: AgencyPlan) -> Opened:
    sharing = {unit.name: unit for unit in plan.units}
    units = {
        row.name: UnitHere(row.id, plan.id, row.kind, row.name, row.department_id)
        for row in db.session.scalars(select(Unit).order_by(Unit.id))
    }
    for name, unit in sharing.items():
        units[name] = replace(units[name], items=unit.items, answers=unit.answers)
    ids = {name: unit.id for name, unit in units.items()}
    accounts = {row.login: row.id for row in db.session.execute(select(Account.login, Account.id))}
    people = {
        person.name: Person(
            person.name,
            person.also,
            person.login,
            kind,
            _actor(person, accounts[person.login], plan.id, unit_id, desk_id),
        )
        for person, kind, unit_id, desk_id in _accounts(plan, ids)
    }
    return units, people


def _actor(
    person: PersonPlan, account_id: int, agency_id: int, unit_id: int, desk_id: int
) -> Actor:
    roles = frozenset(person.roles)
    return Actor(
        account_id=account_id,
        name=person.name,
        agency_id=agency_id,
        unit_id=unit_id,
        desk_id=desk_id,
        roles=roles,
        permissions=permissions_of(roles),
    )
