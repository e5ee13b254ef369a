"""Parts of pages that are kept take so much memory, and no more."""

from django.template import Context, Template

from marketplace.templatetags import steady

PART = "{% load steady %}{% steady number %}{{ words }}{% endsteady %}"


def drawn(template: Template, number: int, words: str) -> str:
    return template.render(Context({"number": number, "words": words}))


def test_the_oldest_version_goes_when_too_much_is_written(monkeypatch):
    monkeypatch.setattr(steady, "MOST_WRITTEN", 25)
    template = Template(PART)
    for number in range(3):
        drawn(template, number, "x" * 10)

    assert drawn(template, 2, "new") == drawn(template, 1, "new") == "x" * 10
    assert drawn(template, 0, "drawn anew") == "drawn anew"


def test_one_version_larger_than_all_that_may_be_kept_is_kept_alone(monkeypatch):
    monkeypatch.setattr(steady, "MOST_WRITTEN", 5)
    template = Template(PART)

    assert drawn(template, 1, "y" * 10) == drawn(template, 1, "new") == "y" * 10
    assert drawn(template, 2, "z") == drawn(template, 2, "new") == "z"
    assert drawn(template, 1, "drawn anew") == "drawn anew"


def test_the_oldest_version_goes_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(steady, "MOST_KEPT", 2)
    template = Template(PART)
    for number in range(3):
        drawn(template, number, "x")

    assert drawn(template, 2, "new") == drawn(template, 1, "new") == "x"
    assert drawn(template, 0, "drawn anew") == "drawn anew"
