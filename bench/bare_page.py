"""The least that a page can be: FastAPI, a template of the same engine, as many bytes as asked, and nothing looked up.

Pages are compared with it. It is served as the real one is: `python -m bench.bare_page PORT`.
"""

from __future__ import annotations

import sys
from typing import Final

import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment

LINE: Final = "Zo lang als een regel op een bladzijde gewoonlijk is, met een & teken dat een sjabloon vervangt."
PAGE: Final = Environment(autoescape=True).from_string(
    "<!doctype html><html lang=nl><title>Kaal</title><main>"
    '{% for line in lines %}<p class="utrecht-paragraph">{{ line }}</p>{% endfor %}</main></html>'
)
EMPTY: Final = len(PAGE.render(lines=[]))
EACH: Final = len(PAGE.render(lines=[LINE])) - EMPTY

app = FastAPI()


@app.get("/of/{size}", response_class=HTMLResponse)
async def page(size: int) -> str:
    """A page of about this many bytes."""
    return PAGE.render(lines=[LINE] * ((size - EMPTY) // EACH))


@app.get("/health/ready")
async def ready() -> None:
    """Say that it is there."""


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), log_config=None, access_log=False, server_header=False)
