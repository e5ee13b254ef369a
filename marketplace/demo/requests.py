"""Custom requests and first contacts of the demo world."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """A need, and how far its story goes: ``submitted``, ``compared``, ``countered`` or ``withdrawn``."""

    title: str
    need: str
    budget_cents: int
    days: int
    story: str
    is_confidential: bool = False


REQUESTS = (
    Asked(
        "Modèle financier pour une levée d’amorçage",
        "Nous préparons une levée de 600 000 € pour une application de suivi de chantier. Il nous faut un modèle "
        "financier sur trois ans : hypothèses commentées, compte de résultat, trésorerie mensuelle et trois scénarios.",
        1_400_00,
        21,
        "compared",
    ),
    Asked(
        "Audit des contrats fournisseurs d’un restaurant",
        "Trois restaurants, une quinzaine de fournisseurs, des contrats jamais relus. Nous voulons savoir lesquels "
        "renégocier en premier, avec une estimation des économies et un argumentaire pour chacun.",
        950_00,
        15,
        "countered",
        is_confidential=True,
    ),
    Asked(
        "Plan de passage à la facturation électronique",
        "Cabinet de douze personnes, logiciel comptable vieillissant. Nous cherchons un plan en étapes, le choix "
        "d’une plateforme agréée et une formation courte pour l’équipe.",
        1_100_00,
        30,
        "submitted",
    ),
    Asked(
        "Étude de marché pour une épicerie de quartier",
        "Ouverture envisagée à Nantes au printemps. Zone de chalandise, concurrence, panier moyen attendu.",
        600_00,
        20,
        "withdrawn",
    ),
)

CONTACT = (
    "Bonjour, votre parcours correspond à ce que nous cherchons : une mission de deux mois pour remettre à plat notre "
    "contrôle de gestion. Seriez-vous disponible à partir de janvier, deux jours par semaine ?",
    "Bonjour, merci de votre message. Oui, deux jours par semaine me conviennent à partir du 12 janvier. "
    "Pouvez-vous me dire quels outils vous utilisez aujourd’hui et combien de sociétés sont concernées ?",
    "Une seule société, un tableur et Pennylane. Je vous joins volontiers nos derniers tableaux si cela vous aide.",
)
