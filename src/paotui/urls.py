"""All addresses; the rooms with pages bring their own."""

from django.urls import include, path

urlpatterns = [
    path("", include("paotui.web.urls")),
]
