"""The categories a new site begins with; from then on they belong to the team, who edits them in the administration."""

from offers import queries
from offers.models import Category

FIRST: tuple[dict[str, str], ...] = (
    {
        "slug": "finance-gestion",
        "name_fr": "Finance & gestion",
        "name_en": "Finance & management",
        "icon": "calculator",
        "description_fr": "Prévisionnels, trésorerie, financement, fiscalité et cession\u00a0: des chiffres "
        "établis par des directeurs financiers et des contrôleurs de gestion.",
        "description_en": "Forecasts, cash, funding, tax and company sales: figures prepared by finance "
        "directors and controllers.",
    },
    {
        "slug": "ressources-humaines",
        "name_fr": "Ressources humaines",
        "name_en": "Human resources",
        "icon": "users",
        "description_fr": "Recrutement, paie, formation, dialogue social et prévention\u00a0: les livrables "
        "d’une direction des ressources humaines, sans la recruter.",
        "description_en": "Hiring, payroll, training, staff representation and prevention: what an HR "
        "department delivers, without hiring one.",
    },
    {
        "slug": "management-freelances",
        "name_fr": "Management de freelances",
        "name_en": "Managing freelancers",
        "icon": "handshake",
        "description_fr": "Choisir, contractualiser, intégrer et piloter des indépendants en restant du bon"
        " côté du droit et du budget.",
        "description_en": "Choose, contract, welcome and steer independent workers, within the law and the "
        "budget.",
    },
    {
        "slug": "commercial-marketing",
        "name_fr": "Commercial & marketing",
        "name_en": "Sales & marketing",
        "icon": "megaphone",
        "description_fr": "Prospection, propositions, prix, référencement et vente en ligne\u00a0: ce qui "
        "remplit le carnet de commandes.",
        "description_en": "Prospecting, proposals, pricing, search and online sales: what fills the order "
        "book.",
    },
    {
        "slug": "juridique",
        "name_fr": "Juridique",
        "name_en": "Legal",
        "icon": "scale",
        "description_fr": "Contrats, données personnelles, marques et droit du travail, relus ou rédigés "
        "par des juristes et des avocats.",
        "description_en": "Contracts, personal data, trade marks and employment law, reviewed or drafted by"
        " lawyers.",
    },
    {
        "slug": "strategie",
        "name_fr": "Stratégie",
        "name_en": "Strategy",
        "icon": "target",
        "description_fr": "Plans stratégiques, gouvernance, opérations, achats et transition écologique, "
        "par d’anciens dirigeants et consultants.",
        "description_en": "Strategic plans, governance, operations, purchasing and climate transition, by "
        "former executives and consultants.",
    },
    {
        "slug": "informatique-data",
        "name_fr": "Informatique & data",
        "name_en": "IT & data",
        "icon": "database",
        "description_fr": "Tableaux de bord, qualité des données, cybersécurité et choix de logiciels, "
        "expliqués sans jargon.",
        "description_en": "Dashboards, data quality, cybersecurity and software selection, explained "
        "without jargon.",
    },
    {
        "slug": "communication",
        "name_fr": "Communication",
        "name_en": "Communication",
        "icon": "quote",
        "description_fr": "Ligne éditoriale, relations presse, identité visuelle et vidéo\u00a0: dire clairement"
        " ce que vous faites.",
        "description_en": "Editorial line, press relations, visual identity and video: saying clearly what "
        "you do.",
    },
)
"""In the order of the menu: slug, names, icon (of Lucide), descriptions. Those asked for from the start come first."""


def keep_categories() -> int:
    """Give a site without any category the first ones; how many were made. What the team wrote or removed stays so."""
    if Category.objects.exists():
        return 0
    made = Category.objects.bulk_create(
        [Category(position=position, **words) for position, words in enumerate(FIRST)], ignore_conflicts=True
    )
    queries.forget()
    return len(made)
