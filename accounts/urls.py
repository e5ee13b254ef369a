"""What people change about themselves. Signing in and up is `allauth.account.urls`."""

from django.urls import path

from accounts.views import (
    admission,
    club,
    companies,
    documents,
    legal,
    mandate,
    portfolio,
    praise,
    presence,
    profile,
    sessions,
    settings,
    suspension,
)
from marketplace.kernel import private_files

urlpatterns = [
    path("settings/", settings.account_settings, name="account_settings"),
    path("sessions/", sessions.sessions, name="account_sessions"),
    path("sessions/others/end/", sessions.end_other_sessions, name="account_sessions_end"),
    path("sessions/<int:pk>/end/", sessions.end_session, name="account_session_end"),
    path("profile/", profile.expert_profile_edit, name="expert_profile_edit"),
    path("profile/photo/", profile.photo, name="profile_photo"),
    path("profile/presentation/", profile.presentation, name="profile_presentation"),
    path("profile/skills/", profile.skills, name="profile_skills"),
    path("profile/career/", profile.career, name="profile_career"),
    path("profile/career/<int:pk>/", profile.career_entry, name="profile_career_entry"),
    path("profile/rate/", profile.rate, name="profile_rate"),
    path("profile/availability/", presence.availability, name="profile_availability"),
    path("profile/time-off/<int:pk>/", presence.time_off, name="profile_time_off"),
    path("profile/recommendations/", praise.recommendations, name="profile_recommendations"),
    path(
        "profile/recommendations/<uuid:public_id>/", praise.withdraw, name="profile_recommendation_withdrawal"
    ),
    path("profile/portfolio/", portfolio.portfolio, name="profile_portfolio"),
    path("profile/portfolio/<uuid:public_id>/", portfolio.piece, name="profile_portfolio_piece"),
    path("recommendation/<str:token>/", praise.recommendation, name="recommendation"),
    path("consent/<str:token>/", portfolio.consent, name="portfolio_consent"),
    path("expert/", profile.become_expert, name="become_expert"),
    path("legal/", legal.legal_status, name="legal_status"),
    path("mandate/", mandate.invoicing_mandate, name="invoicing_mandate"),
    path("charter/", mandate.experts_charter, name="experts_charter"),
    path("suspension/", suspension.suspension, name="suspension"),
    path("admission/", admission.admission, name="admission"),
    path("admission/<slug:step>/", admission.admission_step, name="admission_step"),
    path("company/", companies.company, name="company"),
    path("company/members/", companies.invite, name="company_invite"),
    path("company/members/<uuid:public_id>/", companies.member, name="company_member"),
    path(
        "company/invitations/<uuid:public_id>/withdrawal/",
        companies.take_back,
        name="company_invitation_withdrawal",
    ),
    path("company/join/<str:token>/", companies.invitation, name="company_invitation"),
    path("club/", club.club, name="club"),
    path("club/<uuid:public_id>/", club.club_candidate, name="club_candidate"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<slug:key>/", documents.document_send, name="document_send"),
    path(
        "documents/files/<uuid:public_id>/",
        private_files.download,
        {"kind": "document"},
        name="document_file",
    ),
]
