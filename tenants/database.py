"""The one engine and session, and what every table shares."""

from collections.abc import Iterable
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, BindParameter, Integer, MetaData, func, literal, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from tenants.settings import Settings


class Base(DeclarativeBase):
    """Base of all tables; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


THIS_AGENCY = text("current_setting('app.agency_id')::int")
"""The agency of the current scope, as a column default."""

NEXT_ID = text("next_id()")
"""yyyymm · 10¹² + n: the month of the business date, so that partitions by month can come."""


class TenantRow:
    """Key of every tenant table: the agency first, then an id that carries its month."""

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    id: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, server_default=NEXT_ID
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


def connect(app: Flask, settings: Settings, **engine_options: Any) -> None:
    """Bind the application to its database.

    Server-side prepared statements stay off: their cached plans would have to be thought about
    for every change of role and scope, and the gain is small beside the policies' own cost.
    """
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url.get_secret_value()
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "pool_pre_ping": True,
        # An error's text reaches the log; what was bound may be somebody's name.
        "hide_parameters": True,
        # Compiling a statement of a page takes longer than carrying it out.
        "connect_args": {
            "prepare_threshold": None,
            "application_name": "hedui",
            "options": "-c jit=off",
        },
        **engine_options,
    }
    db.init_app(app)


def take_ids(count: int) -> list[int]:
    """``count`` fresh row ids in one statement, for rows that are sealed before they are sent."""
    rows = db.session.execute(
        text("SELECT next_id() FROM generate_series(1, :count)"), {"count": count}
    )
    return list(rows.scalars())


def id_array(ids: Iterable[int]) -> BindParameter[list[int]]:
    """Ids as one parameter, so that the statement's text is the same whatever their number."""
    return literal(list(ids), ARRAY(BigInteger))


def any_of(ids: Iterable[int]) -> Any:
    """The right side of ``column == any_of(ids)``: ``= ANY(…)``."""
    return func.any(id_array(ids))
