"""负责人看板: in ten seconds what is late, where, and who has to act."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.filtering import periods_known
from app.cases.models import SCHEMES
from app.oversight.board import queries, service
from app.oversight.board.counts import FINISHED, STATE_OF, Board
from app.oversight.board.messages import STEP_REASONS, STEP_TITLES
from app.oversight.board.queries import Asked

blueprint = Blueprint("oversight", __name__, url_prefix="/board")


@blueprint.get("")
@permitted("board.read")
def show() -> ResponseReturnValue:
    """The board; period and scheme in the address."""
    asked = _asked()
    found = service.board(asked)

    def cases(**narrowed: Any) -> str | None:
        """The list behind a figure, for those who may read cases."""
        if not actor().may("case.read"):
            return None
        kept: dict[str, Any] = {"period": asked.period or None, "scheme": asked.scheme or None}
        return url_for("cases.index", **kept, **narrowed)

    return render_template(
        "oversight/board/show.html",
        board=found,
        emergencies=queries.emergencies(),
        asked=asked,
        titles=STEP_TITLES,
        reasons=STEP_REASONS,
        state_of=STATE_OF,
        finished=FINISHED,
        late_parts=_late_parts(found),
        step_parts=_step_parts(found),
        cases=cases,
        periods=periods_known(),
        schemes=SCHEMES,
    )


def _asked() -> Asked:
    period, scheme = request.args.get("period", 0, type=int), request.args.get("scheme", "")
    is_month = 190001 <= period <= 999912 and 1 <= period % 100 <= 12
    return Asked(period if is_month else 0, scheme if scheme in SCHEMES else "")


def _late_parts(board: Board) -> list[tuple[str, int]]:
    return [(STEP_TITLES[step], board.steps[step].late) for step in STEP_REASONS]


def _step_parts(board: Board) -> list[tuple[str, int]]:
    open_steps = {step: count for step, count in board.steps.items() if step not in FINISHED}
    return [(STEP_TITLES[step], count.households) for step, count in open_steps.items()]
