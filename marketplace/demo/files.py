"""Small real files for the demo orders: PDF, XLSX, DOCX, CSV and PNG, made without any library but Pillow.

`deliverable(name, title)` answers the bytes of a file whose type is the extension of its name. The
same name and title always give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from random import Random
from xml.sax.saxutils import escape

from marketplace.demo.model import Cover, french

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org"
EPOCH = (2026, 1, 1, 9, 0, 0)

DELIVERED = (
    "Ce document accompagne la livraison de votre commande. Il reprend les points convenus dans vos consignes "
    "et ceux précisés au cours de nos échanges.",
    "Les hypothèses retenues sont indiquées à côté de chaque résultat. Lorsqu'une donnée manquait, une "
    "estimation prudente a été choisie et signalée comme telle.",
    "Trois points méritent votre attention avant de valider : le calendrier des premières semaines, la "
    "répartition des responsabilités et les éléments à fournir par vos équipes.",
    "Si un passage ne correspond pas à votre attente, demandez une retouche depuis la page de la commande en "
    "indiquant ce qui convient, ce qui ne convient pas et le résultat souhaité.",
)
GIVEN = (
    "Document transmis avec les consignes de la commande. Il reste confidentiel et ne sert qu'à la réalisation du "
    "travail demandé.",
    "Les montants et les dates sont ceux connus à ce jour. Les noms de personnes ont été masqués lorsqu'ils "
    "n'étaient pas utiles.",
    "Merci de signaler dans la conversation toute information qui paraîtrait manquante ou contradictoire.",
)
ROWS = (
    "Situation de départ",
    "Données reçues",
    "Points vérifiés",
    "Écarts constatés",
    "Actions proposées",
    "Suite à donner",
)


def deliverable(name: str, title: str, given: bool = False) -> bytes:
    """The content of a demo file; `given` when the buyer sends it. ValueError for other extensions."""
    kind = name.rsplit(".", 1)[-1].lower()
    text = tuple(french(paragraph) for paragraph in (GIVEN if given else DELIVERED))
    if kind == "pdf":
        return pdf(title, text)
    if kind == "docx":
        return docx(title, text)
    makers = {"xlsx": xlsx, "csv": csv, "png": png}
    if kind not in makers:
        raise ValueError(f"no demo file can be made for {name}")
    return makers[kind](title)


def figures(title: str) -> list[tuple[str, int, int]]:
    """A few rows of numbers that belong to a title."""
    r = Random(f"file|{title}")
    return [(french(label), r.randrange(8, 96), r.randrange(8, 96)) for label in ROWS]


# -- PDF ------------------------------------------------------------------------------------------


def pdf(title: str, text: tuple[str, ...]) -> bytes:
    """A one-page A4 document in Helvetica, tagged with its title and language."""
    commands = ["0.043 0.38 0.44 rg 56 770 64 6 re f", "0.075 0.125 0.122 rg"]
    y = 728.0
    for line in _wrapped(title, 30):
        commands.append(_shown(line, 56, y, 26, bold=True))
        y -= 32
    y -= 14
    for paragraph in text:
        for line in _wrapped(paragraph, 88):
            commands.append(_shown(line, 56, y, 11))
            y -= 16
        y -= 10
    y -= 8
    for label, before, after in figures(title):
        commands.append("0.86 0.89 0.9 rg")
        commands.append(f"56 {y - 7:.0f} 483 0.8 re f 0.075 0.125 0.122 rg")
        commands.append(_shown(label, 56, y, 11, bold=True))
        commands.append(_shown(f"{before} %", 330, y, 11) + "\n" + _shown(f"{after} %", 420, y, 11))
        commands.append(
            f"0.878 0.282 0.173 rg 460 {y - 1:.0f} {after * 0.75:.0f} 8 re f 0.075 0.125 0.122 rg"
        )
        y -= 26
    content = zlib.compress("\n".join(commands).encode("cp1252", "replace"))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (fr-FR) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(content) + content + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        b"<< /Title <" + ("\ufeff" + title).encode("utf-16-be").hex().encode() + b"> >>",
    ]
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 7 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)


def _pdf_text(text: str) -> bytes:
    raw = text.encode("cp1252", "replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _shown(text: str, x: float, y: float, size: int, bold: bool = False) -> str:
    face = "F2" if bold else "F1"
    return f"BT /{face} {size} Tf {x:.0f} {y:.0f} Td ({_pdf_text(text).decode('cp1252')}) Tj ET"


def _wrapped(text: str, width: int) -> list[str]:
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


# -- office ---------------------------------------------------------------------------------------


def _package(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(zipfile.ZipInfo(path, EPOCH), (XML + text).encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _types(overrides: dict[str, str]) -> str:
    rows = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    return (
        f'<Types xmlns="{OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def _links(*links: tuple[str, str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for key, kind, target in links
    )
    return f'<Relationships xmlns="{OFFICE}/package/2006/relationships">{rows}</Relationships>'


def xlsx(title: str) -> bytes:
    """A workbook of one sheet: a heading and a small table with a total."""
    rows: list[list[str | int]] = [[title], [], ["Poste", "Prévu", "Constaté", "Écart"]]
    rows += [[label, before, after] for label, before, after in figures(title)]
    cells = []
    for number, row in enumerate(rows, 1):
        body = ""
        for column, value in zip("ABCD", row, strict=False):
            if isinstance(value, int):
                body += f'<c r="{column}{number}"><v>{value}</v></c>'
            else:
                body += f'<c r="{column}{number}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        if len(row) == 3 and number > 3:
            gap = int(row[2]) - int(row[1])
            body += f'<c r="D{number}"><f>C{number}-B{number}</f><v>{gap}</v></c>'
        cells.append(f'<row r="{number}">{body}</row>')
    main = f"{OFFICE}/spreadsheetml/2006/main"
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return _package(
        {
            "[Content_Types].xml": _types(
                {
                    "/xl/workbook.xml": f"{base}.sheet.main+xml",
                    "/xl/worksheets/sheet1.xml": f"{base}.worksheet+xml",
                }
            ),
            "_rels/.rels": _links(("rId1", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{OFFICE}/officeDocument/2006/relationships">'
            '<sheets><sheet name="Synthèse" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _links(("rId1", "worksheet", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><cols><col min="1" max="1" width="34"'
            f' customWidth="1"/></cols><sheetData>{"".join(cells)}</sheetData></worksheet>',
        }
    )


def docx(title: str, text: tuple[str, ...]) -> bytes:
    """A short text document."""
    word = f"{OFFICE}/wordprocessingml/2006/main"

    def paragraph(text: str, size: int, bold: bool = False) -> str:
        weight = "<w:b/>" if bold else ""
        return (
            f'<w:p><w:pPr><w:spacing w:after="160"/></w:pPr><w:r><w:rPr>{weight}<w:sz w:val="{size}"/></w:rPr>'
            f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        )

    body = paragraph(title, 40, bold=True) + "".join(paragraph(line, 22) for line in text)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return _package(
        {
            "[Content_Types].xml": _types({"/word/document.xml": kind}),
            "_rels/.rels": _links(("rId1", "officeDocument", "word/document.xml")),
            "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
        }
    )


# -- plain ----------------------------------------------------------------------------------------


def csv(title: str) -> bytes:
    """A semicolon-separated table, as French spreadsheets expect it."""
    rows = [f"# {title}", "poste;prévu;constaté"]
    rows += [f"{label};{before};{after}" for label, before, after in figures(title)]
    return ("\ufeff" + "\r\n".join(rows) + "\r\n").encode()


def png(title: str) -> bytes:
    """A picture of the work, in one of the compositions of the covers."""
    from marketplace.demo.images import cover

    r = Random(f"png|{title}")
    spec = Cover(
        style="report",
        palette=r.choice(("teal", "sand", "mist", "lilac", "forest")),
        title=title,
        subtitle=french("Aperçu du livrable"),
        items=("Synthèse",),
        figures=(("12", "pages"), ("3", "annexes"), ("100\u00a0%", "relu")),
        seed=title,
    )
    buffer = io.BytesIO()
    cover(spec).quantize(128).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
