"""Orders that do not go straight: something is missing, a revision is refused, a question needs a precision."""

from __future__ import annotations

from marketplace.demo.stories.model import Story, handed, rework, story, turned

STORIES: tuple[Story, ...] = (
    story(
        "canal-business-plan-en-pause",
        "business-plan-complet",
        "lucas-moreau",
        "running",
        1.7,
        "card",
        brief="""
            Brasserie du Canal : nous reprenons le local voisin pour ouvrir un bar de dégustation, quatre mois après
            l'achat de notre ligne d'embouteillage. Le plan sera présenté à deux banques.
        """,
        started=4,
        turns=(
            turned(
                2,
                "supplied",
                "Tout est dans ce dossier : les deux derniers exercices et la situation à fin octobre.",
                "elements-brasserie-du-canal.pdf",
            ),
            turned(27, "asked", "Le projet de bail du local voisin, même non signé"),
        ),
        messages="""
            E 4.2 | Bonjour Lucas, vos chiffres sont clairs. Je commence par le marché et les capacités de production.
            E 27.2 | Il me manque le projet de bail : le loyer et la durée changent tout le plan de financement. Les
              dates sont suspendues en attendant, elles repartiront dès que je l'aurai.
            B 30 | Le notaire me l'envoie demain, je vous le transmets aussitôt.
        """,
    ),
    story(
        "lumen-liste-a-completer",
        "sequence-prospection",
        "camille-rousseau",
        "not_started",
        0.4,
        "card",
        brief="""
            Une séquence pour les gérants de restaurants qui refont leur salle, à envoyer en janvier. Nous avons six
            réalisations à montrer.
        """,
        turns=(
            turned(
                2,
                "supplied",
                "Nos meilleurs clients sont des indépendants qui rénovent tous les huit ans.",
                "realisations-restaurants.pdf",
            ),
        ),
        messages="""
            B 2.2 | Bonjour, voici le premier élément de la liste. J'envoie la suite dès que notre photographe me
              rend les images.
        """,
    ),
    story(
        "lumen-revision-refusee",
        "relecture-business-plan",
        "camille-rousseau",
        "delivered",
        2.7,
        "card",
        brief="Relire notre plan avant le rendez-vous avec la banque, en particulier la page sur la trésorerie.",
        started=3,
        deliveries=(
            handed(
                40,
                """
                Bonjour Camille, voici votre plan annoté et une page de synthèse. La trésorerie tient, à condition de
                demander un acompte de 30 % aux hôtels.
                """,
                "plan-atelier-lumen-annote.pdf",
            ),
        ),
        revisions=(
            rework(
                46,
                "Les annotations sont très utiles, la synthèse aussi.",
                "Il manque une version en anglais pour notre second investisseur.",
                "La traduction complète du plan annoté.",
            ),
        ),
        turns=(
            turned(
                52,
                "refused",
                """
                La traduction n'était ni dans l'offre ni dans votre demande : une relecture porte sur le texte remis.
                Je peux la faire à part, avec un relecteur anglophone.
                """,
                euros=180,
            ),
        ),
        messages="""
            E 3.2 | Bonjour Camille, j'ai tout reçu. Je lis d'abord sans rien noter, comme le fera votre banquier.
            B 46.2 | Merci, c'est exactement ce qu'il me fallait, à un détail près.
        """,
    ),
    story(
        "lumen-question-a-preciser",
        "question-fiscalite",
        "camille-rousseau",
        "running",
        0.7,
        "card",
        brief="""
            Nous prêtons douze lampes à un hôtel pendant six mois avant la vente. Pouvons-nous les amortir pendant
            le prêt ?
        """,
        started=2,
        turns=(
            turned(
                7,
                "asked",
                "Les lampes prêtées sont-elles inscrites en stock ou en immobilisations dans vos comptes ?",
            ),
        ),
    ),
)
