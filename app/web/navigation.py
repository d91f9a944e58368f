"""The left navigation: by desk, only what this person may open, with the number waiting."""

from dataclasses import dataclass

from flask import current_app, url_for

from app.accounts.actor import Actor
from app.web.home_messages import GROUP_TITLES, PAGE_TITLES
from app.web.shell import NavGroup, NavItem
from app.web.waiting import counts, unread_notices


@dataclass(frozen=True)
class Entry:
    """One page: its group and title in the message table, who may open it, the kinds of work
    whose number stands beside it, and the pages behind it that keep it marked."""

    group: str
    page: str
    endpoint: str
    permission: str
    counted: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()


ENTRIES: tuple[Entry, ...] = (
    Entry("own", "home", "home.show", "home.read"),
    Entry("desk", "check", "intake.waiting", "case.check", ("check",)),
    Entry(
        "desk",
        "additions",
        "changes.additions",
        "case.check",
        ("addition",),
        inner=("changes.addition", "changes.return_addition"),
    ),
    Entry("desk", "packages", "data_package.on_behalf", "package.import"),
    Entry("desk", "review", "review.waiting", "case.review", ("review",)),
    Entry("desk", "letters", "delegation.letters", "delegation.read", ("seal",)),
    Entry(
        "desk",
        "exchange",
        "exchange.requests",
        "exchange.read",
        ("make", "confirm", "deliver", "overdue", "columns", "paper", "accept"),
        inner=(
            *("terms.show", "terms.register", "layouts.columns", "layouts.layouts"),
            *("paper_replies.new", "paper_replies.show", "paper_replies.line"),
            "paper_replies.differences",
        ),
    ),
    Entry("desk", "media", "media.register", "exchange.read", ("destroy",)),
    Entry(
        "desk",
        "store",
        "store.loads",
        "exchange.read",
        ("stored",),
        inner=("store.show_load", "store.new_load", "store.add_load", "store_columns.columns"),
    ),
    Entry(
        "desk",
        "connections",
        "exchange.connections",
        "connection.read",
        ("inquiry",),
        inner=(
            *("exchange.show_connection", "exchange.change_connection", "exchange.show_secret"),
            *("exchange.new_connection", "exchange.open_connection", "exchange.undelivered"),
        ),
    ),
    Entry("desk", "matters", "matters.index", "matter.read", ("sign",), inner=("matters.show",)),
    Entry(
        "desk",
        "objections",
        "objections.index",
        "objection.read",
        ("match", "recheck", "settle"),
        inner=(
            *("objections.ask", "objections.take", "objections.show"),
            *("objections.ask_match", "objections.match", "objections.decline"),
        ),
    ),
    Entry(
        "desk",
        "tip_offs",
        "tip_offs.index",
        "tipoff.handle",
        ("tip_assign", "tip_handle", "tip_close"),
    ),
    Entry(
        "desk",
        "integrity",
        "integrity.index",
        "integrity.read",
        ("integrity_confirm", "integrity_serve", "integrity_decide"),
    ),
    Entry(
        "desk",
        "temporary",
        "temporary.index",
        "temporary.read",
        ("temporary_check", "temporary_decide", "temporary_pay"),
        inner=(
            *("temporary.show", "temporary_lists.lists", "temporary_lists.show_list"),
            *("temporary_lists.rules", "temporary_lists.propose"),
        ),
    ),
    Entry("desk", "report", "report.show", "report.issue", ("issue", "merge", "decide")),
    Entry(
        "unit",
        "households",
        "preparation.households",
        "list.prepare",
        ("continue",),
        inner=(
            *("preparation.show", "preparation.ask_discard", "preparation.discard"),
            *("entrusting.show_preview", "entrusting.new_entrustment", "entrusting.entrust"),
        ),
    ),
    Entry(
        "unit",
        "lists",
        "intake.lists",
        "list.read",
        inner=(
            "intake.columns",
            "intake.explain_columns",
            "papers.show",
            "papers.sheet",
            "papers.new_batch",
            "papers.show_batch",
        ),
    ),
    Entry(
        "unit",
        "new_entrustment",
        "intake.new_entrustment",
        "entrustment.submit",
        ("submit",),
        inner=("data_package.new_import", "data_package.import_own"),
    ),
    Entry(
        "unit",
        "returned",
        "intake.returned",
        "entrustment.read",
        ("returned",),
        inner=("intake.new_correction", "intake.correct_list"),
    ),
    Entry(
        "unit",
        "entrustments",
        "intake.entrustments",
        "entrustment.read",
        inner=("intake.show_entrustment", "data_package.new_export", "data_package.export"),
    ),
    Entry(
        "unit",
        "explanations",
        "matters.to_explain",
        "matter.answer",
        ("explain",),
        inner=("matters.show", "matters.explain"),
    ),
    Entry(
        "unit",
        "objections_to_tell",
        "objections.to_tell",
        "objection.tell",
        ("tell",),
        inner=("objections.show",),
    ),
    Entry(
        "unit",
        "objections_lodged",
        "objections.lodged",
        "objection.lodge",
        inner=("objections.ask_lodge", "objections.lodge"),
    ),
    Entry(
        "unit",
        "temporary_desk",
        "temporary_desk.index",
        "temporary.apply",
        ("temporary_visit",),
        inner=("temporary_desk.new", "temporary_desk.apply", "temporary_desk.show"),
    ),
    Entry("unit", "feedback", "report.feedback", "report.receive", ("receive",)),
    Entry(
        "unit",
        "decisions",
        "decisions.index",
        "decision.report",
        ("decision",),
        inner=("decisions.show", "decisions.record", "decisions.new_file", "decisions.upload"),
    ),
    Entry("look", "board", "oversight.show", "board.read"),
    Entry("look", "analysis", "analysis.overview", "board.read"),
    Entry("look", "evaluation", "evaluation.index", "evaluation.read"),
    Entry(
        "exchange",
        "requests",
        "liaison.requests",
        "request.answer",
        ("take", "answer"),
        inner=("terms.show_own", "terms.announce"),
    ),
    Entry(
        "exchange",
        "own_filings",
        "own_filings.show",
        "request.answer",
        ("own_filing",),
        inner=("own_filings.new_successor", "own_filings.file_successor"),
    ),
    Entry(
        "desk",
        "temporary_bureau",
        "temporary_bureau.index",
        "temporary.agree",
        ("temporary_agree",),
        inner=("temporary_bureau.show", "temporary_bureau.rules"),
    ),
    Entry(
        "look",
        "cases",
        "cases.index",
        "case.read",
        inner=(
            *("dossier.show", "dossier.show_entrustment", "dossier.compare", "papers.show"),
            *("delegation.choose_employer", "delegation.ask_employer"),
        ),
    ),
    Entry(
        "look",
        "received",
        "delegation.show_received",
        "delegation.read",
        inner=("delegation.show_entrustment", "delegation.choose_items", "delegation.hand_back"),
    ),
    Entry("look", "issued", "report.issued", "case.read"),
    Entry(
        "look", "decided", "decisions.received", "decision.read", inner=("decisions.statistics",)
    ),
    Entry(
        "look",
        "register",
        "register.index",
        "register.read",
        ("registered",),
        inner=(
            *("register.changes", "register.loads", "register.new_load", "register.show_load"),
            *("register.add_load", "register.columns", "register.explain_columns"),
        ),
    ),
    Entry(
        "look",
        "outward",
        "outward.index",
        "outward.read",
        ("outward", "letter_inquiry"),
        inner=(
            *("outward.show", "outward.tiers"),
            *("answering.index", "answering.new", "answering.enter", "answering.show"),
        ),
    ),
    Entry(
        "look",
        "periodic",
        "periodic.batches",
        "periodic.read",
        inner=("periodic.recipients", "periodic.prepare", "periodic.show"),
    ),
    Entry(
        "look",
        "insurance",
        "insurance.index",
        "insurance.read",
        ("insurance", "insurance_reason"),
        inner=("insurance.show_round", "insurance.work", "insurance.show_task"),
    ),
    Entry(
        "look",
        "archive",
        "archive.index",
        "archive.read",
        inner=(
            *("archive.filing", "archive.file_cases", "archive.show", "archive.new_package"),
            *(
                "archive_destructions.index",
                "archive_destructions.due",
                "archive_destructions.show",
            ),
        ),
    ),
    Entry("look", "expedited", "expedited.show", "case.read", inner=("expedited.ask",)),
    Entry(
        "look",
        "coverage",
        "delegation.coverage",
        "delegation.read",
        inner=(
            *("delegation.show_tree", "delegation.show_tree_item"),
            *("map_changes.index", "map_changes.show"),
        ),
    ),
    Entry(
        "look",
        "sources",
        "sharing.units",
        "source.read",
        ("filing",),
        inner=("sharing.show_employers",),
    ),
    Entry(
        "look",
        "catalogue",
        "sharing.show_catalogue",
        "delegation.read",
        inner=("sharing.show_own_items", "sharing.new_own_item", "sharing.show_own_item"),
    ),
    Entry("look", "holidays", "holidays.show", "calendar.read"),
    Entry("look", "public_contact", "public_contact.show", "contact.publish"),
    Entry(
        "look",
        "inspections",
        "inspections.index",
        "inspection.read",
        inner=("inspections.show", "inspections.new", "inspections.show_item"),
    ),
    Entry("administration", "confidentiality", "confidentiality.show", "confidentiality.read"),
    Entry("administration", "people", "people.show", "people.read"),
    Entry("administration", "stand_ins", "people.show_stand_ins", "people.read"),
    Entry("administration", "hosting", "people.show_hosting", "people.read"),
    Entry("administration", "map_changes", "map_changes.index", "people.read"),
    Entry("administration", "mail", "mail.show", "mail.oversee"),
    Entry("administration", "units", "people.units", "unit.read"),
    Entry("administration", "trail", "people.trail", "audit.read"),
)


def groups(who: Actor, endpoint: str) -> tuple[NavGroup, ...]:
    """The groups for one person. A page behind a list keeps the list marked, and so does one of the
    same blueprint; an entry whose page does not exist is left out."""
    waiting = counts(who)
    mine = [entry for entry in ENTRIES if who.may(entry.permission) and is_open(entry.endpoint)]
    marked = _marked(mine, endpoint)
    found = []
    for group, title in GROUP_TITLES.items():
        items = tuple(
            _item(entry, waiting, entry is marked) for entry in mine if entry.group == group
        )
        if items:
            found.append(NavGroup(title, items))
    return tuple(found)


def is_open(endpoint: str) -> bool:
    """Whether the program has this page."""
    return endpoint in current_app.view_functions


def own_links(endpoint: str) -> tuple[NavItem, ...]:
    """What stands in the person's own menu."""
    pages = (
        *(("files", "made.show"), ("own_looks", "own_looks.index")),
        *(("recusal", "own_looks.show_recusal"), ("own", "people.show_own")),
    )
    return tuple(
        NavItem(PAGE_TITLES[page], url_for(view), current=endpoint == view)
        for page, view in pages
        if is_open(view)
    )


def bell(who: Actor, endpoint: str) -> NavItem:
    """The way to the notices, with the number that this person has not read."""
    page = "notices.show"
    return NavItem(PAGE_TITLES["notices"], url_for(page), unread_notices(who), endpoint == page)


def _item(entry: Entry, waiting: dict[str, int], is_current: bool) -> NavItem:
    kinds = tuple(waiting) if entry.page == "home" else entry.counted
    count = sum(waiting.get(kind, 0) for kind in kinds)
    return NavItem(PAGE_TITLES[entry.page], url_for(entry.endpoint), count or None, is_current)


def _marked(mine: list[Entry], endpoint: str) -> Entry | None:
    exact = next((e for e in mine if endpoint == e.endpoint or endpoint in e.inner), None)
    if exact or endpoint in {"people.show_own", "notices.show"}:
        return exact
    blueprint = endpoint.partition(".")[0]
    kept = (entry for entry in mine if entry.endpoint.partition(".")[0] == blueprint)
    return next(kept, None)
