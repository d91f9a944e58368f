"""``flask`` commands that change the tree: rehearsed first, recorded, then confirmed on a page."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click
from flask.cli import with_appcontext

from app.accounts.actor import Actor
from app.accounts.sign_in import sign_in, sign_out
from app.map_changes import service
from app.map_changes.effects import effects_of_merge, effects_of_move, effects_of_rename
from app.map_changes.messages import Fault, say
from app.map_changes.rules import Approval, Called
from app.web.formats import written_day
from tenants.agency.tree import ancestors_of
from tenants.calendar import business_date
from tenants.scope import acting_for

AGENCY = click.argument("agency", type=int)
DAY = click.DateTime(["%Y-%m-%d"])
Command = Callable[..., None]


def approved(command: Command) -> Command:
    """The options of every change: its day, its approval, and who enters it."""
    for option in (
        click.option("--by", default="", help="Login of a system administrator of the province."),
        click.option("--enter", is_flag=True, help="Record it; without it, say what would happen."),
        click.option("--document-on", required=True, type=DAY, help="Date of the approval."),
        click.option("--document", required=True, help="Number of the approval."),
        click.option("--from", "since", required=True, type=DAY, help="First day, as 2026-11-16."),
    ):
        command = option(command)
    return command


@contextmanager
def told() -> Iterator[None]:
    """Say a fault as the end of the command; nothing was written then."""
    try:
        yield
    except Fault as fault:
        raise click.ClickException(str(fault)) from fault


@click.command("move-agency")
@AGENCY
@click.option("--to", "parent", required=True, type=int, help="Region code of the new parent.")
@approved
@with_appcontext
def move_agency(
    agency: int,
    parent: int,
    since: dt.datetime,
    document: str,
    document_on: dt.datetime,
    enter: bool,
    by: str,
) -> None:
    """AGENCY comes under another parent from a day on: says what would happen, and with --enter
    records it; a second administrator confirms on the page."""
    with told():
        approval = Approval(document, document_on.date(), since.date())
        with acting_for(agency, "registrar", read_only=True):
            edge = service.check_moving(agency, parent, approval)
            places = [service.place_of(id_) for id_ in (agency, edge.parent_id, parent)]
        child, before, after = places
        names = {"name": child.name, "before": before.name, "after": after.name}
        first = written_day(approval.since)
        lines = [say("map.words.move", since=first, document=approval.number, **names)]
        lines += effects_of_move(child, before, after, approval.since)
        finish(
            lines, agency, enter, by, lambda who: service.record_move(agency, parent, approval, who)
        )


@click.command("rename-agency")
@AGENCY
@click.option("--name", required=True, help="Official name, as in the new signing certificate.")
@click.option("--short-name", required=True, help="What its document numbers begin with.")
@click.option("--region-name", required=True, help="Name of its region.")
@click.option("--code", type=int, default=0, help="New national region code, if it changes.")
@approved
@with_appcontext
def rename_agency(
    agency: int,
    name: str,
    short_name: str,
    region_name: str,
    code: int,
    since: dt.datetime,
    document: str,
    document_on: dt.datetime,
    enter: bool,
    by: str,
) -> None:
    """AGENCY gets another name or national code from a day on; old numbers stay as they are."""
    with told():
        approval = Approval(document, document_on.date(), since.date())
        new = Called(name, short_name, region_name, code)
        with acting_for(agency, "registrar", read_only=True):
            old = service.check_renaming(agency, new, approval)
            place = service.place_of(agency)
        words = {"name": place.name, "new_name": name, "document": document}
        lines = [say("map.words.rename", since=written_day(approval.since), **words)]
        lines += effects_of_rename(place, old, new)
        finish(
            lines, agency, enter, by, lambda who: service.record_rename(agency, new, approval, who)
        )


@click.command("merge-agencies")
@AGENCY
@click.option("--into", "successor", required=True, type=int, help="Code of the successor.")
@approved
@with_appcontext
def merge_agencies(
    agency: int,
    successor: int,
    since: dt.datetime,
    document: str,
    document_on: dt.datetime,
    enter: bool,
    by: str,
) -> None:
    """AGENCY takes in nothing new from a day on and finishes what it has; its departments and desks
    are registered with the successor."""
    with told():
        approval = Approval(document, document_on.date(), since.date())
        with acting_for(agency, "registrar", read_only=True):
            service.check_merging(agency, successor, approval)
            old, new = service.place_of(agency), service.place_of(successor)
        words = {"name": old.name, "after": new.name, "document": document}
        lines = [say("map.words.merge", since=written_day(approval.since), **words)]
        lines += effects_of_merge(old, new)
        finish(
            lines,
            agency,
            enter,
            by,
            lambda who: service.record_merge(agency, successor, approval, who),
        )


def finish(
    lines: Sequence[str], agency: int, enter: bool, by: str, record: Callable[[Actor], int]
) -> None:
    """Say what would happen; with ``enter``, let the named administrator record it."""
    for line in lines:
        click.echo(line)
    if not enter:
        click.echo(say("map.dry"))
        return
    with acting_for(agency, "public", read_only=True):
        above = ancestors_of(agency, business_date())
    province = above[-1].id if above else agency
    password = click.prompt(say("map.password"), hide_input=True)
    signed_in = sign_in(province, by, password)
    try:
        if not signed_in.actor.may("map.record"):
            raise Fault("map.refused")
        click.echo(say("map.recorded", id=record(signed_in.actor)))
    finally:
        sign_out(signed_in)


COMMANDS = (move_agency, rename_agency, merge_agencies)
