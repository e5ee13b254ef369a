"""An expert's pages about being paid."""

from django.urls import path

from marketplace.kernel import private_files
from payments import dashboard_views as views
from payments import report_views as reports

urlpatterns = [
    path("statements/", reports.statements, name="statements"),
    path("statements/tax/", reports.tax_details, name="tax_details"),
    path(
        "statements/files/<uuid:public_id>/",
        private_files.download,
        {"kind": "statement"},
        name="statement_file",
    ),
    path("statements/<slug:kind>/<str:period>/<slug:shape>/", reports.statement, name="statement"),
    path(
        "exports/<uuid:public_id>/",
        private_files.download,
        {"kind": "books_export"},
        name="books_export_file",
    ),
    path("withdrawals/", views.withdrawals_page, name="withdrawals"),
    path("withdrawals/way/", views.withdrawal_way, name="withdrawal_way"),
    path("withdrawals/onboarding/", views.onboarding, name="withdrawal_onboarding"),
    path(
        "withdrawals/<uuid:public_id>/cancellation/",
        views.withdrawal_cancellation,
        name="withdrawal_cancellation",
    ),
]
