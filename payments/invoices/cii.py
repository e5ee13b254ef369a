"""The data of an invoice for machines: Factur-X in its EN 16931 profile, written from the frozen row alone.

The codes are those of the French specifications of electronic invoicing (business processes S2 and S4, notes PMT, PMD,
AAB and BAR).
"""

from typing import Any

from lxml import etree

from payments.models import Invoice

RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
PROFILE = "urn:cen.eu:en16931:2017"
TYPES = {"deposit": "386", "credit": "381", "commission_credit": "381"}
NOTES = {"indemnity": "PMT", "penalties": "PMD", "discount": "AAB"}
MEANS = {"card": "54", "paypal": "68", "transfer": "30", "balance": "97"}
SIREN, SIRET, ADDRESS = "0002", "0009", "0225"


def amount(cents: int) -> str:
    """Cents as a decimal number of euros."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def percent(basis_points: int) -> str:
    return f"{basis_points // 100}.{basis_points % 100:02d}"


def build(invoice: Invoice) -> bytes:
    """The XML of an invoice. The same row gives the same bytes."""
    root = etree.Element(f"{{{RSM}}}CrossIndustryInvoice", nsmap={"rsm": RSM, "ram": RAM, "udt": UDT})
    context = _add(root, "ExchangedDocumentContext", space=RSM)
    process = "S4" if invoice.kind == Invoice.Kind.FINAL else "S2"
    _id(_add(context, "BusinessProcessSpecifiedDocumentContextParameter"), process)
    _id(_add(context, "GuidelineSpecifiedDocumentContextParameter"), PROFILE)
    _document(root, invoice)
    deal = _add(root, "SupplyChainTradeTransaction", space=RSM)
    for position, line in enumerate(invoice.lines, 1):
        _line(deal, invoice, position, line)
    agreement = _add(deal, "ApplicableHeaderTradeAgreement")
    _party(_add(agreement, "SellerTradeParty"), invoice.seller, vat_bp=invoice.vat_bp, sells=True)
    _party(_add(agreement, "BuyerTradeParty"), invoice.buyer, vat_bp=invoice.vat_bp)
    _text(_add(agreement, "BuyerOrderReferencedDocument"), "IssuerAssignedID", invoice.reference)
    delivery = _add(deal, "ApplicableHeaderTradeDelivery")
    event = _add(delivery, "ActualDeliverySupplyChainEvent")
    _date(_add(event, "OccurrenceDateTime"), invoice.supplied_on.isoformat())
    _settlement(deal, invoice)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made


def _document(root: Any, invoice: Invoice) -> None:
    document = _add(root, "ExchangedDocument", space=RSM)
    _id(document, invoice.number)
    _text(document, "TypeCode", TYPES.get(invoice.kind, "380"))
    _date(_add(document, "IssueDateTime"), invoice.issued_on.isoformat())
    for mention in invoice.mentions:
        note = _add(document, "IncludedNote")
        _text(note, "Content", mention["text"])
        if mention["code"] in NOTES:
            _text(note, "SubjectCode", NOTES[mention["code"]])
    note = _add(document, "IncludedNote")
    _text(note, "Content", audience(invoice))
    _text(note, "SubjectCode", "BAR")


def audience(invoice: Invoice) -> str:
    """To whom it is sold, which decides what becomes of it in electronic invoicing."""
    at_home = invoice.buyer["country"] == "FR"
    if not invoice.buyer["is_business"]:
        return "B2C" if at_home else "B2CINT"
    if not at_home:
        return "B2BINT"
    return "B2B" if invoice.buyer["siren"] else "ARCHIVEONLY"


def _line(deal: Any, invoice: Invoice, position: int, line: dict[str, Any]) -> None:
    item = _add(deal, "IncludedSupplyChainTradeLineItem")
    _text(_add(item, "AssociatedDocumentLineDocument"), "LineID", str(position))
    _text(_add(item, "SpecifiedTradeProduct"), "Name", line["title"])
    price = _add(_add(item, "SpecifiedLineTradeAgreement"), "NetPriceProductTradePrice")
    _text(price, "ChargeAmount", amount(line["ht_cents"]))
    delivered = _add(item, "SpecifiedLineTradeDelivery")
    _text(delivered, "BilledQuantity", str(line["quantity"]), unitCode="C62")
    settlement = _add(item, "SpecifiedLineTradeSettlement")
    _tax_kind(_add(settlement, "ApplicableTradeTax"), invoice)
    total = _add(settlement, "SpecifiedTradeSettlementLineMonetarySummation")
    _text(total, "LineTotalAmount", amount(line["ht_cents"] * line["quantity"]))


def _tax_kind(tax: Any, invoice: Invoice) -> None:
    _text(tax, "TypeCode", "VAT")
    _text(tax, "CategoryCode", "S" if invoice.vat_bp else "E")
    _text(tax, "RateApplicablePercent", percent(invoice.vat_bp))


def _party(party: Any, known: dict[str, Any], *, vat_bp: int, sells: bool = False) -> None:
    if known["siret"]:
        _text(party, "GlobalID", known["siret"], schemeID=SIRET)
    _text(party, "Name", known["name"])
    if known["siren"]:
        organisation = _add(party, "SpecifiedLegalOrganization")
        _text(organisation, "ID", known["siren"], schemeID=SIREN)
    if known["contact"]:
        _text(_add(party, "DefinedTradeContact"), "PersonName", known["contact"])
    address = _add(party, "PostalTradeAddress")
    if known["postal_code"]:
        _text(address, "PostcodeCode", known["postal_code"])
    if known["address"]:
        _text(address, "LineOne", known["address"])
    if known["city"]:
        _text(address, "CityName", known["city"])
    _text(address, "CountryID", known["country"])
    if known["siren"]:
        where = _add(party, "URIUniversalCommunication")
        _text(where, "URIID", known["siren"], schemeID=ADDRESS)
    if known["vat_number"]:
        _text(_add(party, "SpecifiedTaxRegistration"), "ID", known["vat_number"], schemeID="VA")
    elif sells:
        number = known["siren"] or known["name"]
        _text(_add(party, "SpecifiedTaxRegistration"), "ID", number, schemeID="FC")


def _settlement(deal: Any, invoice: Invoice) -> None:
    settlement = _add(deal, "ApplicableHeaderTradeSettlement")
    _text(settlement, "InvoiceCurrencyCode", "EUR")
    if (means := MEANS.get(invoice.details.get("method", ""))) is not None:
        _text(_add(settlement, "SpecifiedTradeSettlementPaymentMeans"), "TypeCode", means)
    tax = _add(settlement, "ApplicableTradeTax")
    _text(tax, "CalculatedAmount", amount(invoice.vat_cents))
    _text(tax, "TypeCode", "VAT")
    exempt = [m["text"] for m in invoice.mentions if m["code"] == "franchise"]
    if exempt:
        _text(tax, "ExemptionReason", exempt[0])
    _text(tax, "BasisAmount", amount(invoice.ht_cents))
    _text(tax, "CategoryCode", "S" if invoice.vat_bp else "E")
    if exempt:
        _text(tax, "ExemptionReasonCode", "VATEX-FR-FRANCHISE")
    _text(tax, "RateApplicablePercent", percent(invoice.vat_bp))
    terms = _add(settlement, "SpecifiedTradePaymentTerms")
    _date(_add(terms, "DueDateDateTime"), invoice.details.get("paid_on") or invoice.issued_on.isoformat())
    total = _add(settlement, "SpecifiedTradeSettlementHeaderMonetarySummation")
    _text(
        total, "LineTotalAmount", amount(sum(line["ht_cents"] * line["quantity"] for line in invoice.lines))
    )
    _text(total, "TaxBasisTotalAmount", amount(invoice.ht_cents))
    _text(total, "TaxTotalAmount", amount(invoice.vat_cents), currencyID="EUR")
    _text(total, "GrandTotalAmount", amount(invoice.ttc_cents))
    _text(total, "TotalPrepaidAmount", amount(invoice.ttc_cents))
    _text(total, "DuePayableAmount", amount(0))
    for before in invoice.details.get("before", ()):
        reference = _add(settlement, "InvoiceReferencedDocument")
        _text(reference, "IssuerAssignedID", before["number"])
        moment = _add(reference, "FormattedIssueDateTime")
        day = etree.SubElement(
            moment, "{urn:un:unece:uncefact:data:standard:QualifiedDataType:100}DateTimeString"
        )
        day.set("format", "102")
        day.text = before["issued_on"].replace("-", "")


def _add(parent: Any, name: str, *, space: str = RAM) -> Any:
    return etree.SubElement(parent, f"{{{space}}}{name}")


def _text(parent: Any, name: str, text: str, **attributes: str) -> None:
    element = _add(parent, name)
    for key, value in attributes.items():
        element.set(key, value)
    element.text = text


def _id(parent: Any, text: str) -> None:
    _text(parent, "ID", text)


def _date(parent: Any, iso: str) -> None:
    day = _add(parent, "DateTimeString", space=UDT)
    day.set("format", "102")
    day.text = iso.replace("-", "")
