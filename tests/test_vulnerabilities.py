"""`make vulnerabilities` tells a clean bill from a weakness, and both from an answer that never came."""

from pathlib import Path

import pytest

from marketplace.local import vulnerabilities


@pytest.mark.parametrize(
    ("said", "ended", "means"),
    [
        ("No known vulnerabilities found", 0, 0),
        ("Found 1 known vulnerability in 1 package\nfoo 1.0 PYSEC-2026-1 1.1", 1, 1),
        ("ERROR: Dependency not found on PyPI and could not be audited: amqp (5.4.2)", 1, 2),
        ("requests.exceptions.ConnectionError: Max retries exceeded", 1, 2),
    ],
)
def test_what_the_tool_says_is_understood(tmp_path: Path, capfd, said, ended, means):
    tool = tmp_path / "pip-audit"
    tool.write_text(f"#!/bin/sh\ncat <<'EOF'\n{said}\nEOF\nexit {ended}\n")
    tool.chmod(0o755)

    assert vulnerabilities.compare(tool, Path("requirements/production.txt")) == means

    told = capfd.readouterr()
    assert said in told.out
    assert ("Nothing was looked up" in told.err) == (means == 2)


def test_a_tool_that_cannot_be_fetched_is_no_clean_bill(monkeypatch, capfd):
    monkeypatch.setattr(vulnerabilities, "_tool", lambda home: None)

    assert vulnerabilities.look_up(None) == 2  # type: ignore[arg-type]
    assert "Nothing was looked up" in capfd.readouterr().err
