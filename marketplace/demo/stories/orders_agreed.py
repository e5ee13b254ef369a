"""Orders whose parties agree on something else: an extra bought on the way, a later date, a split, an early end."""

from __future__ import annotations

from marketplace.demo.stories.model import Story, story, turned

STORIES: tuple[Story, ...] = (
    story(
        "lumen-proposition-avec-complement",
        "proposition-commerciale",
        "camille-rousseau",
        "running",
        2.2,
        "card",
        brief="""
            Un modèle de proposition pour les hôtels de quinze à quarante chambres. Nos devis actuels tiennent en une
            page et ne racontent rien.
        """,
        started=5,
        turns=(
            turned(
                20,
                "extra",
                """
                Les architectes qui vous prescrivent attendent un dossier plus technique. Je peux décliner le modèle
                pour eux, avec une page de références et les plans d'éclairage.
                """,
                title="Version pour les architectes",
                euros=90,
                days=1,
            ),
            turned(26, "extra_paid"),
        ),
        messages="""
            E 5.2 | Bonjour Camille, j'ai lu vos trois derniers devis. Je vous envoie un plan demain.
            B 19 | Nos meilleurs chantiers arrivent par des architectes : le modèle leur parlera aussi ?
            E 20.2 | Pas tel quel. Je vous propose une version à part, voyez le complément ci-dessus.
            B 26.2 | C'est payé, merci. Un jour de plus ne me gêne pas.
        """,
    ),
    story(
        "lumen-plaquette-plus-tard",
        "plaquette",
        "camille-rousseau",
        "running",
        3,
        "card",
        brief="Une plaquette de huit pages pour le salon de janvier : six réalisations, notre atelier, nos délais.",
        started=6,
        turns=(
            turned(
                66,
                "later",
                """
                L'imprimeur que vous m'indiquez demande un format à part. Trois jours de plus me permettent de refaire
                la grille au lieu de la déformer.
                """,
                days=3,
            ),
        ),
        messages="""
            E 6.2 | Bonjour Camille, bien reçu. Je commence par la grille et la couverture.
            B 60 | Notre imprimeur travaille en 20 × 26 cm, est-ce encore possible ?
        """,
    ),
    story(
        "vidal-dossier-partage",
        "dossier-credit-bancaire",
        "thomas-vidal",
        "settled",
        19,
        "card",
        brief="Un dossier pour financer une raboteuse quatre faces, 46 000 €, auprès de notre banque.",
        started=8,
        turns=(
            turned(
                70,
                "split",
                """
                Le vendeur nous prête finalement la machine pendant un an : nous n'avons plus besoin du prêt. L'analyse
                que vous avez faite nous reste utile, je vous propose d'en payer la plus grande part.
                """,
                euros=152,
            ),
            turned(80, "agreed"),
        ),
        messages="""
            E 8.2 | Bonjour Thomas, j'ai vos trois bilans. Je commence par la capacité de remboursement.
            E 60 | L'analyse est faite : vous pouvez porter ce prêt. Je rédige le dossier cette semaine.
            B 69 | Changement de programme de notre côté, je vous explique dans la proposition.
        """,
    ),
    story(
        "tisane-relecture-arretee",
        "relecture-business-plan",
        "pauline-guerin",
        "running",
        1.5,
        "card",
        brief="Relire le plan de notre seconde boutique avant de l'envoyer à la banque.",
        started=4,
        turns=(
            turned(
                30,
                "ending",
                """
                Le bail de la boutique vient de nous échapper : le plan n'a plus d'objet. Pouvez-vous accepter
                d'annuler ?
                """,
            ),
        ),
        messages="""
            E 4.2 | Bonjour Pauline, je lis votre plan ce soir.
        """,
    ),
)
