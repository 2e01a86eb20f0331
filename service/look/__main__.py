"""Make the stylesheet: `python -m service.look`."""

from __future__ import annotations

import sys

from service.look.files import FOLDER, load_look
from service.look.making import PackagesMissing

try:
    look = load_look()
except PackagesMissing as missing:
    sys.exit(str(missing))
size = (FOLDER / look.stylesheet).stat().st_size
sys.stdout.write(f"{look.stylesheet}, {size / 1024:.0f} KB\n")
