from django.urls import path

from disputes import views

urlpatterns = [
    path("orders/<uuid:public_id>/dispute/", views.open_dispute, name="order_dispute"),
]
