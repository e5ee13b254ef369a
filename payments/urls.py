"""Addresses for the payment gateway, outside any language."""

from django.urls import path

from payments import views

urlpatterns = [path("payments/", views.payment_webhook, name="payment_webhook")]
