"""The types of a rulebook: every value stands beside the article that gives it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from tenants.calendar import WorkingCalendar, calendar_here
from tenants.rulebook.outward import OutwardFlow, WorkingAge
from tenants.rulebook.windows import (
    Month,
    Moves,
    Stage,
    Windows,
    month_of,
    moved,
    next_period,
    previous_period,
)

T_co = TypeVar("T_co", covariant=True)
HUMAN_RESOURCES = 5
"""The kind of sharing unit that national notice 2020/95 is about (Jilin 2017/58, art. 7 (5))."""


class Tier(StrEnum):
    """An agency's level."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


class Scheme(StrEnum):
    """A kind of social assistance that a household applies for or receives."""

    SUBSISTENCE = "subsistence"
    EXTREME_HARDSHIP = "extreme_hardship"
    LOW_INCOME = "low_income"
    TEMPORARY = "temporary"
    MEDICAL = "medical"
    HOUSING = "housing"
    EDUCATION = "education"


class PaperCheck(StrEnum):
    """Whether every paper is ticked off before a household passes the intake check."""

    REQUIRED = "required"
    OPTIONAL = "optional"


class AmountKind(StrEnum):
    """Which amount a decision on a scheme has."""

    MONTHLY = "monthly"
    ONCE = "once"
    NONE = "none"


class SubjectRole(StrEnum):
    """As whom a person is verified (Jilin 2017/58, art. 9)."""

    APPLICANT = "applicant"
    MEMBER = "member"
    OBLIGOR = "obligor"


@dataclass(frozen=True)
class Value(Generic[T_co]):
    """A value with its source; ``article`` is empty where the law gives none and it is ours."""

    value: T_co
    article: str = ""
    note: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether the value is a default of this program, to be said so on the screen."""
        return not self.article


@dataclass(frozen=True)
class Limits:
    """A scheme's limits in one region; ``None`` where the scheme sets none.

    Money in fen and per person (household total ÷ counted members); counts per household.
    """

    scheme: Scheme
    region: int
    monthly_income_fen: int | None
    deposits_fen: int | None
    houses: int | None
    vehicles: int | None
    businesses: int | None


@dataclass(frozen=True)
class Uncounted:
    """Whose are not counted as members of a household: roles, relations (GB/T 4761), and whether
    those who left or died stop to count from that day on."""

    roles: frozenset[SubjectRole]
    relations: frozenset[str]
    departed: bool


@dataclass(frozen=True)
class Ground:
    """Why a finding does not enter the sums, with what has to show it."""

    code: str
    title: str
    evidence: str


@dataclass(frozen=True)
class EvaluationItem:
    """One item of the yearly evaluation: its weight in points; the rate that is counted, with the
    percentage that is asked, or none of both where a person judges."""

    code: str
    title: str
    measure: str
    weight: int
    target: int


@dataclass(frozen=True)
class LookLimits:
    """From when on a look is one to ask about: outside of these hours (Shanghai's, the second one
    excluded), the ``run``-th household within ``minutes``, one person seen by ``people``; and how
    many working days somebody has to explain it."""

    from_hour: int
    to_hour: int
    run: int
    minutes: int
    people: int
    answer_working_days: int


@dataclass(frozen=True)
class InsuranceRule:
    """Who of the register is meant to be insured, and how the uninsured are followed: least age in
    years, states of contribution that count as insured, schemes compared, days until something is
    done, days for which a confirmed reason holds, months from one comparison to the next."""

    from_age: int
    covered: frozenset[str]
    schemes: tuple[Scheme, ...]
    due_days: int
    reason_days: int
    every_months: int


@dataclass(frozen=True)
class Rulebook:
    """One province's law as data; ``province`` is the two-digit code of GB/T 2260."""

    province: int
    name: str
    legal_basis: str
    windows: Value[Windows]
    windows_on_rest_days: Value[Moves]
    reply_working_days: Value[int]
    extension_max_working_days: Value[int]
    human_resources_reply_working_days: Value[int]
    answer_to_human_resources_working_days: Value[int]
    reminder_working_days: Value[int]
    escalation_working_days: Value[int]
    agreed_reply_working_days_most: Value[int | None]
    precedence: Value[tuple[Tier, ...]]
    duty_people: Value[int]
    exchange_operators: Value[int]
    intake_check_for_delegations: Value[bool]
    desks_may_entrust: Value[bool]
    archive_years: Value[Mapping[str, int | None]]
    paper_check: Value[PaperCheck]
    authorisation_max_months: Value[int]
    guardian_below_age: Value[int]
    expedited_schemes: Value[frozenset[Scheme]]
    expedited_report_working_days: Value[int]
    tier_working_days: Value[int]
    uncounted: Value[Uncounted]
    sign_off_required: Value[bool]
    waiting_list_days: Value[int]
    explanation_working_days: Value[int]
    objection_working_days: Value[int]
    objection_answer_working_days: Value[int]
    tip_off_days: Value[int]
    integrity_months: Value[int]
    integrity_appeal_working_days: Value[int]
    late_answers_replace: Value[bool]
    store_fresh_days: Value[int]
    store_kept_days: Value[int]
    decision_feedback_by: Value[int]
    decision_amounts: Value[Mapping[Scheme, AmountKind]]
    periodic_sample_percent: Value[int]
    insurance_rule: Value[InsuranceRule]
    temporary_months: Value[int]
    temporary_once: Value[str]
    small_count: Value[int]
    evaluation_items: Mapping[str, Value[EvaluationItem]]
    evaluation_reply_working_days: Value[int]
    looks: Value[LookLimits]
    undertaking_to_unmask: Value[bool]
    working_age: Value[WorkingAge]
    outward_flows: Mapping[str, Value[OutwardFlow]]
    answered_to_human_resources: Value[tuple[int, ...]]
    exclusion_grounds: Mapping[str, Value[Ground]]
    matrix: Mapping[Scheme, Value[Mapping[SubjectRole, frozenset[int]]]]
    limits: Mapping[tuple[Scheme, int], Value[Limits]] = field(repr=False)

    def article(self, name: str) -> str:
        """The article of the value called ``name``, empty for ours; ``KeyError`` if unknown."""
        return self.value(name).article

    def value(self, name: str) -> Value[Any]:
        """The value called ``name`` together with its article; ``KeyError`` if unknown."""
        found = getattr(self, name, None)
        if not isinstance(found, Value):
            raise KeyError(f"{self.name}: {name}")
        return found

    def reply_days_of(self, kind: int) -> Value[int]:
        """The reply term of a kind of sharing unit (1-17); human resources has its own notice."""
        if kind == HUMAN_RESOURCES:
            return self.human_resources_reply_working_days
        return self.reply_working_days

    def answer_days_of(self, kind: int) -> Value[int] | None:
        """The other direction: how long this agency has to answer a kind of sharing unit, at most;
        None where the law knows no such answer (national notice 2020/95, 2 (2))."""
        return self.answer_to_human_resources_working_days if kind == HUMAN_RESOURCES else None

    def agreed_reply_days_of(self, kind: int) -> Value[int | None]:
        """The longest reply term that an agreement with a kind of sharing unit may set; None where
        it may leave the term open as well."""
        if kind == HUMAN_RESOURCES:
            found = self.human_resources_reply_working_days
            return Value(found.value, found.article, found.note)
        return self.agreed_reply_working_days_most

    def items_for(self, scheme: str, role: str) -> frozenset[int]:
        """The data items to ask about a subject of this role under this scheme."""
        return self.matrix[Scheme(scheme)].value[SubjectRole(role)]

    def limits_for(self, scheme: str, region: int) -> Value[Limits]:
        """The limits that bind in ``region``: its own, else its city's, else the province's."""
        for place in (region, region // 100 * 100, self.province * 10000):
            if found := self.limits.get((Scheme(scheme), place)):
                return found
        raise KeyError(f"{self.name}: no limits of {scheme}")

    def month(self, period: int, calendar: WorkingCalendar | None = None) -> Month:
        """The windows of ``period`` (yyyymm) as they fall; by the calendar of the scope, if none
        is given."""
        return month_of(self.windows.value, self.windows_on_rest_days.value, period, calendar)

    def period_of(self, day: date) -> int:
        """The period (yyyymm) that an entrustment arriving on ``day`` joins.

        What arrives after the intake window joins the next month.
        """
        here = day.year * 100 + day.month
        last = self.month(here).last_of(Stage.INTAKE)
        return here if last is None or day <= last else next_period(here)

    def cut_off(self, period: int, calendar: WorkingCalendar | None = None) -> date | None:
        """The last day of the exchange window: drafts of requests are sent by then."""
        return self.month(period, calendar).last_of(Stage.EXCHANGE)

    def report_by(self, period: int, calendar: WorkingCalendar | None = None) -> date | None:
        """The day by which the asked agency reports to its commissioning unit."""
        return self.month(period, calendar).last_of(Stage.REPORT)

    def decisions_by(self, period: int, calendar: WorkingCalendar | None = None) -> date:
        """The day by which commissioning units report what they decided on the households that
        were reported on in ``period`` (Jilin 2017/58, 操作规程 四: in the next month)."""
        month = next_period(period)
        day = date(month // 100, month % 100, self.decision_feedback_by.value)
        return moved(day, self.windows_on_rest_days.value.intake, calendar or calendar_here())

    def decisions_overdue(self, today: date) -> int:
        """The latest period whose decisions should all have been reported before ``today``."""
        before = previous_period(today.year * 100 + today.month)
        return before if self.decisions_by(before) < today else previous_period(before)

    def windows_in(self, day: date) -> tuple[tuple[str, date, date], ...]:
        """The windows of the month of ``day`` (title, first day, last day); empty without any."""
        month = self.month(day.year * 100 + day.month)
        return tuple((w.title, w.first, w.last) for w in month.windows)
