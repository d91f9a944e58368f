"""信息共享单位: the list, one unit, and the agreements with it."""

import io
from collections.abc import Callable

from flask import redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.cases.messages import STATE_TITLES
from app.sharing import (
    capability_routes,
    catalogue_routes,
    employer_routes,
    filing_routes,
    own_item_routes,
    queries,
    service,
)
from app.sharing import filings as filed
from app.sharing.agreements import answer_term, in_force, reply_term
from app.sharing.blueprint import blueprint
from app.sharing.employers import EMPLOYERS, employer_of_unit
from app.sharing.forms import AgreementForm, EndForm
from app.sharing.messages import AGREEMENT_STATES, SIDES, TERMS, WAYS
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.catalogue import catalogue
from tenants.messages import Fault
from tenants.rulebook import rulebook

__all__ = [
    "blueprint",
    "capability_routes",
    "catalogue_routes",
    "employer_routes",
    "filing_routes",
    "own_item_routes",
]


@blueprint.get("")
@permitted("source.read")
def units() -> ResponseReturnValue:
    """Every sharing unit: what it can check, how it is asked, and until when it is agreed."""
    return render_template(
        "sharing/units.html",
        units=queries.units(),
        ways=WAYS,
        kinds=catalogue().kinds,
        may_record=actor().may("employer.record"),
    )


@blueprint.get("/<int:source_id>")
@permitted("source.read")
def show_unit(source_id: int) -> ResponseReturnValue:
    """One unit: agreements, what it can check, its liaisons, the newest requests."""
    unit, day = service.sharing_unit(source_id), business_date()
    agreed = queries.agreements(source_id)
    filings = filed.filings_of(source_id)
    people = [who for f in filings for who in (f.filed_by, f.confirmed_by)]
    people += [who for a in agreed for who in (a.recorded_by, a.confirmed_by)]
    return render_template(
        "sharing/unit.html",
        unit=unit,
        kind=catalogue().kinds[unit.category or 17],
        agreements=agreed,
        agreement=in_force(source_id, day),
        term=reply_term(unit.agency_id, source_id, day),
        answer=answer_term(unit.agency_id, source_id, day),
        capabilities=queries.capabilities(source_id),
        items=catalogue().items,
        liaisons=queries.liaisons(source_id),
        filings=filings,
        sides=SIDES,
        requests=queries.newest_requests(source_id),
        employer=employer_of_unit(source_id) if unit.category == EMPLOYERS else None,
        request_states=STATE_TITLES["request"],
        people=names_of(people),
        states=AGREEMENT_STATES,
        terms=TERMS,
        ways=WAYS,
        me=actor(),
    )


@blueprint.get("/<int:source_id>/agreements/new")
@permitted("source.manage")
def new_agreement(source_id: int) -> ResponseReturnValue:
    """登记保密协议: the form."""
    return _agreement_page(source_id, AgreementForm())


@blueprint.post("/<int:source_id>/agreements/new")
@permitted("source.manage")
def record_agreement(source_id: int) -> ResponseReturnValue:
    """Record it; another operator confirms."""
    form = AgreementForm()
    service.sharing_unit(source_id)
    if not form.validate_on_submit():
        return _agreement_page(source_id, form), 422

    def work() -> Moved:
        terms = service.AgreementTerms(
            number=form.number.data or "",
            signed_on=form.signed_on.data or business_date(),
            valid_from=form.valid_from.data or business_date(),
            valid_to=form.valid_to.data,
            term=form.term.data,
            reply_working_days=form.reply_working_days.data,
            answer_working_days=form.answer_working_days.data,
            list_every=form.list_every.data or "",
            list_day=form.list_day.data or 0,
            scan=form.scan_data(),
        )
        return Moved((service.record(source_id, terms, actor()),))

    try:
        once("agreement.record", work)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _agreement_page(source_id, form), 422
    return _back(source_id)


def _agreement_page(unit_id: int, form: AgreementForm) -> str:
    unit = service.sharing_unit(unit_id)
    law = rulebook(agency(actor().agency_id).province)
    return render_template(
        "sharing/agreement.html",
        unit=unit,
        form=form,
        usual=law.reply_days_of(unit.category or 0),
        cap=law.agreed_reply_days_of(unit.category or 0),
        answer=law.answer_days_of(unit.category or 0),
    )


@blueprint.post("/agreements/<int:agreement_id>/confirm")
@permitted("source.manage")
def confirm_agreement(agreement_id: int) -> ResponseReturnValue:
    """确认保密协议: by another operator than the one who recorded it."""
    return _acted("agreement.confirm", agreement_id, lambda: service.confirm(agreement_id, actor()))


@blueprint.post("/agreements/<int:agreement_id>/void")
@permitted("source.manage")
def void_agreement(agreement_id: int) -> ResponseReturnValue:
    """作废: a record that nobody has confirmed."""
    return _acted("agreement.void", agreement_id, lambda: service.void(agreement_id, actor(), ""))


@blueprint.get("/agreements/<int:agreement_id>/end")
@permitted("source.manage")
def ask_end(agreement_id: int) -> ResponseReturnValue:
    """终止保密协议: the form."""
    return _end_page(agreement_id, EndForm(on=business_date()))


@blueprint.post("/agreements/<int:agreement_id>/end")
@permitted("source.manage")
def end_agreement(agreement_id: int) -> ResponseReturnValue:
    """Let it end before its day, with a reason."""
    form = EndForm()
    service.agreement_of(agreement_id)
    if not form.validate_on_submit() or form.on.data is None:
        return _end_page(agreement_id, form), 422
    on, reason = form.on.data, form.reason.data or ""
    try:
        return _acted(
            "agreement.end",
            agreement_id,
            lambda: service.end(agreement_id, actor(), on, reason),
            reason,
        )
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _end_page(agreement_id, form), 422


def _end_page(agreement_id: int, form: EndForm) -> str:
    found = service.agreement_of(agreement_id)
    return render_template(
        "sharing/end_agreement.html",
        agreement=found,
        unit=service.sharing_unit(found.unit_id),
        form=form,
    )


@blueprint.post("/agreements/<int:agreement_id>/scan")
@permitted("source.read")
def download_agreement(agreement_id: int) -> ResponseReturnValue:
    """The scan of an agreement; the look is audited."""
    stored = service.download(agreement_id, actor())
    return send_file(
        io.BytesIO(stored.data),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=stored.name,
    )


def _acted(
    verb: str, agreement_id: int, work: Callable[[], None], reason: str = ""
) -> ResponseReturnValue:
    unit_id = service.agreement_of(agreement_id).unit_id

    def done() -> Moved:
        work()
        return Moved((agreement_id,))

    once(verb, done, reason=reason)
    return _back(unit_id)


def _back(unit_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show_unit", source_id=unit_id), 303)
