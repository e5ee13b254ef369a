"""The door of the web server leaves Python room for its frames, and loads little that only some acts need."""

import os
import resource
import subprocess
import sys

from marketplace import wsgi

DEPTHS = range(1, 200)
CALLS = 100


def most_page_faults() -> int:
    """At the worst depth of calls, how many pages the system had to give for so many calls one after the other."""
    return max(faults_of_calls_at(depth) for depth in DEPTHS)


def faults_of_calls_at(depth: int) -> int:
    if depth:  # through C, as templates call one another
        return next(map(faults_of_calls_at, [depth - 1]))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for number in range(CALLS):
        leaf(number, number, number, number)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def leaf(first: int, second: int, third: int, fourth: int) -> int:
    return first


def test_no_call_behind_the_door_gives_its_stack_back_to_the_system(monkeypatch):
    monkeypatch.setattr(wsgi, "_site", lambda environ, start_response: [b"%d" % most_page_faults()])

    (faults,) = wsgi.application({}, None)

    assert int(faults) < CALLS / 2
    if sys.version_info < (3, 14):  # seen up to 3.13
        assert most_page_faults() >= CALLS, "without the door, some depth pays for each call"


HEAVY = {"pypdf", "typst", "facturx", "icalendar", "schwifty", "sepaxml", "babel", "stripe", "boto3", "lxml"}
"""What reads and draws documents, talks to banks and to providers: 30 MB, for acts of workers and rare ones of people."""


def test_a_web_process_starts_without_what_only_some_acts_need():
    say = "import sys; from django.urls import reverse; import marketplace.wsgi; reverse('home'); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", say], env=os.environ, capture_output=True, text=True, check=True, timeout=120
    )

    loaded = set(done.stdout.split())
    assert "orders.views" in loaded, "the pages are there"
    assert HEAVY & loaded == set()
