"""An expert's pages about being paid."""

from django.urls import path

from payments import dashboard_views as views

urlpatterns = [
    path("withdrawals/", views.withdrawals_page, name="withdrawals"),
    path("withdrawals/way/", views.withdrawal_way, name="withdrawal_way"),
    path("withdrawals/onboarding/", views.onboarding, name="withdrawal_onboarding"),
    path(
        "withdrawals/<uuid:public_id>/cancellation/",
        views.withdrawal_cancellation,
        name="withdrawal_cancellation",
    ),
]
