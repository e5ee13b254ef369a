"""Reading a bank's files: camt.053 (ISO 20022) or CSV. Nothing is written here. Amounts are cents."""

import csv
import hashlib
import io
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from marketplace.kernel.errors import Refusal
from marketplace.kernel.money import parse_euros

MAX_BYTES = 5 * 1024 * 1024
COLUMNS = ("date", "amount", "name", "iban", "reference")


@dataclass(frozen=True)
class Entry:
    """A line of a statement: what came in is positive, what left negative. ``end_to_end`` is the sender's own name for it."""

    key: str
    booked_on: date
    amount_cents: int
    name: str
    iban: str
    words: str
    end_to_end: str = ""


def read(content: bytes) -> list[Entry]:
    """The lines of a file. Raises ``Refusal`` in words when it is neither of the two kinds."""
    if len(content) > MAX_BYTES:
        raise Refusal(_("This file is too large for a bank statement."))
    try:
        return _camt(content) if content.lstrip()[:1] == b"<" else _csv(content)
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        csv.Error,
        SyntaxError,  # of XML
        UnicodeDecodeError,
    ) as error:
        raise Refusal(
            _("This file cannot be read: send a camt.053 file, or a CSV file with the columns %(columns)s.")
            % {"columns": ", ".join(COLUMNS)}
        ) from error


def _camt(content: bytes) -> list[Entry]:
    from lxml import etree  # loaded by who needs it

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(content, parser)
    if "camt.053" not in etree.QName(root).namespace:
        raise ValueError("not a camt.053 file")
    found = []
    for entry in root.iterfind(".//{*}Ntry"):
        sign = 1 if entry.findtext("{*}CdtDbtInd") == "CRDT" else -1
        details = entry.findall(".//{*}TxDtls") or [entry]
        day = date.fromisoformat(
            (entry.findtext("{*}BookgDt/{*}Dt") or entry.findtext("{*}BookgDt/{*}DtTm"))[:10]
        )
        for number, line in enumerate(details):
            amount = (
                line.findtext("{*}Amt") or line.findtext(".//{*}TxAmt/{*}Amt") or entry.findtext("{*}Amt")
            )
            party = "Dbtr" if sign > 0 else "Cdtr"
            words = " ".join(node.text or "" for node in line.iterfind(".//{*}RmtInf//{*}Ustrd"))
            structured = " ".join(node.text or "" for node in line.iterfind(".//{*}CdtrRefInf/{*}Ref"))
            own = entry.findtext("{*}AcctSvcrRef") or line.findtext(".//{*}Refs/{*}AcctSvcrRef") or ""
            name = line.findtext(f".//{{*}}RltdPties/{{*}}{party}/{{*}}Nm") or line.findtext(
                f".//{{*}}RltdPties/{{*}}{party}/{{*}}Pty/{{*}}Nm"
            )
            cents = sign * parse_euros(amount)
            text = f"{words} {structured}".strip()
            found.append(
                Entry(
                    key=_key(own or text, str(number), day.isoformat(), str(cents)),
                    booked_on=day,
                    amount_cents=cents,
                    name=(name or "")[:140],
                    iban=line.findtext(f".//{{*}}RltdPties/{{*}}{party}Acct/{{*}}Id/{{*}}IBAN") or "",
                    words=text[:300],
                    end_to_end=line.findtext(".//{*}Refs/{*}EndToEndId") or "",
                )
            )
    return found


def _csv(content: bytes) -> list[Entry]:
    text = content.decode("utf-8-sig")
    dialect = csv.Sniffer().sniff(text[:2_000], delimiters=";,\t")
    found = []
    for number, row in enumerate(csv.DictReader(io.StringIO(text), dialect=dialect)):
        row = {name.strip().lower(): (value or "").strip() for name, value in row.items()}
        cents, day = parse_euros(row["amount"]), date.fromisoformat(row["date"])
        found.append(
            Entry(
                key=_key(row["reference"], row["iban"], str(number), day.isoformat(), str(cents)),
                booked_on=day,
                amount_cents=cents,
                name=row["name"][:140],
                iban=row["iban"].replace(" ", ""),
                words=row["reference"][:300],
                end_to_end=row.get("end_to_end", ""),
            )
        )
    return found


def _key(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
