"""应保尽保: the rate over time, and the rounds that it comes from."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.assistance.insurance import comparing, messages, queries, work_routes
from app.assistance.insurance.blueprint import blueprint, insurance_asked
from app.assistance.insurance.forms import ListForm
from app.assistance.insurance.messages import Fault, say
from app.assistance.insurance.names import part_of
from app.assistance.insurance.rules import INSURANCES, RESULTS
from app.assistance.insurance.tiers import place_rates
from app.assistance.register.loading import law
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.cases.paging import place_asked
from app.cases.queries import unit_names
from app.made.asking import asked_for
from app.made.service import Wanted
from app.oversight.analysis.service import periods_told
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
    oversees = actor().may("insurance.oversee")
    rounds = queries.rounds(insurance) if oversees else []
    told = newest or next(iter(periods_told()), 0) if oversees and insurance == "pension" else 0
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
        told=told,
        places=place_rates(told) if told else (),
        least=law().small_count.value,
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
    return _round_page(insurance_round_id, ListForm())


def _round_page(round_id: int, form: ListForm) -> str:
    found = queries.round_of(round_id)
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
        form=form,
        me=actor(),
    )


@blueprint.post("/rounds/<int:insurance_round_id>/list")
@permitted("insurance.run")
def make_list(insurance_round_id: int) -> ResponseReturnValue:
    """生成参保核查名单: whom human resources is to look up; made by the worker."""
    found, form = queries.round_of(insurance_round_id), ListForm()
    if not form.validate_on_submit():
        return _round_page(insurance_round_id, form), 422
    wanted = Wanted(
        *("insurance", "insurance.run", say("insurance.list_name", period=found.period)),
        asked={"round": found.id},
        total=1,
        password=form.password.data or "",
    )
    return asked_for("insurance.list", [wanted])
