"""`./dev image`: the steps of the Dockerfile, replayed in a clean folder. Fetches the packages, so it needs a network.

Places of the image (`/app`, `/opt/jalon`) become places of the folder; users are not made. What was built is then started
with the image's own command and asked by its own health check, beside a PostgreSQL and a Valkey of ours.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from marketplace.local.home import of_root
from marketplace.local.processes import Trouble
from marketplace.local.supervisor import Child
from tests.faults import switches
from tests.faults.site import Site

ROOT = Path(__file__).parents[2]
PLACES = ("/opt/jalon", "/app", "/requirements", "/tmp/metrics")
WEBHOOK_SECRETS = (
    "STRIPE_WEBHOOK_SECRET",
    "STRIPE_ACCOUNTS_WEBHOOK_SECRET",
    "STRIPE_CONNECT_WEBHOOK_SECRET",
)
SKIPPED = re.compile(r"^(useradd|chown)\b")

Step = tuple[str, str]


def steps(text: str, target: str) -> list[Step]:
    """The instructions that lead to a stage, those of the stages it stands on first."""
    joined = re.sub(r"\\\n\s*", "", text)
    stages: dict[str, tuple[str, list[Step]]] = {}
    current: list[Step] = []
    for line in joined.splitlines():
        word, _, rest = line.partition(" ")
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            stages[name] = (base, current := [])
        elif word.isupper():
            current.append((word, rest))
    wanted: list[str] = []
    names = [target]
    while names:
        name = names.pop()
        if name in stages and name not in wanted:
            wanted.insert(0, name)
            copied = [
                m[1]
                for word, rest in stages[name][1]
                if (m := re.match(r"--from=(\S+)", rest)) and word == "COPY"
            ]
            names += [stages[name][0], *copied]
    return [step for name in stages if name in wanted for step in stages[name][1]]


class Image:
    """A folder that stands for an image's root."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.here = folder
        self.env = {
            name: os.environ[name] for name in ("PATH", "HOME", "LANG", "SSL_CERT_FILE") if name in os.environ
        }
        self.env |= {
            name: value
            for name, value in os.environ.items()
            if name.startswith(("PIP_", "UV_", "HTTP", "http"))
        }
        self.command: list[str] = []

    def placed(self, text: str) -> str:
        """The same words with the image's places in our folder."""
        for place in PLACES:
            text = re.sub(rf"(?<![\w/]){re.escape(place)}(?=[/\s:\"']|$)", f"{self.folder}{place}", text)
        return text

    def take(self, step: Step) -> None:
        word, rest = step
        match word:
            case "WORKDIR":
                self.here = Path(self.placed(rest))
                self.here.mkdir(parents=True, exist_ok=True)
            case "ENV":
                for name, value in re.findall(r"(\w+)=(\S+)", rest):
                    self.env[name] = self.placed(value).replace("$PATH", self.env.get("PATH", ""))
            case "COPY":
                self._copy(rest)
            case "RUN":
                said = " && ".join(
                    part for part in map(str.strip, rest.split("&&")) if not SKIPPED.match(part)
                )
                done = subprocess.run(
                    ["sh", "-ec", self.placed(said)], cwd=self.here, env=self.env, check=False
                )
                if done.returncode:
                    raise Trouble(f"RUN {rest} failed")
            case "CMD":
                self.command = [self.placed(each) for each in re.findall(r'"((?:[^"\\]|\\.)*)"', rest)]

    def _copy(self, rest: str) -> None:
        if "--from=" in rest:
            return  # the other stage was built in this very folder
        *_options, source, target = rest.split()
        to = Path(self.placed(target)) if target.startswith("/") else self.here / target
        if source == ".":
            listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
            for name in subprocess.check_output(listed, cwd=ROOT, text=True).splitlines():
                if (ROOT / name).is_file():
                    (to / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(ROOT / name, to / name)
        else:
            to.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / source, to)


def run(folder: Path) -> None:
    image = Image(folder / "image")
    image.folder.mkdir()
    for step in steps((ROOT / "Dockerfile").read_text(), "production"):
        if step[0] in ("COPY", "RUN", "CMD"):
            print(f"{step[0]} {step[1][:100]}", flush=True)
        image.take(step)
    if not image.command or not any((image.here / "staticfiles").rglob("*.css")):
        raise Trouble("the image has no command, or no static files")
    with Site(folder) as site:
        site.start_services()
        port = site.ports[0]
        env = {
            **image.env,
            **{name: site.env[name] for name in ("DATABASE_URL", "REDIS_URL")},
            "DJANGO_SETTINGS_MODULE": "marketplace.settings.base",
            "SECRET_KEY": "image-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789",
            "SEALING_KEYS": "bG9jYWwgb25seTogbm90IGEgc2VjcmV0IGF0IGFsbCE=",
            "SITE_URL": f"http://localhost:{port}",
            "ALLOWED_HOSTS": "localhost",
            "SECURE_SSL_REDIRECT": "0",
            "PAYMENT_GATEWAY": "payments.stripe.gateway.StripeGateway",
            "STRIPE_SECRET_KEY": "rk_live_example",
            **dict.fromkeys(WEBHOOK_SECRETS, "whsec_example"),
        }
        migrated = subprocess.run(
            ["python", "manage.py", "migrate", "-v0"], cwd=image.here, env=env, check=False
        )
        if migrated.returncode:
            raise Trouble("the migrations of the image fail")
        site.env = {name: value.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for name, value in env.items()}
        words = [each.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for each in image.command]
        site.home = type(site.home)(image.here, site.home.path, site.home.servers)
        site.supervisor.add(Child("image", lambda: site.spawn(words), muted=True))
        check = (image.here / "deploy" / "healthcheck.py").read_text().replace(":8000", f":{port}")
        script = folder / "healthcheck.py"
        script.write_text(check)

        def lives() -> bool:
            return subprocess.call(["python", str(script)], env=env, cwd=image.here) == 0

        print(f"It lives after {site.wait(lives, 'the image'):.0f} s: deploy/healthcheck.py says so.")


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="jalon-image-", dir="/tmp"))
    if of_root():
        folder.chmod(0o711)
    os.environ[switches.FOLDER] = str(folder)
    try:
        run(folder)
    except Trouble as trouble:
        print(f"{trouble}\nKept: {folder}")
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
