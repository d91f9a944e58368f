"""The blueprint that the pages of full coverage share."""

from flask import Blueprint, request

from app.assistance.insurance.rules import INSURANCES

blueprint = Blueprint("insurance", __name__, url_prefix="/assistance/coverage")


def insurance_asked() -> str:
    """The insurance that the address or the form names; the pension where it names none."""
    asked = request.values.get("insurance", "")
    return asked if asked in INSURANCES else "pension"
