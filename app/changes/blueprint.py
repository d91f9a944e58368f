"""The one blueprint of the changes of a household."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from app.changes.messages import LEFT_TITLES

blueprint = Blueprint("changes", __name__, url_prefix="/households")


@blueprint.record_once
def _share_words(setup: BlueprintSetupState) -> None:
    setup.app.jinja_env.globals["left_titles"] = LEFT_TITLES
