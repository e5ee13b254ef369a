"""Documents of the demo world: one page each, marked as specimens, each different from the others."""

from __future__ import annotations

from collections.abc import Sequence

SPECIMEN = "SPÉCIMEN - SANS VALEUR"


def specimen(title: str, lines: Sequence[str]) -> bytes:
    """A page of PDF with a title, lines under it and the word specimen across the top."""
    drawn = [
        "BT /F2 20 Tf 0.71 0.33 0.04 rg 60 780 Td (" + _text(SPECIMEN) + ") Tj ET",
        "0.04 0.38 0.44 RG 2 w 60 764 m 535 764 l S",
        "BT /F2 16 Tf 0.03 0.2 0.23 rg 60 724 Td (" + _text(title) + ") Tj ET",
        *(
            f"BT /F1 11 Tf 0.1 0.15 0.15 rg 60 {690 - 20 * number} Td ({_text(line)}) Tj ET"
            for number, line in enumerate(lines)
        ),
    ]
    stream = "\n".join(drawn).encode("cp1252", "replace")
    font = b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        font % b"Helvetica",
        font % b"Helvetica-Bold",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def _text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
