"""What gives the demo market life beside its offers: words of one meaning, and offers that staff have in hand."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.demo.model import Offer, cover, job, question

SYNONYMS = (
    ("business plan", "BP", "plan d’affaires"),
    ("prévisionnel", "chiffrage", "projections financières"),
    ("trésorerie", "cash", "BFR"),
    ("recrutement", "embauche", "chasse de tête"),
    ("freelance", "indépendant", "prestataire"),
    ("contrat", "convention", "accord"),
    ("RGPD", "données personnelles", "DPO"),
    ("prospection", "démarchage", "génération de leads"),
    ("tableau de bord", "dashboard", "reporting"),
    ("site web", "site internet", "page web"),
)

FILM = "business-plan-complet"
"""The offer that has a film, and the name of its files."""

QUEUES = {"sequence-prospection": 2, "dossier-credit-bancaire": 3}
"""How many orders of these offers wait for their work at most; the first one is full."""


@dataclass(frozen=True)
class InHand:
    """An offer that is not on sale yet, or no longer: ``state`` waiting, refused or held, and the reason given."""

    offer: Offer
    state: str
    hours_ago: int
    reason: str = ""


IN_HAND = (
    InHand(
        job(
            "diagnostic-prix-de-revient",
            "karim-benali",
            "finance-gestion",
            "Diagnostic de vos prix de revient, produit par produit",
            640,
            8,
            faq="",
            includes="""
                Un classeur de calcul du prix de revient pour dix produits
                Une synthèse de quatre pages avec les trois décisions à prendre
                Une heure de restitution à distance
            """,
            description="""
                Vous vendez bien et la marge ne suit pas. Je reprends vos gammes une à une : matières, temps de
                main-d'œuvre, machines, pertes et frais fixes, à partir de vos relevés et non de ratios de branche.

                Vous recevez un classeur que vos équipes peuvent tenir à jour, et une synthèse qui dit quels produits
                gagnent de l'argent, lesquels en perdent, et ce qu'il faudrait changer pour que chacun paie sa part.
            """,
            needs="""
                Vos nomenclatures et gammes de fabrication
                Le grand livre du dernier exercice
            """,
            opening="""
                Bonjour et merci. Je vous envoie la liste des relevés utiles dans la journée ; rien ne presse tant
                que nous n'avons pas choisi ensemble les dix produits. À tout de suite, Karim.
            """,
            keywords="prix de revient; marge; industrie; coûts",
            cover=cover("report", "teal", "Prix de revient", "Atelier", "Coûts", "10|produits; 3|décisions"),
        ),
        "waiting",
        5,
    ),
    InHand(
        question(
            "question-clause-non-concurrence",
            "helene-bonnet",
            "ressources-humaines",
            "Votre clause de non-concurrence tient-elle la route ?",
            55,
            48,
            includes="",
            needs="""
                Le texte de la clause et le poste concerné
            """,
            faq="",
            description="""
                Envoyez-moi la clause telle qu'elle est écrite et le poste concerné. Je vous dis par écrit si elle est
                applicable, ce qu'elle vous coûterait au départ du salarié, et comment y renoncer ou la réécrire.
            """,
            opening="""
                Bonjour, merci de votre question. Copiez ici la clause entière et dites-moi la convention collective
                appliquée. Hélène.
            """,
            keywords="non-concurrence; contrat de travail; départ",
            cover=cover("report", "teal", "Clause", "Question", "Réponse", "48 h|délai"),
        ),
        "waiting",
        27,
    ),
    InHand(
        job(
            "site-vitrine-en-trois-jours",
            "dominique-ferrand",
            "commercial-marketing",
            "Tout ce qu'il faut pour vendre plus, tout de suite",
            90,
            3,
            needs="",
            faq="",
            includes="""
                Des conseils
            """,
            description="""
                Je vous aide à vendre plus grâce à ma longue expérience. Appelez-moi pour en parler et nous verrons
                ensemble ce qu'il est possible de faire selon votre situation et votre budget.
            """,
            opening="""
                Bonjour, merci pour votre commande.
            """,
            keywords="vente; conseil; croissance",
            cover=cover("report", "teal", "Vendre", "Plus", "Vite", "3 j|délai"),
        ),
        "refused",
        50,
        "Un client ne peut pas se représenter ce qu'il recevra : dites le livrable (nombre de pages, format), pour qui"
        " il est fait et où s'arrête votre travail. Les échanges passent par la commande, pas par téléphone.",
    ),
    InHand(
        job(
            "audit-securite-informatique",
            "mehdi-zerrouki",
            "informatique-data",
            "Audit de sécurité informatique d'une petite entreprise",
            750,
            10,
            needs="""
                La liste de vos outils et de qui s'en sert
            """,
            faq="",
            includes="""
                Un rapport de quinze pages classé par urgence
                Une liste de corrections à faire soi-même
            """,
            description="""
                Je passe en revue vos postes, vos accès, vos sauvegardes et votre messagerie, avec vous et sans rien
                installer. Vous recevez un rapport classé par urgence, écrit pour un dirigeant, et la liste des
                corrections que vous pouvez faire vous-même le jour même.
            """,
            opening="""
                Bonjour et merci. Commençons par la liste de vos outils : un simple tableau suffit. Mehdi.
            """,
            keywords="sécurité; sauvegarde; audit; PME",
            cover=cover("report", "teal", "Sécurité", "Audit", "Accès", "15|pages"),
        ),
        "held",
        200,
        "Une certification citée dans la description n'a pas pu être vérifiée. Envoyez-nous l'attestation, ou retirez-la.",
    ),
)
