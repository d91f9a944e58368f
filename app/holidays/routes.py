"""节假日安排: the State Council's notices, recorded by one operator and confirmed by another."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.holidays import queries, service
from app.holidays.forms import NoticeForm
from app.holidays.messages import NOTICE_STATES, TERM_TITLES
from app.holidays.reading import read_notice
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.holidays import Notice
from tenants.messages import Fault
from tenants.rulebook import rulebook

blueprint = Blueprint("holidays", __name__, url_prefix="/holidays")
YEARS_SHOWN = 2


@blueprint.get("")
@permitted("calendar.read")
def show() -> ResponseReturnValue:
    """Which years are known, and every notice that was recorded or sent down."""
    found = queries.notices()
    law = rulebook(agency(actor().agency_id).province)
    return render_template(
        "holidays/show.html",
        notices=found,
        senders={
            row.from_agency_id: agency(row.from_agency_id) for row in found if row.from_agency_id
        },
        years=queries.years_known(business_date().year, YEARS_SHOWN),
        windows=law.windows_in(business_date()),
        moves=law.windows_on_rest_days,
        states=NOTICE_STATES,
        people=names_of(who for row in found for who in (row.recorded_by, row.confirmed_by)),
        me=actor(),
    )


@blueprint.get("/new")
@permitted("calendar.manage")
def new_notice() -> ResponseReturnValue:
    """登记节假日安排: the form."""
    return _form_page(NoticeForm())


@blueprint.post("/new")
@permitted("calendar.manage")
def record_notice() -> ResponseReturnValue:
    """Show what was read and which dates move, and with that seen, record it."""
    form = NoticeForm()
    if not form.validate_on_submit():
        form.seen.data = ""
        return _form_page(form), 422
    try:
        words = form.text()
        notice = read_notice(words, form.year.data, form.number.data or "")
        service.require_recordable(notice.year)
        if not form.seen.data:
            form.seen.data = "seen"
            return _form_page(form, notice, words)
        once("holiday.record", lambda: Moved((service.record(notice, words, actor()),)))
    except Fault as fault:
        form.form_errors.append(str(fault))
        form.seen.data = ""
        return _form_page(form), 422
    return redirect(url_for(".show"), 303)


def _form_page(form: NoticeForm, notice: Notice | None = None, words: str = "") -> str:
    return render_template(
        "holidays/new.html",
        form=form,
        notice=notice,
        words=words,
        spans=queries.spans(notice) if notice else (),
        effect=service.effect_of(notice) if notice else None,
        kinds=TERM_TITLES,
    )


@blueprint.get("/<int:holiday_id>")
@permitted("calendar.read")
def show_notice(holiday_id: int) -> ResponseReturnValue:
    """One notice: its days; while it waits, what it would move, and the second person's button."""
    return _notice_page(holiday_id)


def _notice_page(holiday_id: int, fault: str = "") -> str:
    found = service.notice_of(holiday_id)
    notice = service.read(found)
    return render_template(
        "holidays/notice.html",
        row=found,
        notice=notice,
        spans=queries.spans(notice),
        effect=service.effect_of(notice) if found.state == "waiting" else None,
        sender=agency(found.from_agency_id).name if found.from_agency_id else "",
        people=names_of([found.recorded_by, found.confirmed_by]),
        states=NOTICE_STATES,
        kinds=TERM_TITLES,
        fault=fault,
        me=actor(),
    )


@blueprint.post("/<int:holiday_id>/confirm")
@permitted("calendar.manage")
def confirm_notice(holiday_id: int) -> ResponseReturnValue:
    """确认并启用: by another operator than the one who recorded it."""
    service.notice_of(holiday_id)
    seen = request.form.get("seen", "")

    def work() -> Moved:
        service.confirm(holiday_id, seen, actor())
        return Moved((holiday_id,))

    try:
        once("holiday.confirm", work)
    except Fault as fault:
        return _notice_page(holiday_id, str(fault)), 422
    return redirect(url_for(".show_notice", holiday_id=holiday_id), 303)


@blueprint.post("/<int:holiday_id>/void")
@permitted("calendar.manage")
def void_notice(holiday_id: int) -> ResponseReturnValue:
    """作废: a record that nobody has confirmed."""
    service.notice_of(holiday_id)

    def work() -> Moved:
        service.void(holiday_id, actor())
        return Moved((holiday_id,))

    try:
        once("holiday.void", work)
    except Fault as fault:
        return _notice_page(holiday_id, str(fault)), 422
    return redirect(url_for(".show"), 303)
