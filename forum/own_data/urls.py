"""The addresses of one's own data."""

from django.urls import path

from forum.own_data.views import leave, own_data

urlpatterns = [
    path("account/own-data/", own_data.own_data, name="own_data"),
    path("account/own-data/<str:token>/file.zip", own_data.own_data_file, name="own_data_file"),
    path("account/leave/", leave.leave, name="leave"),
    path("account/leave/cancel/", leave.leave_cancel, name="leave_cancel"),
]
