"""Ask the web process of this container whether it lives; the exit status is the answer."""

import os
import sys
import urllib.request
from urllib.parse import urlsplit

request = urllib.request.Request(
    "http://127.0.0.1:8000/healthz", headers={"Host": urlsplit(os.environ["SITE_URL"]).netloc}
)
try:
    with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310  # our own address
        sys.exit(0 if answer.status == 200 else 1)
except OSError:
    sys.exit(1)
