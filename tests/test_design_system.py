"""The design system holds together: every component is shown, every icon exists, colours can be read, budgets hold."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.test.utils import instrumented_test_render
from django.utils import timezone, translation

from marketplace.templatetags import times, ui
from marketplace.templatetags.steady import SteadyNode

ROOT = Path(settings.BASE_DIR)
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
STANDALONE = ("500.html", "maintenance.html")

NOON = dt.datetime(2026, 11, 23, 13, 20, tzinfo=dt.UTC)
"""20 minutes past two in the afternoon, in Paris."""


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


# --- The gallery ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["visitor", "buyer", "expert"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_gallery_opens_for_each_visitor_in_each_language(
    client: Client, role: str, language: str
) -> None:
    response = client.get("/_ui/", {"as": role, "language": language})

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.text


@pytest.mark.django_db
def test_every_component_is_in_the_gallery(client: Client) -> None:
    drawn: set[str] = set()

    def listen(self: Template, context: Context) -> str:
        drawn.add(self.origin.template_name or "")
        return instrumented_test_render(self, context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", listen)
        patch.setattr(SteadyNode, "render", lambda self, context: self.nodelist.render(context))
        client.get("/_ui/", {"as": "expert"})

    missing = {f"components/{path.name}" for path in COMPONENTS} - drawn
    assert not missing


def test_every_component_says_what_it_takes() -> None:
    silent = [
        path.name
        for path in COMPONENTS
        if not path.read_text(encoding="utf-8").startswith(("{#", "{% comment"))
    ]

    assert not silent


@pytest.mark.django_db
def test_the_gallery_keeps_to_the_content_security_policy(client: Client) -> None:
    page = client.get("/_ui/").text

    assert " style=" not in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\son\w+=", page)


@pytest.mark.django_db
def test_no_identifier_is_used_twice(client: Client) -> None:
    found = re.findall(r'\sid="([^"]+)"', client.get("/_ui/").text)

    assert sorted(found) == sorted(set(found))


# --- Icons ----------------------------------------------------------------------------------------------------


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    sprite = set(
        re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static" / "icons.svg").read_text(encoding="utf-8"))
    )
    named = {
        (name, path.name)
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'(?:{% icon |\bicon=)"([\w-]+)"', path.read_text(encoding="utf-8"))
    }

    assert not {(name, where) for name, where in named if name not in sprite}


# --- Money, time, figures -------------------------------------------------------------------------------------


def test_money_is_written_as_each_language_writes_it() -> None:
    with translation.override("fr"):
        assert ui.money(125050) == "1\u00a0250,50\u00a0€"
        assert ui.money(72000) == "720\u00a0€"
        assert ui.money(72000, "full") == "720,00\u00a0€"
        assert ui.money(-500) == "\u22125\u00a0€"
    with translation.override("en"):
        assert ui.money(125050) == "€1,250.50"
        assert ui.money(72000) == "€720"


def test_no_amount_draws_nothing() -> None:
    assert ui.money(None) == ""


def test_a_moment_is_exact_and_local_in_each_language() -> None:
    with translation.override("fr"):
        assert times.moment_words(NOON) == "lundi 23 novembre 2026 à 14\u00a0h\u00a020"
        assert times.clock_words(NOON) == "14\u00a0h\u00a020"
    with translation.override("en"):
        assert times.moment_words(NOON) == "Monday 23 November 2026, 2:20 pm"
        assert (
            times.moment(NOON)
            == '<time datetime="2026-11-23T14:20+01:00">Monday 23 November 2026, 2:20 pm</time>'
        )


def test_a_relative_time_carries_the_exact_one() -> None:
    with translation.override("en"):
        tag = times.ago(timezone.now() - dt.timedelta(hours=2))

    assert "2\u00a0hours ago" in tag
    assert "title=" in tag
    assert "datetime=" in tag


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (dt.timedelta(days=1, hours=4), "1\u00a0d 4\u00a0h"),
        (dt.timedelta(hours=5, minutes=2), "5\u00a0h 02\u00a0min"),
        (dt.timedelta(minutes=42), "42\u00a0min"),
        (dt.timedelta(hours=-3), "3\u00a0h 00\u00a0min"),
    ],
)
def test_a_length_of_time_takes_two_units(span: dt.timedelta, words: str) -> None:
    with translation.override("en"):
        assert times.time_left(span) == words


def test_a_due_moment_is_calm_then_soon_then_late() -> None:
    now = timezone.now()

    stands = [times.urgency(now + dt.timedelta(hours=hours)) for hours in (48, 5, -1)]

    assert stands == ["calm", "soon", "late"]


def test_a_clock_that_has_run_out_shows_zero() -> None:
    parts = times.clock_parts(timezone.now() - dt.timedelta(hours=1))

    assert parts["late"]
    assert [cell["value"] for cell in parts["cells"]] == ["0", "00", "00"]


def test_file_sizes_use_the_units_of_the_language() -> None:
    with translation.override("fr"):
        assert ui.file_size(1_100_000) == "1,1\u00a0Mo"
        assert ui.file_size(12) == "1\u00a0ko"
    with translation.override("en"):
        assert ui.file_size(1_100_000) == "1.1\u00a0MB"


def test_a_file_is_known_by_its_ending() -> None:
    assert [ui.file_kind(name) for name in ("a.PDF", "b.xlsx", "c.pptx", "d", "pdf")] == [
        "pdf",
        "sheet",
        "slides",
        "file",
        "pdf",
    ]


# --- Components that must not slip ----------------------------------------------------------------------------


def test_a_name_cannot_break_out_of_an_avatar() -> None:
    html = ui.avatar_html('<b>"', "<i>", 'x" onerror="y', 1, "md")

    assert "<b>" not in html
    assert "<i>" not in html
    assert 'onerror="y' not in html


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ({"state": "pending_payment"}, ["Awaiting payment"]),
        ({"state": "active", "started_at": None, "first_delivered_at": None}, ["Active"]),
        ({"state": "active", "started_at": NOON, "first_delivered_at": None}, ["Active"]),
        (
            {"state": "active", "started_at": NOON, "first_delivered_at": NOON},
            ["Active", "Revision requested"],
        ),
        ({"state": "delivered"}, ["Delivered"]),
        ({"state": "completed"}, ["Completed"]),
        ({"state": "disputed"}, ["Disputed"]),
        ({"state": "resolved"}, ["Resolved"]),
        ({"state": "cancelled"}, ["Cancelled"]),
    ],
)
def test_a_state_is_said_in_the_words_of_the_list(order: dict[str, object], words: list[str]) -> None:
    with translation.override("en"):
        html = render_to_string("components/order_status.html", {"order": order})

    assert [text.strip() for text in re.findall(r"</svg>([^<]+)</span>", html)] == words


def test_the_pages_of_a_list_keep_the_query() -> None:
    request = RequestFactory().get("/", {"q": "bilan & paie", "page": "3"})
    page = Paginator(range(120), 12).page(3)

    html = render_to_string("components/pagination.html", {"page": page}, request=request)

    assert 'href="?q=bilan+%26+paie&amp;page=4"' in html
    assert 'href="?q=bilan+%26+paie"' in html, "the first page needs no number"


def test_a_wrong_field_tells_its_mistake_between_hint_and_control() -> None:
    from marketplace.ui_gallery import SampleForm

    form = SampleForm({"title": ""})
    with translation.override("en"):
        html = draw("{% field form.title %}", form=form)

    assert html.index("id_title_helptext") < html.index('id="id_title_error"') < html.index("<input")
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_the_error_summary_leads_to_each_field() -> None:
    from marketplace.ui_gallery import SampleForm

    form = SampleForm({"title": ""})
    html = render_to_string("components/error_summary.html", {"form": form})
    page = str(form)

    targets = re.findall(r'href="#([\w-]+)"', html)
    assert targets
    assert [target for target in targets if f'id="{target}"' not in page] == []


def test_an_optional_field_says_so() -> None:
    from marketplace.ui_gallery import SampleForm

    with translation.override("en"):
        assert "(optional)" in draw("{% field form.result %}", form=SampleForm())
        assert "(optional)" not in draw("{% field form.title %}", form=SampleForm())


# --- Parts drawn once ----------------------------------------------------------------------------------------


def test_a_steady_part_is_drawn_once_for_each_language_and_value() -> None:
    template = Template("{% load steady %}{% steady who %}{{ LANGUAGE }} {{ drawn }}{% endsteady %}")
    visits = [("fr", "a", 1), ("fr", "a", 2), ("en", "a", 3), ("fr", "b", 4), ("en", "a", 5)]

    shown = []
    for language, who, number in visits:
        with translation.override(language):
            shown.append(template.render(Context({"who": who, "drawn": number})).strip())

    assert shown == ["1", "1", "3", "4", "3"]
    assert [template.render(Context({"who": None, "drawn": n})).split()[-1] for n in (6, 7)] == ["6", "7"]


def test_a_live_part_of_a_steady_one_is_drawn_anew_for_each_reader() -> None:
    inner = "{% steady %}{{ who }}{% live %}{{ who }}{% endlive %}{% endsteady %}"
    template = Template(f"{{% load steady %}}{{% steady %}}<b>{{{{ who }}}}</b>{inner}{{% endsteady %}}")

    shown = [template.render(Context({"who": who})) for who in ("Ada", "<Bo>", "Cy")]

    assert shown == ["<b>Ada</b>AdaAda", "<b>Ada</b>Ada&lt;Bo&gt;", "<b>Ada</b>AdaCy"]
    alone = Template("{% load steady %}{% live %}{{ who }}{% endlive %}")
    assert alone.render(Context({"who": "Di"})) == "Di"


PERSONAL = (
    "csrf_token",
    r"\brequest\b",
    "unread",
    "user.display_name",
    "user.email",
    r"avatar (user|request)",
    "csp_nonce",
)
WHOLE_PAGES = {"offers/offer.html": "offers/views/public.py"}
"""Templates whose head and main part are kept, and the view that says under what (``page_as`` of base.html)."""


def _without_live(text: str) -> str:
    return re.sub(r"{% live %}.*?{% endlive %}", "", text, flags=re.S)


def test_nothing_personal_stands_in_a_steady_part() -> None:
    parts = [
        (path.name, _without_live(part))
        for path in (ROOT / "templates").rglob("*.html")
        for part in re.findall(
            r"{% steady(?! page_as).*?%}(.*?){% endsteady %}", path.read_text(encoding="utf-8"), re.S
        )
    ]

    assert parts
    words = (*PERSONAL, "block ")
    assert [(name, word) for name, part in parts for word in words if re.search(word, part)] == []


@pytest.mark.parametrize("name", WHOLE_PAGES)
def test_nothing_personal_stands_in_a_page_that_is_kept_whole(name: str) -> None:
    own = _without_live((ROOT / "templates" / name).read_text(encoding="utf-8"))
    frame = (ROOT / "templates" / "base.html").read_text(encoding="utf-8")
    assert "{% block addresses %}" in own, "the frame's own names the path that was asked for"
    kept = [own, *re.findall(r"{% steady page_as.*?%}(.*?)</(?:head|main)>{% endsteady %}", frame, re.S)]
    frame_parts = [
        re.sub(r"{% block addresses %}.*?{% endblock %}", "", _without_live(part)) for part in kept
    ]

    assert len(kept) == 3
    assert [word for part in frame_parts for word in PERSONAL if re.search(word, part)] == []


def test_only_views_that_are_looked_at_keep_whole_pages() -> None:
    apps = ("accounts", "disputes", "marketplace", "messaging", "missions", "offers", "orders", "payments")
    saying = {
        str(path.relative_to(ROOT))
        for app in apps
        for path in (ROOT / app).rglob("*.py")
        if "page_as" in path.read_text(encoding="utf-8")
    }

    assert saying == set(WHOLE_PAGES.values())


# --- Error pages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STANDALONE)
def test_the_last_resort_pages_need_nothing(name: str) -> None:
    with override_settings(DATABASES={}, CACHES={}):
        html = render_to_string(name)

    assert 'lang="fr"' in html
    assert 'lang="en"' in html
    assert "<script" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "410", "429"])
def test_an_error_page_has_one_heading_and_a_way_out(name: str, rf: RequestFactory) -> None:
    request: HttpRequest = rf.get("/")

    html = render_to_string(f"{name}.html", request=request)

    assert html.count("<h1") == 1
    assert 'class="button' in html
