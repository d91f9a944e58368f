"""A tree of agencies of any shape, worked by few people, for stories the demonstration has not.

Each agency has a reviewer (4), two exchange operators (5, 6) and a report issuer (7); the lowest
also an intake officer (3), a department and a desk. Units answer as the story tells them.
"""

import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pyzipper
import xlsxwriter
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select, text

from app.accounts.actor import Actor
from app.accounts.permissions import permissions_of
from app.cases.lifecycle import Chosen, Moved
from app.cases.models import Ask, Case
from app.delegation import entrusting
from app.delegation.coverage import announce
from app.delegation.models import LetterOut
from app.exchange import service as exchange
from app.exchange.medium.layout import layout
from app.exchange.models import ExchangeRequest, Reply
from app.intake import service as intake
from app.intake.columns import COLUMNS
from app.matters import service as matters
from app.matters.comparing import compare_cases
from app.matters.models import Matter
from app.report import issuing
from app.report.models import Report
from app.review import service as review
from tenants import files, provisioning
from tenants.calendar import business_date, set_process_business_date
from tenants.catalogue import DataItem, catalogue
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.identity import check_character
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.world.agreements import agree_with_all
from tests.world.filings import file_everybody
from tests.world.pki import issue_agency_certificate, make_demo_authority
from worker.working import drain

ROLES = {
    3: ("intake_officer", "孙丽"),
    4: ("reviewer", "李敏"),
    5: ("exchange_operator", "周洋"),
    6: ("exchange_operator", "吴刚"),
    7: ("report_issuer", "郑伟"),
}
OPENED = dt.date(2026, 1, 1)
Decide = Callable[[str, DataItem], tuple[Outcome, Mapping[str, Any]]]


def no_record(_name: str, _item: DataItem) -> tuple[Outcome, Mapping[str, Any]]:
    """A unit that knows nobody."""
    return Outcome.NO_RECORD, {}


UNFINISHED = """
SELECT kind, fault FROM job WHERE state <> 'done' AND (kind <> 'wire.step' OR fault <> '')
"""


@dataclass
class Tree:
    """``shape``: agency → (tier, parent); ``units``: agency → {unit name: items}."""

    app: Flask
    settings: Settings
    shape: Mapping[int, tuple[str, int | None]]
    units: Mapping[int, Mapping[str, tuple[int, ...]]]
    ids: dict[str, int] = field(default_factory=dict)
    department: int = 0
    desk: int = 0

    def open(self, day: dt.date = dt.date(2026, 11, 3)) -> "Tree":
        """Open every agency, and let coverage run down the tree."""
        self.today(day)
        authority = make_demo_authority()
        with self.app.app_context():
            for id_, (tier, parent) in self.shape.items():
                name = f"{id_}核对中心"
                provisioning.open_agency(
                    id_,
                    name=name,
                    short_name=str(id_),
                    region_name=str(id_),
                    tier=tier,
                    parent_id=parent,
                    opened_on=OPENED,
                )
                seal = issue_agency_certificate(authority, name, str(id_))
                chain = (seal.certificate + b"".join(seal.chain)).decode()
                provisioning.install_certificate(id_, chain, seal.private_key)
                with acting_for(id_, "registrar"):
                    for unit, items in self.units.get(id_, {}).items():
                        self.ids[unit] = provisioning.add_unit(
                            "sharing", unit, category=items[0] // 100
                        )
                        provisioning.add_capabilities(self.ids[unit], list(items), OPENED)
            with acting_for(self.lowest, "registrar"):
                self.department = provisioning.add_unit("commissioning", "民政局")
                self.desk = provisioning.add_unit(
                    "intake_desk", "受理窗口", department_id=self.department
                )
            for id_ in self.shape:
                with acting_for(id_):
                    agree_with_all(OPENED, (5, 6))
                    file_everybody(OPENED, (5, 6))
                    announce()
        self.work()
        return self

    @property
    def lowest(self) -> int:
        """The agency that nobody else calls its parent: the last of the shape."""
        return list(self.shape)[-1]

    def today(self, day: dt.date) -> None:
        """Set the business date of everything that follows."""
        set_process_business_date(day, allow=True)

    def work(self) -> None:
        """Let the worker do everything that waits."""
        drain(self.app, self.settings)

    def actor(self, agency: int, person: int) -> Actor:
        """One of the few people, by number."""
        role, name = ROLES[person]
        return Actor(person, name, agency, 0, 0, frozenset({role}), permissions_of([role]))

    @contextmanager
    def at(self, agency: int) -> Iterator[None]:
        """Work in an agency, one transaction."""
        with self.app.app_context(), acting_for(agency):
            yield

    def entrust(self, names: list[str], **declared: str) -> list[int]:
        """Households of one person each: uploaded, submitted, accepted, approved, routed."""
        ids = self.submit(names, **declared)
        with self.at(self.lowest):
            intake.accept(Chosen.of(ids), self.actor(self.lowest, 3))
        self.approve(self.lowest)
        return ids

    def submit(self, names: list[str], **declared: str) -> list[int]:
        """Upload a list and entrust it; the case ids."""
        roles = permissions_of(["desk_clerk", "department_clerk"])
        clerk = Actor(1, "窗口", self.lowest, self.department, self.desk, permissions=roles)
        head = Actor(2, "科室", self.lowest, self.department, 0, permissions=roles)
        place = {"unit_id": self.department, "desk_id": self.desk}
        with self.app.app_context():
            with acting_for(self.lowest, "township", **place):
                uploaded = intake.upload_list(_list(names, declared), "名单.xlsx", clerk)
                assert uploaded.held_back == 0
            with acting_for(self.lowest, "commissioner", unit_id=self.department):
                intake.submit(
                    [uploaded.id], letter_number="1号", letter_on=business_date(), actor=head
                )
        with self.at(self.lowest):
            return list(db.session.scalars(select(Case.id).order_by(Case.id)))

    def approve(self, agency: int) -> Moved:
        """The reviewer approves everything that waits for review."""
        with self.at(agency):
            ids = list(db.session.scalars(select(Case.id).where(Case.state == "accepted")))
            moved = review.approve(Chosen.of(ids), self.actor(agency, 4))
        self.work()
        return moved

    def seal(self, agency: int) -> None:
        """The reviewer seals the prepared letter upwards."""
        with self.at(agency):
            letters = db.session.scalars(select(LetterOut).where(LetterOut.state == "prepared"))
            for letter in list(letters):
                entrusting.seal(letter.id, letter.rev, self.actor(agency, 4))
        self.work()

    def climb(self) -> None:
        """Seal and approve all the way up."""
        chain = list(reversed(self.shape))
        for lower, upper in zip(chain, chain[1:], strict=False):
            self.seal(lower)
            self.approve(upper)

    def send_requests(self, agency: int) -> None:
        """Make, confirm and deliver every draft."""
        for verb, person in (("make", 5), ("confirm", 6)):
            with self.at(agency):
                state = {"make": "draft", "confirm": "made"}[verb]
                for row in self._requests(state):
                    moved = getattr(exchange, verb)(row.id, row.rev, self.actor(agency, person))
                    assert moved.done, moved
            self.work()
        with self.at(agency):
            for row in self._requests("confirmed"):
                exchange.deliver(
                    row.id, row.rev, self.actor(agency, 6), on=business_date(), how="光盘"
                )

    def answer(self, agency: int, decide: Decide = no_record, *, unit: str | None = None) -> None:
        """Units answer what they were asked; both operators accept."""
        with self.at(agency):
            for row in self._requests("delivered") + self._requests("closed"):
                if unit is None or row.unit_id == self.ids[unit]:
                    operator = self.actor(agency, 5)
                    package = exchange.download_package(row.id, operator).data
                    password = exchange.package_password(row.id, operator)
                    reply = filled(package, password, decide)
                    exchange.receive_reply(row.id, reply, "反馈.xlsx", operator)
        self.work()
        for person in (5, 6):
            with self.at(agency):
                waiting = select(Reply).where(Reply.state.in_(("checked", "accepted_once")))
                for reply_row in list(db.session.scalars(waiting)):
                    moved = exchange.accept_reply(
                        reply_row.id, reply_row.rev, self.actor(agency, person)
                    )
                    assert moved.done, moved
        self.work()

    def exchange(self, agency: int, decide: Decide = no_record) -> None:
        """Send every draft and get it answered."""
        self.send_requests(agency)
        self.answer(agency, decide)

    def issue(self, agency: int) -> Moved:
        """Issue every own report that can be issued."""
        with self.at(agency):
            moved = issuing.issue_own(self.case_ids(), self.actor(agency, 7))
        self.work()
        return moved

    def hear(self) -> None:
        """Households explain whatever is against them; the reviewer signs."""
        with self.at(self.lowest):
            compare_cases(self.case_ids())
            found = list(db.session.scalars(select(Matter).where(Matter.state == "open")))
            for row in found:
                officer = self.actor(self.lowest, 3)
                matters.explain(row.id, "情况属实，申报时漏填。", business_date(), officer)
            moved = matters.sign_off([row.id for row in found], self.actor(self.lowest, 4))
            assert not moved.skipped, moved

    def merge(self, reason: str = "") -> Moved:
        """Make the merged reports at the lowest agency, once the households are heard."""
        self.hear()
        with self.at(self.lowest):
            moved = issuing.merge(
                self.case_ids(), self.actor(self.lowest, 7), incomplete_reason=reason
            )
        self.work()
        return moved

    def case_ids(self) -> list[int]:
        """Every case of the agency in scope."""
        return list(db.session.scalars(select(Case.id).order_by(Case.id)))

    def asked(self, agency: int) -> dict[int, dict[int, int]]:
        """source → {item: outcome} over all subjects of an agency."""
        with self.at(agency):
            found: dict[int, dict[int, int]] = {}
            for ask in db.session.scalars(select(Ask)):
                found.setdefault(ask.source, {}).update(zip(ask.items, ask.outcomes, strict=True))
            return found

    def states(self, agency: int) -> list[str]:
        """The states of an agency's cases."""
        with self.at(agency):
            return list(db.session.scalars(select(Case.state).order_by(Case.id)))

    def reports(self, agency: int) -> list[tuple[str, str, int, int]]:
        """(kind, state, by agency, version) of an agency's reports: those of the tiers above from
        the top down, its own, the merged ones; each by version."""
        with self.at(agency):
            found = db.session.scalars(select(Report))
            rows = [(r.kind, r.state, r.by_agency_id, r.version) for r in found]
        kinds = ("upper", "own", "merged")
        return sorted(rows, key=lambda row: (kinds.index(row[0]), row[2], row[3]))

    def merged_pdf(self) -> bytes:
        """The newest merged report: of the highest version, of the last household."""
        with self.at(self.lowest):
            newest = select(Report.file_id).where(Report.kind == "merged")
            file_id = db.session.scalars(
                newest.order_by(Report.version.desc(), Report.case_id.desc()).limit(1)
            ).one()
            assert file_id is not None
            return files.read(file_id, "report").data

    def unfinished_jobs(self, agency: int) -> list[tuple[str, str]]:
        """Jobs that are not done: none, in a story that went well. A step of the wire whose hour
        has not come is no such job."""
        with self.at(agency):
            rows = db.session.execute(text(UNFINISHED))
            return [(row.kind, row.fault) for row in rows]

    def _requests(self, state: str) -> list[ExchangeRequest]:
        return list(
            db.session.scalars(select(ExchangeRequest).where(ExchangeRequest.state == state))
        )


def _list(names: list[str], declared: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet("核对名单")
        for place, column in enumerate(COLUMNS):
            page.write_string(0, place, column.header)
        for row, name in enumerate(names, start=1):
            digits = f"22018219700101{row:03d}"
            cells = {
                "row_no": str(row),
                "household_no": f"H{row}",
                "relation": "户主",
                "name": name,
                "id_type": "居民身份证",
                "id_number": digits + check_character(digits),
                "phone": "13800000000",
                "registered_region": "220182",
                "actual_region": "220182",
                "scheme": "低保",
                "application": "新申请",
                "subject_role": "共同生活的家庭成员",
                "authorised_on": "2026-10-20",
                "authorisation_expires_on": "2027-10-19",
                "monthly_income": "300",
                "deposits": "1000",
                "houses": "1",
                "vehicles": "0",
                "businesses": "0",
            } | dict(declared)
            for place, column in enumerate(COLUMNS):
                page.write_string(row, place, cells.get(column.key, ""))
    return buffer.getvalue()


def filled(package: bytes, password: str, decide: Decide) -> bytes:
    """The reply template of a package, filled in as ``decide`` says for (name, item)."""
    with pyzipper.AESZipFile(io.BytesIO(package)) as archive:
        archive.setpassword(password.encode())
        template = archive.read(layout().files.reply)
    book = CalamineWorkbook.from_filelike(io.BytesIO(template))
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as out:
        for sheet in book.sheet_names:
            rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            if sheet not in (layout().sheets.head, layout().sheets.codes):
                item = catalogue().item(int(sheet.split()[0]))
                rows = [rows[0], *(_answered(row, item, decide) for row in rows[1:])]
            page = out.add_worksheet(sheet)
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if cell != "":
                        whole = isinstance(cell, float) and cell.is_integer()
                        page.write_string(line, place, str(int(cell) if whole else cell))
    return buffer.getvalue()


def _answered(row: list[Any], item: DataItem, decide: Decide) -> list[Any]:
    outcome, record = decide(str(row[1]), item)
    values = [record.get(f.name, "") for f in item.fields]
    day = business_date().isoformat() if outcome in (Outcome.HIT, Outcome.NO_RECORD) else ""
    return [*row[:3], layout().outcome_words[outcome], *values, day, ""]
