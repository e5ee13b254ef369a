"""Sales: prospecting."""

from __future__ import annotations

from marketplace.demo.model import Offer, call, cover, job

CATEGORY = "commercial-marketing"

OFFERS: tuple[Offer, ...] = (
    job(
        "sequence-prospection",
        "antoine-mercier",
        CATEGORY,
        "Séquence de prospection LinkedIn et courriel, prête à envoyer",
        240,
        3,
        includes="""
            Une cible précise et les critères pour la trouver
            Six messages courts, sur trois semaines
            Deux variantes à comparer et la règle pour trancher
            Un tableau de suivi des réponses
        """,
        description="""
            J'ai envoyé assez de mauvais messages pour savoir ce qui agace : le compliment creux, le pavé, la
            relance qui s'excuse. Une bonne approche tient en soixante mots, part d'un fait et pose une question à
            laquelle on peut répondre par oui ou par non.

            Je vous interroge, je lis vos échanges gagnants, puis j'écris. Tout est à envoyer à la main ou avec
            votre outil, dans le respect des règles de prospection entre professionnels.
        """,
        needs="""
            Votre offre et un client type
            Deux ou trois messages déjà envoyés, même ratés
            Votre profil LinkedIn
        """,
        addons=[
            ("Liste de cent contacts", "Vérifiée à la main, sans adresse devinée.", 190, 4),
            ("Refonte du profil LinkedIn", "Titre, résumé et expériences.", 90, 1),
            ("Script d'appel", "Une page, avec les objections.", 60, 1),
        ],
        faq="""
            Automatisez-vous les envois ?
            Je le déconseille sur LinkedIn. Pour le courriel, je paramètre votre outil si vous le souhaitez.
            Combien de réponses espérer ?
            Entre 10 et 30 % selon la cible. Je vous dis ce qui me paraît réaliste avant d'écrire.
        """,
        opening="""
            Bonjour ! Deux questions pour écrire juste : quel client récent aimeriez-vous avoir en dix exemplaires,
            et qu'est-ce qui l'a décidé ? Répondez comme vous parlez, par écrit ou en vocal. Antoine.
        """,
        keywords="prospection; LinkedIn; courriel; séquence; rendez-vous; messages",
        cover=cover(
            "inbox",
            "blush",
            "Séquence de prospection",
            "Un seul objectif : obtenir un rendez-vous",
            "Prise de contact; Preuve par l'exemple; Dernière relance",
            "31 %|de réponses; |Jour 1; |Jour 4; |Jour 9",
        ),
    ),
    job(
        "mise-en-place-hubspot",
        "antoine-mercier",
        CATEGORY,
        "HubSpot prêt à vendre : étapes, champs, tableaux et reprise de vos contacts",
        620,
        6,
        includes="""
            Un processus de vente paramétré en cinq à sept étapes
            La reprise de vos contacts, dédoublonnés, jusqu'à 3 000 lignes
            Trois tableaux de bord et quatre modèles de messages
            Une formation enregistrée de quarante-cinq minutes
        """,
        description="""
            Un outil commercial échoue quand il demande plus qu'il ne rend. Je limite les champs obligatoires à
            cinq, j'écris les étapes avec vos mots et je vérifie qu'un vendeur peut tout saisir depuis sa voiture.

            Je reprends votre fichier actuel, je nettoie, j'importe. Les automatisations sont rares et utiles : un
            rappel quand un devis dort, une alerte quand un client revient sur votre site.

            La formule gratuite ou d'entrée suffit dans la plupart des cas, et je vous dis quand ce n'est plus vrai.
        """,
        needs="""
            Un accès administrateur à votre compte
            Votre fichier de contacts actuel
            Une description de vos étapes de vente
        """,
        addons=[
            ("Connexion à votre messagerie", "Suivi des échanges et des rendez-vous.", 70, 1),
            ("Formulaires du site", "Trois formulaires reliés à l'outil.", 120, 1),
            ("Assistance d'un mois", "Réponse sous 24 heures aux questions de l'équipe.", 150, 0),
        ],
        faq="""
            Travaillez-vous avec d'autres logiciels ?
            Oui, Pipedrive et Brevo, par une demande sur mesure.
            Que deviennent mes données ?
            Elles restent dans votre compte. Mon accès est retiré à la fin.
        """,
        opening="""
            Bonjour, merci. Créez-moi un accès administrateur et envoyez-moi votre fichier de contacts, même en
            désordre. Racontez-moi ensuite votre dernière vente, du premier contact à la facture : j'en tirerai vos
            étapes. Antoine.
        """,
        keywords="HubSpot; CRM; pipeline; contacts; automatisation; formation",
        cover=cover(
            "kanban",
            "sky",
            "Affaires en cours",
            "",
            "Menuiserie Bosc, 8 400 €; Cabinet Aubry, 3 200 €; Mairie de Lans, 12 600 €; Hôtel des Cimes, 6 900 €;"
            "Groupe Velay, 21 000 €; Ateliers Roy, 4 700 €; Clinique du Lac, 9 300 €; Coop Avenir, 5 100 €",
            "|À qualifier; |Proposition; |Gagné",
        ),
    ),
    call(
        "appel-prospection",
        "antoine-mercier",
        CATEGORY,
        "Votre prospection passée au crible en 30 minutes",
        55,
        30,
        includes="""
            Trente minutes sur vos messages et votre cible
            Un message réécrit devant vous
            Une routine d'une heure par semaine
        """,
        description="""
            Montrez-moi ce que vous envoyez et à qui. Je vous dis ce qui se lit, ce qui se supprime et ce qui manque,
            puis nous réécrivons ensemble votre premier message.

            Vous terminez avec une routine tenable : qui contacter, quand, et à quel moment s'arrêter.
        """,
        needs="""
            Trois messages envoyés récemment
            Une phrase sur votre offre
        """,
        faq="""
            Est-ce adapté aux professions réglementées ?
            Oui, nous tenons compte de vos règles déontologiques.
            L'appel peut-il avoir lieu le soir ?
            Oui, jusqu'à 20 heures, sur les créneaux affichés.
        """,
        opening="""
            Bonjour, c'est réservé. Collez ici trois messages que vous avez vraiment envoyés, y compris ceux restés
            sans réponse. Je les lirai avant notre appel, sans jugement. Antoine.
        """,
        keywords="prospection; message; LinkedIn; conseil; routine",
        cover=cover(
            "call_card",
            "sun",
            "Votre prospection au crible",
            "",
            "Votre cible; Votre premier message; Une routine hebdomadaire",
            "30 min|Un message réécrit",
        ),
    ),
)
