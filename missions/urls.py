"""Quotes, missions and their instalments."""

from django.urls import path

from missions.views import missions, paying, quotes

urlpatterns = [
    path("missions/", missions.listing, name="missions"),
    path("missions/<uuid:public_id>/", missions.mission, name="mission"),
    path("missions/<uuid:public_id>/start/", missions.start, name="mission_start"),
    path("missions/<uuid:public_id>/notes/", missions.note, name="mission_note"),
    path("missions/<uuid:public_id>/second-instalment/", missions.ask_second, name="mission_second"),
    path("missions/<uuid:public_id>/suspension/", missions.suspend, name="mission_suspension"),
    path("missions/<uuid:public_id>/suspension/end/", missions.resume, name="mission_resume"),
    path("missions/<uuid:public_id>/end-review/", missions.hand_over, name="mission_review"),
    path("missions/<uuid:public_id>/validation/", missions.validate, name="mission_validation"),
    path("missions/<uuid:public_id>/end-review/refusal/", missions.contest, name="mission_contest"),
    path("missions/<uuid:public_id>/early-end/", missions.ending, name="mission_ending"),
    path("early-ends/<uuid:public_id>/answer/", missions.ending_answer, name="ending_answer"),
    path("missions/<uuid:public_id>/certificates/", missions.certificates, name="mission_certificates"),
    path("instalments/<uuid:public_id>/payment/", paying.payment, name="instalment_payment"),
    path("messages/<uuid:public_id>/quote/", quotes.create, name="quote_create"),
    path("quotes/<uuid:public_id>/", quotes.quote, name="quote"),
    path("quotes/<uuid:public_id>/version/", quotes.version, name="quote_version"),
    path("quotes/<uuid:public_id>/acceptance/", quotes.accept, name="quote_acceptance"),
    path("quotes/<uuid:public_id>/refusal/", quotes.refuse, name="quote_refusal"),
    path("quotes/<uuid:public_id>/withdrawal/", quotes.withdraw, name="quote_withdrawal"),
    path("quotes/<uuid:public_id>/file/", quotes.file, name="quote_file"),
]
