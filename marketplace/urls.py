"""Every address of the site. People's pages carry the language: none for French, `/en/` for English."""

from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path

from marketplace import dashboards, metrics, purchases, sitemaps, views
from marketplace.privacy import views as privacy
from marketplace.staff import seeing
from offers import urls as offers
from orders import urls as orders

handler400 = "marketplace.views.bad_request"
handler403 = "marketplace.views.forbidden"
handler404 = "marketplace.views.not_found"
handler500 = "marketplace.views.server_error"

urlpatterns = [
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap_index"),
    path("sitemaps/<slug:name>.xml", sitemaps.sitemap, name="sitemap"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", metrics.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("webhooks/", include("payments.urls")),
    path("language/", views.set_language, name="set_language"),
    path("theme/", views.set_theme, name="set_theme"),
    path("seeing/end/", seeing.end, name="seeing_end"),
]

if apps.is_installed("payments.sandbox"):
    urlpatterns += [path("sandbox/", include("payments.sandbox.urls"))]

urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    path("", include(orders.checkout_first)),
    path("", include(offers.first)),
    path("", include("orders.urls")),
    path("", include(offers.urlpatterns)),
    path("how-it-works/", views.how_it_works, name="how_it_works"),
    path("welcome/", views.after_login, name="after_login"),
    path("dashboard/", dashboards.overview, name="dashboard"),
    path("dashboard/orders/", dashboards.orders, name="dashboard_orders"),
    path("dashboard/pipeline/", dashboards.pipeline, name="pipeline"),
    path("dashboard/earnings/", dashboards.earnings, name="dashboard_earnings"),
    path("dashboard/", include("payments.dashboard_urls")),
    path("purchases/", purchases.purchases, name="purchases"),
    path("purchases/documents/", purchases.documents, name="purchase_documents"),
    path("purchases/statement/", purchases.statement, name="purchase_statement"),
    path("invoices/", include("payments.invoice_urls")),
    path("", include("disputes.urls")),
    path("", include("missions.urls")),
    path("", include("messaging.urls")),
    path("account/privacy/", privacy.privacy, name="account_privacy"),
    path("account/privacy/copies/", privacy.ask_for_copy, name="account_copy_request"),
    path("account/privacy/copies/<uuid:public_id>/", privacy.copy, name="account_copy"),
    path(
        "account/privacy/consents/<uuid:public_id>/withdrawal/",
        privacy.withdrawal,
        name="account_consent_withdrawal",
    ),
    path("account/privacy/closure/", privacy.closure, name="account_closure"),
    path("account/privacy/closure/end/", privacy.stay, name="account_stay"),
    path("account/", include("accounts.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/security/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
    prefix_default_language=False,
)

if settings.LOCAL_MODE:
    from marketplace import ui_gallery
    from marketplace.local.pages import opened

    urlpatterns += opened(static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT))
    urlpatterns += [path("_ui/", include(ui_gallery))]
    if apps.is_installed("django_mail_preview"):
        urlpatterns += opened([path("__mail__/", include("django_mail_preview.urls"))])
