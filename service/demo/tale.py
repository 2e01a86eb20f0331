"""A tale: what somebody did with a request after it was imported, each thing on its own working day.

Between two things time passes: reminders come, and tasks fall due, as they would have. What would lie ahead of now did
not happen, and ends the tale.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time

from domain.command import CLOCK, Actor, Command
from domain.event import OnBehalf
from domain.passing import PassTime
from domain.request import SupportRequest
from domain.tasks import wake_at
from domain.text import PartId, PersonId
from domain.words import Capacity, Heard
from domain.working_time import ZONE
from storage.calendar import build_calendar
from storage.importing import History


class NotYet(Exception):
    """What follows lies ahead of now."""


class Tale:
    """One request, the people around it, and the day up to which it has been told."""

    def __init__(self, history: History, actors: Mapping[PersonId, Actor], staff: Actor, now: datetime) -> None:
        self._history, self._actors, self._now = history, actors, now
        self._calendar = build_calendar()
        self._moment = history.events[-1].at
        self.staff = staff

    @property
    def request(self) -> SupportRequest:
        """The request as it stands."""
        return self._history.request

    @property
    def advisor(self) -> Actor:
        """Its lead advisor."""
        lead = self.request.lead
        if lead is None:
            raise LookupError(f"{self.request.id} has no advisor")
        return self._actors[lead.advisor]

    @property
    def municipality(self) -> Actor:
        """Whoever acts for the lead municipality, when somebody there has an account."""
        return self._actors[self.request.contact or ""]

    def day(self, later: int) -> date:
        """The day so many working days after the one told last."""
        return self._calendar.working_days_after(self._calendar.today(self._moment), later)

    def at(self, later: int, hour: int) -> datetime:
        """The moment (UTC) at that hour, so many working days after the day told last."""
        return datetime.combine(self.day(later), time(hour), ZONE).astimezone(UTC)

    def ahead(self, days: int, hour: int = 10) -> datetime:
        """A moment (UTC) so many working days from now."""
        day = self._calendar.working_days_after(self._calendar.today(self._now), days)
        return datetime.combine(day, time(hour), ZONE).astimezone(UTC)

    async def after(self, days: int, hour: int = 11) -> None:
        """Let so many working days pass.

        Raises: NotYet when that lies ahead of now.
        """
        moment = self.at(days, hour)
        if moment > self._now:
            raise NotYet
        await self._pass_until(moment)
        self._moment = moment

    async def give(self, actor: Actor, command: Command) -> PartId:
        """Have somebody do something now; give the id of the first part it makes."""
        first = f"{self.request.id}/{self.request.version + 1}"
        await self._history.give(actor, command, self._moment)
        return first

    async def give_for(self, of: Capacity, command: Command) -> PartId:
        """Have the advisor record what somebody else said on the phone."""
        heard_on = self._calendar.today(self._moment)
        told = OnBehalf(of=of, heard=Heard.PHONE, heard_on=heard_on)
        return await self.give(self.advisor, replace(command, on_behalf=told))

    async def until_now(self) -> None:
        """Let the time pass that is left."""
        await self._pass_until(self._now)

    async def _pass_until(self, moment: datetime) -> None:
        while (waking := wake_at(self.request)) is not None and waking <= moment:
            await self._history.give(CLOCK, PassTime(), max(waking, self._moment))
