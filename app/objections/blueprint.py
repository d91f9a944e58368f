"""The one blueprint of 异议, for its several modules of routes."""

from flask import Blueprint

blueprint = Blueprint("objections", __name__)
