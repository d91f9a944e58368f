"""数据目录: the data items of the 17 kinds, with their fields, to look at and to take along."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.current import permitted
from app.sharing.blueprint import blueprint
from app.sharing.messages import FIELD_TYPES, MEASURES, SERVICES
from tenants.catalogue import catalogue
from tenants.catalogue.described import as_json


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
    )


@blueprint.get("/catalogue.json")
@permitted("delegation.read")
def download_catalogue() -> ResponseReturnValue:
    """The catalogue as the connector reads it (``tenants/catalogue/described.py``)."""
    document = as_json(catalogue().items.values())
    name = {"Content-Disposition": 'attachment; filename="catalogue.json"'}
    return Response(document, mimetype="application/json", headers=name)
