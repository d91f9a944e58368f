"""One package of an entrustment, packed by the worker."""

from collections.abc import Callable, Iterator

from app.cases import queries as cases
from app.data_package.exporting import export_package
from app.made.making import Maker, Part, Task


def _step(task: Task) -> Part:
    case_ids = task.asked["cases"]
    with task.at_work():
        entrustment = cases.entrustment(task.asked["entrustment"])
        data = export_package(entrustment, case_ids, task.password, task.person.actor)
    return Part(data, reached=len(case_ids), done=len(case_ids), is_last=True)


def _join(_task: Task, parts: Callable[[], Iterator[bytes]]) -> bytes:
    (whole,) = parts()
    return whole


PACKAGES = Maker(_step, _join)
