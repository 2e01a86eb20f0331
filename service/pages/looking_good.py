"""The files of the look. Their names change with their content, so a browser keeps them for ever."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from service.look.files import FOLDER, NOTE, PACKED

KINDS: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
FOR_EVER: Final = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}


async def give(request: Request) -> Response:
    """Give a file of the look.

    Raises: HTTPException 404 when there is no such file.
    """
    name = request.path_params["name"]
    file = FOLDER / name
    if name == NOTE or file.suffix not in KINDS or not file.is_file():
        raise HTTPException(404)
    packed = FOLDER / f"{name}{PACKED}"
    if packed.is_file() and "gzip" in request.headers.get("accept-encoding", ""):
        return FileResponse(packed, media_type=KINDS[file.suffix], headers={**FOR_EVER, "Content-Encoding": "gzip"})
    return FileResponse(file, media_type=KINDS[file.suffix], headers=FOR_EVER)


routes = (Route("/look/{name}", give, methods=["GET"]),)
