"""The sandbox's pages, outside any language of the site: a page speaks the language it was opened in."""

from django.urls import path

from payments.sandbox import views

urlpatterns = [
    path("checkout/<str:token>/", views.checkout, name="sandbox_checkout"),
    path("checkout/<str:token>/card/", views.card, name="sandbox_card"),
    path("checkout/<str:token>/confirmation/", views.confirmation, name="sandbox_confirmation"),
    path("checkout/<str:token>/paypal/", views.paypal, name="sandbox_paypal"),
    path("checkout/<str:token>/transfer/", views.transfer, name="sandbox_transfer"),
    path("checkout/<str:token>/arrival/", views.arrival, name="sandbox_arrival"),
    path("checkout/<str:token>/excess/", views.excess, name="sandbox_excess"),
    path("checkout/<str:token>/refunds/<str:refund_token>/", views.refund, name="sandbox_refund"),
]
