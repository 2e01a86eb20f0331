"""What forms need to know: who the caller is, which municipalities and advisors there are."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from service import errors
from service.api.answers import AdvisorList, Me, MunicipalityList, answer
from service.api.describing import ANYWHERE, answers
from service.api.door import Caller, parts_of
from service.api.problems import Obstacle
from storage.accounts import Account
from storage.municipalities import list_advisors, list_municipalities

router = APIRouter(tags=["reference"])


@router.get(
    "/me",
    operation_id="getMe",
    summary="Who am I",
    responses=answers(Me, errors.INVALID_INPUT, *ANYWHERE),
)
async def get_me(request: Request, account: Caller) -> Response:
    """Who the caller is, and what they may be on a request."""
    actor = account.actor
    async with parts_of(request).reading.connect() as connection:
        known = await list_municipalities(connection)
    me = Me(
        person=account.person,
        name=account.name,
        email=account.email,
        is_staff=actor.is_staff,
        is_advisor=actor.is_advisor,
        municipalities=tuple(one for one in known if one.code in actor.municipalities),
        organisations=tuple(sorted(actor.organisations)),
        partners=tuple(sorted(actor.partners)),
    )
    return answer(me)


@router.get(
    "/municipalities",
    operation_id="listMunicipalities",
    summary="List municipalities",
    responses=answers(MunicipalityList, errors.INVALID_INPUT, *ANYWHERE),
)
async def get_municipalities(request: Request, _: Caller) -> Response:
    """Every municipality there is, by name."""
    async with parts_of(request).reading.connect() as connection:
        return answer(MunicipalityList(items=await list_municipalities(connection)))


async def of_the_programme(account: Caller) -> Account:
    """How much an advisor has to do is the programme's to know.

    Raises: Obstacle 403 for everybody else.
    """
    if not (account.actor.is_staff or account.actor.is_advisor):
        raise Obstacle(errors.FORBIDDEN)
    return account


@router.get(
    "/advisors",
    operation_id="listAdvisors",
    summary="List advisors",
    responses=answers(AdvisorList, errors.INVALID_INPUT, errors.FORBIDDEN, *ANYWHERE),
)
async def get_advisors(request: Request, _: Annotated[Account, Depends(of_the_programme)]) -> Response:
    """Every advisor, with regions, themes, and how much they have to do. For staff and advisors."""
    async with parts_of(request).reading.connect() as connection:
        return answer(AdvisorList(items=await list_advisors(connection)))
