"""What may be sent as a document: one can read it to its last page, it is theirs, and nothing in it runs."""

import io
import socketserver
import struct
import threading
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from accounts.models import Document
from marketplace.kernel import antivirus, clock, uploads
from tests import factories
from tests.accounts.pages import fields_in_error

pytestmark = pytest.mark.django_db


def post(client, key="vigilance", name="attestation.pdf", content=None, **fields):
    data = {
        "kind": key,
        "issued_on": clock.today().isoformat(),
        "security_code": "A1B2C3",
        "file": SimpleUploadedFile(name, factories.a_pdf() if content is None else content),
        **fields,
    }
    return client.post(reverse("document_send", args=[key]), data)


def with_script():
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    script = {
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("app.alert(1)"),
    }
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    return written(writer)


def with_a_file_inside():
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    writer.add_attachment("virus.exe", b"MZ")
    return written(writer)


def written(writer):
    into = io.BytesIO()
    writer.write(into)
    return into.getvalue()


@pytest.fixture
def newcomer():
    """A business whose certificate of vigilance is missing."""
    user = factories.make_expert("Nora", "Duval")
    Document.objects.filter(user=user, kind="vigilance").delete()
    return user


def test_a_newcomer_is_not_told_that_their_offers_come_back(newcomer, client_of):
    client, here = client_of(newcomer), "/en" + reverse("documents")
    assert "Some documents are still awaited." in client.get(here).content.decode()

    Document.objects.filter(user=newcomer, kind="tax").update(state="expired")
    assert "Your offers take no new order." in client.get(here).content.decode()


def test_a_whole_document_waits_for_our_team(newcomer, client_of):
    response = post(client_of(newcomer))

    document = Document.objects.get(user=newcomer, kind="vigilance")
    assert response.status_code == 302
    assert document.state == "in_review"
    assert document.details == {"security_code": "A1B2C3"}
    assert document.review_due_at > clock.now()
    assert "attestation" not in document.file.name


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("protege.pdf", factories.a_pdf(password="secret"), "mot de passe|password"),
        ("long.pdf", factories.a_pdf(pages=300), "300 pages"),
        ("script.pdf", with_script(), "programme|program"),
        ("dedans.pdf", with_a_file_inside(), "programme|program"),
        ("casse.pdf", b"%PDF-1.7\nnot really a PDF", "illisible|endommagé|damaged"),
        ("lettre.docx", b"PK\x03\x04", "PDF"),
        ("vide.pdf", b"", ""),
        ("image.png", b"\x89PNG\r\n\x1a\nnothing", ""),
        ("page.pdf", b"<html><script>alert(1)</script>", ""),
    ],
)
def test_a_file_that_cannot_be_read_or_that_runs_is_refused_in_clear_words(
    newcomer, client_of, name, content, code
):
    import re

    response = post(client_of(newcomer), name=name, content=content)
    page = response.content.decode()

    assert response.status_code == 422
    assert "file" in fields_in_error(page)
    assert re.search(code, page)
    assert not Document.objects.filter(user=newcomer, kind="vigilance").exists()


def test_a_picture_is_written_again_without_its_hidden_data(newcomer, client_of):
    into = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "48.8566, 2.3522"
    Image.new("RGB", (900, 600), "#FFF").save(into, "JPEG", exif=exif)

    post(client_of(newcomer), name="photo.jpg", content=into.getvalue())

    document = Document.objects.get(user=newcomer, kind="vigilance")
    assert (document.name, document.content_type) == ("photo.webp", "image/webp")
    assert not Image.open(document.file.open()).getexif()


@pytest.mark.parametrize(
    ("key", "field", "typed"),
    [
        ("vigilance", "issued_on", (timedelta(days=1), None)),  # in the future
        ("vigilance", "issued_on", (timedelta(days=-200), None)),  # six months are over
        ("vigilance", "security_code", (None, "")),
        ("insurance", "ends_on", (timedelta(days=-1), None)),
        ("insurance", "ends_on", (timedelta(days=500), None)),
        ("registration", "issued_on", (timedelta(days=-120), None)),  # older than three months
        ("registration", "siren", (None, "552100554")),  # of another business
        ("registration", "siren", (None, "123")),
    ],
)
def test_dates_and_numbers_are_those_of_a_document_that_counts(newcomer, client_of, key, field, typed):
    away, text = typed
    value = text if away is None else (clock.today() + away).isoformat()
    kind = {"vigilance": "vigilance", "insurance": "insurance", "registration": "kbis"}[key]
    good = {
        "insurer": "Assurances du Port",
        "policy": "RC-1",
        "ends_on": clock.today().isoformat(),
        "siren": "732829320",
    }
    before = Document.objects.count()

    response = post(client_of(newcomer), key=key, **{**good, "kind": kind, field: value})

    assert response.status_code == 422
    assert field in fields_in_error(response.content.decode())
    assert Document.objects.count() == before


def test_the_file_of_another_account_is_refused(newcomer, client_of):
    content = factories.a_pdf() + b"once"
    other = factories.make_expert("Paul", "Mercier")
    post(client_of(other), content=content)

    response = post(client_of(newcomer), content=content)

    assert response.status_code == 422
    assert not Document.objects.filter(user=newcomer, kind="vigilance").exists()


def test_a_document_that_the_legal_form_does_not_ask_for_has_no_page(newcomer, client_of):
    assert client_of(newcomer).get(reverse("document_send", args=["dpae"])).status_code == 404
    assert client_of(newcomer).get(reverse("document_send", args=["nothing"])).status_code == 404


def test_portage_asks_for_its_own_list(client_of):  # A26, B50
    user = factories.make_expert(approved=False)
    factories.give_legal_standing(user, form="portage")

    page = client_of(user).get(reverse("documents")).content.decode()

    assert {"dpae", "guarantee", "agreement"} <= {
        key for key in ("dpae", "guarantee", "agreement") if f'id="{key}"' in page
    }


# Archives


def zipped(**members):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return into.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("plan.docx", zipped(**{"word/document.xml": "x", "word/vbaProject.bin": "macro"}), "macros"),
        ("bombe.zip", zipped(zeros=b"0" * (201 * 1024 * 1024)), "bomb"),
    ],
)
def test_macros_and_bombs_do_not_come_in(name, content, code):
    with pytest.raises(ValidationError) as refused:
        uploads.inspect(SimpleUploadedFile(name, content))

    assert refused.value.code == code


# Viruses


class FakeClamd(socketserver.BaseRequestHandler):
    """Speaks INSTREAM as clamd does: pieces with their length, then a verdict."""

    def handle(self):
        assert self.request.recv(10) == b"zINSTREAM\x00"
        content = b""
        while (size := struct.unpack("!L", self._exactly(4))[0]) > 0:
            content += self._exactly(size)
        verdict = b"stream: Eicar-Test-Signature FOUND" if b"EICAR" in content else b"stream: OK"
        self.request.sendall(verdict + b"\x00")

    def _exactly(self, size):
        data = b""
        while len(data) < size:
            data += self.request.recv(size - len(data))
        return data


@pytest.fixture
def clamd(settings):
    with socketserver.TCPServer(("127.0.0.1", 0), FakeClamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


def test_a_clean_file_comes_in_and_can_still_be_read(clamd):
    upload = SimpleUploadedFile("notes.txt", b"bonjour" * 30_000)

    antivirus.scan(upload)

    assert upload.read() == b"bonjour" * 30_000


def test_an_infected_file_is_refused(clamd, newcomer, client_of):
    response = post(client_of(newcomer), content=factories.a_pdf() + b"EICAR")

    assert response.status_code == 422
    assert not Document.objects.filter(user=newcomer, kind="vigilance").exists()


def test_what_could_not_be_checked_does_not_come_in(settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:1"

    with pytest.raises(ValidationError) as refused:
        antivirus.scan(SimpleUploadedFile("notes.txt", b"bonjour"))

    assert refused.value.code == "not_scanned"
