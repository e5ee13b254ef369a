"""Strategy: operations, purchasing, climate."""

from __future__ import annotations

from marketplace.demo.model import Offer, call, cover, job

CATEGORY = "strategie"

OFFERS: tuple[Offer, ...] = (
    job(
        "cartographie-processus",
        "arnaud-sissoko",
        CATEGORY,
        "Cartographie d'un processus et gains rapides, du devis à la facture",
        620,
        7,
        includes="""
            Le processus dessiné, tel qu'il est réellement
            Les temps d'attente et de reprise, mesurés
            Dix gains rapides, dont trois à faire tout de suite
            Le processus cible et ses règles
        """,
        description="""
            Un dossier attend en moyenne vingt fois plus longtemps qu'on ne travaille dessus. Je suis un cas réel de
            bout en bout, en appelant chaque personne qui le touche, et je chronomètre les attentes.

            Le dessin tient sur une page affichable. Les gains proposés sont petits, peu coûteux, et surtout dans
            l'ordre. Vos équipes en auront imaginé la moitié : je les cite.
        """,
        needs="""
            Trois dossiers récents, du début à la fin
            Les personnes qui interviennent, vingt minutes chacune
            L'outil informatique, en consultation
        """,
        addons=[
            ("Deuxième processus", "Même démarche, un autre parcours.", 420, 5),
            ("Atelier avec l'équipe", "Deux heures pour choisir et répartir les actions.", 220, 0),
        ],
        faq="""
            Travaillez-vous aussi sur les ateliers ?
            Oui. Une vidéo du poste remplace alors la visite.
            Faut-il un nouveau logiciel ensuite ?
            Rarement. La moitié des gains vient d'une règle mieux écrite.
        """,
        opening="""
            Bonjour ! Choisissez trois dossiers terminés : un facile, un pénible, un urgent. Donnez-moi pour chacun le
            nom des personnes qui l'ont eu en main. Je m'occupe de remonter le fil. Arnaud.
        """,
        keywords="processus; cartographie; amélioration continue; délai; devis; facturation",
        cover=cover(
            "process",
            "forest",
            "Du devis à la facture",
            "Vingt-trois jours aujourd'hui, neuf demain",
            "Demande|Reçue par courriel; Chiffrage|2 h de travail; Validation|4 jours d'attente;"
            "Commande|Ressaisie deux fois; Réalisation|Conforme; Facture|6 jours après",
        ),
    ),
    job(
        "diagnostic-achats",
        "arnaud-sissoko",
        CATEGORY,
        "Diagnostic de vos achats : où négocier, où regrouper, où arrêter",
        780,
        9,
        includes="""
            La classification de vos dépenses sur un an
            Huit à douze économies chiffrées, avec leur difficulté
            Une fiche de négociation pour cinq fournisseurs
            Un tableau de suivi trimestriel
        """,
        description="""
            Avant de négocier, il faut savoir ce que l'on achète. Je trie vos factures par famille, je repère les
            doublons, les abonnements oubliés, les prix différents pour la même référence.

            Les économies sont classées : faciles, difficiles, dangereuses. J'écarte celles qui dégraderaient la
            qualité ou vous rendraient dépendant. Un acheteur guéri des économies coûteuses vous le déconseillera
            toujours.
        """,
        needs="""
            L'export des factures fournisseurs sur douze mois
            Vos contrats en cours
            Vos exigences de qualité et de délai
        """,
        addons=[
            ("Conduite de trois négociations", "Préparées et menées avec vous.", 480, 10),
            ("Consultation d'un transporteur", "Cahier des charges et comparaison.", 260, 5),
        ],
        faq="""
            Êtes-vous payé au pourcentage d'économies ?
            Non. Le prix est fixe, mes conseils restent libres.
            À partir de quel montant d'achats ?
            Environ 400 000 € par an. En dessous, écrivez-moi d'abord.
        """,
        opening="""
            Bonjour, merci. Un export brut des factures fournisseurs suffit pour commencer. Dites-moi aussi quel
            fournisseur vous ne voulez surtout pas froisser : j'en tiendrai compte. Arnaud.
        """,
        keywords="achats; économies; fournisseurs; négociation; diagnostic",
        cover=cover(
            "collage",
            "forest",
            "Dépenses par famille",
            "",
            "Prix moyen payé; Négociations à mener; Emballages; Transport; Énergie; Intérim",
            "41 %|Matières; 27 %|Services; 18 %|Transport",
        ),
    ),
    call(
        "appel-stocks",
        "arnaud-sissoko",
        CATEGORY,
        "Trop de stock et des ruptures quand même : 45 minutes pour comprendre",
        90,
        45,
        includes="""
            Quarante-cinq minutes sur vos articles et vos délais
            Un classement de vos références en trois groupes
            Une règle de réapprovisionnement à essayer
        """,
        description="""
            Avoir à la fois trop et pas assez est la situation normale d'une entreprise qui commande à l'instinct.
            Envoyez-moi un extrait de vos stocks : nous classons les références, nous calculons deux ou trois seuils,
            et vous voyez l'effet aussitôt.

            Je n'utilise pas de formule que vous ne sauriez refaire.
        """,
        needs="""
            Un extrait : stock, ventes sur douze mois, délai fournisseur
            Vos trois ruptures les plus gênantes
        """,
        faq="""
            Combien de références pouvez-vous regarder ?
            Jusqu'à deux mille lignes, envoyées la veille.
            Est-ce utile pour un commerce ?
            Oui, la saisonnalité est prise en compte.
        """,
        opening="""
            Bonjour, c'est noté. Envoyez-moi la veille un tableau de trois colonnes : référence, stock, ventes de
            l'année. Nous le ferons parler ensemble. Arnaud.
        """,
        keywords="stock; rupture; réapprovisionnement; logistique; seuil",
        cover=cover(
            "call_agenda",
            "sky",
            "Trop de stock, et des ruptures",
            "",
            "Vos références|0 min; Trois groupes|12 min; Les seuils|25 min; L'essai|38 min",
            "45 min|Sur vos propres chiffres",
        ),
    ),
    job(
        "bilan-carbone",
        "helene-bonnet",
        CATEGORY,
        "Bilan carbone complet de votre entreprise et trajectoire",
        1600,
        15,
        includes="""
            Le calcul de toutes vos émissions, directes et indirectes
            Un rapport de trente pages, hypothèses et incertitudes comprises
            Dix actions chiffrées en tonnes et en euros
            Une affiche de synthèse pour vos équipes
        """,
        description="""
            Dans la plupart des PME, trois postes font quatre-vingts pour cent du total : achats, déplacements,
            énergie, parfois le fret. Je collecte les données avec vous, je les rapproche de vos factures et je calcule
            avec les facteurs d'émission publics.

            Le rapport distingue ce qui est mesuré de ce qui est estimé. La trajectoire est réaliste : je préfère une
            baisse de quatre pour cent tenue chaque année à une promesse pour 2050.

            La mission couvre un site et cent cinquante salariés au plus.
        """,
        needs="""
            Factures d'énergie et de carburant sur un an
            Export des achats et kilomètres parcourus
            Une personne référente, une heure par semaine
            Effectif et surfaces
        """,
        addons=[
            ("Site supplémentaire", "Mêmes périmètre et méthode.", 520, 5),
            ("Atelier avec les salariés", "Deux heures pour choisir les actions.", 260, 0),
            ("Dossier d'aide au financement", "Demande auprès des organismes publics.", 190, 3),
        ],
        faq="""
            Êtes-vous habilitée à la méthode ?
            Oui, formée et abonnée à la méthode réglementaire française.
            Le bilan est-il public ?
            Vous en décidez. Je rédige une version courte publiable.
        """,
        opening="""
            Bonjour et bienvenue ! Je vous envoie un tableau de collecte : remplissez d'abord ce qui est facile, c'est
            déjà la moitié. Qui, chez vous, aime les chiffres et connaît tout le monde ? Ce sera notre référent. Hélène.
        """,
        keywords="bilan carbone; émissions; trajectoire; climat; RSE; énergie",
        cover=cover(
            "dashboard",
            "forest",
            "Émissions 2026",
            "1 284 tonnes équivalent CO2, tous postes",
            "Émissions par mois; Par poste; Achats; Déplacements; Énergie",
            "1 284 t|Total; −4,2 %|Par an, visé; 10|Actions retenues",
        ),
    ),
    job(
        "demarche-rse",
        "helene-bonnet",
        CATEGORY,
        "Démarche RSE en quatre engagements vérifiables",
        480,
        6,
        includes="""
            Un état des lieux en trente questions
            Quatre engagements, avec indicateur et échéance
            Une réponse type aux questionnaires de vos clients
            Une page à publier sur votre site
        """,
        description="""
            Vos clients vous envoient des questionnaires, vos candidats posent des questions, et vous faites déjà
            beaucoup sans l'écrire. Je recense, je trie, je propose quatre engagements que vous pourrez prouver.

            Pas de charte de douze pages : un document court, des chiffres, une personne responsable par ligne. La
            réponse type vous fera gagner une demi-journée à chaque appel d'offres.
        """,
        needs="""
            Deux questionnaires reçus de clients
            Vos pratiques : énergie, achats, emploi, déchets
            Une personne disponible une heure
        """,
        addons=[
            ("Réponse à un questionnaire EcoVadis", "Préparation des pièces et relecture.", 390, 6),
            ("Charte d'achats responsables", "Trois pages à remettre aux fournisseurs.", 160, 2),
        ],
        faq="""
            Délivrez-vous un label ?
            Non. Je vous dis lequel a un sens pour votre métier, et combien il coûte.
            Est-ce utile pour une entreprise de dix personnes ?
            Oui, surtout si vous travaillez pour de grands clients.
        """,
        opening="""
            Bonjour ! Transférez-moi le dernier questionnaire d'un client, rempli ou non, et racontez-moi une décision
            récente dont vous êtes fier, même modeste. Nous partirons du concret. Hélène.
        """,
        keywords="RSE; engagements; EcoVadis; achats responsables; questionnaire",
        cover=cover(
            "mindmap",
            "forest",
            "Quatre\nengagements",
            "",
            "Énergie|−15 % en trois ans; Emploi|Deux alternants par an;"
            "Achats|Moitié en région; Déchets|Tri à la source; Mesure|Chaque trimestre; Preuves|Publiées en ligne",
        ),
    ),
)
