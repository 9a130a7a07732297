"""Addresses of the web room."""

app_name = "web"
urlpatterns: list = []
