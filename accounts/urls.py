"""What people change about themselves. Signing in and up is `allauth.account.urls`."""

from django.urls import path

from accounts.views import profile, settings

urlpatterns = [
    path("settings/", settings.account_settings, name="account_settings"),
    path("profile/", profile.expert_profile_edit, name="expert_profile_edit"),
    path("expert/", profile.become_expert, name="become_expert"),
]
