"""Ordering, paying, working together: each act is a noun under its order."""

from django.urls import path

from marketplace.kernel import private_files
from orders.views import calls, certificates, changes, checkout, extras, files, lists, room, steps, work

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
    path("orders/<uuid:public_id>/review/answer/", steps.order_review_answer, name="order_review_answer"),
    path("orders/<uuid:public_id>/certificates/", certificates.order_certificates, name="order_certificates"),
    path("orders/<uuid:public_id>/file/", files.order_file, name="order_file"),
    path("orders/<uuid:public_id>/requirements/", work.order_requirements, name="order_requirements"),
    path("orders/<uuid:public_id>/pause/", work.order_pause, name="order_pause"),
    path("orders/<uuid:public_id>/pause/end/", work.order_resume, name="order_resume"),
    path("orders/<uuid:public_id>/pause/objection/", work.order_pause_contest, name="order_pause_contest"),
    path(
        "orders/<uuid:public_id>/silent-cancellation/", work.order_cancel_silent, name="order_cancel_silent"
    ),
    path(
        "orders/<uuid:public_id>/revision/acceptance/",
        work.order_revision_accept,
        name="order_revision_accept",
    ),
    path(
        "orders/<uuid:public_id>/revision/refusal/", work.order_revision_refuse, name="order_revision_refuse"
    ),
    path("orders/<uuid:public_id>/question/", work.order_question, name="order_question"),
    path("orders/<uuid:public_id>/more-time/", work.order_more_time, name="order_more_time"),
    path("orders/<uuid:public_id>/extension/", changes.order_extension, name="order_extension"),
    path("orders/<uuid:public_id>/late-cancellation/", changes.order_cancel_late, name="order_cancel_late"),
    path("orders/<uuid:public_id>/cancellation-request/", changes.order_ask_cancel, name="order_ask_cancel"),
    path("orders/<uuid:public_id>/extras/", extras.order_extras, name="order_extras"),
    path("extras/<uuid:public_id>/payment/", extras.extra_payment, name="extra_payment"),
    path("extras/<uuid:public_id>/refusal/", extras.extra_refusal, name="extra_refusal"),
    path("extras/<uuid:public_id>/withdrawal/", extras.extra_withdrawal, name="extra_withdrawal"),
    path("extras/<uuid:public_id>/refund/", extras.extra_refund, name="extra_refund"),
    path("orders/<uuid:public_id>/settlement/", changes.order_settlement, name="order_settlement"),
    path("orders/<uuid:public_id>/call/", calls.order_call, name="order_call"),
    path("orders/<uuid:public_id>/call/room/", calls.order_call_room, name="order_call_room"),
    path("orders/<uuid:public_id>/call/calendar.ics", calls.order_call_file, name="order_call_file"),
    path("orders/<uuid:public_id>/call/time/", calls.order_call_move, name="order_call_move"),
    path("orders/<uuid:public_id>/call/cancellation/", calls.order_call_cancel, name="order_call_cancel"),
    path("moves/<uuid:public_id>/acceptance/", calls.move_accept, name="move_accept"),
    path("moves/<uuid:public_id>/refusal/", calls.move_refuse, name="move_refuse"),
    path("moves/<uuid:public_id>/withdrawal/", calls.move_withdraw, name="move_withdraw"),
    path("changes/<uuid:public_id>/acceptance/", changes.change_accept, name="change_accept"),
    path("changes/<uuid:public_id>/refusal/", changes.change_refuse, name="change_refuse"),
    path("changes/<uuid:public_id>/withdrawal/", changes.change_withdraw, name="change_withdraw"),
    path("files/<uuid:public_id>/", private_files.download, {"kind": "attachment"}, name="attachment"),
    path("files/<uuid:public_id>/preview/", files.attachment_preview, name="attachment_preview"),
    path(
        "requirements/<uuid:public_id>/",
        private_files.download,
        {"kind": "requirement"},
        name="requirement_file",
    ),
    path(
        "deliverables/<uuid:public_id>/",
        private_files.download,
        {"kind": "deliverable"},
        name="deliverable_file",
    ),
]
