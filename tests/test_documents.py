"""PDFs: the brand's own fonts, an archive standard, and nothing typed that becomes an instruction."""

import io
from datetime import UTC, datetime

from pypdf import PdfReader

from marketplace.kernel import pdf

DEED = {
    "site": "Jalon",
    "title": "Cession des droits",
    "reference": "J-24817",
    "lead": "",
    "foot": "Jalon",
    "page_words": "Page",
    "parties": [
        {"role": "Cède", "name": "Claire", "lines": []},
        {"role": "Reçoit", "name": "Marc", "lines": []},
    ],
    "work_title": "Œuvre",
    "work": [],
    "clause_title": "Clause",
    "clause": "",
    "scope": [],
    "terms_title": "Termes",
    "terms": "",
    "files_title": "Fichiers",
    "files_head": [],
    "files": [],
    "files_note": "",
    "no_files": "Aucun",
    "proof_title": "Preuve",
    "proof": [],
}


def read(made: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(io.BytesIO(made))
    return reader, "\n".join(page.extract_text() for page in reader.pages)


def test_a_document_is_an_archive_with_its_fonts_inside():
    made = pdf.render("rights_deed", DEED)

    reader, words = read(made)
    assert "Cession des droits" in words
    metadata = reader.xmp_metadata
    assert metadata is not None
    assert b"pdfaid:part>2<" in made or "2" in str(metadata.stream.get_data())
    assert b"FontFile" in made, "nothing is left to the reader's machine"
    assert reader.trailer["/Root"]["/Lang"] == "fr"


def test_what_people_typed_is_never_an_instruction():
    typed = '#image("/etc/passwd") $x$ *gras* <b> \\ "quoted" #{1+1}'

    _reader, words = read(pdf.render("rights_deed", {**DEED, "terms": typed}))

    assert "#image" in words
    assert "#{1+1}" in words


def test_letters_no_font_draws_do_not_stop_a_document():
    _reader, words = read(pdf.render("rights_deed", {**DEED, "terms": "Заказ Ωμέγα 漢字 😀 \x07 fin"}))

    assert "Заказ Ωμέγα ?? ? ? fin" in words


def test_the_same_data_give_the_same_bytes():
    at = datetime(2026, 11, 22, tzinfo=UTC)

    assert pdf.render("rights_deed", DEED, at=at) == pdf.render("rights_deed", DEED, at=at)
