"""数据目录: the data items of the 17 kinds, with their fields, to look at and to take along."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.sharing.becoming import becomes
from app.sharing.blueprint import blueprint
from app.sharing.messages import FIELD_TYPES, MEASURES, SERVICES
from tenants.catalogue import catalogue
from tenants.catalogue.described import as_whole_json


@blueprint.get("/catalogue")
@permitted("delegation.read")
def show_catalogue() -> ResponseReturnValue:
    """Every data item, or with ``kind`` the fields of one kind's; ``kind=0``: of all of them."""
    known = catalogue()
    asked = request.args.get("kind", -1, type=int)
    kind = asked if asked == 0 or asked in known.kinds else None
    return render_template(
        "sharing/catalogue.html",
        kinds=known.kinds.values(),
        items=known.of_kind(kind) if kind else known.items.values(),
        chosen=kind,
        types=FIELD_TYPES,
        measures=MEASURES,
        services=SERVICES,
        becomes=becomes,
        may_see_own=actor().may("source.read"),
    )


@blueprint.get("/catalogue.json")
@permitted("delegation.read")
def download_catalogue() -> ResponseReturnValue:
    """All that the catalogue says, as ``tenants/catalogue/described.py`` describes it."""
    document = as_whole_json(catalogue().items.values())
    name = {"Content-Disposition": 'attachment; filename="catalogue.json"'}
    return Response(document, mimetype="application/json", headers=name)
