"""``flask`` commands that open a tenant for real: agency, units, first accounts, certificate."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from app.accounts.models import STAFF_ROLES, UNIT_ROLES, Account
from app.accounts.permissions import ADMINISTRATORS
from app.accounts.service import open_account
from app.audit import service as audit
from app.delegation.coverage import announce, own_capabilities
from app.holidays.service import hand_down_all
from app.people import hosting
from app.people.command_messages import say
from app.people.messages import KIND_TITLES, UNIT_TITLES
from app.people.rules import Period
from app.people.service import KIND_OF_UNIT, ROLES_OF_KIND
from app.report.paper.trust import agency_of, is_demonstration, load_certificates
from tenants import provisioning
from tenants.agency.models import Agency, Unit
from tenants.calendar import business_date, instant
from tenants.catalogue import catalogue
from tenants.database import db
from tenants.messages import Fault
from tenants.scope import acting_for
from tenants.settings import Settings

AGENCY = click.argument("agency", type=int)
DAY = click.DateTime(["%Y-%m-%d"])
PEM = click.Path(exists=True, dir_okay=False, path_type=Path)


@contextmanager
def told() -> Iterator[None]:
    """Say a fault as the end of the command; nothing was written then."""
    try:
        yield
    except Fault as fault:
        raise click.ClickException(str(fault)) from fault


def _known(agency_id: int) -> Agency | None:
    with acting_for(0, "public", read_only=True):
        return db.session.get(Agency, agency_id)


def _existing(agency_id: int) -> Agency:
    found = _known(agency_id)
    if found is None:
        raise Fault("command.agency.unknown", agency=agency_id)
    return found


@click.command("open-agency")
@AGENCY
@click.option("--name", required=True, help="Official name, as in the signing certificate.")
@click.option("--short-name", required=True, help="What its document numbers begin with.")
@click.option("--region-name", required=True, help="Name of its region.")
@click.option("--tier", required=True, type=click.Choice(["province", "city", "county"]))
@click.option("--parent", type=int, help="Region code of the agency above; none for a province.")
@with_appcontext
def open_agency(
    agency: int, name: str, short_name: str, region_name: str, tier: str, parent: int | None
) -> None:
    """Open the agency with region code AGENCY, with fresh keys of its own."""
    with told():
        if not 100_000 <= agency <= 999_999:
            raise Fault("command.agency.code", agency=agency)
        if _known(agency) is not None:
            raise Fault("command.agency.exists", agency=agency)
        if (parent is None) != (tier == "province") or (parent and _known(parent) is None):
            raise Fault("command.agency.no_parent", parent=parent or "")
        provisioning.open_agency(
            agency,
            name=name,
            short_name=short_name,
            region_name=region_name,
            tier=tier,
            parent_id=parent,
            opened_on=business_date(),
        )
        if parent is not None:
            # The parent tells its children, the new one among them, what can be checked above
            # and by which days are counted.
            with acting_for(parent):
                announce()
                hand_down_all()
    click.echo(say("command.agency.opened", agency=agency, name=name))


@click.command("add-unit")
@AGENCY
@click.argument("kind", type=click.Choice(list(KIND_OF_UNIT)))
@click.argument("name")
@click.option("--department", type=int, help="For an intake desk: the number of its department.")
@click.option(
    "--category", type=click.IntRange(1, 17), help="For a sharing unit: its kind (art. 7)."
)
@with_appcontext
def add_unit(
    agency: int, kind: str, name: str, department: int | None, category: int | None
) -> None:
    """Add the unit NAME of a KIND to an agency; prints its number."""
    with told():
        _existing(agency)
        if kind == "intake_desk" and department is None:
            raise Fault("command.unit.no_department")
        if kind == "sharing" and category is None:
            raise Fault("command.unit.no_category")
        with acting_for(agency, "registrar"):
            if department is not None and _unit(department).kind != "commissioning":
                raise Fault("command.unit.no_department")
            unit = provisioning.add_unit(
                kind,
                name,
                department_id=department if kind == "intake_desk" else None,
                category=category if kind == "sharing" else None,
            )
            audit.record(0, "unit.add", kind="unit", subject_id=unit)
    click.echo(say("command.unit.added", unit=unit, name=name))


@click.command("list-units")
@AGENCY
@with_appcontext
def list_units(agency: int) -> None:
    """List the units of an agency with their numbers."""
    with told():
        _existing(agency)
        with acting_for(agency, read_only=True):
            units = list(db.session.scalars(select(Unit).order_by(Unit.id)))
    for unit in units:
        kind = UNIT_TITLES[unit.kind]
        click.echo(say("command.unit.line", unit=unit.id, kind=kind, name=unit.name))


@click.command("add-capability")
@AGENCY
@click.argument("unit", type=int)
@click.argument("items", type=int, nargs=-1, required=True)
@with_appcontext
def add_capability(agency: int, unit: int, items: tuple[int, ...]) -> None:
    """From today on UNIT answers for these data ITEMS; the agencies below are told."""
    with told():
        _existing(agency)
        for item in items:
            if item not in catalogue().items:
                raise Fault("command.capability.item", item=item)
        today = business_date()
        with acting_for(agency, read_only=True):
            known = own_capabilities(today)
            name = _unit(unit).name
        if again := [item for item in items if unit in known.get(item, ())]:
            raise Fault("command.capability.again", name=name, items=again)
        with acting_for(agency, "registrar"):
            provisioning.add_capabilities(unit, sorted(set(items)), today)
            audit.record(0, "capability.add", kind="unit", subject_id=unit, items=sorted(items))
        with acting_for(agency):
            announce()
    click.echo(say("command.capability.added", name=name, count=len(set(items)), since=today))


@click.command("open-account")
@AGENCY
@click.argument("login")
@click.argument("name")
@click.option("--unit", type=int, default=0, help="Number of the unit; none for staff.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice(STAFF_ROLES + UNIT_ROLES),
    help="May be given several times.",
)
@click.password_option(
    prompt=say("command.account.password"),
    confirmation_prompt=say("command.account.password_again"),
    help="Asked for when left out.",
)
@with_appcontext
def open_account_now(
    agency: int, login: str, name: str, unit: int, roles: tuple[str, ...], password: str
) -> None:
    """Open an account, such as the first administrators'; the password is asked for."""
    with told():
        _existing(agency)
        with acting_for(agency, "registrar"):
            if db.session.scalar(select(Account.id).where(Account.login == login)):
                raise Fault("login_taken", login=login)
            kind, unit_id, desk_id = _belonging(unit)
            _check_roles(kind, roles)
            account_id = open_account(
                login,
                name,
                password,
                roles,
                kind=kind,
                unit_id=unit_id,
                desk_id=desk_id,
                valid_from=business_date(),
            )
            audit.record(0, "person.open", kind="account", subject_id=account_id)
    click.echo(say("command.account.opened", login=login, name=name, roles=", ".join(roles)))


@click.command("host-administrator")
@AGENCY
@click.argument("host", type=int)
@click.argument("their_login")
@click.argument("login")
@click.option("--role", required=True, type=click.Choice(sorted(ADMINISTRATORS)))
@click.option("--consent", required=True, help="Number of the letter in which AGENCY agrees.")
@click.option("--consented-on", required=True, type=DAY, help="Its date, as 2026-11-05.")
@click.option("--until", type=DAY, help="Last day; without it until somebody ends it.")
@click.password_option(
    prompt=say("command.account.password"),
    confirmation_prompt=say("command.account.password_again"),
    help="Asked for when left out.",
)
@with_appcontext
def host_administrator(
    agency: int,
    host: int,
    their_login: str,
    login: str,
    role: str,
    consent: str,
    consented_on: dt.datetime,
    until: dt.datetime | None,
    password: str,
) -> None:
    """Let THEIR_LOGIN of HOST, the agency above, serve AGENCY as an administrator, as LOGIN."""
    with told():
        _existing(agency)
        _existing(host)
        hosting.host_administrator(
            agency,
            host,
            their_login,
            login=login,
            password=password,
            role=role,
            consent=(consent, consented_on.date()),
            during=Period(business_date(), until.date() if until else None),
        )
    click.echo(say("command.hosting.opened", login=login, role=role, consent=consent))


def _belonging(unit_id: int) -> tuple[str, int, int]:
    if unit_id == 0:
        return "staff", 0, 0
    unit = _unit(unit_id)
    kind = KIND_OF_UNIT[unit.kind]
    return (kind, unit.department_id or 0, unit.id) if kind == "desk" else (kind, unit.id, 0)


def _check_roles(kind: str, roles: tuple[str, ...]) -> None:
    for role in roles:
        if role not in ROLES_OF_KIND[kind]:
            choices = ", ".join(ROLES_OF_KIND[kind])
            raise Fault(
                "command.account.no_role", kind=KIND_TITLES[kind], role=role, choices=choices
            )


def _unit(unit_id: int) -> Unit:
    found = db.session.scalars(select(Unit).where(Unit.id == unit_id)).one_or_none()
    if found is None:
        raise Fault("command.unit.unknown", unit=unit_id)
    return found


@click.command("install-certificate")
@AGENCY
@click.argument("certificate", type=PEM)
@click.argument("key", type=PEM)
@with_appcontext
def install_certificate(agency: int, certificate: Path, key: Path) -> None:
    """Install the signing CERTIFICATE (PEM, its chain behind it) with its private KEY (PEM)."""
    with told():
        name = _existing(agency).name
        pem, private = certificate.read_bytes(), key.read_bytes()
        until = _fitting(pem, private, name)
        provisioning.install_certificate(agency, pem.decode("ascii"), private)
    click.echo(say("command.certificate.installed", name=name, until=until))


def _fitting(pem: bytes, private: bytes, name: str) -> dt.date:
    """The certificate's last day; ``Fault`` when it is not this agency's or not this key's."""
    settings: Settings = current_app.extensions["hedui.settings"]
    try:
        chain = load_certificates([pem])
        own = x509.load_pem_x509_certificate(pem)
        public = load_pem_private_key(private, password=None).public_key()
    except (ValueError, TypeError) as error:
        raise Fault("command.certificate.key") from error
    if public != own.public_key():
        raise Fault("command.certificate.key")
    if agency_of(chain[0]) != name:
        raise Fault("command.certificate.other", certified=agency_of(chain[0]), name=name)
    if own.not_valid_after_utc < instant():
        raise Fault("command.certificate.expired", until=own.not_valid_after_utc.date())
    if settings.is_production and any(map(is_demonstration, chain)):
        raise Fault("command.certificate.demonstration")
    return own.not_valid_after_utc.date()


COMMANDS = (
    open_agency,
    add_unit,
    list_units,
    add_capability,
    open_account_now,
    host_administrator,
    install_certificate,
)
