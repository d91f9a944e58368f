"""一次性临时救助 at the county's agency: the questions, the decision of civil affairs, releases."""

from collections.abc import Callable

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import select

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.assistance.temporary import checking, determining, paying, queries
from app.assistance.temporary.forms import CheckForm, DecideForm, ReasonForm
from app.assistance.temporary.messages import (
    ARTICLE,
    CHECK_TITLES,
    GROUND_TITLES,
    LIST_TITLES,
    OUTCOME_TITLES,
    PAPER_TITLES,
    PLACE_TITLES,
    PROPOSAL_TITLES,
    SIDE_TITLES,
    SOURCE_TITLES,
    Fault,
)
from app.assistance.temporary.models import ApplicationPaper
from app.assistance.temporary.people import application_of, law, opened
from app.assistance.temporary.rules import MOST_ASKS
from app.audit import service as audit
from app.cases.acts import once, revision
from app.cases.downloads import attachment
from app.cases.lifecycle import Moved
from app.cases.paging import place_asked
from app.cases.queries import unit_names
from app.papers.service import FILE_KIND
from app.web.shell import NavItem
from tenants import files
from tenants.database import db
from tenants.vault import vault

blueprint = Blueprint("temporary", __name__, url_prefix="/assistance/temporary")


@blueprint.get("")
@permitted("temporary.read")
def index() -> ResponseReturnValue:
    """Every application of the county, by how far it is."""
    which = request.args.get("list", "open")
    which = which if which in queries.LISTS else "open"
    found = queries.counts()
    tabs = [
        NavItem(LIST_TITLES[name], url_for(".index", list=name), found[name], which == name)
        for name in queries.LISTS
    ]
    return render_template(
        "assistance/temporary/index.html",
        tabs=tabs,
        page=queries.rows(queries.condition(which), place_asked()),
        units=unit_names(),
        places=PLACE_TITLES,
        grounds=GROUND_TITLES,
        asked_today=queries.asked_today(),
        me=actor(),
        article=ARTICLE,
    )


@blueprint.get("/<int:temporary_id>")
@permitted("temporary.read")
def show(temporary_id: int) -> ResponseReturnValue:
    """One application with its questions and decisions."""
    return _page(temporary_id)


@blueprint.post("/<int:temporary_id>/look-up")
@permitted("temporary.check")
def look_up(temporary_id: int) -> ResponseReturnValue:
    """系统核查: the own sources and the province's ledger."""
    seen = revision()
    return _done(
        "temporary.look_up",
        temporary_id,
        lambda: checking.look_up(temporary_id, seen, actor()),
    )


@blueprint.post("/<int:temporary_id>/check")
@permitted("temporary.check")
def record(temporary_id: int) -> ResponseReturnValue:
    """What a document says about one question."""
    form, seen = CheckForm(prefix="check"), revision()
    return _carried(
        "temporary.check",
        temporary_id,
        form,
        lambda: checking.record(
            temporary_id,
            seen,
            form.kind.data,
            form.outcome.data,
            form.source.data,
            form.as_of.data,
            form.words.data or "",
            actor(),
        ),
    )


@blueprint.post("/<int:temporary_id>/send-back")
@permitted("temporary.check")
def send_back(temporary_id: int) -> ResponseReturnValue:
    """退回重新调查."""
    form, seen = ReasonForm(prefix="back"), revision()
    return _carried(
        "temporary.send_back",
        temporary_id,
        form,
        lambda: checking.send_back(temporary_id, seen, form.reason.data or "", actor()),
    )


@blueprint.post("/<int:temporary_id>/put-forward")
@permitted("temporary.check")
def put_forward(temporary_id: int) -> ResponseReturnValue:
    """提请共同认定."""
    seen = revision()
    return _done(
        "temporary.put_forward",
        temporary_id,
        lambda: determining.put_forward(temporary_id, seen, actor()),
    )


@blueprint.post("/<int:temporary_id>/decide")
@permitted("temporary.determine")
def decide(temporary_id: int) -> ResponseReturnValue:
    """民政部门的认定."""
    form = DecideForm(prefix="decide")
    return _carried(
        "temporary.decide",
        temporary_id,
        form,
        lambda: determining.decide_here(
            temporary_id,
            form.verdict.data == "agree",
            form.ground.data,
            form.words.data or "",
            actor(),
        ),
    )


@blueprint.post("/<int:temporary_id>/release")
@permitted("temporary.release")
def release(temporary_id: int) -> ResponseReturnValue:
    """解除占用, after the money came back."""
    form, seen = ReasonForm(prefix="release"), revision()
    return _carried(
        "temporary.release",
        temporary_id,
        form,
        lambda: paying.release(temporary_id, seen, form.reason.data or "", actor()),
    )


@blueprint.post("/papers/<int:temporary_paper_id>")
@permitted("temporary.read")
def paper(temporary_paper_id: int) -> Response:
    """One scan; the look is on the trail."""
    query = select(ApplicationPaper).where(ApplicationPaper.id == temporary_paper_id)
    row = db.session.scalars(query).one_or_none()
    if row is None:
        raise LookupError(f"no paper {temporary_paper_id}")
    audit.record(
        *(actor().account_id, "temporary.download"),
        kind="temporary_application",
        subject_id=row.application_id,
    )
    found = files.read(row.file_id, FILE_KIND)
    return attachment(found.data, found.name)


def _done(verb: str, temporary_id: int, work: Callable[[], Moved]) -> ResponseReturnValue:
    application_of(temporary_id)
    try:
        once(verb, work)
    except Fault as fault:
        return _page(temporary_id, fault=str(fault)), 422
    return redirect(url_for(".show", temporary_id=temporary_id), 303)


def _carried(
    verb: str, temporary_id: int, form: FlaskForm, work: Callable[[], Moved]
) -> ResponseReturnValue:
    application_of(temporary_id)
    if not form.validate_on_submit():
        return _page(temporary_id, form), 422
    try:
        once(verb, work)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(temporary_id, form), 422
    return redirect(url_for(".show", temporary_id=temporary_id), 303)


def _page(temporary_id: int, wrong: FlaskForm | None = None, fault: str = "") -> str:
    row, who = application_of(temporary_id), actor()
    found = queries.around(row)
    forms: dict[str, FlaskForm] = {
        name: kind(prefix=name, formdata=None)
        for name, kind in (
            ("check", CheckForm),
            ("back", ReasonForm),
            ("decide", DecideForm),
            ("release", ReasonForm),
        )
    }
    if wrong is not None:
        forms[_named(wrong)] = wrong
    return render_template(
        "assistance/temporary/show.html",
        row=row,
        person=opened(vault(), row),
        found=found,
        forms=forms,
        fault=fault,
        asker=names_of([ask.account_id for ask in found.asks]),
        most_asks=MOST_ASKS,
        units=unit_names(),
        checks=CHECK_TITLES,
        outcomes=OUTCOME_TITLES,
        sources=SOURCE_TITLES,
        places=PLACE_TITLES,
        proposals=PROPOSAL_TITLES,
        paper_titles=PAPER_TITLES,
        sides=SIDE_TITLES,
        grounds=GROUND_TITLES,
        law=law(),
        me=who,
        article=ARTICLE,
    )


def _named(form: FlaskForm) -> str:
    """The name of a form of the page, by the prefix of its fields."""
    return str(next(iter(form)).name).partition("-")[0]
