"""Pages → PDF files: many households in one run of the engine, then split again.

Pages are known beforehand. If the engine makes another number of them, nothing is issued.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.report.messages import Fault
from app.report.paper.engine import render
from app.report.paper.fonts import keep_used_glyphs
from app.report.paper.paging import PagedDocument
from app.report.paper.particulars import write_particulars

PAGES_PER_RUN = 100
_COMPACT = pikepdf.ObjectStreamMode.generate
_TEMPLATES = Path(__file__).resolve().parents[3] / "templates"


def render_many(documents: Sequence[PagedDocument]) -> list[bytes]:
    """Draw documents, in order, unsigned; one engine run per about 100 pages.

    Raises ``Fault``: ``report.page_mismatch`` when the pages are not those that were laid out,
    ``report.engine_failed`` when the engine fails. Then no document of the call is returned.
    """
    files: list[bytes] = []
    for run in _runs(documents):
        files += _split(render(document_html(run)), run)
    return files


def render_together(
    documents: Sequence[PagedDocument],
    title: str,
    tell: Callable[[int, int], None] = lambda _drawn, _pages: None,
) -> bytes:
    """Draw documents, in order, as one file that goes to one reader; ``tell`` hears after each run
    how many of how many pages are drawn. A document longer than a run is drawn in several.

    Raises ``Fault`` as ``render_many`` does.
    """
    stretches = [part for document in documents for part in _stretches(document)]
    pages, drawn_pages = sum(len(document.pages) for document in documents), 0
    with pikepdf.new() as joined:
        for run in _runs(stretches):
            with pikepdf.open(io.BytesIO(render(document_html(run)))) as drawn:
                _check_pages(drawn, run)
                joined.pages.extend(drawn.pages)
            drawn_pages += sum(len(document.pages) for document in run)
            tell(drawn_pages, pages)
        return _whole(joined, title)


def join_files(files: Iterable[bytes], title: str) -> bytes:
    """Finished files as one, in order."""
    with pikepdf.new() as joined:
        for data in files:
            with pikepdf.open(io.BytesIO(data)) as part:
                joined.pages.extend(part.pages)
        return _whole(joined, title)


def _whole(joined: pikepdf.Pdf, title: str) -> bytes:
    joined.docinfo["/Title"] = title
    out = io.BytesIO()
    joined.save(out, compress_streams=True, object_stream_mode=_COMPACT)
    return out.getvalue()


def _stretches(document: PagedDocument) -> Iterator[PagedDocument]:
    """A document as pieces of a run's length, each knowing which of the pages it has."""
    for first in range(0, max(len(document.pages), 1), PAGES_PER_RUN):
        pages = document.pages[first : first + PAGES_PER_RUN]
        yield replace(document, pages=pages, first=first, of=len(document.pages))


def document_html(documents: Sequence[PagedDocument]) -> str:
    """One HTML page for the engine: a section for every page of every document."""
    return _environment.get_template("report/document.html").render(documents=documents)


def _runs(documents: Sequence[PagedDocument]) -> list[list[PagedDocument]]:
    runs: list[list[PagedDocument]] = []
    pages = PAGES_PER_RUN
    for document in documents:
        if pages + len(document.pages) > PAGES_PER_RUN:
            runs.append([])
            pages = 0
        runs[-1].append(document)
        pages += len(document.pages)
    return runs


def _split(drawn: bytes, documents: Sequence[PagedDocument]) -> list[bytes]:
    """Cut one run into its documents."""
    with pikepdf.open(io.BytesIO(drawn)) as whole:
        _check_pages(whole, documents)
        files: list[bytes] = []
        first = 0
        for document in documents:
            beyond = first + len(document.pages)
            files.append(_file(whole, first, beyond, document))
            first = beyond
    return files


def _check_pages(drawn: pikepdf.Pdf, documents: Sequence[PagedDocument]) -> None:
    """A section never draws less than one page: the sum is right only if each one drew one."""
    expected = sum(len(document.pages) for document in documents)
    if len(drawn.pages) != expected:
        raise Fault("report.page_mismatch", expected=expected, actual=len(drawn.pages))


def _file(whole: pikepdf.Pdf, first: int, beyond: int, document: PagedDocument) -> bytes:
    with pikepdf.new() as part:
        part.pages.extend(whole.pages[first:beyond])
        keep_used_glyphs(part)
        part.docinfo["/Title"] = f"{document.title} {document.number}"
        write_particulars(part, document.particulars)
        out = io.BytesIO()
        part.save(out, compress_streams=True, object_stream_mode=_COMPACT)
    return out.getvalue()


def _qr(url: str) -> str:
    """An SVG of squares: nothing of ``url`` stands in it as text."""
    return str(segno.make(url, error="m", micro=False).svg_inline(border=0, omitsize=True))


_environment = Environment(
    loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined
)
_environment.globals["qr"] = _qr
