"""``python -m trafficctl_server`` is the command ``trafficctl-server``."""

import sys

from trafficctl_server.cli import main

if __name__ == "__main__":
    sys.exit(main())
