"""``python -m tests.world.demo``: open the demonstration province and play its month.

``scripts/demo`` prepares servers and settings and calls it. A month that was played is kept.
"""

import argparse
import datetime as dt
import json
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from flask import Flask
from sqlalchemy import Table, func, select

from app.web.factory import create_app
from scripts.places import ROOT, VAR
from tenants.calendar import business_date_set_to
from tenants.database import Base, db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.world import arranging, by_wire
from tests.world import month as first_half
from tests.world import month_changes as changing
from tests.world import month_exchange as second_half
from tests.world import month_looks as looking
from tests.world import month_matters as hearing
from tests.world import month_objections as objecting
from tests.world import under_way as month_after
from tests.world.builder import build_world, is_open
from tests.world.crowd import crowd
from tests.world.holding import as_planted, kinds_asked
from tests.world.households import move_in
from tests.world.month import Counts, Month
from tests.world.plan import StepPlan, after_the_month, equipped, widen
from tests.world.plan import month as month_plan
from tests.world.under_way import under_way
from tests.world.wider import wider_agencies
from tests.world.world import World

FOLDER = VAR / "demo"
SUMMARY = "summary.json"
STEPS: dict[str, Callable[[Month], Counts]] = (
    {"connect_units": by_wire.connect_units}
    | first_half.STEPS
    | changing.STEPS
    | second_half.STEPS
    | hearing.STEPS
    | {"arrange_people": arranging.arrange_people, "inspect_use": looking.inspect_use}
)
EVERY_STEP = STEPS | objecting.STEPS | month_after.STEPS
"""Those of the month, of what follows from it, and of the month under way."""
KINDS_ASKED, KINDS_BY_WIRE = 12, 4
"""Of the seventeen kinds of information, at least so many are asked, and so many by wire."""
FURTHER_HOUSEHOLDS = 2
"""How many further households each county of the wider world has in the month."""
COUNTED = {
    "entrustments": "entrustment",
    "cases": "household_case",
    "subjects": "subject",
    "asks": "ask",
    "requests": "exchange_request",
    "replies": "reply",
    "findings": "finding",
    "matters": "matter",
    "reports": "report",
}
BROKEN_OFF = "上一次演示没有走完。请用 --fresh 清空后重新开始。"
KINDS = {"staff": "核对机构", "department": "委托单位", "desk": "受理窗口", "liaison": "共享单位"}


def main(argv: list[str]) -> int:
    """Migrate, open, play; 0, or 1 when an earlier demonstration broke off."""
    asked = _parser().parse_args(argv)
    command.upgrade(Config(ROOT / "alembic.ini"), "head")
    settle_the_whole_province()
    app = create_app(Settings())
    with app.app_context():
        was_open = is_open()
    if was_open and not (asked.folder / SUMMARY).exists():
        say(BROKEN_OFF)
        return 1
    world = build_world(app)
    if not was_open:
        steps = (*month_plan().steps, *after_the_month(), *under_way().steps)
        summary = play(app, world, asked.folder, steps)
        text = json.dumps(summary, ensure_ascii=False, indent=2)
        (asked.folder / SUMMARY).write_text(text, encoding="utf-8")
    show_people(world)
    if not was_open:
        say(
            "\n核对结果与预先埋设的事实逐户对照："
            + "，".join(f"{k} {v} 户" for k, v in summary["as_planted"].items())
        )
        if not enough_kinds(summary["kinds"]):
            return 1
    say(f"\n合并报告和 {SUMMARY} 在 {asked.folder}")
    return 0


def enough_kinds(found: dict[str, list[int]]) -> bool:
    """Say how many kinds of information were asked; whether that is what is promised."""
    asked, by_wire_too = len(found["asked"]), len(found["by_wire"])
    say(f"问了 {asked} 类信息，其中 {by_wire_too} 类有单位以系统交换答复")
    enough = asked >= KINDS_ASKED and by_wire_too >= KINDS_BY_WIRE
    if not enough:
        say(f"应当至少问 {KINDS_ASKED} 类，其中系统交换 {KINDS_BY_WIRE} 类。")
    return enough


def settle_the_whole_province() -> None:
    """The demonstration has every county of three prefectures, and households in each."""
    wider = wider_agencies()
    widen(wider | equipped(by_wire.PLAN["further"]))
    period = month_plan().period
    counties = (plan for plan in wider.values() if plan.tier == "county")
    move_in(period, [h for plan in counties for h in crowd(plan, period, FURTHER_HOUSEHOLDS)])


def play(
    app: Flask, world: World, folder: Path | None, steps: Sequence[StepPlan] = ()
) -> dict[str, Any]:
    """Play the month, or these steps, with a progress display; returns the summary."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    period, steps = month_plan().period, steps or month_plan().steps
    say(f"演示 {period // 100} 年 {period % 100} 月，共 {len(steps)} 步")
    with by_wire.systems():
        played = [run_step(app, world, step, place, folder) for place, step in enumerate(steps, 1)]
    files = sorted(path.name for path in folder.glob("*.pdf")) if folder else []
    return {
        "period": period,
        "seconds": round(time.monotonic() - started, 1),
        "steps": played,
        "as_planted": as_planted(app, world),
        "kinds": kinds_asked(app, world),
        "agencies": counts_of(app, world, steps[-1].day),
        "merged_reports": files,
    }


def run_step(
    app: Flask, world: World, step: StepPlan, place: int, folder: Path | None = None
) -> dict[str, Any]:
    """Carry out one step on its day; what it counted and how long it took."""
    started = time.monotonic()
    sys.stdout.write(f"{place:>3}  {step.day:%m-%d}  {padded(step.title, 44)}")
    sys.stdout.flush()
    work = EVERY_STEP[step.code]
    with app.app_context(), business_date_set_to(step.day, allow=True):
        counts = work(Month(app, world, step.day, folder))
    seconds = round(time.monotonic() - started, 2)
    say(f"{seconds:7.2f} 秒  " + " ".join(f"{name}={n}" for name, n in counts.items()))
    return {
        "code": step.code,
        "title": step.title,
        "day": step.day.isoformat(),
        "seconds": seconds,
        "counts": dict(counts),
    }


def counts_of(app: Flask, world: World, day: dt.date) -> list[dict[str, Any]]:
    """How many rows of each kind every agency has in the end, counted in its own scope."""
    rows = []
    with app.app_context(), business_date_set_to(day, allow=True):
        for agency in world.agencies.values():
            with acting_for(agency.id, read_only=True):
                counts = {name: _count(Base.metadata.tables[t]) for name, t in COUNTED.items()}
            rows.append({"agency": agency.region_name, "tier": agency.tier, **counts})
    return rows


def _count(table: Table) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def show_people(world: World) -> None:
    """Who can sign in where, all with the same password."""
    say(f"\n可登录的账号（口令都是 {world.password}）：")
    for agency in world.agencies.values():
        say(f"\n{agency.name}（登录时填机构代码 {agency.id}）")
        for person in world.people.values():
            if person.agency_id != agency.id:
                continue
            place = _place(world, person.actor.desk_id or person.actor.unit_id, agency.id)
            roles = "、".join(ROLES[role] for role in sorted(person.actor.roles))
            say(
                f"  {padded(person.login, 18)}{padded(person.name, 10)}"
                f"{padded(KINDS[person.kind], 12)}{padded(roles, 34)}{place}"
            )
        for login, name, what in arranging.FURTHER.get(agency.region_name, ()):
            say(f"  {padded(login, 18)}{padded(name, 10)}{what}")


def _place(world: World, unit_id: int, agency_id: int) -> str:
    found = (u.name for u in world.units.values() if (u.agency_id, u.id) == (agency_id, unit_id))
    return next(found, "")


ROLES = {
    "intake_officer": "受理初审员",
    "reviewer": "审核复审员",
    "report_issuer": "报告出具员",
    "exchange_operator": "数据交换员",
    "director": "机构负责人",
    "system_administrator": "系统管理员",
    "security_administrator": "安全管理员",
    "audit_administrator": "审计管理员",
    "department_clerk": "部门经办人",
    "joint_determiner": "共同认定",
    "desk_clerk": "窗口经办人",
    "liaison": "联络员",
}


def padded(text: str, width: int) -> str:
    """``text`` filled up to a width in which a Chinese character counts two."""
    used = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return text + " " * max(width - used, 1)


def say(line: str) -> None:
    """One line for whoever watches."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.world.demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="known to scripts/demo; nothing here")
    parser.add_argument("--fresh", action="store_true", help="as --once: scripts/demo did it")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the reports go")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
