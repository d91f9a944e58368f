"""The portal that the journeys drive must itself stand what browsers do."""

import gc
import socket
import struct
import time
import warnings

from flask import Flask

from app.web import factory
from tests.journeys.portal import serving

ASKED = 40
AT_ONCE = struct.pack("ii", 1, 0)
STATIC = f"{factory.__file__.rpartition('/')[0]}/static"


def test_a_browser_that_turns_away_leaves_no_file_open():
    """Chromium drops the picture of the page before when somebody goes on quickly."""
    app = Flask("turning_away", static_folder=STATIC)
    with warnings.catch_warnings(record=True) as noticed:
        warnings.simplefilter("always", ResourceWarning)
        with serving(app) as url:
            for place in range(ASKED):
                _turn_away(int(url.rpartition(":")[2]), after_ms=place % 10 / 2)
        gc.collect()
    assert [str(warning.message) for warning in noticed] == []


def _turn_away(port: int, *, after_ms: float) -> None:
    with socket.create_connection(("127.0.0.1", port)) as browser:
        browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        browser.sendall(b"GET /static/hedui.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        time.sleep(after_ms / 1000)
