"""The addresses of notices."""

from django.urls import path

from forum.notices.views import notices, preferences

urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/seen/", notices.seen, name="notices_seen"),
    path("notices/count/", notices.count, name="notices_count"),
    path("notices/settings/", preferences.settings, name="notices_settings"),
    path("mail/unsubscribe/<str:token>/", preferences.unsubscribe, name="unsubscribe"),
]
