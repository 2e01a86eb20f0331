"""Language: what a page says, in the reader's own. Dutch is complete and the default; English is the other one."""

from __future__ import annotations

from service.language.tongue import Tongue, message, tongue_for

__all__ = ["Tongue", "message", "tongue_for"]
