"""应保尽保: the rate over time, and the rounds that it comes from."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.assistance.insurance import comparing, messages, queries, work_routes
from app.assistance.insurance.blueprint import blueprint, insurance_asked
from app.assistance.insurance.messages import Fault, say
from app.assistance.insurance.names import part_of
from app.assistance.insurance.rules import INSURANCES, RESULTS
from app.assistance.register.loading import law
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.cases.paging import place_asked
from app.cases.queries import unit_names
from tenants.calendar import business_date
from tenants.catalogue import catalogue

__all__ = ["blueprint", "work_routes"]


@blueprint.get("")
@permitted("insurance.read")
def index() -> ResponseReturnValue:
    """参保率 by month and by township, and what of the work list waits where."""
    return _index_page()


def _index_page(fault: str = "") -> str:
    insurance = insurance_asked()
    months = queries.months(insurance)
    newest = max(months, default=0)
    rounds = queries.rounds(insurance) if actor().may("insurance.oversee") else []
    rule = law().insurance_rule
    return render_template(
        "assistance/insurance/index.html",
        insurance=insurance,
        titles=messages.INSURANCE_TITLES,
        months=months,
        newest=newest,
        owners=queries.owners(insurance, newest),
        tasks=queries.tasks_of_owners(insurance),
        rounds=rounds,
        next_due=queries.next_round_due(next(iter(rounds), None), rule.value.every_months),
        units=unit_names(),
        rule=rule,
        fresh_days=law().store_fresh_days,
        today=business_date(),
        fault=fault,
        me=actor(),
    )


@blueprint.post("/rounds")
@permitted("insurance.run")
def ask() -> ResponseReturnValue:
    """开始比对: everybody in the register, as of this month."""
    insurance, taken = insurance_asked(), list[int]()

    def work() -> Moved:
        taken.append(comparing.ask(insurance, actor()))
        return Moved(tuple(taken))

    try:
        once("insurance.ask", work, quiet=True)
    except Fault as fault:
        return _index_page(str(fault)), 422
    if not taken:
        return redirect(url_for(".index", insurance=insurance), 303)
    flash(say("insurance.asked"), "success")
    return redirect(url_for(".show_round", insurance_round_id=taken[0]), 303)


@blueprint.get("/rounds/<int:insurance_round_id>")
@permitted("insurance.oversee")
def show_round(insurance_round_id: int) -> ResponseReturnValue:
    """One round: by which data of which day, and everybody with their result."""
    found = queries.round_of(insurance_round_id)
    asked = request.args.get("show", "")
    show = asked if asked in RESULTS else "not_insured"
    return render_template(
        "assistance/insurance/round.html",
        round=found,
        parts=[messages.PART_TITLES[part_of(one["part"])] for one in found.sources],
        title=messages.INSURANCE_TITLES[found.insurance],
        item=catalogue().item(INSURANCES[found.insurance].item),
        counts=queries.result_counts(found.id),
        page=queries.results(found.id, show, place_asked()),
        show=show,
        badges=messages.RESULT_BADGES,
        whys=messages.WHY_TITLES,
        units=unit_names(),
        people=names_of([found.asked_by]),
        rule=law().insurance_rule,
    )
