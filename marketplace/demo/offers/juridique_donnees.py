"""Law: personal data and intellectual property."""

from __future__ import annotations

from marketplace.demo.model import Offer, call, cover, job, question

CATEGORY = "juridique"

OFFERS: tuple[Offer, ...] = (
    job(
        "registre-rgpd",
        "mathilde-schneider",
        CATEGORY,
        "Registre RGPD complet et plan de mise en conformité",
        690,
        9,
        includes="""
            Le registre de vos traitements, jusqu'à vingt fiches
            Les durées de conservation, une par une
            Un plan de mise en conformité en dix actions
            Les modèles : information, réponse aux demandes, incident
        """,
        description="""
            Le registre n'est pas une formalité : c'est la liste de ce que vous savez sur les gens, et pourquoi. Je
            l'établis en trois entretiens, avec les personnes qui manipulent les données, puis je vous le remets dans
            un format que vous saurez tenir à jour.

            Le plan d'action distingue ce qui est urgent, ce qui est simple et ce qui peut attendre. J'ai assisté à
            deux contrôles : on vous demandera moins la perfection que la preuve d'une démarche.

            Le prix couvre un organisme de cent personnes au plus, hors données de santé à grande échelle.
        """,
        needs="""
            La liste de vos logiciels et fichiers
            Trois interlocuteurs : ressources humaines, commerce, informatique
            Vos contrats de sous-traitance
        """,
        addons=[
            ("Analyse d'impact", "Pour un traitement à risque.", 390, 6),
            ("Formation d'une heure", "Pour toutes les équipes, exemples à l'appui.", 140, 0),
            ("Revue des sous-traitants", "Dix contrats vérifiés.", 210, 3),
        ],
        faq="""
            Devons-nous nommer un délégué ?
            Je vous le dis dès le premier entretien, avec les raisons.
            Le registre convient-il à une association ?
            Oui. Une version simplifiée existe pour les petites structures.
        """,
        opening="""
            Bonjour, merci de votre commande. Commencez par lister vos logiciels, sans oublier les tableurs et les
            carnets d'adresses. Donnez-moi ensuite trois interlocuteurs : prénom, fonction et deux créneaux.
            Mathilde.
        """,
        keywords="RGPD; registre; données personnelles; CNIL; conformité; durées de conservation",
        cover=cover(
            "schema",
            "sky",
            "Registre des\ntraitements",
            "",
            "Paie|5 ans; Clients|3 ans; Candidats|2 ans; Site|13 mois;Vidéo|30 jours; Fournisseurs|10 ans",
        ),
    ),
    job(
        "mentions-confidentialite",
        "mathilde-schneider",
        CATEGORY,
        "Politique de confidentialité, cookies et mentions légales de votre site",
        320,
        5,
        includes="""
            Les trois textes rédigés pour votre site
            Un relevé des traceurs réellement déposés
            Les réglages à demander à votre prestataire
            Une version courte, lisible en une minute
        """,
        description="""
            Je visite votre site comme un contrôleur : je relève ce qui se dépose avant tout accord, ce que disent
            vos formulaires et où partent les données. Puis j'écris des textes conformes et compréhensibles.

            La version courte est celle que liront vos visiteurs. La version longue est celle que lira
            l'administration. Les deux disent la même chose.
        """,
        needs="""
            L'adresse du site et un accès de démonstration
            La liste de vos outils : mesure, messagerie, paiement
            L'identité de l'éditeur et de l'hébergeur
        """,
        addons=[
            ("Application mobile", "Les textes et vérifications propres aux applications.", 140, 2),
            ("Version anglaise et allemande", "Deux traductions relues.", 150, 3),
        ],
        faq="""
            Installez-vous le bandeau ?
            Non, mais je vous dis lequel choisir et comment le régler.
            Un site vitrine est-il concerné ?
            Oui, dès lors qu'il comporte un formulaire ou une mesure d'audience.
        """,
        opening="""
            Bonjour ! Donnez-moi l'adresse du site et, si vous la connaissez, la liste des outils installés. Ne
            modifiez rien avant ma visite : je préfère voir la réalité. Mathilde.
        """,
        keywords="politique de confidentialité; cookies; mentions légales; RGPD; site",
        cover=cover(
            "browser",
            "mint",
            "Vos données, en une minute",
            "Ce que nous gardons, pourquoi et combien de temps",
            "a; b; c; clinique-des-pins.fr; Régler mes choix",
            "4 traceurs|À bloquer avant accord; 2 textes|À réécrire; 1 contact|Clair et visible",
        ),
    ),
    question(
        "question-rgpd",
        "mathilde-schneider",
        CATEGORY,
        "Une question RGPD, une réponse utilisable dès demain",
        45,
        24,
        includes="""
            La réponse en une page, avec la règle
            La phrase ou la mention à copier
            Ce qu'il faut noter dans votre registre
        """,
        description="""
            Puis-je filmer l'entrepôt, conserver ce CV, envoyer cette lettre, transférer ce fichier, répondre à cette
            demande d'accès ? Je réponds à la question précise que vous vous posez, avec le texte à utiliser.

            Si un délai court, comme les 72 heures d'une violation de données, dites-le en premier.
        """,
        needs="""
            Les faits et le type de données
            Les personnes concernées et leur nombre
        """,
        faq="""
            Que faire en cas de fuite de données ?
            Posez la question tout de suite. Je traite ces demandes en priorité.
            Répondez-vous aux particuliers ?
            Oui, si la question porte sur l'exercice de leurs droits.
        """,
        opening="""
            Bonjour. Si quelque chose s'est produit aujourd'hui, commencez par là et donnez-moi l'heure. Sinon,
            décrivez simplement les données, les personnes et ce que vous souhaitez en faire. Mathilde.
        """,
        keywords="RGPD; question; CNIL; violation de données; vidéosurveillance; consentement",
        cover=cover(
            "question_letter",
            "teal",
            "Ai-je le droit de garder ces données ?",
            "",
            "La base légale; La durée de conservation; La mention à copier",
            "24 h|réponse écrite",
        ),
    ),
    job(
        "depot-marque",
        "romain-castel",
        CATEGORY,
        "Dépôt de marque : recherche, choix des classes et dossier INPI",
        290,
        4,
        includes="""
            Une recherche d'antériorités identiques et proches
            Un avis écrit sur les risques
            Le choix argumenté des classes
            Le dossier de dépôt prêt à valider
        """,
        description="""
            Déposer sans chercher, c'est payer pour recevoir une opposition. Je recherche les marques identiques et
            ressemblantes, en France et dans l'Union européenne, ainsi que les dénominations sociales et les noms de
            domaine.

            Je vous donne un avis gradué : libre, discutable, déconseillé. Si le nom est retenu, je prépare le libellé,
            assez large pour vous protéger, assez précis pour être accepté.

            La redevance de l'office est réglée directement par vous.
        """,
        needs="""
            Le nom et le logo, s'il existe
            Vos produits et services, actuels et à venir
            Les pays visés
        """,
        addons=[
            ("Deuxième nom", "Recherche et avis sur une variante.", 110, 1),
            ("Dépôt européen", "Adaptation du dossier pour l'office européen.", 190, 3),
            ("Surveillance d'un an", "Alerte en cas de dépôt voisin.", 150, 0),
        ],
        faq="""
            La redevance est-elle comprise ?
            Non. Son montant dépend du nombre de classes, je vous l'indique avant de déposer.
            Et si le nom n'est pas disponible ?
            Je vous propose une variante ou la moitié du prix en remboursement.
        """,
        opening="""
            Bonjour ! Écrivez-moi le nom exactement comme vous comptez l'employer, puis ce que vous vendez
            aujourd'hui et ce que vous rêvez de vendre dans cinq ans. Je commence la recherche ce soir. Romain.
        """,
        keywords="marque; INPI; dépôt; antériorité; nom; propriété intellectuelle",
        cover=cover(
            "brand",
            "deep",
            "Ondine",
            "Dépôt n° 26 4 812 907",
            "Un nom libre, trois classes.; Classe 3; Classe 35; Classe 44",
        ),
    ),
    job(
        "contrat-developpement-logiciel",
        "romain-castel",
        CATEGORY,
        "Contrat de développement logiciel avec cession des droits",
        540,
        6,
        includes="""
            Un contrat de huit à dix pages, annexes comprises
            La cession des droits rédigée œuvre par œuvre
            Le traitement des composants libres
            Une procédure de recette d'une page
        """,
        description="""
            Vous payez un développement et pensez qu'il vous appartient : ce n'est vrai que si c'est écrit. Je rédige
            un contrat équilibré entre client et prestataire, qui dit ce qui est livré, ce qui est cédé et ce qui reste
            sous licence.

            Le contrat prévoit aussi la fin : restitution du code, des accès et de la documentation. C'est le moment
            où l'on relit, autant que ce soit clair.
        """,
        needs="""
            Le devis ou le cahier des charges
            Les technologies et composants employés
            Ce que vous souhaitez pouvoir faire du code
        """,
        addons=[
            ("Contrat de maintenance", "Six pages, niveaux de service compris.", 220, 3),
            ("Audit des licences libres", "Sur la base de votre liste de composants.", 240, 4),
        ],
        faq="""
            Rédigez-vous pour le prestataire ou pour le client ?
            L'un ou l'autre, jamais les deux sur le même contrat.
            Le contrat couvre-t-il un développement en plusieurs étapes ?
            Oui, par lots ou par périodes, au choix.
        """,
        opening="""
            Bonjour et merci. Pour qui dois-je écrire : celui qui commande ou celui qui développe ? Joignez le devis,
            et dites-moi ce qui se passerait si vous deviez changer de partenaire demain. Romain.
        """,
        keywords="logiciel; contrat; cession de droits; code source; licence libre; recette",
        cover=cover(
            "code",
            "sky",
            "Licences des composants",
            "licences.txt",
            "from projet import composants; for composant in composants:; > licence = composant.lire(); > si licence = 'GPL';"
            ">> return alerte(composant); > si licence = 'MIT'; >> return conforme(composant)",
            "128|Composants relevés; 3|À remplacer; 0|Sans licence",
        ),
        licence="""
            Le contrat peut être signé, modifié et réutilisé par votre entreprise pour ses propres projets. Sa
            diffusion comme modèle public n'est pas autorisée.
        """,
    ),
    call(
        "appel-propriete-code",
        "romain-castel",
        CATEGORY,
        "À qui appartient ce code, ce logo, cette base ? Une demi-heure pour savoir",
        60,
        30,
        includes="""
            Trente minutes d'échange sur votre situation
            Un tableau : ce qui est à vous, ce qui ne l'est pas encore
            La démarche la plus simple pour régulariser
        """,
        description="""
            Associé parti avec le code, logo dessiné par un ami, base constituée par un stagiaire : les situations les
            plus banales sont aussi les plus délicates le jour d'une vente ou d'une levée de fonds.

            Nous passons vos éléments en revue. Je vous dis ce qui peut se régler par une simple lettre.
        """,
        needs="""
            La liste des éléments et de leurs auteurs
            Les contrats ou courriels existants
        """,
        faq="""
            Rédigez-vous l'acte de cession ?
            Oui, par une commande distincte, si cela s'avère nécessaire.
            Est-ce confidentiel vis-à-vis de mon associé ?
            Oui, je ne contacte personne.
        """,
        opening="""
            Bonjour, à bientôt. Dressez une petite liste : quoi, fait par qui, quand, payé comment. Les cases vides
            seront les plus intéressantes. Romain.
        """,
        keywords="propriété intellectuelle; code; logo; cession; associé",
        cover=cover(
            "call_card",
            "mint",
            "À qui appartient ce code ?",
            "",
            "Ce qui est à vous; Ce qui manque; La lettre qui règle tout",
            "30 min|Tableau récapitulatif",
        ),
    ),
)
