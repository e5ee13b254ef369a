"""Ordering, paying, working together: each act is a noun under its order."""

from django.urls import path

from orders.views import checkout, files, lists, room, steps

urlpatterns = [
    path("offers/<int:pk>/order/", checkout.checkout, name="checkout"),
    path("orders/", lists.buyer_orders, name="buyer_orders"),
    path("orders/<uuid:public_id>/", room.order, name="order"),
    path("orders/<uuid:public_id>/payment/", checkout.order_payment, name="order_payment"),
    path("orders/<uuid:public_id>/thread/", room.order_thread, name="order_thread"),
    path("orders/<uuid:public_id>/messages/", room.order_message, name="order_message"),
    path("orders/<uuid:public_id>/brief/", room.order_brief, name="order_brief"),
    path("orders/<uuid:public_id>/start/", steps.order_start, name="order_start"),
    path("orders/<uuid:public_id>/deliverables/", steps.order_deliver, name="order_deliver"),
    path("orders/<uuid:public_id>/revision/", steps.order_revision, name="order_revision"),
    path("orders/<uuid:public_id>/acceptance/", steps.order_acceptance, name="order_acceptance"),
    path("orders/<uuid:public_id>/cancellation/", steps.order_cancel, name="order_cancel"),
    path("orders/<uuid:public_id>/refusal/", steps.order_decline, name="order_decline"),
    path("orders/<uuid:public_id>/review/", steps.order_review, name="order_review"),
    path("files/<uuid:public_id>/", files.attachment, name="attachment"),
    path("deliverables/<uuid:public_id>/", files.deliverable_file, name="deliverable_file"),
]
