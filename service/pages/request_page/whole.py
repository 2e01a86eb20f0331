"""What the page of a request and the file to take along both say: all of it, as this reader may know it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.pages.request_page import about, coalition, meetings, plan, questions, steps, talk
from service.pages.request_page.looking import Looking


def whole(looking: Looking) -> Mapping[str, Any]:
    """The values for a template, by the names it knows them by."""
    return {
        "request": looking.shown,
        "standing": about.standing(looking),
        "text": looking.shown.view.text,
        "steps": steps.steps(looking),
        "questions": questions.questions(looking),
        "proposed": meetings.proposed(looking),
        "gatherings": meetings.gatherings(looking),
        "wanted": meetings.wanted(looking),
        "together": coalition.together(looking),
        "plan": plan.plan(looking),
        "messages": talk.messages(looking),
        "notes": talk.notes(looking),
        "shared": talk.shared(looking),
        "look_backs": talk.look_backs(looking),
    }
