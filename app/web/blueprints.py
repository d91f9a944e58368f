"""Every desk's pages, put into the application."""

from flask import Flask

from app.accounts import routes as accounts
from app.delegation import routes as delegation
from app.exchange import liaison
from app.exchange import routes as exchange
from app.web import home


def register(app: Flask) -> None:
    """Register the blueprints of all packages."""
    app.register_blueprint(accounts.blueprint)
    app.register_blueprint(home.blueprint)
    app.register_blueprint(delegation.blueprint)
    app.register_blueprint(exchange.blueprint)
    app.register_blueprint(liaison.blueprint)
