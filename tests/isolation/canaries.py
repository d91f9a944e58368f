"""A world in which every private place of every tenant holds that tenant's canary.

A canary names its owner: agency, unit and desk. Rows are planted as the owner of the database,
past the wall, in every state of every machine, and in every agency of the demonstration world,
with a second department and a second intake desk, so that there are strangers of each kind.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID, uuid5

from flask import Flask
from sqlalchemy import Connection, LargeBinary, Table, Text, insert, select, text

from app.accounts.models import STAFF_ROLES
from app.cases.identity import Identity
from app.cases.transitions import NOT_HANDED_IN, states_of
from migrations.tables import metadata
from tenants import files
from tenants.agency.models import Unit
from tenants.catalogue import MeasureName
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.provisioning import add_unit
from tenants.scope import acting_for
from tenants.vault import Vault, box_letter, vault
from tests.architecture.catalogue import as_owner
from tests.world.world import World

DAY = dt.date(2026, 11, 5)
AT = dt.datetime(2026, 11, 5, 3, 0, tzinfo=dt.UTC)
PERIOD = 202611
NO_LAYOUT: dict[str, Any] = {"places": {}, "in_ten_thousand": [], "fixed": {}}
CANARY = re.compile(rb"CANARY(\d+)u(\d+)d(\d+)x")
_SESSIONS = text(
    "INSERT INTO sign_in_session (agency_id, id, account_id, token_hash, started_at, seen_at)"
    " SELECT agency_id, min(id), min(id), 'canary', :at, :at FROM account GROUP BY agency_id"
)
NOTICE_ROLES = {
    "agency": STAFF_ROLES,
    "commissioning": ("department_clerk",),
    "intake_desk": ("desk_clerk",),
    "sharing": ("liaison",),
}
_STAND_INS = text(
    "INSERT INTO stand_in (agency_id, id, account_id, absent_id, role, valid_from, valid_to,"
    " reason, filed_by, filed_on) SELECT agency_id, min(id), min(id), max(id), 'reviewer', :day,"
    " :day, 'leave', 0, :day FROM account WHERE kind = 'staff' GROUP BY agency_id"
    " RETURNING agency_id, id"
)
OTHER_DEPARTMENT, OTHER_DESK = "市住房保障局救助科", "第二受理窗口"


@dataclass(frozen=True)
class Place:
    """Whose rows: an agency's, one of its units', or one intake desk's of a unit."""

    agency_id: int
    unit_id: int = 0
    desk_id: int = 0

    @property
    def tag(self) -> str:
        return f"CANARY{self.agency_id}u{self.unit_id}d{self.desk_id}x"


@dataclass
class Planted:
    """Ids of what was planted, by table and place; files' contents are canaries too."""

    ids: dict[str, dict[Place, list[int]]] = field(default_factory=dict)
    codes: dict[Place, list[str]] = field(default_factory=dict)

    def of(self, table: str, agency_id: int) -> list[int]:
        """All ids of a table in an agency."""
        places = self.ids.get(table, {}).items()
        return [id_ for place, ids in places if place.agency_id == agency_id for id_ in ids]


def seen(data: bytes) -> set[Place]:
    """The owners of the canaries in what was sent to somebody."""
    return {Place(*(int(n) for n in found.groups())) for found in CANARY.finditer(data)}


def plant(app: Flask, owner_url: str, world: World) -> Planted:
    """Put canaries everywhere; returns what is where."""
    planted = Planted()
    whole: dict[str, list[dict[str, Any]]] = {}
    with app.app_context(), as_owner(owner_url) as connection:
        for agency in world.agencies.values():
            with acting_for(agency.id, "registrar"):
                other = add_unit("commissioning", OTHER_DEPARTMENT)
                add_unit("intake_desk", OTHER_DESK, department_id=other)
        for agency in world.agencies.values():
            with acting_for(agency.id):
                units = list(db.session.scalars(select(Unit)))
                kept = {place: _files(place) for place in _places(agency.id, units)}
                keys = vault()
            lists = planted.ids.setdefault("file", {})
            lists |= {place: [ids["list"]] for place, ids in kept.items()}
            tree = (agency.parent, [c.id for c in world.agencies.values() if c.parent == agency.id])
            rows = _Agency(agency.id, units, keys, kept, tree)
            for table, values in rows.planted():
                row = _filled(metadata.tables[table], values, planted)
                whole.setdefault(table, []).append(row)
        _insert(connection, whole)
        connection.execute(_SESSIONS, {"at": AT})
        stood_in = connection.execute(_STAND_INS, {"day": DAY})
        planted.ids["stand_in"] = {Place(row.agency_id): [row.id] for row in stood_in}
    return planted


def _insert(connection: Connection, whole: dict[str, list[dict[str, Any]]]) -> None:
    """All rows, a table at a time, in an order that foreign keys allow."""
    for table in metadata.sorted_tables:
        if table.name in whole:
            connection.execute(insert(table).inline(), whole[table.name])


def _places(agency_id: int, units: list[Unit]) -> Iterator[Place]:
    yield Place(agency_id)
    for unit in units:
        if unit.department_id is None:
            yield Place(agency_id, unit.id)
        else:
            yield Place(agency_id, unit.department_id, unit.id)


def _files(place: Place) -> dict[str, int]:
    at = {"unit_id": place.unit_id, "desk_id": place.desk_id}
    return {
        kind: files.store(kind, f"{place.tag}.txt", place.tag.encode(), **at)
        for kind in files.KINDS
    }


@dataclass
class _Agency:
    """Makes the rows of one agency, in an order that foreign keys allow."""

    agency_id: int
    units: list[Unit]
    keys: Vault
    files: Mapping[Place, Mapping[str, int]]
    tree: tuple[int | None, list[int]]

    def __post_init__(self) -> None:
        self.matters: dict[int, int] = {}
        self.numbers = count(PERIOD * 10**12 + self.agency_id * 10**5)

    def next(self) -> int:
        return next(self.numbers)

    def planted(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """(table, values) of every row; the plain columns are filled in later."""
        places = list(_places(self.agency_id, self.units))
        subjects: list[tuple[int, int]] = []
        for place in places:
            kind = self._kind(place)
            if kind != "sharing":
                yield from self._unit_rows(place, subjects)
            yield from self._anywhere(place)
        for place in places:
            if self._kind(place) == "sharing":
                yield from self._exchange(place, subjects)
        yield from self._staff_rows(Place(self.agency_id))
        yield from self._letters(Place(self.agency_id))

    def _kind(self, place: Place) -> str:
        kinds = {unit.id: unit.kind for unit in self.units}
        return kinds.get(place.unit_id, "agency")

    def _sender(self) -> int:
        """Whom a case from below came from; a county has nobody below, so any agency will do."""
        return self.tree[1][0] if self.tree[1] else self.agency_id

    def _base(self, place: Place, **given: Any) -> dict[str, Any]:
        return {"place": place, "agency_id": place.agency_id, "id": self.next(), **given}

    def _unit_rows(
        self, place: Place, subjects: list[tuple[int, int]]
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        below = place.unit_id == 0
        origin = "below" if below else "unit"
        entrustment = self._base(
            place,
            origin=origin,
            period=PERIOD,
            from_agency_id=self._sender() if below else 0,
            letter_key=self._key(place) if below else None,
            letter_file_id=self.files[place]["letter"],
            submitted_on=DAY,
            submitted_at=AT,
        )
        yield "entrustment", entrustment
        listed = self._base(
            place,
            file_id=self.files[place]["list"],
            error_file_id=self.files[place]["errors"],
            uploaded_by=0,
            uploaded_at=AT,
            households=1,
            subjects=1,
            held_back=1,
        )
        fault = {"row": 2, "column": "name", "code": "nothing_chosen", "values": {}}
        listed["faults_sealed"] = self.keys.seal(
            "subject_list", listed["id"], {"faults": [fault], "total": 1}
        )
        yield "subject_list", listed
        seal = {"place": place, "agency_id": self.agency_id, "entrustment_id": entrustment["id"]}
        seal |= {"case_id": 0, "subject_id": 0, "what": "letter_seal"}
        if self._kind(place) == "commissioning":
            package = self._base(place, entrustment_id=entrustment["id"], on_behalf=True)
            package |= {"digest": place.tag.encode(), "households": 1, "subjects": 1}
            package |= {"held_back": 0, "papers": 1, "imported_by": 0, "imported_at": AT}
            yield "data_package", package
        yield "paper_tick", seal | {"ticked_by": 0, "ticked_at": AT}
        if not below:
            batch = self._base(place, list_id=listed["id"], uploaded_by=0, uploaded_at=AT)
            file = {"name": place.tag, "sheets": [], "problem": place.tag}
            batch["sealed"] = self.keys.seal("paper_batch", batch["id"], {"files": [file]})
            yield "paper_batch", batch
            yield "household_draft", self._draft(place)
        yield (
            "list_layout",
            self._base(
                place, fingerprint=place.tag.encode(), layout=NO_LAYOUT, said_by=1, said_at=AT
            ),
        )
        for state in states_of("case"):
            yield from self._case(place, state, origin, entrustment["id"], listed["id"], subjects)

    def _draft(self, place: Place) -> dict[str, Any]:
        draft = self._base(place, case_id=0, account_id=0, started_at=AT, saved_at=AT)
        typed = {"household": {"household_no": place.tag}, "people": [{"name": place.tag}]}
        draft["sealed"] = self.keys.seal("household_draft", draft["id"], typed)
        return draft

    def _case(
        self,
        place: Place,
        state: str,
        origin: str,
        entrustment_id: int,
        list_id: int,
        subjects: list[tuple[int, int]],
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        case = self._base(
            place,
            entrustment_id=None if state in NOT_HANDED_IN else entrustment_id,
            list_id=list_id,
            origin=origin,
            from_agency_id=self._sender() if origin == "below" else 0,
            scheme="subsistence",
            application="new",
            region=220182,
            size=1,
            state=state,
            period=PERIOD,
            due_on=DAY,
        )
        name = {"name": place.tag}
        case["head_sealed"] = self.keys.seal("household_case", case["id"], name)
        yield "household_case", case
        subject = self._base(
            place,
            case_id=case["id"],
            row_no=1,
            role="applicant",
            relation="01",
            items=[101],
            left_reason="",
            joined_reason="",
        )
        identity = Identity(place.tag, "id_card", place.tag, place.tag, "220182", "220182")
        subject["sealed"] = self.keys.seal("subject", subject["id"], identity.as_json())
        subject["id_hash"] = self.keys.look_up(place.tag)
        subject["name_hash"] = self.keys.look_up(place.tag)
        yield "subject", subject
        yield (
            "authorisation",
            self._base(
                place,
                subject_id=subject["id"],
                signed_on=DAY,
                expires_on=DAY.replace(year=2027),
            ),
        )
        yield "paper", self._paper(place, case_id=case["id"], subject_id=subject["id"])
        declared = {"place": place, "agency_id": self.agency_id, "subject_id": subject["id"]}
        amounts = dict.fromkeys(("monthly_income_fen", "deposits_fen"), 7_000_000 + self.agency_id)
        amounts |= dict.fromkeys(("houses", "vehicles", "businesses"), 1)
        sealed = self.keys.seal("declaration", subject["id"], amounts)
        yield "declaration", declared | {"sealed": sealed}
        duty = {"place": place, "agency_id": self.agency_id, "case_id": case["id"]}
        yield "case_duty", duty | {"account_id": 1, "step": "intake_check"}
        yield "event", self._event(place, "case", case["id"], state)
        yield "household_change", self._change(place, case["id"], subject["id"])
        for kind, given in zip(("member", "number", "name"), states_of("addition"), strict=True):
            yield "addition", self._addition(place, case["id"], kind, given)
        if state == "checking":
            subjects.append((case["id"], subject["id"]))
            yield from self._matters(place, case["id"])
        if state in {"checking", "reported"}:
            yield from self._reports(place, case["id"])

    def _paper(self, place: Place, **where: int) -> dict[str, Any]:
        return self._base(
            place,
            **where,
            kind="authorisation",
            sequence=1,
            file_id=self.files[place]["paper"],
            media_type="image/jpeg",
            size=1,
            uploaded_by=0,
            uploaded_at=AT,
        )

    def _change(self, place: Place, case_id: int, subject_id: int) -> dict[str, Any]:
        change = self._base(
            place,
            kind="consent",
            case_id=case_id,
            subject_id=subject_id,
            happened_on=DAY,
            recorded_by=0,
            recorded_at=AT,
        )
        said = {"reason": place.tag, "remark": place.tag}
        return change | {"sealed": self.keys.seal("household_change", change["id"], said)}

    def _addition(self, place: Place, case_id: int, kind: str, state: str) -> dict[str, Any]:
        row = self._base(
            place,
            kind=kind,
            state=state,
            case_id=case_id,
            happened_on=DAY,
            recorded_by=0,
            recorded_at=AT,
        )
        typed = dict.fromkeys(("name", "id_number", "phone", "relation"), place.tag)
        said = {"row": typed, "code": "birth", "reason": place.tag, "remark": place.tag}
        return row | {"sealed": self.keys.seal("addition", row["id"], said)}

    def _matters(self, place: Place, case_id: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """A matter in every state, one per measure, each with what the household said."""
        for topic, state in zip(MeasureName, states_of("matter"), strict=True):
            matter = self._base(
                place,
                case_id=case_id,
                kind="measure",
                topic=str(topic),
                state=state,
                opened_on=DAY,
                due_on=DAY,
            )
            content: dict[str, Any] = {"declared": 0, "found": 1, "left_out": 0, "limit": None}
            content |= {"persons": 1, "over_declared": True, "over_limit": False, "findings": []}
            matter["sealed"] = self.keys.seal("matter", matter["id"], content)
            self.matters.setdefault(case_id, matter["id"])
            yield "matter", matter
            said = self._base(place, matter_id=matter["id"], told_on=DAY, account_id=0, at=AT)
            said["sealed"] = self.keys.seal("explanation", said["id"], {"text": place.tag})
            yield "explanation", said

    def _exclusion(
        self, place: Place, case_id: int, finding_id: int, state: str
    ) -> tuple[str, dict[str, Any]]:
        row = self._base(
            place,
            case_id=case_id,
            matter_id=self.matters[case_id],
            finding_id=finding_id,
            ground="held_for_others",
            state=state,
            prepared_by=1,
            prepared_on=DAY,
            prepared_at=AT,
        )
        content = {"amount": 1, "note": Place(self.agency_id).tag}
        return "exclusion", row | {"sealed": self.keys.seal("exclusion", row["id"], content)}

    def _event(self, place: Place, machine: str, id_: int, state: str) -> dict[str, Any]:
        return self._base(
            place,
            machine=machine,
            object_id=id_,
            action="submit",
            to_state=state,
            account_id=0,
            at=AT,
            day=DAY,
        )

    def _reports(self, place: Place, case_id: int) -> Iterator[tuple[str, dict[str, Any]]]:
        made = []
        for kind in ("own", "upper", "merged"):
            for state in states_of("report"):
                report = self._base(
                    place,
                    kind=kind,
                    state=state,
                    case_id=case_id,
                    unit_id=place.unit_id if kind == "merged" else 0,
                    by_agency_id=self.agency_id,
                    file_id=self.files[place]["report"],
                    digest=b"canary",
                    issued_on=DAY,
                    issued_at=AT,
                )
                made.append(report["id"])
                yield "report", report
        part = {"place": place, "agency_id": self.agency_id, "report_id": made[-1]}
        yield "report_part", part | {"position": 1, "part_id": made[0], "digest": b"canary"}

    def _anywhere(self, place: Place) -> Iterator[tuple[str, dict[str, Any]]]:
        """What every unit has: an act, an audit row, a message."""
        yield (
            "action",
            self._base(place, form_id=self._key(place), account_id=0, verb="case.accept", at=AT),
        )
        audit = self._base(place, at=AT, account_id=0, verb="guard.canary", detail={})
        audit["reason"] = place.tag
        yield "audit", audit
        link = {"place": place, "agency_id": self.agency_id, "position": audit["id"]}
        yield "audit_link", link | {"audit_id": audit["id"], "hash": b"canary"}
        yield from self._notices(place)
        job = {"kind": "coverage.push", "payload": {}, "state": "done", "recorded_at": AT}
        yield "job", self._base(place, run_at=AT, once=f"canary {self._key(place)}", **job)

    def _notices(self, place: Place) -> Iterator[tuple[str, dict[str, Any]]]:
        """One for each role that sits there, and one that somebody has read."""
        units = {unit.id: unit.kind for unit in self.units}
        roles = NOTICE_ROLES[units.get(place.desk_id or place.unit_id, "agency")]
        for role in roles:
            told = {"role": role, "kind": "report.ready", "day": DAY, "at": AT}
            notice = self._base(place, account_id=0, object_id=0, **told)
            yield "notice", notice
        read = {"place": place, "agency_id": self.agency_id, "notice_id": notice["id"]}
        yield "notice_read", read | {"account_id": 1}

    def _exchange(
        self, place: Place, subjects: list[tuple[int, int]]
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        for number, state in enumerate(states_of("request")):
            request = self._base(
                place,
                state=state,
                period=PERIOD,
                lane="regular",
                subjects=1,
                items_asked=1,
                made_by=1,
                confirmed_by=2,
                made_on=DAY,
                delivered_on=DAY,
                due_on=DAY,
            )
            yield "exchange_request", request
            yield from self._package(place, request["id"])
            yield from self._replies(place, request["id"])
            case_id, subject_id = subjects[0]
            asked = {"subject_id": subject_id, "case_id": case_id, "round": number}
            yield (
                "ask",
                {"place": place, "agency_id": self.agency_id, **asked}
                | {"source": place.unit_id, "items": [101], "outcomes": [int(Outcome.HIT)]}
                | {"request_id": request["id"], "line_no": 1},
            )
            finding = self._base(
                place,
                case_id=case_id,
                subject_id=subject_id,
                item=101,
                by_agency_id=self.agency_id,
                request_id=request["id"],
                letter_key=None,
                as_of=DAY,
            )
            fields = {"category": Place(self.agency_id).tag}
            finding["sealed"] = self.keys.seal("finding", finding["id"], fields)
            yield "finding", finding
            for left_out in states_of("exclusion") if number == 0 else ():
                yield self._exclusion(place, case_id, finding["id"], left_out)

    def _package(self, place: Place, request_id: int) -> Iterator[tuple[str, dict[str, Any]]]:
        package = self._base(
            place, request_id=request_id, file_id=self.files[place]["package"], made_at=AT
        )
        secret = {"password": place.tag}
        package["password_sealed"] = self.keys.seal("package", package["id"], secret)
        yield "package", package

    def _replies(self, place: Place, request_id: int) -> Iterator[tuple[str, dict[str, Any]]]:
        for part, state in enumerate(states_of("reply"), start=1):
            reply = self._base(
                place,
                state=state,
                request_id=request_id,
                part=part,
                file_id=self.files[place]["reply"],
                rows_file_id=self.files[place]["reply_rows"],
                received_by=1,
                received_on=DAY,
                received_at=AT,
            )
            faults = {"faults": [place.tag]}
            reply["faults_sealed"] = self.keys.seal("reply", reply["id"], faults)
            reply["password_sealed"] = self.keys.seal("reply", reply["id"], {"password": place.tag})
            yield "reply", reply

    def _staff_rows(self, place: Place) -> Iterator[tuple[str, dict[str, Any]]]:
        counter = {"place": place, "agency_id": self.agency_id, "kind": place.tag, "year": 2026}
        yield "counter", counter | {"last": 7}
        agreed = {"consented_on": DAY, "valid_from": DAY, "valid_to": DAY}
        yield "hosting", self._base(place, host_agency_id=self.tree[0] or self.agency_id, **agreed)
        for state in states_of("letter"):
            letter = self._base(
                place,
                state=state,
                kind="entrust",
                parent_id=self.tree[0] or 0,
                period=PERIOD,
                key=uuid5(self._key(place), state),
                sent_on=DAY,
                sent_at=AT,
            )
            yield "letter_out", letter
        covered = {"place": place, "agency_id": self.agency_id, "item": 1701, "by_agency_id": 1}
        yield "coverage", covered | {"valid_from": DAY, "by_tier": "city"}

    def _letters(self, place: Place) -> Iterator[tuple[str, dict[str, Any]]]:
        """Letters that this agency sent: the recipient owns them, so they carry its canary."""
        parent, children = self.tree
        boxes = [("letter_up", parent, "entrust")] if parent else []
        boxes += [("letter_down", child, "report") for child in children]
        for table, to, kind in boxes:
            key = uuid5(self._key(place), f"{table}{to}")
            letter = {"agency_id": to, "from_agency_id": self.agency_id, "key": key, "kind": kind}
            letter |= {"period": PERIOD, "sent_on": DAY, "sent_at": AT, "taken_in": True}
            tag = Place(int(to or 0)).tag
            letter["sealed"] = box_letter(bytes(range(32)), str(key), {"tag": tag})
            yield table, {"place": Place(int(to or 0)), "number": tag} | letter

    def _key(self, place: Place) -> UUID:
        return uuid5(UUID(int=self.agency_id), place.tag)


def _filled(table: Table, values: dict[str, Any], planted: Planted) -> dict[str, Any]:
    """A whole row: what was given, and the canary in every column of text that was not."""
    place = values.pop("place")
    row = {name: value for name, value in values.items() if name in table.c}
    for name, there in (("unit_id", place.unit_id), ("desk_id", place.desk_id)):
        if name in table.c:
            row.setdefault(name, there)
    for column in table.c:
        if column.name in row or column.computed is not None:
            continue
        if isinstance(column.type, Text):
            row[column.name] = f"{place.tag}{values.get('id', '')}"
        elif isinstance(column.type, LargeBinary) and not column.nullable:
            row[column.name] = place.tag.encode()
    if "id" in table.c:
        planted.ids.setdefault(table.name, {}).setdefault(place, []).append(row["id"])
    if table.name == "report":
        planted.codes.setdefault(place, []).append(row["code"])
    return row
