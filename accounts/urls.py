"""What people change about themselves. Signing in and up is `allauth.account.urls`."""

from django.urls import path

from accounts.views import legal, profile, sessions, settings

urlpatterns = [
    path("settings/", settings.account_settings, name="account_settings"),
    path("sessions/", sessions.sessions, name="account_sessions"),
    path("sessions/others/end/", sessions.end_other_sessions, name="account_sessions_end"),
    path("sessions/<int:pk>/end/", sessions.end_session, name="account_session_end"),
    path("profile/", profile.expert_profile_edit, name="expert_profile_edit"),
    path("expert/", profile.become_expert, name="become_expert"),
    path("legal/", legal.legal_status, name="legal_status"),
]
