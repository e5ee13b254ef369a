"""IT and data: security and software choice."""

from __future__ import annotations

from marketplace.demo.model import Offer, call, cover, job, question

CATEGORY = "informatique-data"

OFFERS: tuple[Offer, ...] = (
    job(
        "audit-cyber-express",
        "david-cohen",
        CATEGORY,
        "Audit de cybersécurité pour une petite entreprise, sans jargon",
        850,
        8,
        includes="""
            Un examen en quarante points, à distance
            Un rapport de dix pages pour le dirigeant
            Une annexe technique pour votre prestataire
            Douze mesures chiffrées, dans l'ordre
        """,
        description="""
            La question n'est pas de savoir si l'on vous attaquera, mais si vous redémarrerez le lundi. J'examine vos
            sauvegardes, vos accès, vos postes, votre messagerie et vos prestataires, à partir d'entretiens et de
            contrôles non intrusifs.

            Le rapport dit ce qui vous arrêterait, combien de temps, et ce qu'il en coûte de l'éviter. La première
            mesure est gratuite neuf fois sur dix.

            Aucune intrusion n'est tentée : cela relève d'une autre prestation, avec un autre contrat.
        """,
        needs="""
            La liste des postes, logiciels et prestataires
            Un entretien avec la personne qui gère l'informatique
            Vos contrats d'assurance et de maintenance
        """,
        addons=[
            ("Essai de restauration", "Vérification réelle d'une sauvegarde, avec vous.", 220, 2),
            ("Sensibilisation", "Une heure pour toute l'équipe.", 160, 0),
            ("Contrôle à six mois", "Les quarante points, revus.", 320, 0),
        ],
        faq="""
            Notre prestataire va-t-il mal le prendre ?
            Rarement. L'annexe est rédigée pour l'aider, et je l'associe dès le début.
            Cela suffit-il pour notre assureur ?
            Souvent oui. Joignez son questionnaire, je le remplirai avec vous.
        """,
        opening="""
            Bonjour. Une seule question pour commencer, répondez sans vérifier : quand avez-vous restauré un fichier
            pour la dernière fois, et combien de temps cela a-t-il pris ? Ensuite, envoyez-moi la liste de vos
            prestataires. David.
        """,
        keywords="cybersécurité; audit; sauvegarde; rançongiciel; PME; assurance",
        cover=cover(
            "radar",
            "ink",
            "Maturité de la sécurité",
            "Cabinet de 22 personnes",
            "Sauvegardes; Accès; Postes; Messagerie; Prestataires; Réflexes",
            "2,4|sur 5 en moyenne; 12|mesures proposées; 0 €|pour la première",
        ),
    ),
    job(
        "plan-reprise-activite",
        "david-cohen",
        CATEGORY,
        "Plan de reprise après incident informatique, prêt à imprimer",
        690,
        9,
        includes="""
            Un plan de douze pages, utilisable sans ordinateur
            L'ordre de redémarrage de vos activités
            Les contacts, contrats et gestes des premières heures
            Un exercice d'une heure avec votre équipe
        """,
        description="""
            Le jour où rien ne s'allume, le plan doit être sur papier, dans un tiroir connu. J'établis avec vous ce qui
            doit repartir en premier, sous quel délai, et comment travailler en attendant.

            J'ai vécu trois attaques de l'intérieur. Le document est écrit pour des gens fatigués, inquiets, à qui l'on
            pose trop de questions : des phrases courtes, des numéros, des cases.
        """,
        needs="""
            Vos activités essentielles et vos échéances
            Les contrats informatiques et d'assurance
            Deux heures avec les responsables
        """,
        addons=[
            ("Exercice grandeur nature", "Trois heures, scénario et observateurs.", 380, 4),
            ("Modèles de messages", "Clients, salariés, fournisseurs, autorités.", 110, 1),
        ],
        faq="""
            Le plan couvre-t-il l'incendie ou l'inondation ?
            La partie organisation, oui. La partie technique vise l'informatique.
            Est-ce exigé par la réglementation ?
            Pour certains secteurs, oui. Je vous indique votre situation.
        """,
        opening="""
            Bonjour. Imaginez que demain matin rien ne fonctionne, ni messagerie ni logiciels. Qui appelez-vous, avec
            quel numéro, écrit où ? Répondez-moi honnêtement, nous partirons de là. David.
        """,
        keywords="plan de reprise; continuité; incident; rançongiciel; exercice",
        cover=cover(
            "process",
            "ink",
            "Les six premières heures",
            "À lire sur papier, dans l'ordre",
            "Débrancher|Sans éteindre; Prévenir|Trois numéros; Noter|Heure et symptômes; Décider|Qui parle, qui agit;"
            "Travailler|Sur papier; Restaurer|Dans l'ordre prévu",
        ),
    ),
    question(
        "question-cyber",
        "david-cohen",
        CATEGORY,
        "Un message suspect, un doute, un incident : avis de sécurité sous 24 h",
        45,
        24,
        includes="""
            Un avis clair : sans danger, douteux, dangereux
            Ce qu'il faut faire tout de suite
            Ce qu'il faut dire à votre équipe
        """,
        description="""
            Vous avez cliqué, quelqu'un a donné un mot de passe, un fournisseur annonce une fuite, un logiciel demande
            un accès étrange. Décrivez ce qui s'est passé, joignez des captures, et je vous dis comment réagir.

            En cas d'urgence absolue, débranchez le câble réseau, puis écrivez. Je réponds souvent bien avant le délai.
        """,
        needs="""
            Ce qui s'est passé, avec l'heure
            Des captures d'écran, sans transférer le message d'origine
        """,
        faq="""
            Intervenez-vous sur nos machines ?
            Non, pas dans cette formule. Je vous guide ou je vous oriente.
            Faut-il porter plainte ?
            Parfois. Je vous dis quand, où et avec quelles preuves.
        """,
        opening="""
            Bonjour. Avant toute chose : ne supprimez rien et ne transférez pas le message. Faites des captures, notez
            l'heure, et dites-moi ce qui a été saisi ou ouvert. David.
        """,
        keywords="hameçonnage; incident; mot de passe; sécurité; urgence",
        cover=cover(
            "question_sheet",
            "vermilion",
            "J'ai cliqué sur un lien suspect, que faire ?",
            "",
            "Tout de suite; Dans l'heure; Demain; À dire à l'équipe",
            "24 h|Souvent bien avant",
        ),
    ),
    job(
        "cahier-charges-logiciel",
        "nicolas-faure",
        CATEGORY,
        "Cahier des charges et présélection de votre futur logiciel de gestion",
        1150,
        12,
        includes="""
            Cinq ateliers d'une heure avec vos utilisateurs
            Un cahier des charges de vingt pages, priorisé
            Une présélection de quatre éditeurs adaptés
            Une grille de notation et un scénario de démonstration
        """,
        description="""
            Un logiciel de gestion engage pour dix ans. La plupart des échecs que j'ai vus venaient d'une liste de
            quatre cents fonctions, toutes « indispensables ». Je vous aide à en choisir trente, et à décrire le reste
            simplement.

            Les ateliers réunissent ceux qui saisissent et ceux qui décident. La présélection tient compte de votre
            taille, de votre métier et de la santé de l'éditeur. Le scénario oblige chaque candidat à montrer la même
            chose.

            Je n'ai aucun lien avec les éditeurs et ne touche aucune commission.
        """,
        needs="""
            Vos processus actuels, même non écrits
            Cinq utilisateurs représentatifs
            Votre budget et votre calendrier
        """,
        addons=[
            ("Assistance aux démonstrations", "Quatre séances notées avec votre équipe.", 480, 6),
            ("Relecture du contrat retenu", "Analyse et points à négocier.", 240, 3),
        ],
        faq="""
            Combien de temps prend un tel choix ?
            Douze jours pour ce livrable, puis deux à trois mois jusqu'à la signature.
            Connaissez-vous les logiciels libres ?
            Oui, et j'en présélectionne au moins un quand il convient.
        """,
        opening="""
            Bonjour, et merci. Proposez-moi cinq personnes qui utilisent vos outils tous les jours, y compris celle qui
            s'en plaint le plus. Joignez aussi le dernier fichier Excel que quelqu'un a créé pour contourner le
            logiciel actuel. Nicolas.
        """,
        keywords="ERP; cahier des charges; logiciel de gestion; éditeur; choix; démonstration",
        cover=cover(
            "candidates",
            "mint",
            "Présélection d'éditeurs",
            "Négoce, 65 utilisateurs",
            "Éditeur A|Français, 400 clients; Éditeur B|Européen, en ligne; Éditeur C|Libre, intégrateur local;"
            "Éditeur D|International; Solution actuelle|Mise à niveau",
            "|Besoins; |Coût; |Pérennité",
        ),
    ),
    job(
        "lecture-contrat-logiciel",
        "nicolas-faure",
        CATEGORY,
        "Lecture de votre contrat de logiciel ou d'hébergement avant renouvellement",
        320,
        4,
        includes="""
            Une note de trois pages : coûts, engagements, sortie
            Le coût complet sur trois ans
            Cinq points à négocier, avec vos arguments
        """,
        description="""
            Reconduction tacite, indexation, utilisateurs comptés deux fois, restitution des données payante : ces
            lignes se lisent trop tard. J'ai signé et dénoncé assez de contrats informatiques pour savoir où elles se
            cachent.

            Je calcule ce que vous paierez vraiment, je vérifie que vous pourriez partir, et je vous donne de quoi
            négocier sans bluff.
        """,
        needs="""
            Le contrat, ses annexes et les dernières factures
            Le nombre d'utilisateurs réels
            La date de reconduction
        """,
        addons=[
            ("Deuxième contrat", "Étudié en même temps.", 190, 2),
            ("Préparation de l'entretien", "Quarante-cinq minutes avant votre rendez-vous.", 80, 0),
        ],
        faq="""
            Êtes-vous juriste ?
            Non. Je lis en directeur informatique. Pour les clauses de droit pur, je vous oriente.
            Peut-on encore négocier un contrat d'adhésion ?
            Le prix rarement, le nombre d'utilisateurs et la durée presque toujours.
        """,
        opening="""
            Bonjour. La date de reconduction est la première chose à vérifier : donnez-la-moi avec le contrat, ainsi
            que le nombre de personnes qui se connectent réellement. Nicolas.
        """,
        keywords="contrat informatique; SaaS; renouvellement; hébergement; négociation",
        cover=cover(
            "invoice",
            "mist",
            "Coût sur trois ans",
            "Abonnement de gestion, 42 comptes",
            "Abonnements|38400; Hébergement|7200; Assistance|5400; Indexation|3100; Comptes inutilisés|8200",
            "−21 %|négociables",
        ),
    ),
    call(
        "appel-choix-logiciel",
        "nicolas-faure",
        CATEGORY,
        "Changer de logiciel ou non : 45 minutes avec un directeur informatique",
        95,
        45,
        includes="""
            Quarante-cinq minutes d'échange
            Les trois vraies raisons de changer, ou de rester
            Un ordre de grandeur de budget et de durée
        """,
        description="""
            Tout le monde se plaint du logiciel, mais est-ce lui le problème ? Nous passons en revue les irritants, ce
            qui relève du paramétrage, de la formation ou de l'outil.

            Je donne un avis net. Dans un cas sur trois, il vaut mieux garder ce que l'on a et mieux s'en servir.
        """,
        needs="""
            Le nom du logiciel et sa version
            Les cinq plaintes les plus fréquentes
        """,
        faq="""
            Connaissez-vous tous les logiciels ?
            Non, mais les raisons de changer se ressemblent.
            Puis-je inviter un utilisateur ?
            Oui, de préférence quelqu'un qui travaille dedans chaque jour.
        """,
        opening="""
            Bonjour, à bientôt. Demandez à trois collègues la chose qui les agace le plus, avec leurs mots, et
            recopiez-la ici sans l'adoucir. Nous commencerons par là. Nicolas.
        """,
        keywords="logiciel; choix; ERP; budget; conseil",
        cover=cover(
            "call_time",
            "teal",
            "Changer de logiciel ?",
            "",
            "Les irritants; Le vrai coût; Rester ou partir; La suite",
            "45 min|pour trancher",
        ),
    ),
)
