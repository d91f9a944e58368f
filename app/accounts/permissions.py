"""THE permission table: what each role may do. Pages, verbs and navigation all read it here."""

from collections.abc import Iterable

PERMISSIONS: dict[str, frozenset[str]] = {
    # the desks of the agency: 操作规程 五(一) wants three different people on one case
    "intake_officer": frozenset(
        {
            *("insurance.confirm", "insurance.oversee", "insurance.read", "insurance.unmask"),
            "case.read",
            "case.check",
            "household.change",
            "consent.withdraw",
            "member.add",
            "member.leave",
            "package.import",
            "delegation.read",
            "paper.look",
            "matter.explain",
            "matter.prepare",
            "matter.read",
            "decision.read",
            *("objection.open", "objection.read", "objection.take"),
            *("tipoff.enter", "tipoff.handle", "integrity.read", "integrity.enter"),
            "look_list.order",
            "report.download",
            "subject.unmask",
            "person.search",
            *("register.read", "periodic.read"),
            *("temporary.read", "temporary.check"),
        }
    ),
    "reviewer": frozenset(
        {
            *("insurance.confirm", "insurance.oversee", "insurance.read", "insurance.unmask"),
            "case.read",
            "case.review",
            *("tipoff.handle", "integrity.read", "integrity.enter", "integrity.confirm"),
            "employer.record",
            "household.change",
            "consent.withdraw",
            "member.add",
            "member.leave",
            "delegation.read",
            "delegation.hand_back",
            "letter.seal",
            "paper.look",
            "matter.explain",
            "matter.prepare",
            "matter.read",
            "matter.sign",
            "decision.read",
            *("objection.open", "objection.read", "objection.recheck", "objection.settle"),
            *("evaluation.read", "evaluation.score"),
            *("archive.read", "archive.witness"),
            "map.read",
            "report.download",
            "subject.unmask",
            "person.search",
            *("register.read", "periodic.read"),
            *("temporary.read", "temporary.determine"),
        }
    ),
    "report_issuer": frozenset(
        {
            "case.read",
            "delegation.read",
            "paper.look",
            "matter.explain",
            "matter.prepare",
            "matter.read",
            "matter.sign",
            "decision.read",
            *("objection.open", "objection.read"),
            "tipoff.handle",
            *("archive.keep", "archive.read"),
            "report.issue",
            "report.download",
            "subject.unmask",
            "person.search",
            "periodic.read",
            *("temporary.read", "temporary.pay"),
        }
    ),
    "exchange_operator": frozenset(
        {
            *("insurance.oversee", "insurance.read", "insurance.run"),
            "exchange.read",
            "exchange.operate",
            "exchange.deliver",
            "connection.read",
            "connection.manage",
            "source.read",
            "source.manage",
            "employer.record",
            "calendar.read",
            "calendar.manage",
            "delegation.read",
            "delegation.hand_back",
            *("register.read", "register.load"),
            *("outward.read", "outward.operate"),
            *("tipoff.handle", "map.read"),
        }
    ),
    # the head of the agency: counts, and cases to look at
    "director": frozenset(
        {
            *("insurance.oversee", "insurance.read"),
            *("contact.publish", "tipoff.enter", "tipoff.handle", "tipoff.manage"),
            *("integrity.read", "integrity.decide"),
            *("board.read", "case.read", "case.expedite", "decision.read"),
            *("delegation.read", "source.read", "calendar.read"),
            *("objection.open", "objection.read", "objection.settle"),
            *("register.read", "periodic.read", "outward.read"),
            *("evaluation.read", "evaluation.answer", "evaluation.score"),
            *("archive.confirm", "archive.read"),
            *("inspection.read", "inspection.run", "confidentiality.read"),
            "map.read",
            *("temporary.read", "temporary.determine", "temporary.release", "temporary.rule"),
        }
    ),
    # 三员分立: none of them sees a case
    "system_administrator": frozenset(
        {"people.read", "people.manage", "source.read", "unit.read", "map.read", "map.record"}
    ),
    "security_administrator": frozenset(
        {
            *("people.read", "role.manage", "mail.oversee", "source.read", "unit.read"),
            *("confidentiality.read", "confidentiality.keep"),
            *("map.read", "map.confirm"),
        }
    ),
    "audit_administrator": frozenset({"audit.read", "inspection.read", "inspection.run"}),
    # outside the agency
    "department_clerk": frozenset(
        {
            *("insurance.act", "insurance.confirm", "insurance.read", "insurance.unmask"),
            "list.prepare",
            "list.read",
            "entrustment.submit",
            "entrustment.read",
            "package.prepare",
            "paper.look",
            "paper.prepare",
            "household.change",
            "consent.withdraw",
            "member.add",
            "member.leave",
            "application.withdraw",
            "matter.answer",
            "matter.explain",
            *("objection.open", "objection.tell"),
            "look_list.order",
            "report.download",
            "report.receive",
            "decision.report",
            *("register.read", "periodic.read"),
        }
    ),
    # A desk entrusts by itself only where the rulebook lets it (desks_may_entrust).
    "desk_clerk": frozenset(
        {
            *("insurance.act", "insurance.read", "insurance.unmask"),
            *("list.prepare", "list.read", "paper.look", "paper.prepare"),
            *("household.change", "consent.withdraw", "member.add", "member.leave"),
            *("matter.answer", "matter.explain", "look_list.order"),
            "objection.lodge",
            "entrustment.submit_own",
            "temporary.apply",
        }
    ),
    "liaison": frozenset({"request.answer", "exchange.deliver"}),
    # of the bureau of human resources only: 143号 三, 县级民政部门和人社部门共同认定
    "joint_determiner": frozenset({"temporary.agree"}),
}

EVERYONE = frozenset({"file.read", "home.read", "notice.read", "own.manage"})

SYSTEMS = frozenset({"exchange.interface"})
"""What a unit's system may do that signs its messages; no person's role holds it."""

ADMINISTRATORS = frozenset(
    {"system_administrator", "security_administrator", "audit_administrator"}
)

ALL_PERMISSIONS = EVERYONE.union(SYSTEMS, *PERMISSIONS.values())


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    """Everything a person with these roles may do."""
    return EVERYONE.union(*(PERMISSIONS[role] for role in roles))


def may_hold_together(roles: Iterable[str]) -> bool:
    """三员分立: one account never holds two administrator roles, nor one with a business role."""
    held = frozenset(roles)
    return not held & ADMINISTRATORS or len(held) == 1
