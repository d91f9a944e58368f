"""What every unit has, and the agency itself: acts, notices, reports, letters."""

from collections.abc import Iterator
from uuid import uuid5

from app.accounts.models import STAFF_ROLES
from app.cases.transitions import states_of
from tenants.vault import box_letter
from tests.isolation.canaries.rows import AT, DAY, OWN_ITEM, PERIOD, Place, Row, Rows

NOTICE_ROLES = {
    "agency": STAFF_ROLES,
    "commissioning": ("department_clerk",),
    "intake_desk": ("desk_clerk",),
    "sharing": ("liaison",),
}


class OfficeRows(Rows):
    """What every unit has, and the agency itself: acts, notices, reports, letters."""

    def _anywhere(self, place: Place) -> Iterator[Row]:
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

    def _notices(self, place: Place) -> Iterator[Row]:
        """One for each role that sits there, and one that somebody has read."""
        units = {unit.id: unit.kind for unit in self.units}
        roles = NOTICE_ROLES[units.get(place.desk_id or place.unit_id, "agency")]
        for role in roles:
            told = {"role": role, "kind": "report.ready", "day": DAY, "at": AT}
            notice = self._base(place, account_id=0, object_id=0, **told)
            yield "notice", notice
        read = {"place": place, "agency_id": self.agency_id, "notice_id": notice["id"]}
        yield "notice_read", read | {"account_id": 1}

    def _staff_rows(self, place: Place) -> Iterator[Row]:
        counter = {"place": place, "agency_id": self.agency_id, "kind": place.tag, "year": 2026}
        yield "counter", counter | {"last": 7}
        notice = {"year": 2098, "number": place.tag, "words": place.tag, "recorded_by": 1}
        days = {"holidays": [DAY.replace(year=2098)], "make_up_days": [], "recorded_at": AT}
        yield "holiday_notice", self._base(place, **notice, **days)
        agreed = {"consented_on": DAY, "valid_from": DAY, "valid_to": DAY}
        yield "hosting", self._base(place, host_agency_id=self.tree[0] or self.agency_id, **agreed)
        for state in states_of("letter"):
            letter = self._base(
                place,
                state=state,
                kind="entrust",
                lane="regular",
                parent_id=self.tree[0] or 0,
                period=PERIOD,
                key=uuid5(self._key(place), state),
                sent_on=DAY,
                sent_at=AT,
            )
            yield "letter_out", letter
        covered = {"place": place, "agency_id": self.agency_id, "item": 1701, "by_agency_id": 1}
        yield "coverage", covered | {"valid_from": DAY, "by_tier": "city"}
        below = covered | {"child_id": 1, "valid_from": DAY, "way": "media"}
        yield "coverage_below", below
        told = {"place": place, "agency_id": self.agency_id, "child_id": 1, "by_agency_id": 1}
        yield "tally", told | {"period": PERIOD, "measure": "open", "value": 7, "counted_on": DAY}
        yield (
            "agency_turn",
            {"place": place, "agency_id": self.agency_id, "change_id": 7} | {"turned_on": DAY},
        )
        yield from self._score_sheets(place)
        law = {"place": place, "agency_id": self.agency_id, "item": OWN_ITEM, "law_file_id": None}
        field = {"name": "field_1", "title": place.tag, "type": "text"}
        asked = {"fields": [field], "schemes": [], "roles": []}
        yield "own_item", law | {"definition": asked, "recorded_by": 1, "recorded_at": AT}

    def _score_sheets(self, place: Place) -> Iterator[Row]:
        """Of a child in every state, another one each year, and the agency's own."""
        for year, state in enumerate(states_of("evaluation"), 2020):
            for child in (self.agency_id, 1):
                sheet = self._base(place, state=state, year=year, child_id=child, set_on=DAY)
                sheet |= {"key": uuid5(self._key(place), f"{year} {child}")}
                sheet["parent_id"] = self.tree[0] or self.agency_id
                yield "score_sheet", sheet
                item = {"place": place, "agency_id": self.agency_id, "sheet_id": sheet["id"]}
                item |= {"position": 0, "measure": "on_time", "weight": 35, "target": 98}
                yield "score_item", item | {"self_tenths": 300}

    def _letters(self, place: Place) -> Iterator[Row]:
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

    def _reports(self, place: Place, case_id: int) -> Iterator[Row]:
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
