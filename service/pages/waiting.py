"""What is asked of somebody, in words: what, about what, since when and until when. Never that it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.language import Tongue


@dataclass(frozen=True, kw_only=True)
class Item:
    """A task as a list shows it."""

    title: str
    address: str | None
    about: str | None
    state: str | None
    tone: str = "neutral"


def asked_since(tongue: Tongue, since: date, today: date) -> str:
    """Since when it waits for the reader: waits for you since 22 December."""
    if since >= today:
        return tongue.say("new for you")
    return tongue.say("waits for you since %(day)s", day=near_day(tongue, since, today))


def asked_until(tongue: Tongue, due: date, today: date) -> str | None:
    """By which day it is wanted; nothing once that day has passed."""
    return None if due < today else tongue.say("please before or on %(day)s", day=near_day(tongue, due, today))


def near_day(tongue: Tongue, day: date, today: date) -> str:
    """A day without its year when that is plain: 22 december, 5 januari 2028."""
    said = tongue.day(day)
    return said.removesuffix(f" {day.year}") if abs((day - today).days) < 180 else said
