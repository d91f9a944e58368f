"""November's closed cases go to the archive: filed by set, one held, one taken out as a package."""

from collections import Counter

from sqlalchemy import select

from app.cases.lifecycle import Chosen
from app.cases.models import Case
from app.made.service import Wanted, ask
from app.oversight.archive import service
from app.oversight.archive.messages import say
from app.oversight.archive.models import ArchiveFile
from tenants.database import db
from tenants.scope import acting_for
from tests.world.month import Counts, Month

SHELF = "1号柜 2层 {place}盒"
LEFT_AWAY = "当事人已迁出本县，无法补齐原件，已与委托单位核实"
HELD = "县审计局调阅函〔2026〕18号，社会救助资金审计期间保留"


def file_cases(month: Month) -> Counts:
    """Each county files what is closed. The first one leaves what is incomplete for later, holds
    one file for an audit, and has one made into a package."""
    counts: Counts = Counter()
    for place, agency in enumerate(month.agencies("county"), start=1):
        actor = month.one(agency, "report_issuer")
        with acting_for(agency.id):
            chosen = Chosen.of(db.session.scalars(select(Case.id).where(service.to_file())))
            shelf = SHELF.format(place=place)
            reason = "" if place == 1 else LEFT_AWAY
            moved = service.file_cases(chosen, actor, shelf=shelf, reason=reason)
            counts["archived"] += len(moved.done)
            first = db.session.scalars(select(ArchiveFile).order_by(ArchiveFile.id)).first()
            if place > 1 or first is None:
                continue
            service.hold(first.id, "audit", HELD, actor)
            name = say("archive.package_name", number=first.number)
            asked = {"archive": first.id}
            password = month.world.password
            ask([Wanted("archive", "archive.keep", name, asked, 1, password)], actor)
            counts["held"] += 1
    month.work()
    return counts
