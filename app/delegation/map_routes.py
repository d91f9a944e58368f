"""核对能力分布: who can check what in the whole tree above and below, and where nobody can."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.delegation.blueprint import blueprint
from app.delegation.messages import ALL, WAY_TITLES, WITH_GAPS
from app.delegation.tree_map import TreeMap, tree_map
from app.web.shell import NavItem
from tenants.agency.messages import TIER_TITLES
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.catalogue import national


@blueprint.get("/coverage/tree")
@permitted("delegation.read")
def show_tree() -> ResponseReturnValue:
    """Every data item against the tiers; with ``gaps=1`` those only that somebody lacks."""
    shown = _map()
    lacking = [row for row in shown.rows if row.gaps]
    only_gaps = request.args.get("gaps", type=int) == 1
    tabs = [
        NavItem(ALL, url_for(".show_tree"), len(shown.rows), not only_gaps),
        NavItem(WITH_GAPS, url_for(".show_tree", gaps=1), len(lacking), only_gaps),
    ]
    return render_template(
        "delegation/coverage_tree.html",
        map=shown,
        rows=lacking if only_gaps else shown.rows,
        tabs=tabs,
        tiers=TIER_TITLES,
        ways=WAY_TITLES,
        may_read_changes=actor().may("map.read"),
    )


@blueprint.get("/coverage/tree/<int:item>")
@permitted("delegation.read")
def show_tree_item(item: int) -> ResponseReturnValue:
    """One data item: every agency of the tree, how it checks the item, and who checks for it."""
    if item not in national().items:
        abort(404)
    shown = _map(item)
    return render_template(
        "delegation/coverage_tree_item.html",
        map=shown,
        row=shown.rows[0],
        tiers=TIER_TITLES,
        ways=WAY_TITLES,
    )


def _map(*items: int) -> TreeMap:
    return tree_map(agency(actor().agency_id), business_date(), items)
