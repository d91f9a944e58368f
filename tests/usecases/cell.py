"""``python -m tests.usecases.cell PORT DAY``: a deployment of its own, as the environment says.

The web server and the worker of one cell in one process, on an opened world, till it is ended.
"""

import datetime as dt
import sys
import threading
import time

from werkzeug.serving import make_server

from app.web.factory import create_app
from tenants.calendar import set_process_business_date
from tenants.settings import Settings
from tests.world.own_ways import Quiet
from worker.sealer import seal_all
from worker.working import drain


def main(port: int, day: dt.date) -> None:
    """Serve, and work off what comes, every tenth of a second."""
    set_process_business_date(day, allow=True)
    settings = Settings()
    app = create_app(settings)
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("listening on", port, flush=True)
    while True:
        drain(app, settings)
        seal_all(app)
        time.sleep(0.1)


if __name__ == "__main__":
    main(int(sys.argv[1]), dt.date.fromisoformat(sys.argv[2]))
