"""Every table of the product, gathered by importing the modules that declare them."""

import app.accounts.filing_models
import app.accounts.models
import app.accounts.undertaking_models
import app.assistance.answering.models
import app.assistance.insurance.models
import app.assistance.outward.models
import app.assistance.periodic.models
import app.assistance.register.models
import app.assistance.temporary.models
import app.assistance.temporary.paying_models
import app.audit.models
import app.cases.models
import app.changes.models
import app.data_package.models
import app.decisions.models
import app.delegation.models
import app.exchange.asked.models
import app.exchange.custody.models
import app.exchange.layouts.models
import app.exchange.models
import app.exchange.outbox.models
import app.exchange.paper.models
import app.exchange.store.models
import app.exchange.terms.models
import app.exchange.wire.models
import app.findings.models
import app.intake.models
import app.made.models
import app.mail.models
import app.matters.models
import app.notices.models
import app.objections.models
import app.oversight.analysis.models
import app.oversight.archive.models
import app.oversight.confidentiality.models
import app.oversight.evaluation.models
import app.oversight.inspections.models
import app.oversight.integrity.models
import app.oversight.tipoffs.models
import app.papers.models
import app.preparation.models
import app.public.models
import app.report.models
import app.sharing.models
import tenants.agency.changes
import tenants.agency.models
import tenants.files
import tenants.holidays.models
import tenants.outbox
import tenants.own_items
from tenants.database import Base

__all__ = ["app", "metadata", "tenants"]

metadata = Base.metadata
