"""The look: one stylesheet and its fonts, made from the design system's packages and our own bridge.

`python -m service.look` makes them; a checkout makes them anew when a page began to use another class. Their names
carry a hash of what is in them, so a browser may keep them for ever.
"""

from __future__ import annotations

from service.look.files import Look, load_look

__all__ = ["Look", "load_look"]
