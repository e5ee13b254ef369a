"""The listing of a full Django site written in the ordinary way: what private pages are measured against.

Sessions, accounts, CSRF, messages, languages, a base template with its includes, and an include a card with the tags that
people reach for. None of it is ours but the rows.
"""

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.template.context import make_context
from django.test import override_settings

from offers.models import Offer

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = {
    "base.html": (
        "{% load i18n %}<!doctype html><html lang='fr'><title>{% block title %}{% endblock %}</title>"
        "{% include 'header.html' %}<main>{% for message in messages %}<p>{{ message }}</p>{% endfor %}"
        "{% block main %}{% endblock %}</main>{% include 'footer.html' %}</html>"
    ),
    "header.html": (
        "{% load i18n %}<header><a href=\"{% url 'home' %}\">Home</a><nav>"
        "<a href=\"{% url 'catalogue' %}\">{% translate 'Catalogue' %}</a>"
        "{% if user.is_authenticated %}{{ user.first_name }} <a href=\"{% url 'account_logout' %}\">"
        "{% translate 'Sign out' %}</a>{% else %}<a href=\"{% url 'account_login' %}\">{% translate 'Sign in' %}</a>"
        "{% endif %}</nav><form method='post'>{% csrf_token %}<button>{% translate 'Search' %}</button></form></header>"
    ),
    "footer.html": (
        "{% load i18n %}<footer><a href=\"{% url 'terms' %}\">{% translate 'General terms' %}</a>"
        "<a href=\"{% url 'privacy' %}\">{% translate 'Privacy' %}</a></footer>"
    ),
    "card.html": (
        "{% load i18n humanize %}<article><a href=\"{% url 'offer' offer.pk offer.slug %}\">"
        "{{ offer.title|truncatechars:60 }}</a> {{ offer.expert.first_name }} {{ offer.price_cents|intcomma }} "
        "{{ offer.published_at|date }} {% blocktranslate count n=offer.delivery_days %}{{ n }} day{% plural %}"
        "{{ n }} days{% endblocktranslate %}</article>"
    ),
    "list.html": (
        "{% extends 'base.html' %}{% load i18n %}{% block title %}{% translate 'Catalogue' %}{% endblock %}"
        "{% block main %}{% for offer in offers %}{% include 'card.html' %}{% endfor %}{% endblock %}"
    ),
}
ENGINE = Engine(
    loaders=[
        ("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", TEMPLATES)]),
    ],
    libraries={
        "i18n": "django.templatetags.i18n",
        "humanize": "django.contrib.humanize.templatetags.humanize",
    },
    context_processors=[
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
        "django.template.context_processors.i18n",
    ],
)


class PlainSite(WSGIHandler):
    """One view behind Django's own middleware."""

    def load_middleware(self, is_async: bool = False) -> None:
        with override_settings(MIDDLEWARE=MIDDLEWARE):
            super().load_middleware(is_async)

    def _get_response(self, request: HttpRequest) -> HttpResponse:
        offers = Offer.objects.published().select_related("expert").order_by("-completed_count", "-pk")[:24]
        context: Context = make_context({"offers": offers}, request)
        return HttpResponse(ENGINE.get_template("list.html").render(context))
