"""待我办理: what waits for this person, most urgent first."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.accounts.current import permitted

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@permitted("home.read")
def show() -> ResponseReturnValue:
    """The home page."""
    return render_template("home/show.html")
