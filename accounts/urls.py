"""What people change about themselves. Signing in and up is `allauth.account.urls`."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("settings/", views.account_settings, name="account_settings"),
    path("profile/", views.expert_profile_edit, name="expert_profile_edit"),
    path("expert/", views.become_expert, name="become_expert"),
]
