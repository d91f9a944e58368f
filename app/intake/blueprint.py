"""The blueprint that the routes of this package share."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from app.intake.wording import scope_words, title

blueprint = Blueprint("intake", __name__)


@blueprint.record_once
def _share_words(setup: BlueprintSetupState) -> None:
    """Every template may say a code of the list in its official word."""
    setup.app.jinja_env.globals["word"] = title
    setup.app.jinja_env.globals["scope_words"] = scope_words
