"""Why a conversation with a unit's server came to nothing."""

from app.exchange.wire.rules import LASTING


class WireFailure(Exception):
    """``code`` is worded in ``messages`` (wire.failed.*); ``status`` is the server's, or 0."""

    def __init__(self, code: str, status: int = 0) -> None:
        super().__init__(code)
        self.code, self.status = code, status

    @property
    def is_lasting(self) -> bool:
        """Whether another try would end the same."""
        return self.code in LASTING
