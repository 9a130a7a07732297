"""Signing in and out."""

from __future__ import annotations

from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _("Name or password is wrong. After five wrong tries the name is locked for fifteen minutes."),
        "inactive": _("This account is closed. Ask the system administrator."),
    }


class SignIn(views.LoginView):
    template_name = "public/sign_in.html"
    authentication_form = SignInForm
    next_page = "web:staff"


sign_in = SignIn.as_view()
sign_out = views.LogoutView.as_view(next_page="web:front_page")
