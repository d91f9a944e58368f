"""互相备案: who of either side is filed, and since when."""

from collections.abc import Callable

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from app.accounts.current import actor, permitted
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.sharing import filings, service
from app.sharing.blueprint import blueprint
from app.sharing.filing_forms import FilingForm
from app.sharing.forms import EndForm
from app.sharing.messages import NOBODY, SIDES
from tenants.calendar import business_date
from tenants.messages import Fault


@blueprint.get("/<int:source_id>/filings/new")
@permitted("source.manage")
def new_filing(source_id: int) -> ResponseReturnValue:
    """备案: the form."""
    return _page(source_id, _form(source_id))


@blueprint.post("/<int:source_id>/filings/new")
@permitted("source.manage")
def file_person(source_id: int) -> ResponseReturnValue:
    """File somebody; another operator confirms."""
    form = _form(source_id)
    if not form.validate_on_submit() or form.valid_from.data is None:
        return _page(source_id, form), 422
    side, _, account = form.person.data.partition(":")
    entry = filings.Entry(
        side,
        int(account),
        form.letter_number.data or "",
        form.valid_from.data,
        form.name.data or "",
        form.replaces.data,
    )
    try:
        once("filing.file", lambda: Moved((filings.file(source_id, entry, actor()),)))
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(source_id, form), 422
    return _back(source_id)


def _form(source_id: int) -> FilingForm:
    service.sharing_unit(source_id)
    form = FilingForm()
    people = [
        SelectChoice(f"{side}:{who.id}", f"{who.name}（{SIDES[side]}）")
        for who in filings.people_to_file(source_id)
        for side in ["agency" if who.kind == "staff" else "unit"]
    ]
    form.person.choices = [*people, SelectChoice("unit:0", NOBODY)]
    now = filings.current(source_id)
    form.replaces.choices = [
        SelectChoice(0, "—"),
        *(SelectChoice(row.id, f"{row.name}（{SIDES[row.side]}）") for row in now),
    ]
    return form


def _page(source_id: int, form: FilingForm) -> str:
    return render_template("sharing/filing.html", unit=service.sharing_unit(source_id), form=form)


@blueprint.post("/filings/<int:filing_id>/confirm")
@permitted("source.manage")
def confirm_filing(filing_id: int) -> ResponseReturnValue:
    """确认备案: by another operator than the one who filed, and than the person filed."""
    return _acted("filing.confirm", filing_id, lambda: filings.confirm(filing_id, actor()))


@blueprint.post("/filings/<int:filing_id>/void")
@permitted("source.manage")
def void_filing(filing_id: int) -> ResponseReturnValue:
    """作废: a filing that nobody has confirmed."""
    return _acted("filing.void", filing_id, lambda: filings.void(filing_id, actor()))


@blueprint.get("/filings/<int:filing_id>/end")
@permitted("source.manage")
def ask_filing_end(filing_id: int) -> ResponseReturnValue:
    """终止备案: the form."""
    return _end_page(filing_id, EndForm(on=business_date()))


@blueprint.post("/filings/<int:filing_id>/end")
@permitted("source.manage")
def end_filing(filing_id: int) -> ResponseReturnValue:
    """Let it end without a successor, with a reason."""
    form = EndForm()
    filings.filing_of(filing_id)
    if not form.validate_on_submit() or form.on.data is None:
        return _end_page(filing_id, form), 422
    on, reason = form.on.data, form.reason.data or ""
    try:
        return _acted(
            "filing.end",
            filing_id,
            lambda: filings.end(filing_id, actor(), on, reason),
            reason,
        )
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _end_page(filing_id, form), 422


def _end_page(filing_id: int, form: EndForm) -> str:
    found = filings.filing_of(filing_id)
    return render_template(
        "sharing/end_filing.html", filing=found, unit=service.sharing_unit(found.unit_id), form=form
    )


def _acted(
    verb: str, filing_id: int, work: Callable[[], None], reason: str = ""
) -> ResponseReturnValue:
    unit_id = filings.filing_of(filing_id).unit_id

    def done() -> Moved:
        work()
        return Moved((filing_id,))

    once(verb, done, reason=reason)
    return _back(unit_id)


def _back(unit_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show_unit", source_id=unit_id), 303)
