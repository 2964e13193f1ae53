"""The addresses of moderation."""

from django.urls import path

from forum.moderation.views import log, report, transparency

urlpatterns = [
    path("rules/", report.rules, name="rules"),
    path("moderation/log/", log.log, name="log"),
    path("moderation/log/feed.<str:ending>", log.log_feed, name="log_feed"),
    path("moderation/transparency/", transparency.transparency, name="transparency"),
    path("arguments/<str:argument_id>/report/", report.report, name="report"),
]
