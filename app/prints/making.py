"""An order printed by the worker: some households a job, or one long document run by run."""

from collections.abc import Callable, Iterator

from app.made.making import Maker, Part, Task
from app.prints.gathering import households_of
from app.prints.ordering import BY_HOUSEHOLD, NAMES, Order, drafts
from app.report.paper.paging import paginate
from app.report.paper.render import join_files, render_together

HOUSEHOLDS_PER_JOB = 40


def _step(task: Task) -> Part:
    order = Order.of(task.asked)
    first, count = task.reached, len(order.cases)
    beyond = min(first + HOUSEHOLDS_PER_JOB, count) if order.paper in BY_HOUSEHOLD else count
    with task.at_work():
        found = households_of(order.cases[first:beyond])
        papers = drafts(order, found, task.person.actor)
    data = render_together(
        [paginate(paper) for paper in papers], NAMES[order.paper], _teller(task, count)
    )
    return Part(data, reached=beyond, done=beyond, is_last=beyond == count)


def _teller(task: Task, count: int) -> Callable[[int, int], None]:
    """Pages of one long document, told as households."""

    def tell(drawn: int, pages: int) -> None:
        if drawn < pages and not task.reached:
            task.tell(count * drawn // pages)

    return tell


def _join(task: Task, parts: Callable[[], Iterator[bytes]]) -> bytes:
    return join_files(parts(), NAMES[Order.of(task.asked).paper])


PRINTS = Maker(_step, _join)
