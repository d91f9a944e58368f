"""What a report says, before it has a shape: handed over by the service, already masked and worded.

Nothing here knows of the database, and nothing here is computed from another tier's findings:
what a higher tier found stands in that tier's own signed report, attached as it is.
"""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pikepdf

from tenants.catalogue.outcomes import Outcome


@dataclass(frozen=True)
class ReportSubject:
    """One person of the household, the identity number masked; ``authorised`` in words."""

    name: str
    id_number_masked: str
    relation_title: str
    role_title: str
    authorised: str


@dataclass(frozen=True)
class AskedLine:
    """One subject × data item × source and how it ended; ``as_of`` when the source said it."""

    subject: str
    item_title: str
    source: str
    outcome: Outcome
    as_of: date | None = None


@dataclass(frozen=True)
class FoundFact:
    """One finding, with source, request, as-of date and period; ``fields`` are (title, value)."""

    subject: str
    item_title: str
    source: str
    request_no: str
    as_of: date | None
    period: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class NewAnswer:
    """One thing asked that ended after the former version; ``before`` in words."""

    subject: str
    item_title: str
    holder: str
    before: str
    now: str


@dataclass(frozen=True, kw_only=True)
class ReportHead:
    """What every report carries at its head.

    ``tier`` is province, city, county or township; ``case_no`` the entrusting side's number;
    ``replaces`` the number of the version that this one replaces, ``supplements`` of the one that
    stays valid beside it, ``news`` what came since; ``legal_basis`` the province's
    documents and articles, from its rulebook.
    """

    number: str
    agency_name: str
    tier: str
    case_no: str
    household_head: str
    scheme_title: str
    application_title: str
    entrusted_by: str
    entrusted_on: date
    issued_on: date
    issuer_name: str
    verify_url: str
    legal_basis: str
    subjects: tuple[ReportSubject, ...]
    version: int = 1
    replaces: str | None = None
    replacing_reason: str = ""
    supplements: str | None = None
    news: tuple[NewAnswer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OwnReport(ReportHead):
    """核对报告: what the issuing agency checked itself, for one household."""

    asked: tuple[AskedLine, ...]
    findings: tuple[FoundFact, ...]


@dataclass(frozen=True)
class ComparisonLine:
    """One measure, declared against found; ``whose`` is a subject's name or the household.

    ``arithmetic`` shows how ``found`` came about, ``limit`` and ``article`` the scheme's limit in
    that county and where it is written, ``remark`` the neutral words, ``beside`` what the sum does
    not hold, ``stands`` what is left of ``found`` where something was excluded. All as shown.
    """

    measure_title: str
    whose: str
    declared: str
    found: str
    arithmetic: str
    limit: str
    article: str
    remark: str
    stands: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExplainedMatter:
    """One thing that the household was asked about: the facts, what it said, and who signed."""

    title: str
    facts: str
    said: tuple[str, ...]
    settled: tuple[str, ...]


@dataclass(frozen=True)
class Conflict:
    """Two or more sources that say different things; ``values`` are (source, value shown)."""

    subject: str
    item_title: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Outstanding:
    """One asked item without an answer; ``holder`` is the tier and source it was asked of."""

    subject: str
    item_title: str
    holder: str
    outcome: Outcome


@dataclass(frozen=True)
class IncompleteDecision:
    """Who decided that the merged report goes out while something is still out, when and why."""

    decided_by: str
    decided_on: date
    reason: str


@dataclass(frozen=True)
class TierReport:
    """A tier's signed report, exactly as issued; the counts are those it came down with."""

    tier: str
    agency_name: str
    number: str
    issued_on: date
    findings_count: int
    outcomes: Mapping[Outcome, int]
    file_name: str
    pdf: bytes

    @cached_property
    def sha256(self) -> str:
        """The digest of the file, 64 hexadecimal digits."""
        return hashlib.sha256(self.pdf).hexdigest()

    @cached_property
    def page_count(self) -> int:
        """Pages counted in the file itself; ``pikepdf.PdfError`` when it is no PDF."""
        with pikepdf.open(io.BytesIO(self.pdf)) as document:
            return len(document.pages)


@dataclass(frozen=True, kw_only=True)
class MergedReport(ReportHead):
    """统一反馈: the covering document of the agency that the commissioning unit asked."""

    lanes_svg: str
    comparison: tuple[ComparisonLine, ...]
    uncounted: tuple[str, ...] = ()
    matters: tuple[ExplainedMatter, ...] = ()
    relation_remarks: tuple[str, ...] = ()
    tier_reports: tuple[TierReport, ...]
    conflicts: tuple[Conflict, ...] = ()
    outstanding: tuple[Outstanding, ...] = ()
    incomplete: IncompleteDecision | None = None
    authorisation_remarks: tuple[str, ...] = ()
