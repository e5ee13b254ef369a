"""Strategy: plans and governance."""

from __future__ import annotations

from marketplace.demo.model import Offer, call, cover, job

CATEGORY = "strategie"

OFFERS: tuple[Offer, ...] = (
    job(
        "plan-strategique",
        "julien-astier",
        CATEGORY,
        "Plan stratégique à trois ans, chiffré et discuté avec votre équipe",
        2400,
        20,
        includes="""
            Six entretiens avec vos dirigeants et deux clients
            Un diagnostic de dix pages et une carte des choix possibles
            Un plan à trois ans : cinq chantiers, un budget, des renoncements
            Deux ateliers en visioconférence avec votre comité
        """,
        description="""
            Une stratégie se reconnaît à ce qu'elle interdit. Je commence par comprendre où vous gagnez réellement de
            l'argent, avec qui, et pourquoi ces clients restent. Les entretiens sont confidentiels et leur synthèse
            est souvent le moment le plus instructif.

            Vient ensuite la carte des choix : trois ou quatre directions crédibles, avec leurs exigences et leurs
            risques. Nous en débattons en atelier. Je n'arrive pas avec la réponse, mais je ne quitte pas la salle
            sans décision.

            Le plan final tient en vingt pages : cinq chantiers, un responsable et un budget pour chacun, et la liste
            de ce que vous cesserez de faire.
        """,
        needs="""
            Vos comptes sur trois ans, par activité si possible
            Six interlocuteurs et deux clients à rencontrer
            Les plans ou études déjà réalisés
            Deux demi-journées d'atelier
        """,
        addons=[
            ("Suivi à six mois", "Une demi-journée pour mesurer et corriger.", 490, 0),
            ("Présentation aux salariés", "Dix pages et un texte d'allocution.", 260, 3),
            ("Entretiens supplémentaires", "Quatre clients ou partenaires de plus.", 380, 4),
        ],
        faq="""
            À partir de quelle taille intervenez-vous ?
            De quinze à trois cents salariés. En dessous, l'appel d'une heure suffit souvent.
            Les ateliers peuvent-ils se tenir sur place ?
            Oui, en Île-de-France sans supplément, ailleurs avec les frais de déplacement.
        """,
        opening="""
            Bonjour, et merci de me confier une décision aussi importante. Avant nos entretiens, répondez seul à trois
            questions : qu'est-ce qui vous rend fier, qu'est-ce qui vous inquiète, que faites-vous par habitude ? Une
            page suffit. Julien.
        """,
        keywords="plan stratégique; diagnostic; comité de direction; choix; croissance; PME",
        cover=cover(
            "slides",
            "teal",
            "Trois ans pour\nchoisir",
            "Plan stratégique 2027 – 2029",
            "Cinq chantiers; Calendrier; Recentrer; Recruter; Ouvrir; Transmettre",
            "5|Chantiers; 11|Renoncements; 1|Cap",
        ),
    ),
    job(
        "analyse-concurrentielle",
        "julien-astier",
        CATEGORY,
        "Analyse de cinq concurrents : offre, prix, discours, points faibles",
        650,
        7,
        includes="""
            Une fiche de deux pages par concurrent
            Un tableau comparatif sur quinze critères
            Trois espaces libres sur votre marché
            Une synthèse de quatre pages pour décider
        """,
        description="""
            Vos concurrents disent beaucoup d'eux-mêmes : annonces d'emploi, avis de clients, comptes déposés,
            brevets, prix publics. Je rassemble ces traces, légalement, et je les lis comme un dirigeant : que
            préparent-ils, et que ne peuvent-ils pas faire ?

            La synthèse se concentre sur ce que cela change pour vous. Il y a presque toujours une clientèle que
            personne ne veut bien servir.
        """,
        needs="""
            Les cinq concurrents, ou vos hypothèses
            Votre offre et vos prix
            La décision que vous avez à prendre
        """,
        addons=[
            ("Trois concurrents de plus", "Mêmes fiches, même grille.", 240, 3),
            ("Appels de clients", "Cinq entretiens avec des acheteurs du secteur.", 360, 5),
        ],
        faq="""
            Vous faites-vous passer pour un client ?
            Non. Toutes mes sources sont publiques ou déclarées.
            Mettez-vous l'analyse à jour ?
            Sur demande, chaque semestre, à moitié prix.
        """,
        opening="""
            Bonjour ! Donnez-moi vos cinq concurrents, puis un sixième : celui que vos clients choisiraient si aucun
            d'entre vous n'existait. C'est souvent lui le plus dangereux. Julien.
        """,
        keywords="concurrence; analyse; marché; positionnement; veille; prix",
        cover=cover(
            "radar",
            "mist",
            "Cinq concurrents comparés",
            "Vous en rouge, le meilleur de chacun en vert",
            "Prix; Délai; Gamme; Service; Notoriété; Innovation",
            "3|espaces libres; 15|critères; 42|sources citées",
        ),
    ),
    call(
        "appel-decision-strategique",
        "julien-astier",
        CATEGORY,
        "Une décision stratégique à prendre : une heure pour la poser",
        160,
        60,
        includes="""
            Une heure de discussion structurée
            La décision reformulée, avec ses options réelles
            Un relevé d'une page : critères, risques, prochaine étape
        """,
        description="""
            Racheter ce concurrent, ouvrir un second site, refuser ce client, s'associer : une décision importante
            gagne à être dite à voix haute devant quelqu'un qui n'a rien à y gagner.

            Je reformule, je cherche l'option que vous n'avez pas citée, je demande ce qui vous ferait changer
            d'avis. Vous décidez, plus tranquille.
        """,
        needs="""
            La décision en trois phrases
            Les chiffres que vous jugez importants
        """,
        faq="""
            Donnez-vous votre avis ?
            Oui, à la fin, si vous le demandez.
            Puis-je venir avec un associé ?
            Oui. Prévenez-moi si vous n'êtes pas d'accord entre vous.
        """,
        opening="""
            Bonjour, je vous remercie. Écrivez la décision sous forme de question, puis la réponse que vous donneriez
            aujourd'hui s'il fallait trancher dans l'heure. Nous la mettrons à l'épreuve. Julien.
        """,
        keywords="décision; stratégie; dirigeant; options; conseil",
        cover=cover(
            "call_voices",
            "mint",
            "Une décision à prendre",
            "",
            "",
            "60 min|relevé d'une page",
        ),
    ),
    job(
        "comite-direction",
        "catherine-morel",
        CATEGORY,
        "Faire vivre votre comité de direction : rythme, tableau de bord, règles",
        540,
        6,
        includes="""
            Un ordre du jour type et un calendrier annuel
            Un tableau de bord d'une page, douze indicateurs
            Une règle de décision et un relevé en dix lignes
            L'observation d'une réunion et mon retour
        """,
        description="""
            Un comité qui dure trois heures et ne décide rien coûte le prix d'un cadre. J'en ai présidé quelques
            centaines, dont plusieurs mauvais, avant de trouver un format qui tient en quatre-vingt-dix minutes.

            J'assiste à l'une de vos réunions, en silence. Je vous dis ensuite ce que j'ai vu, et je vous remets des
            outils simples : qui prépare, qui décide, ce qu'on ne traite plus.
        """,
        needs="""
            Les trois derniers ordres du jour
            La liste des membres et leurs responsabilités
            Une réunion à laquelle je puisse assister à distance
        """,
        addons=[
            ("Deuxième observation", "Trois mois plus tard, avec un nouveau retour.", 190, 0),
            ("Entretiens individuels", "Cinq membres, trente minutes chacun.", 320, 4),
        ],
        faq="""
            Votre présence ne va-t-elle pas fausser la réunion ?
            Les dix premières minutes, oui. Ensuite, on m'oublie.
            Intervenez-vous en cas de conflit entre membres ?
            Cela demande un autre cadre. Parlons-en avant de commander.
        """,
        opening="""
            Bonjour. Envoyez-moi les trois derniers ordres du jour tels quels et la date de votre prochain comité.
            Dites aussi à vos collègues que je viens observer une réunion, non des personnes. Catherine.
        """,
        keywords="comité de direction; gouvernance; réunion; tableau de bord; décision",
        cover=cover(
            "calendar",
            "sand",
            "Mars 2027",
            "Vie du comité",
            "Comité|un lundi sur deux; Tableau de bord|le vendredi; Décisions|sous 48 h; Séminaire|deux fois l'an",
        ),
    ),
    job(
        "diagnostic-transmission",
        "catherine-morel",
        CATEGORY,
        "Diagnostic de transmission : votre entreprise peut-elle se passer de vous ?",
        1250,
        12,
        includes="""
            Un diagnostic de dépendance en six domaines
            Quatre entretiens avec vos bras droits
            Un plan de délégation sur dix-huit mois
            Une synthèse à partager avec votre famille ou vos associés
        """,
        description="""
            Une entreprise qui dépend de son dirigeant se vend mal et se transmet encore moins bien. Je cherche, avec
            tact, tout ce qui passe par vous : clients, banques, prix, secrets de fabrication, conflits.

            J'ai vécu cette étape. Je sais qu'elle touche autant à la vie personnelle qu'à l'organisation, et je ne
            sépare pas les deux artificiellement.

            Le plan de délégation avance par paliers : ce que vous confiez, à qui, avec quel filet.
        """,
        needs="""
            Votre organigramme et vos fonctions réelles
            Quatre collaborateurs à rencontrer
            Votre horizon et vos souhaits pour la suite
        """,
        addons=[
            ("Accompagnement de six mois", "Un entretien mensuel d'une heure.", 780, 0),
            ("Réunion de famille", "Deux heures animées à distance ou sur place.", 340, 3),
        ],
        faq="""
            Mes collaborateurs sauront-ils que je pense à partir ?
            Seulement si vous le souhaitez. Nous choisissons ensemble les mots de présentation.
            Estimez-vous la valeur de l'entreprise ?
            Non, d'autres le font très bien. Je dis ce qui la fait baisser.
        """,
        opening="""
            Bonjour. Merci de votre confiance. Pendant une semaine, notez chaque fois que quelqu'un vous attend pour
            avancer : un mot par ligne suffit. Ce carnet sera la première pièce de mon diagnostic. Catherine.
        """,
        keywords="transmission; délégation; dirigeant; succession; gouvernance",
        cover=cover(
            "orgchart",
            "blush",
            "Qui peut décider sans vous ?",
            "",
            "Direction|Tout passe ici; Production|Autonome; Commerce|En partie; Finance|Dépendante; Technique|Autonome;"
            "Atelier|14 pers.; Agences|5 pers.; Méthodes|3 pers.",
            "À confier|sous 18 mois",
        ),
    ),
    call(
        "appel-pair-dirigeant",
        "catherine-morel",
        CATEGORY,
        "Parler franchement à une ancienne dirigeante, pendant une heure",
        150,
        60,
        includes="""
            Une heure d'écoute et de questions
            Un regard d'expérience, sans complaisance
            Une lettre d'une page, envoyée le lendemain
        """,
        description="""
            À qui dire que l'on doute, que l'on est fatigué, que l'on ne sait plus si l'on a raison ? J'ai dirigé
            quinze ans, traversé un redressement, licencié, embauché, transmis. Je n'ai rien à vous vendre ensuite.

            Nous parlons de ce que vous voulez. Le lendemain, je vous écris une lettre : elle reprend ce que j'ai
            entendu et deux ou trois pistes.
        """,
        needs="""
            Une heure sans interruption
            Un lieu où personne ne vous entend
        """,
        faq="""
            Est-ce de l'accompagnement psychologique ?
            Non. Si je perçois un épuisement, je vous oriente vers les bons professionnels.
            Peut-on se parler régulièrement ?
            Oui, certains réservent un appel chaque trimestre.
        """,
        opening="""
            Bonjour. Notre rendez-vous est pris, et tout ce que vous me direz restera entre nous. Choisissez un endroit
            où l'on ne vous dérangera pas. Vous n'avez rien à préparer. Catherine.
        """,
        keywords="dirigeant; solitude; écoute; expérience; recul",
        cover=cover(
            "call_card",
            "sand",
            "Parler de dirigeante à dirigeant",
            "",
            "Ce qui vous pèse; Ce que j'en ai appris; La lettre du lendemain",
            "60 min|En toute confidentialité",
        ),
    ),
)
