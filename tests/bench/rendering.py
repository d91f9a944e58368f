"""Reports rendered and signed many at a time; beside pdfkit and pyHanko, one by one."""

import io
from dataclasses import replace

import pdfkit
from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.report.paper.compose_own import compose_own
from app.report.paper.engine import _OPTIONS as ENGINE_OPTIONS
from app.report.paper.paging import PagedDocument, paginate
from app.report.paper.render import document_html, render_many
from app.report.paper.signing import AgencySeal, sign_pdf
from app.report.paper.trust import load_certificates
from tests.bench.measure import Figure, seconds
from tests.rules.report_desk import COUNTY, many_asked, seal_of

ITEMS = 30
OPTIONS = ENGINE_OPTIONS | {"page-width": "210mm", "page-height": "297mm", "quiet": ""}


def measure(count: int) -> Figure:
    """``count`` own reports of the same household under numbers of their own."""
    seal = seal_of(COUNTY)
    papers = [_paper(number) for number in range(count)]
    one_by_one(papers[:1], seal)
    many_at_a_time(papers[:1], seal)
    pages = sum(len(paper.pages) for paper in papers)
    return Figure(
        name="reports",
        what=f"{count} own reports ({pages} pages) composed, rendered together, cut, sealed",
        against="each by itself: pdfkit, then a plain pyHanko signature with the same key",
        ours=seconds(lambda: many_at_a_time([_paper(n) for n in range(count)], seal)),
        bare=seconds(lambda: one_by_one(papers, seal)),
        details={"reports": count, "pages": pages},
    )


def many_at_a_time(papers: list[PagedDocument], seal: AgencySeal) -> None:
    """What the worker does with a chunk."""
    for paper, pdf in zip(papers, render_many(papers), strict=True):
        sign_pdf(pdf, seal, "出具核对报告", "榆树市", paper.seal)


def one_by_one(papers: list[PagedDocument], seal: AgencySeal) -> None:
    """An engine start and a plain signature for each."""
    for paper in papers:
        drawn = pdfkit.from_string(document_html([paper]), False, options=OPTIONS)
        certificate, *chain = load_certificates((seal.certificate, *seal.chain))
        signer = signers.SimpleSigner(
            signing_cert=certificate,
            signing_key=load_private_key_from_pemder_data(seal.private_key, passphrase=None),
            cert_registry=SimpleCertificateStore.from_certs(chain),
        )
        signers.sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(drawn)),
            signers.PdfSignatureMetadata(field_name="Signature"),
            signer=signer,
        )


def _paper(number: int) -> PagedDocument:
    report = replace(many_asked(ITEMS), number=f"榆核报 2026-11-{number:06d}")
    return paginate(compose_own(report))
