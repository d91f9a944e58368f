"""What is exchanged with a sharing unit."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from app.cases.transitions import states_of
from tenants.catalogue.outcomes import Outcome
from tests.isolation.canaries.matters import MatterRows
from tests.isolation.canaries.rows import AT, DAY, PERIOD, Place, Row


class ExchangeRows(MatterRows):
    """What is exchanged with a sharing unit."""

    def _exchange(self, place: Place, subjects: list[tuple[int, int]]) -> Iterator[Row]:
        agreed = {"signed_on": DAY, "valid_from": DAY, "term": "rulebook", "recorded_at": AT}
        agreed |= {"list_every": "week", "list_day": 1}
        agreed |= {"scan_file_id": self.files[Place(self.agency_id)]["agreement"]}
        yield "agreement", self._base(place, recorded_by=1, **agreed)
        connection = self._connection(place)
        yield "connection", connection
        refused = {"connection_id": connection["id"], "seen_by": None, "seen_at": None}
        yield "refused_file", self._base(place, **refused, refused_at=AT)
        yield (
            "allowed_address",
            self._base(Place(self.agency_id), entry=f"{place.tag}:443", allowed_at=AT),
        )
        named = {"recorded_by": 1, "recorded_at": AT, "unit_id": None}
        yield "employer", self._base(Place(self.agency_id), **named, code=place.tag)
        yield from self._inquiry(place, connection["id"])
        filed = {"side": "unit", "name": place.tag, "letter_number": place.tag, "filed_at": AT}
        yield "filing", self._base(place, valid_from=DAY, filed_by=1, **filed)
        yield self._reply_layout(place)
        # Late states first: a liaison sees the replies of requests that have left.
        for number, state in enumerate(reversed(states_of("request"))):
            request = self._base(
                place,
                state=state,
                period=PERIOD,
                lane="regular",
                way="media",
                subjects=1,
                items_asked=1,
                made_by=1,
                confirmed_by=2,
                made_on=DAY,
                delivered_on=DAY,
                due_on=DAY,
            )
            yield "exchange_request", request
            yield self._extension(place, request["id"])
            yield from self._package(place, request["id"])
            yield from self._replies(place, request["id"])
            yield from self._medium(place, request["id"])
            yield from self._wire(place, request["id"], connection["id"])
            yield from self._paper_reply(place, request["id"])
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
            gone = {"place": place, "agency_id": self.agency_id, "case_id": case_id}
            if state == "stopped":
                yield "finding_replaced", gone | {"finding_id": finding["id"], "replaced_at": AT}
            for left_out in states_of("exclusion") if number == 0 else ():
                yield self._exclusion(place, case_id, finding["id"], left_out)

    def _extension(self, place: Place, request_id: int) -> Row:
        """Its words are shown to both sides, so they are a canary as well."""
        return "extension", self._base(
            place,
            request_id=request_id,
            way="paper",
            days=5,
            ground="other",
            letter_on=DAY,
            arrived_on=DAY,
            due_before=DAY,
            due_on=DAY + dt.timedelta(days=7),
            file_id=self.files[place]["letter"],
            recorded_by=1,
            recorded_at=AT,
        )

    def _inquiry(self, place: Place, connection_id: int) -> Iterator[Row]:
        """What somebody asked of this agency, and what its store answers from."""
        head = _HEAD.replace("TAG", place.tag)
        times = {"received_at": AT, "answered_at": AT, "taken_at": None}
        found = self._base(place, connection_id=connection_id, head=head, lines=1, **times)
        yield "inquiry", found
        page = {"inquiry_id": found["id"], "first": 1, "count": 1}
        for part in ("lines", "answers"):
            file_id = self.files[place]["inquiry"]
            yield "inquiry_page", self._base(place, **page, part=part, file_id=file_id)
        if place.unit_id == 0:
            return
        yield from self._returned(place)

    def _returned(self, place: Place) -> Iterator[Row]:
        """Loads of the store in each of their states, and a record of the one that is in force."""
        people = {"loaded_by": 1, "loaded_at": AT}
        confirmed = {"read_at": AT, "confirmed_by": 2, "confirmed_at": AT}
        over = {"ended_why": "void", "ended_at": AT}
        unread = {"wants_columns": True, "file_id": self.files[place]["returned"]}
        for part, more in enumerate(({}, unread, {"read_at": AT}, over, confirmed)):
            unset = dict.fromkeys(
                ("file_id", "read_at", "confirmed_by", "confirmed_at", "ended_at")
            )
            load = self._base(place, item=506, as_of=DAY, digest=b"canary", part=str(part))
            load |= unset | {"ended_why": "", "wants_columns": False, "faults_sealed": None}
            yield "returned_load", load | people | more | {"reason": place.tag}
        record = self._base(Place(self.agency_id), load_id=load["id"], as_of=DAY)
        sealed = self.keys.seal("returned_record", record["id"], {"employer": place.tag})
        yield "returned_record", record | {"person_hash": b"canary", "sealed": sealed}

    def _connection(self, place: Place) -> dict[str, Any]:
        found = self._base(
            place,
            direction="asks",
            algorithm="ed25519",
            valid_from=DAY,
            valid_to=None,
            is_paused=False,
            closed_on=None,
            changed_by=1,
            changed_at=AT,
            tested_at=AT,
            tested_code="",
            failures=0,
            open_until=None,
            hours="",
        )
        keys = {"ours": place.tag, "theirs": place.tag}
        found["keys_sealed"] = self.keys.seal("connection", found["id"], keys)
        return found

    def _wire(self, place: Place, request_id: int, connection_id: int) -> Iterator[Row]:
        yield (
            "dispatch",
            self._base(
                place,
                request_id=request_id,
                connection_id=connection_id,
                begun_at=AT,
                lines=1,
                received_at=AT,
                kept_at=None,
                taken_at=None,
                next_at=AT,
                dead_at=AT,
                dead_code="unreachable",
                drop_asked_by=1,
                dropped_by=None,
                dropped_at=None,
            ),
        )
        yield (
            "wire_attempt",
            self._base(place, request_id=request_id, at=AT, step="head", code="unreachable"),
        )
        told = {"part": "head", "code": "unopened", "said_at": AT, "received_at": AT}
        yield "not_taken", self._base(place, request_id=request_id, **told)
        lines = {"first": 1, "count": 1, "items": 1, "file_id": self.files[place]["package"]}
        yield "line_page", self._base(place, request_id=request_id, **lines)
        signed = {"place": place, "agency_id": self.agency_id, "nonce": f"{request_id}"}
        yield "used_nonce", signed | {"until": AT}
        done = {"place": place, "agency_id": self.agency_id, "key": f"{request_id}"}
        yield "done_once", done | {"digest": b"canary", "done_at": AT}
        page = self._base(
            place,
            request_id=request_id,
            after=0,
            count=1,
            is_last=True,
            file_id=self.files[place]["reply"],
            kept_at=AT,
            reply_id=None,
        )
        yield "answer_page", page

    def _package(self, place: Place, request_id: int) -> Iterator[Row]:
        package = self._base(
            place, request_id=request_id, file_id=self.files[place]["package"], made_at=AT
        )
        secret = {"password": place.tag}
        package["password_sealed"] = self.keys.seal("package", package["id"], secret)
        yield "package", package

    def _reply_layout(self, place: Place) -> Row:
        layout = {"item": 101, "places": {}, "blank": "missing", "absent": "missing"}
        said = {"fingerprint": place.tag.encode(), "layout": layout | {"basis": place.tag}}
        return "reply_layout", self._base(place, item=101, version=1, said_by=1, said_at=AT, **said)

    def _paper_reply(self, place: Place, request_id: int) -> Iterator[Row]:
        paper = self._base(place, request_id=request_id, first_by=1, as_of=DAY, settled_why="")
        yield "paper_reply", paper | {"scan_file_id": self.files[place]["reply"]}
        typed = self._base(place, paper_id=paper["id"], look=1, line_no=1, account_id=1)
        entries = {"entries": {"101": [[place.tag]]}}
        typed["sealed"] = self.keys.seal("typed_line", typed["id"], entries)
        yield "typed_line", typed

    def _medium(self, place: Place, request_id: int) -> Iterator[Row]:
        medium = self._base(place, request_id=request_id, origin="own", carrier="disc")
        yield "medium", medium
        steps = ("written", "handed_over", "received_back")
        for step in steps:
            taken = {"medium_id": medium["id"], "step": step, "done_on": DAY, "at": AT}
            yield "custody_step", self._base(place, account_id=1, **taken)

    def _replies(self, place: Place, request_id: int) -> Iterator[Row]:
        for part, state in enumerate(states_of("reply"), start=1):
            reply = self._base(
                place,
                state=state,
                request_id=request_id,
                part=part,
                file_id=self.files[place]["reply"],
                rows_file_id=self.files[place]["reply_rows"],
                stamp_from="file",
                received_by=1,
                received_on=DAY,
                received_at=AT,
            )
            faults = {"faults": [place.tag]}
            reply["faults_sealed"] = self.keys.seal("reply", reply["id"], faults)
            reply["password_sealed"] = self.keys.seal("reply", reply["id"], {"password": place.tag})
            yield "reply", reply


_HEAD = (
    '{"interface":"hedui-exchange/1","id":"1","number":"TAG","agency":{"code":"220182",'
    '"name":"TAG"},"unit":{"code":"440000","name":"TAG"},"period":"2026-11",'
    '"sent_at":"2026-11-05T03:00:00Z","due_on":null,"lines":1,"items":[{"code":506,'
    '"name":"medical_insurance","title":"TAG","article":"TAG","fields":[{"name":"employer",'
    '"title":"TAG","type":"text"}]}]}'
)
