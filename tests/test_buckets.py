"""Files in buckets (`FILES_BACKEND=s3`), asked of a service that speaks S3 over HTTP and checks every signature."""

import json
import runpy
import socket
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
import requests
from celery import current_app
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import models
from django.urls import reverse

from accounts import actions as accounts
from accounts.models import DataExport, Document
from marketplace import tasks
from marketplace.kernel import buckets, clock
from marketplace.kernel.storage import FilesAway, PrivateStorage
from messaging.models import Attachment, Message
from offers import pictures
from offers.models import OfferImage
from orders import actions
from tests import bucket_stand_in as stand_in
from tests import factories
from tests.accounts.test_privacy import prove, sign_in
from tests.offers.test_images import picture

MEDIA, PRIVATE = "jalon-media", "jalon-private"


@pytest.fixture(scope="session")
def service():
    service = stand_in.Bucketeer(public=MEDIA)
    service.start()
    admin = boto3.client(
        "s3",
        endpoint_url=service.url,
        region_name=stand_in.REGION,
        aws_access_key_id=stand_in.KEY,
        aws_secret_access_key=stand_in.SECRET,
    )
    known = {
        each["Name"] for each in admin.list_buckets()["Buckets"]
    }  # moto keeps them for the whole process
    for name in {MEDIA, PRIVATE} - known:
        admin.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": stand_in.REGION})
    everybody_reads = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{MEDIA}/*",
    }
    policy = {"Version": "2012-10-17", "Statement": [everybody_reads]}
    admin.put_bucket_policy(Bucket=MEDIA, Policy=json.dumps(policy))
    service.admin = admin
    yield service
    service.stop()


def storages_of_production(monkeypatch, **environment):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(Path(settings.BASE_DIR) / "marketplace" / "settings" / "files.py"))


@pytest.fixture
def bucket(service, monkeypatch, settings):
    """The site as it is with `FILES_BACKEND=s3`; gives the service."""
    said = storages_of_production(
        monkeypatch,
        FILES_BACKEND="s3",
        S3_ENDPOINT_URL=service.url,
        S3_REGION=stand_in.REGION,
        S3_ACCESS_KEY=stand_in.KEY,
        S3_SECRET_KEY=stand_in.SECRET,
        S3_MEDIA_BUCKET=MEDIA,
        S3_PRIVATE_BUCKET=PRIVATE,
    )
    settings.STORAGES = {
        **settings.STORAGES,
        **{name: said["STORAGES"][name] for name in ("default", "private")},
    }
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    opened = {
        name: [*policy.get(name, ["'self'"]), *said["MEDIA_ORIGINS"]]
        for name in ("img-src", "media-src", "frame-src")
    }
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**policy, **opened}}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField) and isinstance(field.storage, PrivateStorage):
                monkeypatch.setattr(field, "storage", storages["private"])
    service.later, service.fails, service.asked[:] = timedelta(), False, []
    return service


@pytest.fixture
def down(bucket):
    """The service has stopped: nobody listens on its port."""
    bucket.stop()
    yield bucket
    bucket.start()


@pytest.fixture
def attachment(bucket, active_order):
    actions.say(
        active_order, author=active_order.buyer, body="Mes devis.", files=[factories.a_file("devis été.pdf")]
    )
    return Attachment.objects.get()


@pytest.fixture
def handed_over(monkeypatch):
    """What was left to a worker, instead of a queue."""
    left = []
    monkeypatch.setattr(
        current_app, "send_task", lambda name, arguments, **_o: left.append((name, arguments))
    )
    return left


def keys(service, name):
    return {each["Key"] for each in service.admin.list_objects_v2(Bucket=name).get("Contents", ())}


def proven(user):
    """A browser whose person has just typed their password again."""
    client, _ = sign_in(user)
    prove(client)
    return client


def a_document(user):
    document = Document.objects.filter(user=user).first()
    document.file.save("kbis.pdf", ContentFile(factories.PDF))
    return document


# What is private


@pytest.mark.parametrize("side", ["buyer", "expert"])
def test_a_private_file_is_read_back_by_the_parties(request, client_of, attachment, side):
    answer = client_of(request.getfixturevalue(side)).get(attachment.url)

    assert answer.status_code == 302
    file = requests.get(answer["Location"], timeout=5)
    assert (file.status_code, file.content) == (200, factories.PDF)
    assert file.headers["Content-Type"] == "application/pdf"
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert "devis%20%C3%A9t%C3%A9.pdf" in file.headers["Content-Disposition"]


def test_strangers_get_no_address_and_the_bucket_is_not_asked(
    client, client_of, stranger, attachment, bucket
):
    bucket.asked.clear()

    assert client_of(stranger).get(attachment.url).status_code == 404
    assert client.get(attachment.url).status_code == 302
    assert "Signature" not in client.get(attachment.url)["Location"]
    assert bucket.asked == []


def test_an_address_opens_one_file_for_a_minute(client_of, buyer, attachment, bucket):
    address = client_of(buyer).get(attachment.url)["Location"]
    parts = urlsplit(address)

    assert parse_qs(parts.query)["X-Amz-Expires"] == ["60"]
    assert requests.get(address, timeout=5).status_code == 200
    bucket.later = timedelta(seconds=59)
    assert requests.get(address, timeout=5).status_code == 200
    bucket.later = timedelta(seconds=62)
    assert requests.get(address, timeout=5).status_code == 403


def test_nothing_else_opens_a_private_file(client_of, buyer, attachment, bucket):
    address = client_of(buyer).get(attachment.url)["Location"]

    assert requests.get(address.partition("?")[0], timeout=5).status_code == 403
    assert requests.get(address.replace("attachment", "inline"), timeout=5).status_code == 403
    assert requests.get(address.replace("Expires=60", "Expires=6000"), timeout=5).status_code == 403
    other = default_storage.save("a.webp", ContentFile(b"x"))
    swapped = address.replace(f"/{PRIVATE}/{attachment.file.name}", f"/{PRIVATE}/{other}")
    assert swapped != address
    assert requests.get(swapped, timeout=5).status_code == 403
    assert requests.get(f"{bucket.url}/{PRIVATE}/", timeout=5).status_code == 403


def test_the_copy_of_ones_data_passes_through_the_site(client_of, buyer, stranger, bucket):
    export = DataExport.objects.create(
        user=buyer, ready_at=clock.now(), expires_at=clock.now() + timedelta(7)
    )
    export.file.save("copie.zip", ContentFile(b"PK" * 2_000_000))
    address = reverse("account_copy", args=[export.public_id])

    answer = proven(buyer).get(address)

    assert b"".join(answer.streaming_content) == b"PK" * 2_000_000
    assert client_of(stranger).get(address).status_code in (302, 404)
    assert len([line for line in bucket.asked if line.startswith("GET")]) == 1


def test_the_address_that_is_signed_is_the_one_browsers_know(bucket, monkeypatch):
    said = storages_of_production(
        monkeypatch, S3_BROWSER_URL="https://files.exemple.fr", S3_MEDIA_URL="https://media.exemple.fr/jalon"
    )
    private, public = (buckets.Bucket(**said["STORAGES"][name]["OPTIONS"]) for name in ("private", "default"))
    name = private.save("2026/01/un", ContentFile(b"x"))

    assert private.url(name).startswith(f"https://files.exemple.fr/{PRIVATE}/2026/01/un-")
    assert public.url("a b.webp") == "https://media.exemple.fr/jalon/a%20b.webp"
    assert said["MEDIA_ORIGINS"] == ["https://files.exemple.fr", "https://media.exemple.fr"]


def test_a_file_that_the_bucket_lost_is_not_there(bucket):
    with pytest.raises(FileNotFoundError):
        storages["private"].open("2026/01/none")
    assert not storages["private"].exists("2026/01/none")


# What everybody sees


def test_pictures_of_an_offer_are_served_to_anybody(client, client_of, expert, offer, bucket):
    gallery, page = (
        reverse("offer_images", args=[offer.pk]),
        reverse("offer", args=[offer.pk, offer.slug]),
    )
    assert client_of(expert).post(gallery, {"rights": "yes", "images": [picture()]}).status_code == 302
    image = OfferImage.objects.get()
    assert pictures.render(image.pk)
    image.refresh_from_db()

    shown = client.get(page).content.decode()

    addresses = [image.image.url, image.thumbnail.url]
    addresses += [default_storage.url(name) for sizes in image.renditions.values() for name in sizes.values()]
    kinds = set()
    for address in addresses:
        assert address.startswith(f"{bucket.url}/{MEDIA}/offers/")
        assert "?" not in address
        file = requests.get(address, timeout=5)
        assert file.status_code == 200
        assert "immutable" in file.headers["Cache-Control"]
        kinds.add(file.headers["Content-Type"])
    assert kinds == {"image/webp", "image/avif", "image/jpeg"}
    assert any(address in shown for address in addresses)
    assert requests.put(addresses[0], data=b"x", timeout=5).status_code == 403
    assert requests.delete(addresses[0], timeout=5).status_code == 403


def test_two_files_of_one_name_do_not_meet(bucket):
    names = [default_storage.save("offers/2026/11/i.webp", ContentFile(each)) for each in (b"one", b"two")]

    assert len(set(names)) == 2
    assert [default_storage.open(name).read() for name in names] == [b"one", b"two"]
    assert not [line for line in bucket.asked if line.startswith("HEAD") and "/i.webp" in line], (
        "a look before writing is no guard: two may look at the same moment"
    )
    assert len(default_storage.get_available_name("a/" + "b" * 200 + ".webp", max_length=100)) <= 100


# Letting go


def test_a_file_let_go_leaves_the_bucket(expert, bucket, django_capture_on_commit_callbacks):
    document = a_document(expert)
    assert document.file.name in keys(bucket, PRIVATE)

    with django_capture_on_commit_callbacks(execute=True):
        accounts.drop_file(document)

    assert not keys(bucket, PRIVATE) & {document.file.name}


def test_a_file_let_go_while_the_bucket_is_down_is_deleted_later(
    expert, bucket, handed_over, django_capture_on_commit_callbacks
):
    document = a_document(expert)
    name = document.file.name

    bucket.stop()
    try:
        with django_capture_on_commit_callbacks(execute=True):
            accounts.drop_file(document)
        with pytest.raises(FilesAway):
            tasks.delete_file("private", name)
    finally:
        bucket.start()

    assert Document.objects.get(pk=document.pk).file.name == ""
    assert handed_over == [("marketplace.tasks.delete_file", ("private", name))]
    assert name in keys(bucket, PRIVATE)
    tasks.delete_file("private", name)
    assert name not in keys(bucket, PRIVATE)
    tasks.delete_file("private", name)  # twice is once


# A bucket that is away


def test_a_message_whose_file_the_bucket_does_not_take_is_not_sent(client_of, down, active_order):
    before = Message.objects.count()

    began = time.monotonic()
    answer = client_of(active_order.buyer).post(
        reverse("order_message", args=[active_order.public_id]),
        {"body": "Voici le dossier.", "files": [factories.a_file("a.pdf")]},
    )

    assert time.monotonic() - began < 15
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Nous ne pouvons pas recevoir de fichiers pour le moment" in page
    assert "Voici le dossier." in page, "what was typed is kept"
    assert (Message.objects.count(), Attachment.objects.count()) == (before, 0)


def test_a_photo_that_the_bucket_does_not_take_changes_nothing(client_of, buyer, down):
    answer = client_of(buyer).post(
        reverse("account_settings"), {"part": "photo", "photo": picture(), "consent": "on"}
    )

    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "Nos fichiers sont momentanément hors d’atteinte" in answer.content.decode()
    buyer.refresh_from_db()
    assert not buyer.avatar


def test_a_bucket_that_answers_with_an_error_takes_nothing(client_of, buyer, bucket):
    bucket.fails = True

    answer = client_of(buyer).post(
        reverse("account_settings"), {"part": "photo", "photo": picture(), "consent": "on"}
    )

    assert answer.status_code == 503
    buyer.refresh_from_db()
    assert not buyer.avatar


def test_a_file_that_cannot_be_read_just_now_is_for_later(buyer, bucket):
    export = DataExport.objects.create(
        user=buyer, ready_at=clock.now(), expires_at=clock.now() + timedelta(7)
    )
    export.file.save("copie.zip", ContentFile(b"PK"))
    bucket.stop()
    try:
        answer = proven(buyer).get(reverse("account_copy", args=[export.public_id]))
    finally:
        bucket.start()

    assert answer.status_code == 503


def test_a_bucket_that_hangs_is_waited_for_twice_and_no_longer(monkeypatch, settings, bucket):
    monkeypatch.setattr(buckets, "ANSWER", 1)
    with socket.create_server(("127.0.0.1", 0)) as mute:  # takes calls and never says a word
        options = settings.STORAGES["private"]["OPTIONS"]
        storage = buckets.Bucket(**{**options, "endpoint_url": f"http://127.0.0.1:{mute.getsockname()[1]}"})
        began = time.monotonic()
        with pytest.raises(FilesAway):
            storage.exists("x")

    assert 2 <= time.monotonic() - began < 2 * (buckets.ANSWER + 2)


def test_pages_without_files_do_not_ask_the_bucket(client, offer, down):
    assert client.get(reverse("catalogue")).status_code == 200
    assert client.get(reverse("offer", args=[offer.pk, offer.slug])).status_code == 200
