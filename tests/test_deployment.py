"""The files that put the site on machines fit the code they start."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from marketplace.celery import app
from tests.faults import image, topology

ROOT = Path(settings.BASE_DIR)
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
NGINX = (ROOT / "deploy" / "nginx.conf").read_text()
EXPLAINED = set(re.findall(r"^#?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


# Settings


def test_every_variable_that_settings_read_is_in_the_example():
    read = set()
    for name in ("base.py", "clock.py", "local.py"):
        text = (ROOT / "marketplace" / "settings" / name).read_text()
        read |= set(re.findall(r'(?:environ\.get|required|flag|listed)\(\s*"([A-Z0-9_]+)"', text))

    assert len(read) > 40
    assert read - EXPLAINED == set()


def test_every_variable_of_the_compose_file_is_in_the_example():
    used = set(re.findall(r"\$\{([A-Z0-9_]+)", (ROOT / "docker-compose.yml").read_text()))

    assert used - EXPLAINED == set()


# Compose


def test_the_parts_of_the_site_are_there_and_wait_for_what_they_need():
    services = COMPOSE["services"]

    assert {"postgres", "valkey", "prepare", "web", "proxy", "worker", "worker-slow", "beat"} <= set(services)
    assert services["postgres"]["image"] == "postgres:18"
    assert services["web"]["deploy"]["replicas"] == 2
    assert "ports" not in services["web"], "visitors come through the proxy"
    assert services["beat"]["deploy"]["replicas"] == 2, "one leads, the other waits"
    assert services["storage"]["profiles"] == ["storage"]
    for service in services.values():
        for needed in service.get("depends_on", {}):
            assert needed in services
        for volume in service.get("volumes", []):
            name = volume.split(":")[0]
            assert name in COMPOSE["volumes"] or (ROOT / name).exists()


def test_workers_take_every_queue_between_them():
    commands = " ".join(each.get("command", "") for each in COMPOSE["services"].values())
    taken = {name for names in re.findall(r"--queues (\S+)", commands) for name in names.split(",")}

    assert taken == {queue.name for queue in settings.CELERY_TASK_QUEUES}


# Queues


@pytest.mark.parametrize(
    ("task", "queue"),
    [
        ("payments.outbox.send_refund", "money"),
        ("payments.tasks.sweep_withdrawals", "money"),
        ("orders.tasks.accept_unanswered", "money"),
        ("disputes.tasks.keep_disputes", "money"),
        ("messaging.outbox.deliver", "notices"),
        ("orders.outbox.announce", "notices"),
        ("orders.outbox.write_deed", "slow"),
        ("payments.tasks.audit_ledger", "slow"),
        ("offers.outbox.render_picture", "slow"),
        ("marketplace.tasks.build_copies", "slow"),
    ],
)
def test_a_task_waits_among_those_as_urgent_as_itself(task, queue):
    assert app.amqp.router.route({}, task)["queue"].name == queue


def test_every_task_has_its_queue():
    app.loader.import_default_modules()
    ours = [name for name in app.tasks if not name.startswith("celery.")]
    left = {name for name in ours if app.amqp.router.route({}, name)["queue"].name == "default"}

    assert len(ours) > 30
    assert left <= {name for name in left if name.startswith(("accounts.", "marketplace."))}


# nginx and the image


def test_nginx_is_well_formed_and_keeps_private_files_inside():
    bare = re.sub(r"#.*|\"[^\"]*\"|'[^']*'", "", NGINX)
    assert bare.count("{") == bare.count("}")
    for line in filter(None, map(str.strip, bare.splitlines())):
        assert line[-1] in "{};" or "log_format" in line, line

    private = re.search(r"location /_private/ \{(.*?)\}", NGINX, re.DOTALL)[1]
    assert "internal;" in private
    assert "location = /metrics" in NGINX
    assert "$request_uri" not in NGINX, "paths hold tokens: they are not logged"
    for header in ("X-Request-ID", "X-Forwarded-For", "X-Forwarded-Proto", "Host"):
        assert f"proxy_set_header {header} " in NGINX
    size = int(re.search(r"client_max_body_size (\d+)m", NGINX)[1])
    assert size <= 200


def test_the_image_runs_as_nobody_in_particular_and_tells_whether_it_lives():
    text = (ROOT / "Dockerfile").read_text()

    assert "HEALTHCHECK" in text
    assert text.count("USER jalon") == 2
    assert text.count("--require-hashes") == 2
    for copied in re.findall(r"^COPY (?:--\S+ )*(\S+) \S+$", text, re.MULTILINE):
        assert copied == "/opt/jalon" or (ROOT / copied).exists()
    assert (ROOT / "deploy" / "healthcheck.py").exists()


# What the commands that start it without containers make of these files


def test_the_configuration_of_nginx_fits_a_machine_without_containers(tmp_path):
    text = topology.adapted(tmp_path, [8001, 8002], 8080, Path("/etc/nginx/mime.types"))

    assert text.count("server 127.0.0.1:") == 2
    for container in ("web:8000", "127.0.0.11", " /srv", " /tmp/", "/dev/stdout"):
        assert container not in text.replace(str(tmp_path), "FOLDER"), container
    assert f"alias {tmp_path}/private/;" in text


def test_nginx_itself_takes_the_configuration(tmp_path):
    nginx = topology.find("nginx")
    if not nginx:
        pytest.skip(topology.NO_NGINX)
    types = tmp_path / "mime.types"
    types.write_text("types { text/html html; }")
    (tmp_path / "nginx.conf").write_text(topology.adapted(tmp_path, [8001, 8002], 8080, types))

    said = subprocess.run(
        [nginx, "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False
    )

    assert said.returncode == 0, said.stderr


def test_the_dockerfile_is_read_as_the_steps_of_one_image():
    found = image.steps((ROOT / "Dockerfile").read_text(), "production")
    words = [word for word, _rest in found]
    runs = [rest for word, rest in found if word == "RUN"]

    assert words.count("CMD") == 1
    assert any("requirements/production.txt" in rest for rest in runs)
    assert not any("development.txt" in rest for rest in runs), "the other image"
    assert "collectstatic" in runs[-1]
    replayed = image.Image(Path("/somewhere"))
    assert replayed.placed("python -m venv /opt/jalon && cd /app") == (
        "python -m venv /somewhere/opt/jalon && cd /somewhere/app"
    )
