"""分析 (第二十二条): what a head of an agency looks at every morning, in charts and tables."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.filtering import periods_known
from app.cases.models import SCHEMES
from app.cases.paging import number_asked
from app.oversight.analysis import messages, queries, service, units
from app.oversight.analysis.measures import HOUSEHOLDS
from app.oversight.analysis.queries import Month
from app.oversight.board.counts import STATE_OF
from app.oversight.board.messages import STEP_REASONS, STEP_TITLES
from app.oversight.board.queries import Asked
from app.oversight.board.service import board
from app.web.shell import NavItem
from tenants.agency.messages import TIER_TITLES
from tenants.calendar import business_date
from tenants.catalogue import national
from tenants.rulebook import Rulebook, rulebook

blueprint = Blueprint("analysis", __name__, url_prefix="/analysis")


@blueprint.get("")
@permitted("board.read")
def overview() -> ResponseReturnValue:
    """The morning look: what is where and how old, what is late and by whom, what is due soon."""
    whole = board(Asked())
    late = [sender for sender in whole.senders if sender.all.late]
    return _page(
        "overview",
        steps=service.standing(),
        compared=service.to_date(),
        today=business_date(),
        then=service.same_day_before(business_date()),
        senders=late,
        units=[unit for unit in whole.units if unit.late],
        step_titles=STEP_TITLES,
        reasons=STEP_REASONS,
        ages=messages.AGE_TITLES,
        figures=messages.TO_DATE_TITLES,
        soon_days=queries.SOON_DAYS,
        cases=_cases,
    )


def _cases(**narrowed: Any) -> str | None:
    """The list behind a figure, for those who may read cases."""
    if not actor().may("case.read"):
        return None
    if step := narrowed.pop("step", ""):
        narrowed["state"] = STATE_OF.get(step, step)
    return url_for("cases.index", **narrowed)


@blueprint.get("/findings")
@permitted("board.read")
def findings() -> ResponseReturnValue:
    """核对结果: by kind of source how it ended, and by scheme what the reports held."""
    month, law = _month(), _law()
    least = law.small_count.value
    kinds, outcomes = service.outcomes(month, least)
    schemes, held = service.held(month, least)
    return _page(
        "findings",
        month=month,
        kinds=kinds,
        outcomes=outcomes,
        groups=messages.OUTCOME_GROUPS,
        schemes=schemes,
        held=held,
        found=messages.FOUND_TITLES,
        **_choices(law),
    )


@blueprint.get("/coverage")
@permitted("board.read")
def coverage() -> ResponseReturnValue:
    """覆盖: who checks what, and the share of what was asked that no tier can check."""
    month, law = _month(), _law()
    kinds, asked = service.sources(month, law.small_count.value)
    above, able = service.able()
    return _page(
        "coverage",
        month=month,
        kinds=kinds,
        asked=asked,
        groups=messages.SOURCE_TITLES,
        above=above,
        able=able,
        tiers=TIER_TITLES,
        **_choices(law),
    )


@blueprint.get("/months")
@permitted("board.read")
def months() -> ResponseReturnValue:
    """各月比较: the newest twelve months side by side."""
    today = business_date()
    periods, counts = service.months(today.year * 100 + today.month)
    return _page(
        "months",
        periods=periods,
        counts=counts,
        figures=messages.MONTH_TITLES,
        on_time=[service.on_time(of_month) for of_month in counts],
        cases=_cases,
    )


@blueprint.get("/regions")
@permitted("board.read")
def regions() -> ResponseReturnValue:
    """各地: the tree from here down, with what each agency told of one month."""
    offered, law = service.periods_told(), _law()
    asked = number_asked("period")
    period = asked if asked in offered else (offered[0] if offered else 0)
    places = service.places(period)
    return _page(
        "regions",
        period=period,
        periods=offered,
        places=places,
        nearest=[place for place in places if place.depth == 1] or places[:1],
        measures=HOUSEHOLDS,
        tiers=TIER_TITLES,
        law=law,
    )


@blueprint.get("/units")
@permitted("board.read")
def sharing_units() -> ResponseReturnValue:
    """共享单位履约: how each sharing unit answered, over the months that are chosen."""
    offered = periods_known()
    newest = offered[0] if offered else 0
    first, last = number_asked("from"), number_asked("to")
    last = last if last in offered else newest
    first = min(first if first in offered else last, last)
    found = units.performances(first, last) if last else []
    return _page("units", units=found, first=first, last=last, periods=offered)


def _month() -> Month:
    """The month and the scheme of the address; the newest month where it names none."""
    offered, scheme = periods_known(), request.args.get("scheme", "")
    asked, today = number_asked("period"), business_date()
    newest = offered[0] if offered else today.year * 100 + today.month
    return Month(asked if asked in offered else newest, scheme if scheme in SCHEMES else "")


def _choices(law: Rulebook) -> dict[str, Any]:
    kinds = {number: kind.title for number, kind in national().kinds.items()}
    return {"law": law, "periods": periods_known(), "all_schemes": SCHEMES, "kind_titles": kinds}


def _law() -> Rulebook:
    return rulebook(actor().agency_id // 10_000)


_ENDPOINTS = dict.fromkeys(messages.TABS) | {"units": "sharing_units"}


def _page(name: str, **context: Any) -> str:
    tabs = [
        NavItem(title, url_for(f".{_ENDPOINTS[page] or page}"), None, page == name)
        for page, title in messages.TABS.items()
    ]
    return render_template(f"oversight/analysis/{name}.html", tabs=tabs, **context)
