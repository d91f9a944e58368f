"""Papers as the file that leaves."""

from collections.abc import Sequence

from app.report.paper.blocks import Draft
from app.report.paper.paging import paginate
from app.report.paper.render import render_together


def as_pdf(papers: Sequence[Draft]) -> bytes:
    """The papers, in order, as one PDF; each counts its own pages.

    Raises ``Fault`` (``report.engine_failed``) when the engine fails.
    """
    return render_together([paginate(paper) for paper in papers], papers[0].title)
