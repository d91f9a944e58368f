"""How far work is, others see before it is done: while the job runs, while a list comes in."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import select

from tenants import progress
from tenants.database import db
from tenants.outbox import Job, post
from tenants.progress import tell_done, told_as
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.faults.conftest import Yushu
from tests.pages.desk import Desk
from worker import handlers
from worker.working import drain


def aside(work: Callable[[], object]) -> None:
    """Somebody else at another browser: a thread has no scope of its own yet."""
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def test_a_job_tells_how_far_it_is_while_it_runs(
    yushu: Yushu, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """赵磊 sees 3 of 8 while the routing still works; when it breaks, nothing of it is left."""
    seen: list[str] = []

    def work(ids: list[int]) -> None:
        post("coverage.push", {}, total=77)
        tell_done(3)
        aside(lambda: seen.append(Desk(yushu.app, yushu.world, "赵磊").read("/")))
        raise ZeroDivisionError

    monkeypatch.setitem(handlers.HANDLERS, "case.route", work)
    with acting_for(yushu.agency_id):
        job_id = post("case.route", {"ids": yushu.submitted}, total=8)
    drain(yushu.app, settings)
    assert "正在确定核对事项和核对单位（户） 3 / 8" in seen[0]
    with acting_for(yushu.agency_id, read_only=True):
        job = db.session.get(Job, (yushu.agency_id, job_id))
        assert (job.state, job.done, job.total) != ("done", 8, 8)
        assert db.session.scalars(select(Job.id).where(Job.total == 77)).all() == []


def test_a_list_coming_in_is_seen_on_every_page_of_its_desk_and_no_other(
    yushu: Yushu, monkeypatch: pytest.MonkeyPatch
) -> None:
    """徐晨's list is half in: 徐晨 sees it on any page, also after a reload; 罗琳's colleague 孙丽 of
    another desk and 王芳 at the agency do not; when it is in, nothing is shown any more."""
    clerk = yushu.world.person("徐晨").actor
    pages: dict[str, str] = {}

    def look() -> None:
        for name, path in (("徐晨", "/lists/new"), ("徐晨", "/"), ("王芳", "/")):
            pages[name + path] = Desk(yushu.app, yushu.world, name).read(path)

    monkeypatch.setattr(progress, "WORTH_TELLING", 10)
    place = {"unit_id": clerk.unit_id, "desk_id": clerk.desk_id}
    with (
        acting_for(yushu.agency_id, "township", **place),
        told_as("list.upload", 1_000, account_id=clerk.account_id, **place),
    ):
        tell_done(400)
        aside(look)
    line = "正在检查并受理名单（行） 400 / 1,000"
    assert {where for where, page in pages.items() if line in page} == {"徐晨/lists/new", "徐晨/"}
    aside(look)
    assert [where for where, page in pages.items() if "正在检查并受理名单" in page] == []
