"""Sales: presentations, proposals and sales plans."""

from __future__ import annotations

from marketplace.demo.model import Offer, call, cover, job

CATEGORY = "commercial-marketing"

OFFERS: tuple[Offer, ...] = (
    job(
        "presentation-12-pages",
        "sophie-tran",
        CATEGORY,
        "Présentation de 12 pages qui raconte votre entreprise et fait acheter",
        560,
        5,
        includes="""
            Un récit en douze pages, une idée par page
            Une mise en page soignée au format PowerPoint, à vos couleurs
            Les notes de l'orateur pour chaque page
            Une version PDF légère à envoyer par courriel
        """,
        description="""
            Une présentation réussie se comprend sans celui qui la présente, et s'efface quand il parle. Je commence
            par l'histoire : le problème de votre client, ce que vous changez, la preuve, la suite. Les pages
            viennent après.

            Je reprends vos chiffres, vos photographies et vos références. Les schémas sont dessinés et non
            empruntés, les textes font rarement plus de vingt mots, et tout reste modifiable par vos équipes.

            Vous validez le plan au bout de deux jours, avant que je ne mette en page : c'est là que se gagnent les
            retouches.
        """,
        needs="""
            Votre présentation actuelle ou vos notes
            Votre logo, vos couleurs et vos photographies
            Le public visé et la durée prévue
        """,
        addons=[
            ("Cinq pages de plus", "Annexes, cas clients ou chiffres.", 140, 1),
            ("Version anglaise", "Traduite et relue par un anglophone.", 160, 2),
            ("Livraison en 48 heures", "Pour un rendez-vous déjà pris.", 180, -3),
            ("Répétition en visioconférence", "Une heure pour prendre le texte en bouche.", 90, 0),
        ],
        faq="""
            Travaillez-vous avec Google Slides ou Keynote ?
            Oui, précisez-le au départ. Le rendu est le même.
            Écrivez-vous les textes ?
            Oui, à partir d'un entretien de quarante-cinq minutes et de vos documents.
        """,
        opening="""
            Bonjour et merci ! Trois choses pour démarrer : vos documents tels quels, le nom de la personne qui
            verra cette présentation en premier, et ce que vous voulez qu'elle fasse juste après. Je vous propose un
            plan sous deux jours. Sophie.
        """,
        keywords="présentation; PowerPoint; pitch; investisseurs; récit; mise en page",
        cover=cover(
            "slides",
            "sun",
            "Notre ambition :\ndoubler sans diluer",
            "Présentation aux investisseurs",
            "Trois leviers de croissance; Calendrier 2027; Lancement; Allemagne; Atelier n° 2; Gamme pro",
            "+ 38 %|Panier; × 2|Réseau; 3|Gammes",
        ),
    ),
    job(
        "proposition-commerciale",
        "sophie-tran",
        CATEGORY,
        "Modèle de proposition commerciale que vos clients liront jusqu'au bout",
        340,
        4,
        includes="""
            Un modèle Word ou PowerPoint de six à huit pages
            Une page de synthèse qui suffit à décider
            Un exemple rempli sur l'une de vos affaires
            Une notice pour vos commerciaux
        """,
        description="""
            Votre client ouvre la proposition, cherche le prix, puis revient au début s'il lui reste du temps. Je
            dessine un document qui accepte cette lecture : tout est dit en première page, le reste rassure.

            Je relis trois de vos propositions, une gagnée, une perdue, une sans réponse. La différence m'apprend
            davantage que n'importe quel modèle. Puis j'écris la structure et les phrases qui ne changent pas.
        """,
        needs="""
            Trois propositions récentes
            Vos conditions de vente
            Votre charte, si elle existe
        """,
        addons=[
            ("Deuxième modèle", "Pour une autre offre ou un autre public.", 140, 2),
            ("Formation de l'équipe", "Une heure d'écriture sur vos affaires en cours.", 110, 0),
        ],
        faq="""
            Peut-on relier le modèle à notre logiciel commercial ?
            Je prépare les champs à fusionner. Le paramétrage reste à votre charge.
            Le prix doit-il figurer en première page ?
            Presque toujours. Nous en parlons selon votre métier.
        """,
        opening="""
            Bonjour, merci pour votre commande. Envoyez-moi une proposition gagnée, une perdue et une restée sans
            réponse, sans rien corriger. Dites-moi aussi laquelle vous a coûté le plus de travail. Sophie.
        """,
        keywords="proposition commerciale; devis; modèle; vente; rédaction",
        cover=cover(
            "invoice",
            "blush",
            "Proposition\ncommerciale",
            "Réf. P-2611, valable trente jours",
            "Cadrage|1200; Atelier d'équipe|850; Conception|3400; Déploiement|2600; Suivi à trois mois|900",
            "Signé|Bon pour accord",
        ),
    ),
    job(
        "memoire-technique",
        "sophie-tran",
        CATEGORY,
        "Réponse à appel d'offres : mémoire technique rédigé et mis en page",
        980,
        10,
        includes="""
            Une lecture du règlement et la décision de répondre ou non
            Un mémoire de 20 à 30 pages, critère par critère
            Les schémas de méthode, d'équipe et de planning
            Un contrôle final de conformité des pièces
        """,
        description="""
            Un mémoire se note avec une grille. Je la recopie en sommaire, puis je réponds à chaque critère dans
            l'ordre et dans les mots de l'acheteur, en montrant comment vous travaillez plutôt qu'en l'affirmant.

            Je mène deux entretiens avec vos opérationnels : ce sont leurs détails qui font gagner des points. Les
            engagements que vous ne pourrez pas tenir n'entrent pas dans le document.

            Le prix comprend la première journée, consacrée à décider s'il faut répondre. Si la réponse est non, je
            vous rembourse la moitié.
        """,
        needs="""
            Le dossier de consultation complet
            Vos références et moyens
            Deux opérationnels disponibles une heure chacun
            La date limite de remise
        """,
        addons=[
            ("Présentation de soutenance", "Dix pages et une répétition.", 290, 3),
            ("Volet environnemental", "Réponse détaillée aux critères de durabilité.", 180, 2),
            ("Livraison en six jours", "Selon calendrier, à confirmer avant commande.", 260, -4),
        ],
        faq="""
            Remplissez-vous les formulaires administratifs ?
            Je les contrôle, vous les remplissez et les signez.
            Garantissez-vous de gagner ?
            Non. Je garantis une réponse conforme, lisible et fidèle à votre métier.
        """,
        opening="""
            Bonjour, le temps compte : déposez tout de suite le dossier de consultation et votre mémoire précédent,
            même ancien. Je vous donne mon avis sur l'opportunité de répondre sous 24 heures. Sophie.
        """,
        keywords="appel d'offres; mémoire technique; marché public; réponse; soutenance",
        cover=cover(
            "notebook",
            "deep",
            "Mémoire technique",
            "Entretien des espaces verts, lot n° 2",
            "Compréhension du besoin; Équipe dédiée; Méthode et planning; Qualité et sécurité; Environnement",
            "60 points|sur la valeur technique",
        ),
    ),
    job(
        "plan-action-commercial",
        "thomas-girard",
        CATEGORY,
        "Plan d'action commercial à 90 jours, vendeur par vendeur",
        880,
        8,
        includes="""
            L'analyse de votre portefeuille et de vos affaires en cours
            Une page par vendeur : cibles, rythme, engagements
            Un tableau de suivi hebdomadaire
            Une réunion de lancement en visioconférence
        """,
        description="""
            Les ventes plafonnent rarement faute d'efforts. Je regarde où va le temps : clients fidèles trop
            visités, devis sans relance, prospects sans décideur. Les chiffres de votre logiciel suffisent, même
            mal tenus.

            J'échange une demi-heure avec chaque vendeur, six au plus. Ils savent ce qui bloque et ce qui se perd.
            J'en tire trois priorités collectives et trois engagements par personne, vérifiables chaque vendredi.

            Quatre-vingt-dix jours, c'est assez long pour obtenir un résultat et assez court pour ne pas remettre à
            demain.
        """,
        needs="""
            Un export des clients et des affaires sur dix-huit mois
            Les objectifs et la rémunération actuels
            Un créneau de trente minutes avec chaque vendeur
        """,
        addons=[
            ("Suivi mensuel", "Trois points d'une heure avec vous et l'équipe.", 390, 0),
            ("Accompagnement d'un vendeur", "Préparation et analyse de quatre rendez-vous.", 320, 5),
        ],
        faq="""
            Notre logiciel commercial est mal rempli, est-ce rédhibitoire ?
            Non. Je complète avec les factures et les agendas.
            Faites-vous les rendez-vous à notre place ?
            Non, mon rôle est que vos équipes y arrivent mieux.
        """,
        opening="""
            Bonjour, merci de votre confiance. Commencez par l'export des clients avec le chiffre d'affaires des
            dix-huit derniers mois. Annoncez aussi ma venue à l'équipe, en une phrase simple : il s'agit d'aider, pas
            de noter. Thomas.
        """,
        keywords="plan d'action commercial; vendeurs; portefeuille; objectifs; pilotage",
        cover=cover(
            "roadmap",
            "forest",
            "90 jours pour relancer les ventes",
            "Équipe de cinq vendeurs, trois priorités",
            "Portefeuille; Relances; Grands comptes; Nouveaux clients; Tarifs; Bilan",
            "|Décembre; |Janvier; |Février; |Mars",
        ),
    ),
    job(
        "remuneration-variable",
        "thomas-girard",
        CATEGORY,
        "Rémunération variable de vos vendeurs : simple, juste, motivante",
        520,
        7,
        includes="""
            Un système de primes à deux ou trois critères
            Une simulation sur vos douze derniers mois, vendeur par vendeur
            Le texte de la note ou de l'avenant
            Un support pour l'annoncer à l'équipe
        """,
        description="""
            Un vendeur doit pouvoir calculer sa prime de tête en sortant d'un rendez-vous. Si ce n'est pas le cas, il
            faut simplifier. Je rejoue votre dernière année avec trois systèmes, pour voir qui gagne, qui perd, et
            quels comportements chacun encourage.

            Nous choisissons ensemble, puis j'écris les règles du jeu, y compris les cas pénibles : départ, client
            partagé, impayé, avoir. Votre conseil en droit du travail n'aura plus qu'à relire.
        """,
        needs="""
            Les ventes et primes des douze derniers mois
            Les contrats ou avenants en vigueur
            Ce que vous voulez encourager, en une phrase
        """,
        addons=[
            (
                "Variable pour l'assistance commerciale",
                "Un second système, cohérent avec le premier.",
                160,
                2,
            ),
            ("Animation de l'annonce", "Je présente le système avec vous à l'équipe.", 140, 0),
        ],
        faq="""
            Peut-on changer un variable en cours d'année ?
            Cela dépend de vos contrats. Je vous indique la démarche la plus sûre.
            Quel poids donner au variable ?
            Souvent entre 15 et 30 % du total. Nous le fixons selon votre cycle de vente.
        """,
        opening="""
            Bonjour ! Avant tout, une question : si votre meilleur vendeur faisait exactement ce que le système
            actuel récompense, que ferait-il de ses journées ? Répondez-moi ici, puis joignez les chiffres de
            l'année. Thomas.
        """,
        keywords="rémunération variable; primes; commissions; vendeurs; objectifs",
        cover=cover(
            "pricing",
            "teal",
            "Trois systèmes, une simulation",
            "Rejoués sur vos douze derniers mois",
            "Marge encaissée; Nouveaux clients; Seuil à 80 %; Prime d'équipe; Plafond",
            "18 %|Part simple; 24 %|Part équilibrée; 31 %|Part offensive",
        ),
    ),
    call(
        "appel-diagnostic-ventes",
        "thomas-girard",
        CATEGORY,
        "Pourquoi vos ventes plafonnent : une heure avec un directeur commercial",
        130,
        60,
        includes="""
            Une heure d'échange, chiffres à l'appui
            Deux ou trois causes probables, hiérarchisées
            Une liste d'actions pour les trente prochains jours
        """,
        description="""
            Vous connaissez votre marché mieux que moi. Je connais les causes qui reviennent : un prix mal
            présenté, des relances oubliées, un vendeur qui fait tout, une offre devenue floue. Une heure suffit
            souvent à reconnaître la vôtre.

            Vous m'envoyez quatre chiffres la veille ; je vous pose des questions, parfois dérangeantes. Le
            lendemain, vous recevez une page d'actions.
        """,
        needs="""
            Chiffre d'affaires par mois sur deux ans
            Nombre de devis émis et gagnés
            Taille de l'équipe et clients principaux
        """,
        faq="""
            Est-ce utile pour une entreprise d'une seule personne ?
            Oui, à condition d'avoir au moins un an d'activité.
            Peut-on prévoir un second appel ?
            Oui, la plupart des clients en réservent un au bout d'un mois.
        """,
        opening="""
            Bonjour, à bientôt au téléphone. Quatre chiffres à m'envoyer la veille : ventes de l'année, ventes de
            l'an passé, devis émis, devis gagnés. Même à la louche. Thomas.
        """,
        keywords="diagnostic commercial; ventes; devis; croissance; direction commerciale",
        cover=cover(
            "call_voices",
            "sky",
            "Pourquoi vos ventes plafonnent",
            "",
            "",
            "60 min|plan d'action le lendemain",
        ),
    ),
)
