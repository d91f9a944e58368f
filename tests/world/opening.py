"""``python -m tests.world.opening [unsettled]``: open the world in the database of the environment."""

import sys

from app.web.factory import create_app
from tenants.settings import Settings
from tests.world.builder import build_world

if __name__ == "__main__":
    build_world(create_app(Settings()), settle="unsettled" not in sys.argv)
