"""Orders accepted after a rework, with their reviews."""

from __future__ import annotations

from marketplace.demo.stories.model import Story, handed, rated, rework, story

STORIES: tuple[Story, ...] = (
    story(
        "tisane-fiches",
        "fiches-produits",
        "pauline-guerin",
        "completed",
        33,
        "card",
        addons=(2,),
        started=7,
        deliveries=(
            handed(
                120,
                """
                Bonjour Pauline, les dix fiches sont jointes, dans le fichier d'importation et dans un document plus
                agréable à relire. J'ai laissé deux questions en rouge sur la provenance de la verveine.
                """,
                "fiches-maison-tisane.docx",
                "import-shopify.csv",
            ),
            handed(
                168,
                """
                Voici les fiches reprises : temps d'infusion au début, provenance complétée, et une accroche plus courte
                pour les coffrets.
                """,
                "fiches-maison-tisane-v2.docx",
                "import-shopify-v2.csv",
            ),
        ),
        revisions=(
            rework(
                144,
                "Le ton est exactement le nôtre, l'accroche de la menthe poivrée est parfaite.",
                "Le temps d'infusion arrive trop bas dans la page, nos clientes le cherchent en premier.",
                "Le temps et la température dès la première ligne, et une accroche plus courte sur les coffrets.",
            ),
        ),
        accepted=190,
        review=rated(
            192,
            4,
            """
            Des fiches vivantes, écrites à partir des questions de nos clientes. Une retouche a été nécessaire pour
            l'ordre des informations, faite en deux jours. Les paniers avec plusieurs produits sont plus nombreux depuis.
            """,
            """
            Merci Pauline, votre remarque sur le temps d'infusion m'a servi pour d'autres boutiques. Au plaisir !
            """,
        ),
        brief="""
            Dix infusions, dont trois coffrets. Nos clientes demandent toujours : combien de temps, à quelle
            température, et d'où viennent les plantes.
        """,
        messages="""
            B 2 [questions-clientes.pdf] | Bonjour Marina, voici soixante questions reçues par courriel. C'est une
              mine.
            E 7.3 | Bonjour Pauline, merci, je n'ai plus qu'à écouter vos clientes.
            B 145 | Une retouche, si vous le voulez bien : le temps d'infusion tout en haut.
            E 150 | Bien sûr. Vous avez raison, je le cherchais aussi.
        """,
    ),
    story(
        "solara-business-plan",
        "business-plan-complet",
        "amadou-sow",
        "completed",
        61,
        "transfer",
        addons=(0, 2),
        started=1,
        deliveries=(
            handed(
                46,
                """
                Bonjour Amadou, voici le document et le classeur. Le point fort de votre dossier est la récurrence des
                contrats d'entretien : je l'ai placé dès la première page.
                """,
                "business-plan-solara.pdf",
                "previsionnel-solara.xlsx",
            ),
            handed(
                74,
                """
                La version avec la baisse du tarif de rachat est jointe. Le point mort recule de deux mois, ce qui reste
                tout à fait défendable.
                """,
                "business-plan-solara-v2.pdf",
                "previsionnel-solara-v2.xlsx",
            ),
        ),
        revisions=(
            rework(
                55,
                "La lecture est fluide, le résumé donne envie.",
                "Le tarif de rachat de l'électricité a baissé cette semaine, nos hypothèses datent.",
                "La même chose avec le nouveau tarif, et une phrase qui montre que nous l'avons anticipé.",
            ),
        ),
        accepted=80,
        review=rated(
            82,
            5,
            """
            La banque a dit oui au premier rendez-vous. Claire a posé les bonnes questions dès le départ et le classeur
            reste simple à modifier soi-même. L'appel de préparation valait à lui seul le prix.
            """,
            "Merci Amadou, très heureuse pour Solara. Bonne route, et écrivez-moi à l'ouverture de l'agence.",
        ),
        brief="""
            Installation de panneaux pour agriculteurs, onze salariés. Nous cherchons 250 000 € pour deux équipes de
            plus. Le rendez-vous est dans cinq jours.
        """,
        messages="""
            B 0.3 [bilans-solara.pdf] | Bonjour Claire, rendez-vous mardi, je suis désolé du délai.
            E 1.1 | Bonjour Amadou, c'est jouable, à condition de se parler ce soir trente minutes.
            B 1.6 | Entendu, 19 heures en visioconférence, depuis le dépôt.
            E 46.3 | Livré. Lisez d'abord la page une, à voix haute.
            B 56 | Le tarif de rachat vient de changer ! Je demande une retouche.
            E 57 | Vu. C'est une chance : montrer que vous réagissez en 24 heures rassurera tout le monde.
        """,
    ),
    story(
        "vidal-document-unique",
        "document-unique",
        "thomas-vidal",
        "completed",
        70,
        "transfer",
        addons=(1,),
        started=28,
        deliveries=(
            handed(
                250,
                """
                Bonjour Thomas, voici le document unique, le plan d'action et les fiches par poste. La scie à format
                passe avant tout le reste : le devis de protection est à demander cette semaine.
                """,
                "document-unique-vidal.pdf",
                "plan-action-prevention.xlsx",
            ),
            handed(
                330,
                """
                La version avec les deux postes de pose ajoutés est jointe. J'ai aussi complété le volet psychosocial
                avec les dernières réponses.
                """,
                "document-unique-vidal-v2.pdf",
            ),
        ),
        revisions=(
            rework(
                275,
                "Les fiches par poste sont très bien faites, les gars les ont lues.",
                "La pose sur chantier est traitée en une ligne alors que c'est la moitié de notre activité.",
                "Un chapitre sur la pose, avec les échafaudages et la route.",
            ),
        ),
        accepted=352,
        review=rated(
            354,
            4,
            """
            Un vrai travail de terrain, même à distance. Il a fallu une retouche pour la pose sur chantier. Le plan
            d'action est court et chacun sait ce qu'il doit faire.
            """,
            "Merci Thomas. La pose méritait mieux, vous avez eu raison d'insister.",
        ),
        brief="""
            Un atelier et quatre équipes de pose. L'inspection du travail passe au printemps et notre document date de
            2018.
        """,
        messages="""
            B 10 [photos-atelier.pdf] | Bonjour Caroline, l'atelier sans rangement, comme demandé.
            E 28.4 | Merci, c'est très parlant. Qui peut me parler de la pose ?
            B 30 | Mickaël et Sonia, je vous donne leurs horaires.
            B 276 | Il manque la pose, je vous demande un complément.
            E 280 | Vous avez raison, je rappelle Mickaël demain.
        """,
    ),
)
