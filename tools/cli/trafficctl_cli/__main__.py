"""``python -m trafficctl_cli``."""

import sys

from trafficctl_cli.main import main

if __name__ == "__main__":
    sys.exit(main())
