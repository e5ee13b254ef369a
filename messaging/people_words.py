"""What notifications say about accounts: admission, documents, bank details. Their facts come from below."""

from django.utils.translation import gettext_lazy as _

from messaging.words import Words, register

register(
    "new_terms",
    Words(
        _("New general terms from %(day)s"),
        _(
            "Read what changes before that day. If you do not agree, you may close your account at any time; an order "
            "stays under the terms accepted when it was paid."
        ),
        _("Read the new terms"),
    ),
)
register(
    "new_charter",
    Words(
        _("A new charter of the experts from %(day)s"),
        _(
            "Read it and sign it before that day. If you do not agree, you may close your account at any time."
        ),
        _("Read and sign the charter"),
    ),
)
register(
    "new_mandate",
    Words(
        _("A new invoicing mandate from %(day)s"),
        _(
            "Read it and sign it before that day. Until you sign, the one you signed holds; you may end it by writing "
            "to the team, or by closing your account."
        ),
        _("Read and sign the mandate"),
    ),
)
register(
    "bank_account_changed",
    Words(
        _("Your bank account was changed"),
        _(
            "From %(usable_from)s we pay the account %(account)s. "
            "If you did not change it yourself, write to us at once."
        ),
        _("See my bank account"),
    ),
)
register(
    "selling_barred",
    Words(
        _("Your offers take no new order"),
        _(
            "%(reasons)s Running orders go on and what you earned stays yours. "
            "Your offers come back by themselves once everything is in order."
        ),
        _("See my documents"),
    ),
)
register(
    "selling_restored",
    Words(
        _("Your offers are back on sale"),
        _("Everything is in order: your published offers take new orders again."),
        _("See my documents"),
    ),
)
register(
    "document_accepted",
    Words(
        _("Document accepted: %(document)s"),
        _("We have checked it: it counts until %(until)s."),
        _("See my documents"),
    ),
)
register(
    "document_accepted_for_good",
    Words(
        _("Document accepted: %(document)s"),
        _("We have checked it: it counts until something changes."),
        _("See my documents"),
    ),
)
register(
    "document_refused",
    Words(
        _("Document refused: %(document)s"),
        _("%(why)s. %(note)s Send it again: we check it within two working days."),
        _("Send it again"),
    ),
)
register(
    "document_expiring",
    Words(
        _("%(document)s: expires on %(until)s"),
        _(
            "Send the new one before that day. A renewal sent in time keeps your offers on sale "
            "while we check it."
        ),
        _("Send the new one"),
    ),
)
register(
    "document_expired",
    Words(
        _("%(document)s: expired"),
        _("It counted until %(until)s. Send the new one."),
        _("Send the new one"),
    ),
)
register(
    "document_waits",
    Words(
        _("Document to check: %(document)s"),
        _("%(candidate)s has been waiting longer than we announced."),
        _("Check it now"),
    ),
)
register(
    "application_received",
    Words(
        _("Your application is with us"),
        _("%(who)s reads it and answers before %(due)s."),
        _("Follow my application"),
    ),
)
register(
    "application_for_club",
    Words(
        _("A candidate in your field: %(candidate)s"),
        _("Read the application and vote before %(due)s, or recuse yourself if you know them."),
        _("Read the application"),
    ),
)
register(
    "application_for_committee",
    Words(
        _("Application to decide: %(candidate)s"),
        _("%(why)s Decide before %(due)s."),
        _("Read the application"),
    ),
)
register(
    "application_admitted",
    Words(
        _("Welcome: you are admitted"),
        _("%(reasons)s Complete your legal status and documents, then publish your offers."),
        _("See what is next"),
    ),
)
register(
    "application_refused",
    Words(
        _("Your application was not accepted"),
        _("%(reasons)s You may appeal once before %(due)s."),
        _("Read the reasons"),
    ),
)
register(
    "application_refused_for_good",
    Words(
        _("Your appeal was not accepted"),
        _("%(reasons)s You may apply again from %(again)s."),
        _("Read the reasons"),
    ),
)
register(
    "application_waits_for_you",
    Words(
        _("Your application waits for you"),
        _("It is begun and not sent. A few minutes are enough; unsent, it is deleted after %(due)s."),
        _("Finish my application"),
    ),
)
register(
    "vigilance_renewal",
    Words(
        _("New certificates of %(expert)s"),
        _(
            "Six months have passed since the last ones for “%(title)s”: "
            "download the dated file and keep it with the contract."
        ),
        _("Download the file"),
    ),
)
register(
    "vigilance_due",
    Words(
        _("Certificates to keep for “%(title)s”"),
        _(
            "From 5,000 € excluding VAT, all contracts under way with %(expert)s together, the law asks you for your "
            "contractor’s certificates, at the signature and every six months. They are in one dated file."
        ),
        _("Download the file"),
    ),
)
register(
    "vigilance_missing",
    Words(
        _("%(expert)s: a certificate is being renewed"),
        _("%(missing)s We have asked for it, and tell you as soon as the file for “%(title)s” is complete."),
        _("Open the order"),
    ),
)
register(
    "vigilance_asked",
    Words(
        _("Your client needs your certificates"),
        _(
            "Your work under way for %(buyer)s has reached 5,000 € excluding VAT in all, "
            "and the file is not complete. %(missing)s"
        ),
        _("See my documents"),
    ),
)
register(
    "suspension_announced",
    Words(
        _("Your expert account is to be suspended"),
        _(
            "%(ground)s. %(reason)s Unless our team decides otherwise, it takes effect on %(takes_effect)s. "
            "End: %(until)s. Until then nothing changes: tell us what happened, our team reads your reply before."
        ),
        _("Read and reply"),
    ),
)
register(
    "expert_suspended",
    Words(
        _("Your expert account is suspended"),
        _(
            "%(ground)s. %(reason)s End: %(until)s. Your offers have left the catalogue and take no new order; running "
            "orders go on, and what you earned stays yours: its withdrawal waits until the suspension ends. "
            "You may reply on the page of the suspension."
        ),
        _("Read and reply"),
    ),
)
register(
    "suspension_answered",
    Words(_("Our team answers your reply"), _("%(answer)s"), _("Read it all")),
)
register(
    "suspension_over",
    Words(
        _("Your suspension is over"),
        _(
            "%(closing)s Your published offers take new orders again, as far as your documents are in order, and your "
            "earnings can be withdrawn."
        ),
        _("See it all"),
    ),
)
register(
    "suspension_dropped",
    Words(
        _("You are not suspended"),
        _("Our team has given up the suspension it had announced. %(closing)s"),
        _("See it all"),
    ),
)
register(
    "suspension_replied",
    Words(
        _("%(expert)s replies to a suspension"),
        _("Read the reply, then answer it or lift the suspension."),
        _("Read the reply"),
    ),
)
register(
    "suspension_to_review",
    Words(
        _("Suspension without an end: %(expert)s"),
        _("It has run for a month more. Lift it, or let it go on: we ask again in a month."),
        _("Open the suspension"),
    ),
)
register(
    "refusals_often",
    Words(
        _("%(expert)s refuses order after order"),
        _(
            "Look at the reasons given and talk to the expert first. A suspension on this ground leaves them time to "
            "reply."
        ),
        _("Open the profile"),
    ),
)
register(
    "missions_left_often",
    Words(
        _("%(expert)s leaves mission after mission before the end"),
        _(
            "Look at the reasons given and talk to the expert first. A suspension on this ground leaves them time to "
            "reply."
        ),
        _("Open the profile"),
    ),
)
register(
    "order_expert_suspended",
    Words(
        _("%(expert)s takes no new order for the time being"),
        _(
            "Our team has suspended this expert. Your order “%(title)s” (%(reference)s) goes on and your money stays "
            "held until you accept the work. If you prefer to end it, write to us: we cancel it and pay you back."
        ),
        _("Open the order"),
    ),
)
register(
    "mission_expert_suspended",
    Words(
        _("%(expert)s takes no new mission for the time being"),
        _(
            "Our team has suspended this expert. Your mission “%(title)s” (%(reference)s) goes on, and what is held "
            "stays held. If you prefer to end it, write to us."
        ),
        _("Open the mission"),
    ),
)
register(
    "report_upheld",
    Words(
        _("Your report %(reference)s: we acted on it"),
        _("You reported “%(label)s”. %(outcome)s Thank you: it keeps the site safe for everyone."),
        _("Write to the team"),
    ),
)
register(
    "report_dismissed",
    Words(
        _("Your report %(reference)s: we read it"),
        _(
            "You reported “%(label)s”. We found it within our rules. %(outcome)s "
            "If you see it differently, write to us: another person of our team reads it."
        ),
        _("Write to the team"),
    ),
)
register(
    "first_message_warned",
    Words(
        _("A word about your first message"),
        _(
            "Our team reads the first message of every account. Yours, sent on %(sent)s, was delivered, and part of it "
            "is outside our rules. %(reason)s If you see it differently, write to us: another person of our team reads it."
        ),
        _("Write to the team"),
    ),
)
register(
    "company_joined",
    Words(
        _("%(name)s joined %(company)s"),
        _("They see and do what their role allows in the company account."),
        _("See the members"),
    ),
)
register(
    "company_declined",
    Words(
        _("%(name)s declined your invitation"),
        _("They did not join the account of %(company)s. The link of the mail no longer works."),
        _("See the members"),
    ),
)
register(
    "company_left",
    Words(
        _("%(name)s left %(company)s"),
        _("What they placed stays with the company, and comes to its owners from now on."),
        _("See the members"),
    ),
)
register(
    "company_removed",
    Words(
        _("You are no longer a member of %(company)s"),
        _("Its orders and documents are closed to you. What you buy from now on is yours alone."),
        _("See my account"),
    ),
)
register(
    "company_role_changed",
    Words(
        _("Your role at %(company)s has changed"),
        _("You are now: %(role)s. It counts at once."),
        _("See the company account"),
    ),
)
