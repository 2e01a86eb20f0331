"""Asking for support, without an account: address, link, a few questions, check, receipt."""

from service.pages.asking.beginning import routes as routes_of_beginning
from service.pages.asking.sending import routes as routes_of_sending
from service.pages.asking.steps import routes as routes_of_steps

routes = (*routes_of_beginning, *routes_of_steps, *routes_of_sending)

__all__ = ["routes"]
