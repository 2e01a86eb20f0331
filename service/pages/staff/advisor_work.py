"""Where, on what and how much an advisor works: by this they are suggested for a request."""

from __future__ import annotations

from starlette.responses import Response

from domain.words import Theme
from service.pages.filled import filled
from service.pages.forms import Form, blank
from service.pages.guarding import Who, get, post
from service.pages.staff.one_account import ADDRESS, account_at, address_of_account
from service.pages.visit import Visit
from storage.directory import AccountLine
from storage.municipalities import list_advisors, list_municipalities, save_advisor


async def show_work(visit: Visit) -> Response:
    """Show where, on what and how much an advisor works."""
    async with visit.reading.connect() as connection:
        account = await account_at(connection, visit)
        known = next((one for one in await list_advisors(connection) if one.person == account.person), None)
    start = blank(
        regions=known.regions if known else (),
        themes=known.themes if known else (),
        capacity=str(known.capacity) if known else "",
    )
    return await _show_work(visit, account, start)


async def _show_work(visit: Visit, account: AccountLine, form: Form) -> Response:
    async with visit.reading.connect() as connection:
        regions = sorted({one.ggd_region for one in await list_municipalities(connection)})
    return visit.page(
        "staff/work.html",
        title=visit.say("The work of %(name)s", name=account.name or account.email),
        form=form,
        account=account,
        address=address_of_account(account),
        regions=[(one, one) for one in regions],
        themes=[(one.value, visit.tongue.word(one)) for one in Theme],
    )


async def save_work(visit: Visit) -> Response:
    """Write down where, on what and how much an advisor works."""
    form = filled(visit)
    capacity = form.number("capacity", missing=visit.say("Write how many requests fit."), most=100)
    async with visit.parts.engine.begin() as connection:
        account = await account_at(connection, visit)
        known = {one.ggd_region for one in await list_municipalities(connection)}
        if form.mistakes:
            return await _show_work(visit, account, form.again())
        await save_advisor(
            connection,
            account.person,
            regions=[one for one in form.ticked("regions") if one in known],
            themes=[one.value for one in form.choices("themes", Theme)],
            capacity=capacity,
        )
    return visit.see_other(address_of_account(account), said=visit.say("It was recorded."))


routes = (
    get(f"{ADDRESS}/werkgebied", show_work, who=Who.STAFF),
    post(f"{ADDRESS}/werkgebied", save_work, who=Who.STAFF),
)
