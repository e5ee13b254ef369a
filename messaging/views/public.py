"""The pages staff write, and the page through which people write to staff."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from marketplace.kernel import limits, rules
from messaging import actions, pages, queries
from messaging.drawing import draw, readers_language
from messaging.forms import ContactForm
from messaging.models import ContactRequest, Page, PageVersion


@login_not_required
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """A public page as it stands, in the reader's language."""
    return draw(request, pages.current(Page(name), readers_language()), is_current=True)


@login_not_required
@require_safe
def page_version(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """A page as it was, or will be: the version that someone accepted, or is asked to, can be read."""
    if name not in Page.values:
        raise Http404
    if number == 0:
        return draw(request, pages.shipped(Page(name), readers_language()), is_current=False)
    found = get_object_or_404(PageVersion, page=name, language=readers_language(), number=number)
    return draw(request, found, is_current=False)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Write to the team, signed in or not. Programs that fill in the trap are thanked and not heard."""
    user = request.user if isinstance(request.user, User) else None
    if request.method != "POST":
        asked = {
            "topic": request.GET.get("topic", ContactRequest.Topic.QUESTION),
            "order_reference": request.GET.get("order", "")[:20],
        }
        form = ContactForm(initial=asked, signed_in=user is not None)
        return _contact_page(request, form, user)
    form = ContactForm(request.POST, signed_in=user is not None)
    if form.is_trapped:
        request.session["contact_reference"] = ""
        return redirect("contact_received")
    if form.is_valid() and limits.exceeded("contact", request, rules.CONTACT_RATE):
        form.add_error(
            None, _("You have written several times already. Wait an hour before you write again.")
        )
    if not form.is_valid():
        return _contact_page(request, form, user, status=422)
    said = form.cleaned_data
    kept = actions.ask_team(
        name=user.get_full_name() if user else said["name"],
        email=user.email if user else said["email"],
        topic=said["topic"],
        body=said["body"],
        order_reference=said["order_reference"],
        language=readers_language(),
        user=user,
    )
    request.session["contact_reference"] = kept.reference
    return redirect("contact_received")


@login_not_required
@never_cache
@require_safe
def contact_received(request: HttpRequest) -> HttpResponse:
    """What happens next with a message that was sent."""
    return render(
        request, "pages/contact_received.html", {"reference": request.session.get("contact_reference", "")}
    )


def _contact_page(
    request: HttpRequest, form: ContactForm, user: User | None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "writer": user,
        "operator": settings.OPERATOR,
        "exchanges": queries.exchanges_with_team(user) if user else [],
    }
    return render(request, "pages/contact.html", context, status=status)
