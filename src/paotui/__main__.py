"""`python -m paotui` is the same as `paotui`."""

import sys

from paotui.cli import main

if __name__ == "__main__":
    sys.exit(main())
