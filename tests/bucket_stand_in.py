"""A service that speaks S3 on a port of this machine: moto keeps the files, a doorkeeper in front asks who comes.

moto believes anybody. The doorkeeper works every signature out again, looks at the clock, and lets the unsigned read
the bucket of public pictures alone.
"""

import hashlib
import hmac
import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote, unquote

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

KEY, SECRET, REGION = "the site", "its secret", "fr-par"


class Bucketeer:
    """``later`` moves its clock; ``fails`` makes it answer 500; ``asked`` is all that was asked of it."""

    def __init__(self, public: str) -> None:
        self.public, self.later, self.fails = public, timedelta(), False
        self.asked: list[str] = []
        self._files = DomainDispatcherApplication(create_backend_app)
        self._server = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._server = make_server(
            "127.0.0.1", self.port, self._answer, threaded=True, request_handler=MotoRequestHandler
        )
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def _answer(self, environ, start_response):
        request = Request(environ)
        self.asked.append(f"{request.method} {request.path}")
        if self.fails:
            return Response("<Error><Code>InternalError</Code></Error>", 500)(environ, start_response)
        if not self._may(request):
            return Response("<Error><Code>AccessDenied</Code></Error>", 403)(environ, start_response)
        return self._files(environ, start_response)

    def _may(self, request: Request) -> bool:
        words = dict(parse_qsl(request.query_string.decode(), keep_blank_values=True))
        if "X-Amz-Signature" in words:
            since = datetime.strptime(words["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            now = datetime.now(UTC) + self.later
            fresh = now <= since + timedelta(seconds=int(words["X-Amz-Expires"]))
            return fresh and self._is_signed(
                request,
                words.pop("X-Amz-Signature"),
                words,
                words["X-Amz-SignedHeaders"],
                words["X-Amz-Date"],
                "UNSIGNED-PAYLOAD",
            )
        if said := request.headers.get("Authorization", ""):
            parts = dict(each.strip().split("=", 1) for each in said.partition(" ")[2].split(","))
            return parts["Credential"].startswith(KEY + "/") and self._is_signed(
                request,
                parts["Signature"],
                words,
                parts["SignedHeaders"],
                request.headers["X-Amz-Date"],
                request.headers["X-Amz-Content-SHA256"],
            )
        return request.method in ("GET", "HEAD") and request.path.startswith(f"/{self.public}/")

    def _is_signed(
        self, request: Request, signature: str, words: dict[str, str], names: str, moment: str, digest: str
    ) -> bool:
        query = "&".join(
            sorted(f"{quote(key, safe='')}={quote(value, safe='')}" for key, value in words.items())
        )
        headers = "".join(f"{name}:{' '.join(request.headers[name].split())}\n" for name in names.split(";"))
        path = quote(unquote(request.path), safe="/~")
        canonical = "\n".join([request.method, path, query, headers, names, digest])
        scope = f"{moment[:8]}/{REGION}/s3/aws4_request"
        text = "\n".join(["AWS4-HMAC-SHA256", moment, scope, hashlib.sha256(canonical.encode()).hexdigest()])
        key = f"AWS4{SECRET}".encode()
        for word in (moment[:8], REGION, "s3", "aws4_request"):
            key = hmac.digest(key, word.encode(), "sha256")
        return hmac.compare_digest(hmac.digest(key, text.encode(), "sha256").hex(), signature)
