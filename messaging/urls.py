"""What people and the product said to someone; the public pages and the way to the team."""

from django.urls import path

from messaging.models import Page
from messaging.views import changes, public, reporting
from messaging.views import telling as views

urlpatterns = [
    *[
        path(f"{page.value}/", public.page, {"name": page.value}, name=page.url_name)
        for page in Page
        if not page.is_drawn
    ],
    path("<slug:name>/versions/<int:number>/", public.page_version, name="page_version"),
    path("contact/", public.contact, name="contact"),
    path("contact/received/", public.contact_received, name="contact_received"),
    path("reports/received/", reporting.report_received, name="report_received"),
    path("reports/<slug:subject>/<str:ref>/", reporting.report, name="report"),
    path("messages/", views.conversations, name="conversations"),
    path("notifications/", views.notifications, name="notifications"),
    path("notifications/read/", views.notifications_read, name="notifications_read"),
    path("notifications/settings/", views.notification_settings, name="notification_settings"),
    path("account/texts/", changes.text_changes, name="text_changes"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
