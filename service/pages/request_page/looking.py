"""Somebody looking at a request: what every section of its page needs to say things, and to lead to deeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Final

from domain.inbox import is_for
from domain.parts import Owner
from domain.reader import PROGRAMME
from domain.tasks import Task
from domain.text import PartId
from domain.words import Capacity, Desk, Side
from domain.working_time import ZONE
from service.errors import Language
from service.language import message, tongue_for
from service.language.deeds import COMMANDS
from service.pages.choosing import owner_name
from service.pages.deeds import way_to
from service.pages.rendering import Way
from service.pages.requests import Shown
from service.pages.visit import Visit
from service.pages.waiting import near_day

NAMES: Final = {"choose_moment": message("Choose a moment")}
"""What leads to a deed, where that is more than its button."""
NAMES_OF_A_PART: Final = {"set_seat": message("Change this place")}
"""The same, where the deed is about a part that is there already."""
SIDES: Final = {Side.ADVISOR: Capacity.ADVISOR, Side.MUNICIPALITY: Capacity.MUNICIPALITY}
DESKS: Final = {
    Desk.STAFF: Capacity.STAFF,
    Desk.ADVISOR: Capacity.ADVISOR,
    Desk.MUNICIPALITY: Capacity.MUNICIPALITY,
    Desk.PARTNER: Capacity.PARTNER,
    Desk.SUPPORTING_PARTY: Capacity.SUPPORTING_PARTY,
}


@dataclass(frozen=True, kw_only=True)
class Ways:
    """What can be done about something: by this visitor, and recorded for somebody else."""

    own: tuple[Way, ...] = ()
    by_phone: tuple[Way, ...] = ()


@dataclass(frozen=True)
class Looking:
    """A visit to the page of a request."""

    visit: Visit
    shown: Shown

    @property
    def mine(self) -> frozenset[Capacity]:
        """In which qualities this visitor meets the request."""
        return self.shown.who.qualities

    @cached_property
    def partners(self) -> Mapping[PartId, str]:
        """The organisations of the coalition, by the id of their place in it."""
        coalition = self.shown.view.coalition
        return {one.id: one.organisation for one in coalition.partners} if coalition else {}

    @property
    def in_programme(self) -> bool:
        """Whether this is an advisor, or staff."""
        return not self.mine.isdisjoint(PROGRAMME)

    @property
    def reads_whole(self) -> bool:
        """Whether what they do not see is not there; others see their own share, and nothing is said of the rest."""
        return self.shown.who.reads_whole

    def say(self, text: str, **values: object) -> str:
        """The text in the reader's language."""
        return self.visit.tongue.say(text, **values)

    def word(self, member: StrEnum) -> str:
        """The word for a member of an enumeration."""
        return self.visit.tongue.word(member)

    def day(self, day: date) -> str:
        """A day, without its year when that is plain."""
        return near_day(self.visit.tongue, day, self.visit.today)

    def is_mine(self, task: Task) -> bool:
        """Whether a task is this visitor's to do."""
        return is_for(task, self.shown.who)

    def is_owner(self, owner: Owner) -> bool:
        """Whether an action or a search is this visitor's."""
        return self.shown.who.is_owner(owner)

    def owner(self, owner: Owner) -> str:
        """Who it is, in words."""
        return owner_name(self.shown, owner, self.visit.tongue)

    def when(self, moment: datetime) -> str:
        """A day and a time; the day alone when no time is known of it, as of what was imported."""
        is_day_alone = moment.astimezone(ZONE).time() == time()
        return self.visit.tongue.weekday(moment) if is_day_alone else self.visit.tongue.moment(moment)

    def ways(self, *commands: str, about: str = "", of: Iterable[Capacity] = (), own: bool = True) -> Ways:
        """What can be done now: by the visitor when it is theirs to do, and recorded for these others."""
        can = self.shown.can if own else ()
        mine = [self.way(one, about=about) for one in commands if one in can]
        others = [
            self.way(one, about=about, behalf=capacity, tells_whom=True)
            for capacity in of
            if capacity not in self.mine
            for one in commands
            if one in self.shown.possible(capacity)
        ]
        return Ways(own=tuple(filter(None, mine)), by_phone=tuple(filter(None, others)))

    def way(
        self, command: str, *, about: str = "", behalf: Capacity | None = None, tells_whom: bool = False
    ) -> Way | None:
        """The way to one deed, when it can be done now."""
        address = way_to(self.shown, command, about=about, behalf=behalf)
        if address is None:
            return None
        language = self.visit.tongue.language
        return _way(address, command, language, of_a_part=bool(about), whom=behalf if tells_whom else None)


@lru_cache(maxsize=4096)  # A page has a hundred of them.
def _way(address: str, command: str, language: Language, *, of_a_part: bool, whom: Capacity | None) -> Way:
    tongue = tongue_for(language)
    named = NAMES_OF_A_PART.get(command) if of_a_part else None
    name = tongue.say(named or NAMES.get(command) or COMMANDS[command])
    if whom:
        name = tongue.say("%(deed)s, for the %(whom)s", deed=name, whom=tongue.word(whom))
    return Way(address=address, name=name)
