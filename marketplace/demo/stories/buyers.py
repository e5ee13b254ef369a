"""The fourteen clients of the demo world and its named accounts."""

from __future__ import annotations

from marketplace.demo.model import french
from marketplace.demo.stories.model import Buyer

DEMO_BUYER = "camille-rousseau"
DEMO_EXPERT = "claire-delmas"
COLLEAGUES = (
    ("nora-benali", "Nora", "Benali", "buyer"),
    ("hugo-marchand", "Hugo", "Marchand", "accountant"),
)
"""Members of the demo buyer's company account, besides herself."""
DEMO_STAFF = {"key": "margaux-perrot", "first_name": "Margaux", "last_name": "Perrot", "woman": True}


def _buyer(
    key: str, name: str, who: str, company: str, place: str, street: str, sector: str, since: int
) -> Buyer:
    first, _, last = name.partition(" ")
    postcode, _, city = place.partition(" ")
    return Buyer(
        key, first, last, who == "f", french(company), city, postcode, french(street), french(sector), since
    )


BUYERS: tuple[Buyer, ...] = (
    _buyer(
        "camille-rousseau",
        "Camille Rousseau",
        "f",
        "Atelier Lumen",
        "69007 Lyon",
        "14 rue de Gerland",
        "Fabrication de luminaires",
        2024,
    ),
    _buyer(
        "thomas-vidal",
        "Thomas Vidal",
        "m",
        "Menuiserie Vidal",
        "87000 Limoges",
        "3 allée des Tilleuls",
        "Menuiserie bois, 19 salariés",
        2023,
    ),
    _buyer(
        "sarah-benhamou",
        "Sarah Benhamou",
        "f",
        "Benhamou Architecture",
        "75011 Paris",
        "27 passage de la Main-d'Or",
        "Agence d'architecture",
        2024,
    ),
    _buyer(
        "lucas-moreau",
        "Lucas Moreau",
        "m",
        "Brasserie du Canal",
        "31000 Toulouse",
        "8 boulevard de la Marne",
        "Brasserie artisanale et bar",
        2025,
    ),
    _buyer(
        "nathalie-lefort",
        "Nathalie Lefort",
        "f",
        "Transports Lefort",
        "45100 Orléans",
        "2 rue du Clos-Rousseau",
        "Transport régional, 48 salariés",
        2022,
    ),
    _buyer(
        "amadou-sow",
        "Amadou Sow",
        "m",
        "Solara Énergies",
        "34070 Montpellier",
        "115 avenue du Lauragais",
        "Installation de panneaux solaires",
        2023,
    ),
    _buyer(
        "pauline-guerin",
        "Pauline Guérin",
        "f",
        "Maison Tisane",
        "44000 Nantes",
        "19 rue des Olivettes",
        "Infusions biologiques",
        2024,
    ),
    _buyer(
        "stephane-brunet",
        "Stéphane Brunet",
        "m",
        "Mécanique du Forez",
        "42000 Saint-Étienne",
        "61 rue de la Montat",
        "Mécanique de précision, 34 salariés",
        2022,
    ),
    _buyer(
        "linh-pham",
        "Linh Pham",
        "f",
        "Clinique vétérinaire des Pins",
        "33600 Pessac",
        "5 avenue des Provinces",
        "Clinique vétérinaire",
        2025,
    ),
    _buyer(
        "bruno-salvi",
        "Bruno Salvi",
        "m",
        "Salvi Plâtrerie",
        "38000 Grenoble",
        "40 rue Ampère",
        "Plâtrerie et isolation",
        2023,
    ),
    _buyer(
        "marie-anne-hoarau",
        "Marie-Anne Hoarau",
        "f",
        "Association Passerelles",
        "97400 Saint-Denis",
        "12 rue Félix-Guyon",
        "Insertion par l'activité économique",
        2024,
    ),
    _buyer(
        "antonin-delcourt",
        "Antonin Delcourt",
        "m",
        "Delcourt Conseil",
        "59800 Lille",
        "33 rue de Béthune",
        "Conseil en organisation",
        2023,
    ),
    _buyer(
        "yasmine-kaci",
        "Yasmine Kaci",
        "f",
        "Kaci Traiteur",
        "13006 Marseille",
        "70 rue Breteuil",
        "Traiteur et réceptions",
        2025,
    ),
    _buyer(
        "erwan-quemener",
        "Erwan Quéméner",
        "m",
        "Chantier naval Quéméner",
        "56100 Lorient",
        "1 quai du Pourquoi-Pas",
        "Construction et réparation navales",
        2022,
    ),
)
BY_KEY: dict[str, Buyer] = {buyer.key: buyer for buyer in BUYERS}
