"""What people and the product said to someone."""

from django.urls import path

from messaging import views

urlpatterns = [
    path("messages/", views.conversations, name="conversations"),
    path("notifications/", views.notifications, name="notifications"),
    path("notifications/read/", views.notifications_read, name="notifications_read"),
    path("notifications/settings/", views.notification_settings, name="notification_settings"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
