"""Managing freelancers: networks, welcome, purchasing."""

from __future__ import annotations

from marketplace.demo.model import Offer, call, cover, job

CATEGORY = "management-freelances"

OFFERS: tuple[Offer, ...] = (
    job(
        "reseau-freelances",
        "samuel-okafor",
        CATEGORY,
        "Méthode complète pour constituer votre réseau de freelances",
        680,
        9,
        includes="""
            Une cartographie de vos besoins par métier et par saison
            Un processus de sélection en quatre étapes, modèles compris
            Un fichier de suivi : disponibilité, tarif, qualité, pièces
            Un rituel trimestriel pour garder le lien
        """,
        description="""
            Chercher un freelance dans l'urgence coûte cher et choisit mal. J'ai construit un réseau de 140
            indépendants actifs : ce qui a compté, ce n'est pas l'annuaire, ce sont les règles d'entrée, la mission
            d'essai payée et la réponse donnée à tout le monde, y compris aux refus.

            Je pars de vos douze derniers mois de missions, j'identifie les compétences récurrentes et celles qu'il
            vaut mieux embaucher, puis je conçois votre méthode avec la personne qui la fera vivre.

            Vous recevez les documents, le fichier de suivi et les messages types. Tout est prêt le lendemain de la
            livraison.
        """,
        needs="""
            La liste de vos missions confiées depuis un an
            Le nom de la personne qui suivra le réseau
            Vos outils : tableur, messagerie, gestion de projet
        """,
        addons=[
            ("Premiers candidats", "Dix profils repérés et contactés pour un métier.", 320, 5),
            ("Charte des relations", "Deux pages qui disent comment vous travaillez.", 90, 1),
            ("Atelier de lancement", "Une heure avec vos chefs de projet.", 110, 0),
        ],
        faq="""
            À partir de combien de freelances est-ce utile ?
            Dès cinq missions par an. En dessous, un simple carnet d'adresses suffit.
            Faut-il un logiciel dédié ?
            Rarement au départ. Le fichier fourni tient jusqu'à une soixantaine de personnes.
        """,
        opening="""
            Bonjour et bienvenue ! Envoyez-moi la liste de vos missions de l'année : qui, quoi, combien, et une note
            de satisfaction de un à cinq, donnée à l'instinct. Je commence toujours par ce que vous avez apprécié.
            Samuel.
        """,
        keywords="freelances; réseau; vivier; sélection; mission d'essai; suivi",
        cover=cover(
            "schema",
            "ink",
            "Votre réseau\nde freelances",
            "",
            "Design|8 personnes; Données|5 personnes; Rédaction|11;"
            "Développement|14; Vidéo|4 personnes; Conseil|6 personnes",
        ),
    ),
    job(
        "integration-freelance",
        "samuel-okafor",
        CATEGORY,
        "Kit d'intégration d'un freelance : opérationnel en 48 heures",
        260,
        4,
        includes="""
            Une liste de contrôle en vingt points, avant et après l'arrivée
            Un document d'accueil de quatre pages à votre image
            Une matrice des accès et leur date de retrait
            Un point de démarrage et un point de fin de mission
        """,
        description="""
            Chaque jour passé à attendre un mot de passe est facturé. Ce kit réduit l'arrivée d'un indépendant à
            deux jours : accès, contexte, interlocuteurs, définition de ce qui est terminé.

            Il est rédigé pour respecter l'autonomie du prestataire : pas d'horaires imposés, pas d'entretien
            annuel, mais des livrables et des dates. Votre juriste y retrouvera les bonnes formulations.
        """,
        needs="""
            Les outils auxquels vos prestataires accèdent
            Vos règles de sécurité, même orales
            Un exemple de mission récente
        """,
        addons=[
            ("Version anglaise", "Tous les documents traduits.", 90, 2),
            ("Variante longue durée", "Pour des missions de plus de six mois.", 70, 1),
        ],
        faq="""
            Le kit convient-il à des consultants en portage ?
            Oui, une page précise ce qui change.
            Pouvons-nous l'adapter ?
            Oui, les fichiers sont modifiables et sans marque de ma part.
        """,
        opening="""
            Bonjour ! Racontez-moi l'arrivée de votre dernier freelance, heure par heure si vous vous en souvenez.
            C'est dans ces deux premiers jours que se cachent les économies. Samuel.
        """,
        keywords="intégration; accueil; accès; prestataire; mission",
        cover=cover(
            "kanban",
            "mint",
            "Arrivée d'un freelance",
            "",
            "Contrat signé et pièces reçues; Accès demandés; Contexte envoyé; Point de démarrage; Premier livrable défini;"
            "Règles de sécurité lues; Interlocuteurs connus; Date de fin des accès",
            "|Avant; |Jour 1; |Jour 2",
        ),
    ),
    call(
        "appel-premier-freelance",
        "samuel-okafor",
        CATEGORY,
        "Travailler avec votre premier freelance : 30 minutes pour bien partir",
        50,
        30,
        includes="""
            Trente minutes d'échange sur votre mission
            Les cinq questions à poser avant de choisir
            Une trame de message de prise de contact
        """,
        description="""
            Vous hésitez entre un indépendant, une agence et une embauche, ou vous ne savez pas par où commencer.
            Nous clarifions ce que vous achetez, à quel prix et avec quel risque.

            Vous repartez avec une description de mission en dix lignes, des critères de choix et une idée juste du
            budget. Aucun vocabulaire savant, des exemples concrets.
        """,
        needs="""
            Ce que vous aimeriez faire faire, en trois phrases
            Votre échéance et un ordre de budget
        """,
        faq="""
            Pouvez-vous me recommander quelqu'un ?
            Je ne place personne, mais je vous dis où chercher et comment reconnaître un bon profil.
            Est-ce utile si j'ai déjà quelqu'un en vue ?
            Oui, nous consacrons alors l'appel à cadrer la mission.
        """,
        opening="""
            Bonjour, merci pour votre réservation. D'ici à notre appel, notez simplement à quoi vous verrez que la
            mission est réussie. Si vous n'y arrivez pas, ce sera notre point de départ. À bientôt, Samuel.
        """,
        keywords="premier freelance; choisir; budget; mission; conseil",
        cover=cover(
            "call_time",
            "sand",
            "Votre premier freelance",
            "",
            "Besoin; Budget; Choix; Cadrage",
            "30 min|pour bien partir",
        ),
    ),
    job(
        "comparatif-devis",
        "sandrine-vasseur",
        CATEGORY,
        "Comparatif argumenté de trois devis de freelances ou d'agences",
        230,
        3,
        includes="""
            Une grille comparative sur douze critères
            Les zones d'ombre de chaque proposition et les questions à poser
            Une recommandation claire, avec sa part de doute
        """,
        description="""
            Trois devis, trois vocabulaires, trois périmètres : les comparer à l'œil revient à choisir le moins cher
            ou le plus beau. Je les ramène à la même unité : ce qui est livré, quand, par qui, avec quelles
            hypothèses.

            J'ai lu plusieurs milliers de propositions en vingt ans. Je repère vite la journée oubliée, la
            licence non comprise et l'étape que tout le monde suppose faite par vous.

            La recommandation est franche. Si aucun devis ne convient, je l'écris et je vous dis comment relancer la
            consultation.
        """,
        needs="""
            Les trois devis reçus et les échanges associés
            Ce que vous attendez, avec vos mots
            Votre budget et votre date limite
        """,
        addons=[
            ("Devis supplémentaire", "Un quatrième ou cinquième devis dans la grille.", 50, 1),
            ("Préparation de la négociation", "Arguments et points de repli par candidat.", 80, 1),
            ("Réponse en 24 heures", "Pour une décision imminente.", 70, -2),
        ],
        faq="""
            Les prestataires sauront-ils que vous avez lu leur devis ?
            Non, et je ne divulgue rien. Vérifiez simplement qu'aucune clause ne vous l'interdit.
            Comparez-vous un freelance et une agence ?
            Oui, c'est même le cas le plus fréquent.
        """,
        opening="""
            Bonjour, merci. Déposez les trois devis, puis dites-moi lequel vous tente et pourquoi, avant que je ne
            lise quoi que ce soit. Votre intuition mérite d'être mise à l'épreuve, pas ignorée. Sandrine.
        """,
        keywords="devis; comparaison; agence; freelance; choix; critères",
        cover=cover(
            "candidates",
            "mist",
            "Trois devis, une grille",
            "Refonte du site, budget 18 000 €",
            "Atelier Nord|14 jours, 9 800 €; Studio Quai|22 jours, 16 400 €; Collectif Lys|17 jours, 12 100 €",
            "|Périmètre; |Références; |Délai",
        ),
    ),
    job(
        "grille-tarifs-journaliers",
        "sandrine-vasseur",
        CATEGORY,
        "Grille de tarifs journaliers pour acheter vos prestations au juste prix",
        420,
        6,
        includes="""
            Une fourchette par métier, niveau et région, pour huit profils
            Les sources et la date de chaque donnée
            Une règle de décision : forfait, régie ou abonnement
            Une fiche de négociation par profil
        """,
        description="""
            Payer trop cher se voit ; payer trop peu se découvre plus tard, quand le bon prestataire vous quitte.
            Je construis une grille à partir de baromètres publics, de vos factures et de mes relevés, en écartant
            les chiffres sans méthode.

            Chaque fourchette est accompagnée de ce qui la déplace : urgence, durée, rareté, déplacement. La fiche de
            négociation dit aussi ce qu'il vaut mieux offrir à la place d'une hausse : un délai de paiement court, par
            exemple.
        """,
        needs="""
            La liste des métiers concernés
            Vos factures de prestation des douze derniers mois
        """,
        addons=[
            ("Quatre profils de plus", "Ajoutés à la même grille.", 130, 2),
            ("Mise à jour à six mois", "Les mêmes profils, chiffres actualisés.", 150, 0),
        ],
        faq="""
            La grille est-elle opposable aux prestataires ?
            Non, elle sert à vos décisions. L'afficher comme un plafond serait une erreur.
            Couvrez-vous les métiers de conseil ?
            Oui, ainsi que le numérique, la création et la formation.
        """,
        opening="""
            Bonjour. Pour commencer, envoyez-moi la liste des profils à étudier et vos dernières factures de
            prestation ; vous pouvez masquer les noms. Signalez-moi celle qui vous a paru trop chère, et celle que
            vous avez trouvée étonnamment basse. Sandrine.
        """,
        keywords="tarif journalier; TJM; prix; achats; négociation; baromètre",
        cover=cover(
            "spreadsheet",
            "deep",
            "Tarifs journaliers 2026",
            "",
            "Développement|420|510|620|9; Données|450|560|690|5; Design|350|430|540|6; Rédaction|280|340|420|4;"
            "Chef de projet|430|520|640|7; Sécurité|560|680|820|3; Formation|480|600|780|2",
            "510 €|médiane, hors Île-de-France; |Bas; |Médian; |Haut; |Cas",
        ),
    ),
    call(
        "appel-negocier-prestation",
        "sandrine-vasseur",
        CATEGORY,
        "Négocier une prestation sans abîmer la relation",
        85,
        45,
        includes="""
            Quarante-cinq minutes avec une acheteuse
            Vos marges de manœuvre, chiffrées
            Trois formulations prêtes à employer
        """,
        description="""
            Une remise arrachée se paie toujours. Il y a presque toujours mieux à négocier que le prix : le
            périmètre, le calendrier, l'acompte, le délai de paiement, la durée d'engagement.

            Nous regardons votre devis, ce que le prestataire peut accorder sans se renier, et l'ordre dans lequel
            demander. Nous répétons ensuite la conversation à voix haute.
        """,
        needs="""
            Le devis et votre budget réel
            L'historique avec ce prestataire
        """,
        faq="""
            Puis-je vous demander de négocier à ma place ?
            Oui, par une demande sur mesure. L'appel suffit le plus souvent.
            Est-ce adapté aux contrats-cadres ?
            Oui, prévoyez alors d'envoyer le projet de contrat la veille.
        """,
        opening="""
            Bonjour, merci de votre réservation. Écrivez-moi le prix que vous aimeriez payer et celui que vous
            paieriez quand même. La différence entre les deux sera notre terrain de jeu. Sandrine.
        """,
        keywords="négociation; devis; prestataire; remise; achat",
        cover=cover(
            "call_card",
            "lilac",
            "Négocier sans abîmer la relation",
            "",
            "Ce qui se négocie vraiment; L'ordre des demandes; Les mots justes",
            "45 min|Avec une acheteuse",
        ),
    ),
)
