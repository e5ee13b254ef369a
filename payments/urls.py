"""Addresses for the payment gateway, outside any language."""

from django.urls import path

from payments import views

urlpatterns = [
    path("payments/", views.payment_webhook, {"door": "payments"}, name="payment_webhook"),
    path("stripe/", views.payment_webhook, {"door": "platform"}, name="stripe_webhook"),
    path("stripe/connect/", views.payment_webhook, {"door": "connect"}, name="stripe_connect_webhook"),
    path("stripe/accounts/", views.payment_webhook, {"door": "accounts"}, name="stripe_accounts_webhook"),
]
