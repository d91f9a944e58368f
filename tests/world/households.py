"""The demonstration's households, with the facts that are planted about every person."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from tests.world.identity_numbers import check_character, id_number, with_wrong_check
from tests.world.plan import DATA, AgencyPlan, agencies, agency_named, month, read

MEASURES = ("monthly_income", "deposits", "houses", "vehicles", "businesses")
# A block of mobile numbers that no operator has been given.
_PHONE = "1540000{:04d}"

Story = Literal[
    "", "return", "terminate_at_review", "terminate_at_province", "hand_back", "withdraw"
]


@dataclass(frozen=True)
class Fact:
    """What one source answers about one person: records as its clerk would write them (money in
    yuan, codes as their titles), or the outcome ``unable`` or ``refused`` with a remark.

    ``unit`` is empty where only one unit can answer. ``rechecked`` (as_of, records) is what it
    answers when it is asked again, because the person contested it; ``later`` (since, as_of,
    records) what it answers from that day on, and without records that there is none any more.
    """

    item: int
    unit: str = ""
    outcome: str = "hit"
    records: tuple[Mapping[str, Any], ...] = ()
    as_of: dt.date | None = None
    remark: str = ""
    rechecked: Mapping[str, Any] = field(default_factory=dict)
    later: Mapping[str, Any] = field(default_factory=dict)

    def on(self, day: dt.date) -> "Fact | None":
        """What the source answers on that day; ``None`` when it holds nothing any more."""
        if not self.later or day < self.later["since"]:
            return self
        now = replace(self, records=self.later["records"], as_of=self.later["as_of"], later={})
        return now if now.records else None

    def again(self) -> "Fact":
        """What the source answers in a recheck."""
        return replace(self, **self.rechecked, rechecked={}) if self.rechecked else self


@dataclass(frozen=True)
class Subject:
    """One person of a household; ``declared`` in yuan or counts, only what was filled in.

    ``wrong`` is what the list says instead (column key → text), for households held back;
    ``scope`` what the authorisation names, where it does not cover all.
    ``joined`` (reason, on) says that somebody is no row of the list, but added later.
    """

    name: str
    relation: str
    role: str
    id_number: str
    born: dt.date
    phone: str
    authorised_on: dt.date
    authorisation_expires_on: dt.date
    declared: Mapping[str, Decimal]
    facts: tuple[Fact, ...]
    wrong: Mapping[str, str]
    scope: str = ""
    joined: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_counted(self) -> bool:
        """Support obligors are verified, but are no members of the household."""
        return self.role != "obligor"

    @property
    def other_number(self) -> str:
        """A valid number of the same birthday that is nobody's."""
        first17 = f"{self.id_number[:14]}{(int(self.id_number[14:17]) + 500) % 1000:03d}"
        return first17 + check_character(first17)

    def facts_at(
        self, unit: str, item: int, *, rechecked: bool = False, on: dt.date | None = None
    ) -> tuple[Fact, ...]:
        """What a unit that was asked about ``item``, or asked again, knows on a day (usually in
        the month); empty: no record."""
        here = (f for f in self.facts if f.item == item and f.unit in ("", unit))
        known = (fact.on(on) if on else fact for fact in here)
        return tuple(fact.again() if rechecked else fact for fact in known if fact)


@dataclass(frozen=True)
class Expect:
    """What was worked out by hand; see the head of ``yushu.toml``."""

    found: Mapping[str, Decimal] = field(default_factory=dict)
    over: tuple[str, ...] = ()
    hits: Mapping[str, int] = field(default_factory=dict)
    late_hits: int = 0
    reports: tuple[str, ...] = ()
    out: tuple[Mapping[str, Any], ...] = ()
    conflicts: tuple[Mapping[str, Any], ...] = ()
    relations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Household:
    """One household as a desk enters it, with what is known beforehand.

    ``bad`` says why the list check holds it back (code, column, name); ``returned`` what the first
    list says otherwise than the paper, until it is corrected (name, column → value).
    ``taken_back`` names who takes the consent back before the review, ``mistyped`` whose number is
    put right later, ``left`` (name, reason, on) who leaves after the household went up. ``said`` is how the household
    explains what was found (``silent``: it does not), ``excluded`` what is signed as not counted,
    ``contested`` (name, item, record, words) what somebody objects to once it is reported.
    """

    no: str
    agency: str
    desk: str
    scheme: str
    application: str
    about: str
    subjects: tuple[Subject, ...]
    expect: Expect
    story: Story = ""
    reason: str = ""
    hand_back: Mapping[str, Any] = field(default_factory=dict)
    bad: Mapping[str, str] = field(default_factory=dict)
    returned: Mapping[str, Any] = field(default_factory=dict)
    taken_back: str = ""
    mistyped: str = ""
    left: Mapping[str, Any] = field(default_factory=dict)
    said: str = ""
    silent: bool = False
    excluded: tuple[Mapping[str, Any], ...] = ()
    contested: Mapping[str, Any] = field(default_factory=dict)

    @property
    def head(self) -> Subject:
        return self.subjects[0]

    @property
    def region(self) -> int:
        """The county they live in: the agency's own, or the first one below it."""
        return county_of(agency_named(self.agency))

    def declared(self, measure: str) -> Decimal:
        """What the household declared, over its counted members."""
        counted = (s for s in self.subjects if s.is_counted and s.name != self.left.get("name"))
        return sum((s.declared.get(measure, Decimal(0)) for s in counted), Decimal(0))


def county_of(agency: AgencyPlan) -> int:
    """The code of the agency's county, or of the first county below it."""
    if agency.tier == "county":
        return agency.id
    below = (plan for plan in agencies().values() if plan.parent == agency.id)
    return county_of(next(plan for plan in below if plan.tier != "township"))


@cache
def households() -> tuple[Household, ...]:
    """The good households of the month, by county and desk."""
    written = tuple(household for household in _all() if not household.bad)
    return written + _MOVED_IN.get(month().period, ())


_MOVED_IN: dict[int, tuple[Household, ...]] = {}


def move_in(period: int, further: Sequence[Household]) -> None:
    """Let these households live here too; those of another period are on no list of this month."""
    _MOVED_IN[period] = tuple(further)
    for known in (households, subjects_by_id_number):
        known.cache_clear()


@cache
def bad_households() -> tuple[Household, ...]:
    """Those that the list check holds back."""
    return tuple(household for household in _all() if household.bad)


@cache
def subjects_by_id_number() -> Mapping[str, Subject]:
    """Every person of a good household, of whatever month."""
    others = (h for period, some in _MOVED_IN.items() if period != month().period for h in some)
    known = (*households(), *others)
    return {s.id_number: s for household in known for s in household.subjects}


@cache
def _all() -> tuple[Household, ...]:
    found: list[Household] = []
    counted = 0
    for path in sorted((DATA / "households").glob("*.toml")):
        table = read(path)
        agency = agency_named(table["agency"])
        for raw in table["households"]:
            found.append(_household(raw, agency, counted))
            counted += len(found[-1].subjects)
    return tuple(found)


def _household(raw: dict[str, Any], agency: AgencyPlan, first: int) -> Household:
    subjects = [
        make_subject(subject, agency, number)
        for number, subject in enumerate(raw.pop("subjects"), start=first + 1)
    ]
    return Household(
        agency=agency.region_name,
        subjects=tuple(subjects),
        expect=_expect(raw.pop("expect", {})),
        excluded=tuple(raw.pop("excluded", ())),
        **raw,
    )


def make_subject(raw: Mapping[str, Any], agency: AgencyPlan, number: int) -> Subject:
    """One person as a data file describes it; ``number`` makes phone and identity number its own."""
    born: dt.date = raw["born"]
    identity = id_number(
        raw.get("from", county_of(agency)), born, 100 + number, male=raw["sex"] == "男"
    )
    is_head = raw["relation"] in ("户主", "本人")
    declared = {key: Decimal(value) for key, value in raw.get("declared", {}).items()}
    wrong = dict(raw.get("wrong", {}))
    if wrong.get("id_number") == "checksum":
        wrong["id_number"] = with_wrong_check(identity)
    return Subject(
        name=raw["name"],
        relation=raw["relation"],
        role=raw.get("role", "applicant" if is_head else "member"),
        id_number=identity,
        born=born,
        phone=_PHONE.format(number) if _is_adult(born) else "",
        authorised_on=raw.get("authorised_on", month().authorised_on),
        authorisation_expires_on=raw.get(
            "authorisation_expires_on", month().authorisation_expires_on
        ),
        declared={key: declared.get(key, Decimal(0)) for key in MEASURES} if is_head else declared,
        facts=tuple(_fact(**fact) for fact in raw.get("facts", ())),
        wrong=wrong,
        joined=raw.get("joined", {}),
    )


def _fact(
    records: Sequence[dict[str, Any]] = (),
    rechecked: dict[str, Any] | None = None,
    later: dict[str, Any] | None = None,
    **values: Any,
) -> Fact:
    again, then = (
        other | {"records": tuple(other["records"])} if other else {}
        for other in (rechecked, later)
    )
    return Fact(records=tuple(records), rechecked=again, later=then, **values)


def _expect(raw: dict[str, Any]) -> Expect:
    lists = {
        name: tuple(raw[name])
        for name in ("over", "reports", "out", "conflicts", "relations")
        if name in raw
    }
    found = {key: Decimal(value) for key, value in raw.get("found", {}).items()}
    return Expect(**raw | lists | {"found": found})


def _is_adult(born: dt.date) -> bool:
    first_day = month().day_of("upload_lists")
    return (born.year + 18, born.month, born.day) <= (
        first_day.year,
        first_day.month,
        first_day.day,
    )
