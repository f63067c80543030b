from django.urls import include, path
from django.views.i18n import set_language

from accounts.decorators import public
from casebook.mcp.view import mcp
from competitions.views.calls.home import home

handler400 = "config.bad_requests.bad_request"
urlpatterns = [
    path("", home, name="home"),
    path("", include("casebook.urls")),
    path("", include("competitions.urls")),
    path("learning/", include("learning.urls")),
    path("", include("accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("language/", public(set_language), name="set_language"),
    path("api/v1/", include("config.api")),
    path("mcp", mcp, name="mcp"),
]
