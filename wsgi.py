"""What gunicorn runs: ``gunicorn wsgi:app``."""

from werkzeug.middleware.proxy_fix import ProxyFix

from app.web.factory import create_app
from tenants.settings import Settings

settings = Settings()
flask_app = create_app(settings)
hops = settings.hedui_trusted_proxies
# Exactly the proxies that are there: one too many, and a client names its own address.
app = ProxyFix(flask_app, x_for=hops, x_proto=hops) if hops else flask_app
