"""The OpenAPI document as a page for people: plain HTML, no script, nothing fetched from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from typing import Any, Final

from service.errors import PROBLEMS

Json = dict[str, Any]
STYLE: Final = (
    "body{font:1rem/1.6 system-ui,sans-serif;max-width:48rem;margin:3rem auto;padding:0 1.5rem;color:#1b1b1f}"
    "h2{margin-top:3rem;border-bottom:1px solid #ccc}h3{margin-top:2rem}code{font-size:.95em}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0}"
)
_STYLE_HASH: Final = b64encode(sha256(STYLE.encode()).digest()).decode()
READING_POLICY: Final = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; frame-ancestors 'none'"


def as_page(document: Json) -> str:
    """Write the document as one page: every operation, every shape, every sort of problem."""
    return "".join(_page(document))


def _page(document: Json) -> Iterator[str]:
    info = document["info"]
    title = f"{info['title']} API {info['version']}"
    yield f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
    yield f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body><main>'
    yield f"<h1>{escape(title)}</h1><p>{escape(info['description'])}</p>"
    yield '<p>For machines: <a href="openapi.json">openapi.json</a></p><h2>Operations</h2>'
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield from _operation(method, path, operation)
    yield "<h2>Problems</h2>"
    for problem in PROBLEMS:
        yield f'<h3 id="problem-{problem.slug}">{problem.status} {problem.code}</h3>'
        yield f"<p>{escape(problem.detail.en)}</p>"
    yield "<h2>Shapes</h2>"
    for name, shape in document["components"]["schemas"].items():
        yield from _shape(name, shape)
    yield "</main></body></html>"


def _operation(method: str, path: str, operation: Json) -> Iterator[str]:
    yield f"<h3>{escape(operation['summary'])}</h3><p><code>{method.upper()} {escape(path)}</code></p>"
    yield f"<p>{escape(operation.get('description', ''))}</p>"
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if body:
        yield f"<p>Takes {_kind(body)}.</p>"
    rows = [(one["name"], _kind(one["schema"]), one.get("description", "")) for one in operation.get("parameters", ())]
    yield from _table(rows)
    answers = [(status, one["description"]) for status, one in sorted(operation["responses"].items())]
    yield from _table([(status, _answered(operation, status), said) for status, said in answers])


def _answered(operation: Json, status: str) -> str:
    content = operation["responses"][status].get("content", {})
    return next((_kind(one["schema"]) for one in content.values()), "")


def _shape(name: str, shape: Json) -> Iterator[str]:
    yield f'<h3 id="{escape(name)}">{escape(name)}</h3><p>{escape(shape.get("description", ""))}</p>'
    if "properties" not in shape:
        yield f"<p>{_kind({**shape, 'title': name})}</p>"
        return
    needed = shape.get("required", ())
    yield from _table(
        [(field, _kind(one), "required" if field in needed else "") for field, one in shape["properties"].items()]
    )


def _table(rows: list[tuple[str, str, str]]) -> Iterator[str]:
    if rows:
        yield "<table>"
        yield from (
            f"<tr><td><code>{escape(name)}</code></td><td>{kind}</td><td>{escape(said)}</td></tr>"
            for name, kind, said in rows
        )
        yield "</table>"


def _kind(schema: Json) -> str:
    """Say in a few words what a value is; shapes are linked."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", 1)[-1])
        return f'<a href="#{name}">{name}</a>'
    if "enum" in schema:
        return " | ".join(escape(str(one)) for one in schema["enum"])
    if choices := schema.get("oneOf") or schema.get("anyOf"):
        return " | ".join(_kind(one) for one in choices)
    if "items" in schema:
        return f"list of {_kind(schema['items'])}"
    if "const" in schema:
        return escape(str(schema["const"]))
    kinds = schema.get("type", "object")
    words = kinds if isinstance(kinds, str) else " | ".join(kinds)
    return f"{escape(words)} {escape(schema.get('format', ''))}".strip()
