"""The addresses of moderation."""

from django.urls import path

from forum.moderation.views import appeal, log, report, transparency

urlpatterns = [
    path("rules/", report.rules, name="rules"),
    path("moderation/log/", log.log, name="log"),
    path("moderation/log/feed.<str:ending>", log.log_feed, name="log_feed"),
    path("moderation/transparency/", transparency.transparency, name="transparency"),
    path("arguments/<str:argument_id>/appeal/", appeal.appeal, name="appeal"),
    path("reports/", report.reports, name="reports"),
    path("arguments/<str:argument_id>/report/", report.report, name="report"),
    path("citations/<int:citation_id>/report/", report.report_citation, name="report_citation"),
    path("sources/<str:source_id>/report/", report.report_source, name="report_source"),
    path("members/<str:name>/report/", report.report_member, name="report_member"),
    path("tags/<str:name>/report/", report.report_tag, name="report_tag"),
]
