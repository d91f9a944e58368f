"""``python -m worker``: the relay, the sealer and the job workers, under one parent process.

``python -m worker relay`` and ``python -m worker jobs`` run one part alone, for hosts that are
watched by systemd.
"""

import sys

from worker.parts import PARTS, everything

if __name__ == "__main__":
    PARTS.get(sys.argv[1] if len(sys.argv) > 1 else "", everything)()
