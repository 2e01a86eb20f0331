"""Every page that there is, and who looks at it: a page without a look here fails `test_every_page.py`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.looking import Look

REQUEST: Final = "/aanvragen/{reference}"
ASKING: Final = "/vraag-ondersteuning"

NOT_PAGES: Final = frozenset(
    {
        "/aanmelden/begin",  # sends on to the provider
        "/aanvragen.csv",
        "/aanvragen.xlsx",
        "/aanvragen/{reference}/bestand/gegevens",
        "/aanvragen/{reference}/nieuws",  # a stream, for the script
        "/nieuws",
    }
)
"""What answers without showing a page."""

STEP_BY_STEP: Final = frozenset(
    {
        "/aanmelden/terug",
        "/aanvragen/{reference}/bestand/leesbaar",
        "/accounts/{id}",
        "/accounts/{id}/rollen",
        "/accounts/{id}/token",
        "/accounts/{id}/werkgebied",
        "/verder",
    }
)
"""Where one comes by an address of its own, or by doing something first: looked at in `test_looks_by_hand.py`."""


def _deeds(who: str, town: str, wrong: str = "", never_wrong: str = "", state: str = "") -> Iterator[Look]:
    """Deeds on the request of a town, by the last part of their address; some forms take an empty answer."""
    for deed in (*wrong.split(), *never_wrong.split()):
        at = f"/aanvragen/{{{town}}}/{deed}"
        yield Look(route=f"{REQUEST}/{deed}", who=who, at=at, state=state, wrong=deed in wrong.split())


def _requests(who: str, *towns: str) -> Iterator[Look]:
    """The page of a request, as far as it has come."""
    for town in towns:
        yield Look(route=REQUEST, who=who, at=f"/aanvragen/{{{town}}}", state=town)


EVERYBODY: Final = (
    *(Look(route=f"{ASKING}/{one}", who="newcomer", wrong=True) for one in ("gemeente", "collega", "coalitie")),
    *(Look(route=f"{ASKING}/{one}", who="answered", wrong=True) for one in ("vraag", "contact")),
    Look(route=f"{ASKING}/verstuurd", who="newcomer"),
    Look(route=f"{ASKING}/controleren", who="answered"),
    Look(route=f"{ASKING}/ontvangst", who="received"),
    Look(route=f"{ASKING}/verder/{{link}}", who=None, at=f"{ASKING}/verder/oud", status=410),
    *(Look(route=one, who=None) for one in ("/aanmelden", "/afgemeld", "/over", "/privacy", "/toegankelijkheid")),
    Look(route="/aanmelden", who=None, at="/aanmelden/begin", state="provider away", status=503),
    Look(route="/", who=None, at="/nergens", state="not found", status=404),
    Look(route="/patronen", who=None, wrong=True),
    Look(route=ASKING, who=None, wrong=True),
    Look(route=ASKING, who="venlo", state="has an account"),
    Look(route="/", who="burgerkracht"),
    *_requests("burgerkracht", "Sittard-Geleen"),
    *_deeds("burgerkracht", "Sittard-Geleen", "plek-voor-ouders delen"),
)
MUNICIPALITY: Final = (
    *(Look(route="/", who=who) for who in ("venlo", "peel-en-maas", "horst-aan-de-maas", "kerkrade", "goes")),
    Look(route="/collegas", who="venlo"),
    Look(route="/collegas/uitnodigen", who="venlo", wrong=True),
    Look(route="/account", who="venlo"),
    *_requests("deventer", "Deventer"),
    *_requests("dordrecht", "Dordrecht"),
    *_requests("venlo", "Venlo", "Venlo, gesloten"),
    *_requests("roermond", "Roermond"),
    *_requests("peel-en-maas", "Peel en Maas"),
    *_requests("horst-aan-de-maas", "Peel en Maas"),
    *_requests("haarlem", "Haarlem"),
    *_requests("kerkrade", "Kerkrade"),
    *_deeds("deventer", "Deventer", "vraag-beantwoorden"),
    *_deeds(
        "venlo",
        "Venlo",
        "moment-kiezen wijzigen contactpersoon vraag-stellen notitie pauzeren intrekken",
        "andere-momenten afdrukken bestand verloop",
    ),
    *_deeds("kerkrade", "Kerkrade", "", "terugblik evalueren"),
    *_deeds("haarlem", "Haarlem", "", "verdergaan"),
    *_deeds("peel-en-maas", "Peel en Maas", "actie-niet-van-mij actie-andere-datum", "actie-gedaan"),
    Look(
        route=f"{REQUEST}/intrekken",
        who="venlo",
        at="/aanvragen/{Venlo, gesloten}/intrekken?",
        state="not now",
        status=409,
    ),
    Look(route="/accounts", who="venlo", state="another role", status=403),
)
ADVISOR: Final = (
    *(Look(route="/", who=who) for who in ("advisor1", "advisor3")),
    Look(route="/agenda", who="advisor1"),
    *_requests("advisor1", "Venlo", "Roermond", "Weert"),
    *_requests("advisor3", "Dordrecht"),
    *_deeds("advisor3", "Dordrecht", "aanvraag-aannemen aanvraag-niet-aannemen"),
    *_deeds(
        "advisor1",
        "Venlo",
        "aanvraag-teruggeven actie-toevoegen ambitie-toevoegen antwoorden bijeenkomst-plannen delen doel-toevoegen"
        " geen-adviesgesprek momenten-voorstellen partner-toevoegen plek-voor-ouders startbijeenkomst-toevoegen"
        " uitkomst-van-vraag",
        "koppelen overdrachtsblad",
    ),
    *_deeds("advisor1", "Venlo", "", "ondersteuning-afronden", state="not yet"),
    *_deeds(
        "advisor1",
        "Roermond",
        "uitnodiging-beantwoorden bijeenkomst-verzetten bijeenkomst-afzeggen",
    ),
    *_deeds("advisor1", "Roermond", "", "uitnodigen", state="everybody invited"),
    *_deeds("advisor1", "Apeldoorn", "", "verslag"),
    *_deeds("advisor1", "Beesel", "startbijeenkomst-vervalt verslag-verbeteren"),
    *_deeds(
        "advisor1",
        "Peel en Maas",
        "actie-aan-een-ander actie-heropenen actie-vervalt ambitie-vervalt doel-vervalt doel-wijzigen"
        " partner-wijzigen uitnodigen ondersteuning-afronden",
        "actie-overdragen partner-verwijderen plek-voor-ouders-beeindigen",
    ),
)
STAFF: Final = (
    *(
        Look(route=one, who="staff")
        for one in (
            "/",
            "/nieuwe-aanvragen",
            "/aanvragen",
            "/stil",
            "/herverdelen",
            "/beheer",
            "/accounts",
            "/wie-komt-in-aanmerking",
            "/bezorging",
        )
    ),
    Look(route="/aanvragen", who="staff", at="/aanvragen?text=nergens", state="nothing found"),
    Look(route="/doorlooptijd/{stage}", who="staff", at="/doorlooptijd/aanvraag"),
    *(
        Look(route=one, who="staff", wrong=True)
        for one in ("/aanvraag-vastleggen", "/accounts/uitnodigen", "/wie-komt-in-aanmerking/regel")
    ),
    Look(route="/wie-komt-in-aanmerking/{ground}", who="staff", at="/wie-komt-in-aanmerking/REGISTERED", wrong=True),
    *_requests("staff", "Deventer", "Zaanstad", "Groningen", "Delft, gesloten"),
    *_deeds("staff", "Oss", "informatie-vragen niet-in-behandeling-nemen", "in-behandeling-nemen samenvoegen"),
    *_deeds("staff", "Zaanstad", "adviseur-toewijzen"),
    *_deeds("staff", "Deventer", "zwart-maken", "gemeenten-wijzigen"),
    *_deeds("staff", "Venlo", "andere-adviseur stoppen", "fase-terug"),
    *_deeds("staff", "Alkmaar, gesloten", "", "heropenen"),
)
LOOKS: Final = (*EVERYBODY, *MUNICIPALITY, *ADVISOR, *STAFF)
