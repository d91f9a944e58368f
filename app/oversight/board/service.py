"""The board of the head of the agency, read in a few statements."""

from app.cases.queries import agency_names, unit_names
from app.oversight.board import queries
from app.oversight.board.counts import Board, by_sender, by_step, by_unit
from app.oversight.board.queries import Asked


def board(asked: Asked) -> Board:
    """What is where and what is late, for one period or for everything that is not finished."""
    groups, units = queries.households(asked), unit_names()
    agencies = agency_names({row.from_agency_id for row in groups if row.from_agency_id})
    return Board(
        by_step(groups),
        by_sender(groups, units, agencies),
        by_unit(queries.requests(asked), queries.sources(asked), units),
    )
