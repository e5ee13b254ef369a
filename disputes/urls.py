from django.urls import path

from disputes.views import absences, answering, file, opening
from marketplace.kernel.private_files import download

urlpatterns = [
    path("orders/<uuid:public_id>/call/absence/", absences.order_absence, name="order_absence"),
    path("orders/<uuid:public_id>/dispute/", opening.open_dispute, name="order_dispute"),
    path("orders/<uuid:public_id>/dispute/answer/", answering.answer, name="dispute_answer"),
    path("orders/<uuid:public_id>/dispute/evidence/", answering.show, name="dispute_evidence"),
    path("orders/<uuid:public_id>/dispute/withdrawal/", answering.withdraw, name="dispute_withdrawal"),
    path("orders/<uuid:public_id>/dispute/appeal/", answering.appeal, name="dispute_appeal"),
    path("orders/<uuid:public_id>/dispute/file/", file.case_file, name="dispute_file"),
    path("orders/<uuid:public_id>/dispute/file.pdf", file.case_file_pdf, name="dispute_file_pdf"),
    path("disputes/questions/<uuid:public_id>/answer/", answering.reply, name="dispute_reply"),
    path("evidence/<uuid:public_id>/", download, {"kind": "evidence"}, name="evidence"),
]
