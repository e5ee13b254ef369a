"""A person's invoices."""

from django.urls import path

from payments import invoice_views as views

urlpatterns = [
    path("", views.invoices, name="invoices"),
    path("month/", views.invoices_of_month, name="invoices_of_month"),
    path("<uuid:public_id>/", views.invoice_file, name="invoice_file"),
]
