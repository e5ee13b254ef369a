from django.urls import path

from disputes import absence_views, views

urlpatterns = [
    path("orders/<uuid:public_id>/call/absence/", absence_views.order_absence, name="order_absence"),
    path("orders/<uuid:public_id>/dispute/", views.open_dispute, name="order_dispute"),
]
