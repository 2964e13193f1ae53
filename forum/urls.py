"""Every address of the site, by the words of ARCHITECTURE: debates, arguments, sources, tags, notices, moderation."""

from django.contrib import admin
from django.urls import include, path

from debates.api.v1 import api
from forum import pages

urlpatterns = [
    path("healthz", pages.healthz, name="healthz"),
    path("readyz", pages.readyz, name="readyz"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("", include("forum.accounts.urls")),
    path("", include("forum.notices.urls")),
    path("", include("forum.following.urls")),
    path("", include("forum.bookmarks.urls")),
    path("", include("forum.drafts.urls")),
    path("", include("forum.own_data.urls")),
    path("", include("forum.moderation.urls")),
    path("", include("debates.urls")),
]
