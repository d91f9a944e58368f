"""``flask`` commands that change the tree: rehearsed first, recorded, then confirmed on a page."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click
from flask.cli import with_appcontext

from app.accounts.actor import Actor
from app.accounts.sign_in import sign_in, sign_out
from app.map_changes import service
from app.map_changes.effects import effects_of_move
from app.map_changes.messages import Fault, say
from app.map_changes.rules import Approval
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


COMMANDS = (move_agency,)
