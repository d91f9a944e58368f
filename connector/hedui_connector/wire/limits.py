"""What a message may measure. Both sides hold the other to it."""

from typing import Final

INTERFACE: Final = "hedui-exchange/1"
BASE_PATH = "/exchange/v1"
LINES_PER_PAGE = 5_000
LINES_PER_REQUEST = 5_000_000
BYTES_PER_LINE = 64 * 1024
BYTES_PER_BODY = 8 * 1024 * 1024
BYTES_PER_HEAD = 1024 * 1024
VALID_FOR_S = 300
FOLDER_INTERFACE: Final = "hedui-exchange-folder/1"
FOLDER_VALID_FOR_S = 30 * 24 * 3600
CLOCK_SKEW_S = 60
FAULTS_TOLD = 20
