"""Which advisors fit a request, best first, and why: region, themes, and how much they have to do already.

It only suggests. Staff may choose anybody but who declared an interest of their own here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from domain.view_parts import RequestView
from domain.words import QuestionKind, Theme
from service.language import Tongue, message
from storage.municipalities import AdvisorLine, MunicipalityLine

SPOKEN_OF: Final[Mapping[Theme, tuple[str, ...]]] = {
    Theme.POVERTY: ("armoede", "schuld", "geldzorg"),
    Theme.PARENT_PARTICIPATION: ("ouders meedenken", "ouderparticipatie", "samenwerken met ouders", "met ouders"),
    Theme.EMBEDDING: ("borg", "verduurza"),
    Theme.MONITORING: ("monitor", "evaluat", "cijfers"),
}
ASKED_WITH: Final[Mapping[QuestionKind, Theme]] = {QuestionKind.STRENGTHEN: Theme.EMBEDDING}


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """An advisor with what speaks for and against: shared regions and themes, and places left (negative: too many)."""

    advisor: AdvisorLine
    regions: tuple[str, ...]
    themes: tuple[Theme, ...]

    @property
    def free(self) -> int:
        """How many requests they can take on before they have as many as they can lead."""
        return self.advisor.capacity - self.advisor.load

    def why(self, tongue: Tongue) -> str:
        """What staff read beside the name."""
        return " · ".join(self._reasons(tongue))

    def _reasons(self, tongue: Tongue) -> Iterator[str]:
        if self.regions:
            yield tongue.say("works in %(regions)s", regions=tongue.together(self.regions))
        if self.themes:
            yield tongue.say(
                "knows about %(themes)s", themes=tongue.together([tongue.word(one) for one in self.themes])
            )
        yield tongue.say("leads %(load)s of %(capacity)s", load=self.advisor.load, capacity=self.advisor.capacity)
        if self.free <= 0:
            yield tongue.say(FULL)


FULL: Final = message("has no room now")


def suggested(
    view: RequestView, advisors: Sequence[AdvisorLine], municipalities: Iterable[MunicipalityLine]
) -> tuple[Suggestion, ...]:
    """Give every advisor who may be asked: with room before without, then region, themes, and the least to do."""
    named = {view.lead_municipality, *view.participating}
    regions = {one.ggd_region for one in municipalities if one.code in named}
    themes = themes_of(view)
    found = (_suggestion(one, regions, themes) for one in advisors if one.person not in view.own_interest)
    return tuple(sorted(found, key=_rank))


def _suggestion(advisor: AdvisorLine, regions: set[str], themes: frozenset[Theme]) -> Suggestion:
    return Suggestion(
        advisor=advisor,
        regions=tuple(one for one in advisor.regions if one in regions),
        themes=tuple(one for one in Theme if one in themes and one.value in advisor.themes),
    )


def _rank(one: Suggestion) -> tuple[bool, int, int, int, str]:
    return one.free <= 0, -len(one.regions), -len(one.themes), -one.free, one.advisor.name


def themes_of(view: RequestView) -> frozenset[Theme]:
    """The themes that a request speaks of, by its kinds of question and the words in its texts."""
    texts = " ".join(one for one in (view.text, *(question.text for question in view.questions)) if one).lower()
    spoken = {theme for theme, words in SPOKEN_OF.items() if any(word in texts for word in words)}
    asked = {ASKED_WITH[one.kind] for one in view.questions if one.kind in ASKED_WITH}
    return frozenset(spoken | asked)
