"""Every desk's pages, put into the application."""

from flask import Flask

from app.accounts import routes as accounts
from app.assistance.answering import routes as answering
from app.assistance.insurance import routes as insurance
from app.assistance.outward import routes as outward
from app.assistance.periodic import routes as periodic
from app.assistance.register import routes as register_pages
from app.assistance.temporary import bureau_routes as temporary_bureau
from app.assistance.temporary import desk_routes as temporary_desk
from app.assistance.temporary import paying_routes as temporary_lists
from app.assistance.temporary import routes as temporary
from app.cases import routes as cases
from app.changes import routes as changes
from app.data_package import routes as data_package
from app.decisions import routes as decisions
from app.delegation import expediting_routes as expedited
from app.delegation import routes as delegation
from app.dossier import routes as dossier
from app.exchange import liaison
from app.exchange.asked import pages as inquiries
from app.exchange.asked import routes as asked
from app.exchange.custody import routes as media
from app.exchange.layouts import routes as layouts
from app.exchange.outbox import pages as folders
from app.exchange.paper import routes as paper_replies
from app.exchange.store import columns as store_columns
from app.exchange.store import routes as store
from app.exchange.terms import routes as terms
from app.exchange.wire import routes as wire
from app.holidays import routes as holidays
from app.intake import routes as intake
from app.made import routes as made
from app.mail import routes as mail
from app.map_changes import routes as map_changes
from app.matters import routes as matters
from app.notices import routes as notices
from app.objections import routes as objections
from app.oversight.analysis import routes as analysis
from app.oversight.archive import destruction_routes as archive_destructions
from app.oversight.archive import routes as archive
from app.oversight.board import routes as board
from app.oversight.confidentiality import routes as confidentiality
from app.oversight.evaluation import routes as evaluation
from app.oversight.inspections import own_routes as own_looks
from app.oversight.inspections import routes as inspections
from app.oversight.integrity import routes as integrity
from app.oversight.tipoffs import public_routes as tip_off
from app.oversight.tipoffs import routes as tip_offs
from app.papers import routes as papers
from app.people import routes as people
from app.preparation import entrusting_routes as entrusting
from app.preparation import routes as preparation
from app.prints import archiving as archive_prints
from app.prints import integrity as integrity_prints
from app.prints import looking
from app.prints import objecting as objection_prints
from app.prints import routes as prints
from app.prints import temporary as temporary_prints
from app.public import contact_routes as public_contact
from app.public import routes as public
from app.report import routes as report
from app.review import routes as review
from app.sharing import own_filing_routes as own_filings
from app.sharing import routes as sharing
from app.web import exporting, home


def register(app: Flask) -> None:
    """Register the blueprints of all packages."""
    app.register_blueprint(accounts.blueprint)
    app.register_blueprint(home.blueprint)
    app.register_blueprint(exporting.blueprint)
    app.register_blueprint(delegation.blueprint)
    app.register_blueprint(expedited.blueprint)
    app.register_blueprint(sharing.blueprint)
    app.register_blueprint(own_filings.blueprint)
    app.register_blueprint(media.blueprint)
    app.register_blueprint(wire.blueprint)
    app.register_blueprint(layouts.blueprint)
    app.register_blueprint(paper_replies.blueprint)
    app.register_blueprint(store.blueprint)
    app.register_blueprint(store_columns.blueprint)
    app.register_blueprint(liaison.blueprint)
    app.register_blueprint(terms.blueprint)
    app.register_blueprint(folders.blueprint)
    app.register_blueprint(inquiries.blueprint)
    app.register_blueprint(asked.blueprint)
    app.register_blueprint(cases.blueprint)
    app.register_blueprint(papers.blueprint)
    app.register_blueprint(intake.blueprint)
    app.register_blueprint(data_package.blueprint)
    app.register_blueprint(review.blueprint)
    app.register_blueprint(changes.blueprint)
    app.register_blueprint(dossier.blueprint)
    app.register_blueprint(matters.blueprint)
    app.register_blueprint(report.blueprint)
    app.register_blueprint(decisions.blueprint)
    app.register_blueprint(archive.blueprint)
    app.register_blueprint(archive_destructions.blueprint)
    app.register_blueprint(archive_prints.blueprint)
    app.register_blueprint(board.blueprint)
    app.register_blueprint(analysis.blueprint)
    app.register_blueprint(evaluation.blueprint)
    app.register_blueprint(inspections.blueprint)
    app.register_blueprint(own_looks.blueprint)
    app.register_blueprint(confidentiality.blueprint)
    app.register_blueprint(holidays.blueprint)
    app.register_blueprint(map_changes.blueprint)
    app.register_blueprint(people.blueprint)
    app.register_blueprint(mail.blueprint)
    app.register_blueprint(notices.blueprint)
    app.register_blueprint(made.blueprint)
    app.register_blueprint(prints.blueprint)
    app.register_blueprint(objections.blueprint)
    app.register_blueprint(objection_prints.blueprint)
    app.register_blueprint(looking.blueprint)
    app.register_blueprint(preparation.blueprint)
    app.register_blueprint(entrusting.blueprint)
    app.register_blueprint(register_pages.blueprint)
    app.register_blueprint(periodic.blueprint)
    app.register_blueprint(insurance.blueprint)
    app.register_blueprint(outward.blueprint)
    app.register_blueprint(temporary.blueprint)
    app.register_blueprint(temporary_desk.blueprint)
    app.register_blueprint(temporary_bureau.blueprint)
    app.register_blueprint(temporary_lists.blueprint)
    app.register_blueprint(temporary_prints.blueprint)
    app.register_blueprint(answering.blueprint)
    app.register_blueprint(public.blueprint)
    app.register_blueprint(public_contact.blueprint)
    app.register_blueprint(tip_off.blueprint)
    app.register_blueprint(tip_offs.blueprint)
    app.register_blueprint(integrity.blueprint)
    app.register_blueprint(integrity_prints.blueprint)
