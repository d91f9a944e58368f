"""定期核查: recipients into the next entrustment, and what changed since their last check."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.assistance.periodic import comparing, queries, service
from app.assistance.periodic.forms import filter_asked
from app.assistance.periodic.messages import (
    DIRECTIONS,
    KINDS,
    LEFT_OUT,
    MEASURES,
    TENDENCIES,
    Fault,
    say,
)
from app.assistance.register.loading import law
from app.assistance.register.rules import kept_schemes
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.cases.messages import STATE_TITLES
from app.cases.paging import place_asked
from app.cases.queries import unit_names, units_of_kind
from app.intake.ticking import incomplete
from app.intake.wording import title
from app.web.formats import month
from tenants.calendar import business_date
from tenants.catalogue import catalogue

blueprint = Blueprint("periodic", __name__, url_prefix="/assistance/periodic")


@blueprint.get("/recipients")
@permitted("entrustment.submit")
def recipients() -> ResponseReturnValue:
    """Who receives aid, the last check of each household, authorisations that end first on top."""
    return _recipients_page()


@blueprint.post("/recipients")
@permitted("entrustment.submit")
def prepare() -> ResponseReturnValue:
    """纳入定期核查: everybody of the filter, as far as they can be checked as they stand."""
    chosen, made = _asked(), list[service.Made]()

    def work() -> Moved:
        made.append(service.prepare(chosen, actor()))
        return Moved((made[0].batch_id,))

    try:
        once("periodic.prepare", work, quiet=True)
    except Fault as fault:
        return _recipients_page(str(fault)), 422
    for found in made:
        flash(say("periodic.made", count=found.households, period=month(found.period)), "success")
        for why, count in found.left_out.items():
            flash(say("periodic.left_out", count=count, reason=LEFT_OUT[why]), "warning")
    return redirect(url_for(".batches"), 303)


def _asked() -> queries.Filter:
    schemes = kept_schemes(law())
    return filter_asked(request.values, schemes, schemes[0])


def _recipients_page(fault: str = "") -> str:
    chosen, book = _asked(), law()
    needed = service.needed_until(book, business_date())
    return render_template(
        "assistance/periodic/recipients.html",
        page=queries.recipients(chosen, needed, place_asked()),
        chosen=chosen,
        needed=needed,
        period=book.period_of(business_date()),
        schemes=[(code, title("scheme", code)) for code in kept_schemes(book)],
        desks=units_of_kind("intake_desk"),
        units=unit_names(),
        left_out=LEFT_OUT,
        law=book,
        fault=fault,
    )


@blueprint.get("")
@permitted("periodic.read")
def batches() -> ResponseReturnValue:
    """Every batch: by which filter, how large, how far."""
    page = queries.batches(place_asked())
    return render_template(
        "assistance/periodic/batches.html",
        page=page,
        people=names_of(found.row.made_by for found in page.rows),
        units=unit_names(),
        states=STATE_TITLES["case"],
        me=actor(),
    )


@blueprint.get("/<int:periodic_batch_id>")
@permitted("case.read")
def show(periodic_batch_id: int) -> ResponseReturnValue:
    """汇总表: each household against its last check, in both directions, and the sample."""
    row = queries.batch(periodic_batch_id)
    page = queries.cases_of(row.id, place_asked(), sampled=request.args.get("show") == "sample")
    rows = [found[1] for found in page.rows]
    found = comparing.differences(rows)
    return render_template(
        "assistance/periodic/batch.html",
        batch=row,
        page=page,
        differences=found,
        unticked=incomplete([one.case_id for one in rows if one.is_sampled]),
        directions=DIRECTIONS,
        tendencies=TENDENCIES,
        kinds=KINDS,
        measures=MEASURES,
        items=catalogue().items,
        counts=queries.states_of_batches([row.id]).get(row.id, {}),
        states=STATE_TITLES["case"],
        units=unit_names(),
        law=law(),
        show=request.args.get("show", ""),
    )
