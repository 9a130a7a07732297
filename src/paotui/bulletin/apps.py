from django.apps import AppConfig


class BulletinConfig(AppConfig):
    name = "paotui.bulletin"
    label = "bulletin"
    default_auto_field = "django.db.models.BigAutoField"
