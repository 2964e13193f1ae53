"""The addresses of moderation."""

from django.urls import path

from forum.moderation import views

urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("moderation/log/", views.log, name="log"),
    path("arguments/<str:argument_id>/report/", views.report, name="report"),
]
