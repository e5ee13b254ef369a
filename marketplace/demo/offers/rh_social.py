"""Human resources: staff representation and prevention."""

from __future__ import annotations

from marketplace.demo.model import Offer, call, cover, job, question

CATEGORY = "ressources-humaines"

OFFERS: tuple[Offer, ...] = (
    job(
        "elections-cse",
        "yann-le-goff",
        CATEGORY,
        "Élections du CSE : calendrier, courriers et modèles, de A à Z",
        580,
        8,
        includes="""
            Un calendrier à rebours avec les dates limites
            Tous les courriers et affichages, remplis à votre nom
            Un projet de protocole d'accord préélectoral
            Le contrôle des procès-verbaux après le scrutin
        """,
        description="""
            Une élection mal préparée peut être annulée pour un affichage tardif. Je prépare votre dossier de bout
            en bout : calcul de l'effectif, invitation des organisations syndicales, collèges, listes
            électorales, vote et procès-verbaux.

            Chaque document est prêt à signer et accompagné d'une phrase qui explique pourquoi il existe. Pendant
            le processus, je réponds à vos questions sur la messagerie de la commande.

            Le prix vaut pour une entreprise de 11 à 150 salariés sur un seul site.
        """,
        needs="""
            La liste des salariés avec entrée, contrat et temps de travail
            La date du dernier scrutin ou de carence
            Votre convention collective
        """,
        addons=[
            ("Vote électronique", "Choix du prestataire et cahier des charges.", 160, 3),
            ("Réunion de négociation du protocole", "Préparation et assistance à distance.", 190, 0),
            ("Deuxième établissement", "Un site de plus.", 210, 4),
        ],
        faq="""
            Qui envoie les courriers ?
            Vous, en votre nom. Je vous dis à qui, quand et par quel moyen.
            Et s'il n'y a aucun candidat ?
            Je prépare alors le procès-verbal de carence et son dépôt.
        """,
        opening="""
            Bonjour. La première chose à vérifier est votre effectif sur douze mois : envoyez-moi la liste du
            personnel avec les dates d'entrée et de sortie. Je vous donne la date du premier affichage sous deux
            jours. Yann.
        """,
        keywords="élections CSE; protocole préélectoral; effectif; procès-verbal; carence",
        cover=cover(
            "roadmap",
            "mist",
            "Élections du CSE",
            "Quatre-vingt-dix jours, dans l'ordre",
            "Effectif; Invitations; Protocole; Listes; Premier tour; Résultats",
            "|Semaine 1; |Semaine 4; |Semaine 8; |Semaine 12",
        ),
    ),
    call(
        "appel-reunion-cse",
        "yann-le-goff",
        CATEGORY,
        "Préparer une réunion de CSE tendue avec un négociateur",
        90,
        45,
        includes="""
            Quarante-cinq minutes pour préparer vos réponses
            L'ordre du jour relu et corrigé
            Un rappel de ce qui relève de l'information ou de la consultation
        """,
        description="""
            Un point ajouté au dernier moment, une expertise annoncée, un droit d'alerte évoqué : la réunion de jeudi
            s'annonce longue. Nous la préparons ensemble, point par point, en cherchant ce que chacun doit pouvoir
            dire en sortant.

            Je vous aide à distinguer ce qui se discute de ce qui s'explique, et à répondre sans promettre. Vous
            gardez la main, et votre calme.
        """,
        needs="""
            L'ordre du jour et le dernier procès-verbal
            Le sujet qui vous préoccupe le plus
        """,
        faq="""
            Pouvez-vous assister à la réunion ?
            Non, ce serait souvent mal perçu. Je reste joignable par message ce jour-là.
            Conseillez-vous aussi les élus ?
            Je travaille pour les employeurs, afin d'éviter tout conflit d'intérêts.
        """,
        opening="""
            Bonjour. Joignez l'ordre du jour tel qu'il a été envoyé et le dernier procès-verbal. Dites-moi aussi
            comment s'est terminée la réunion précédente : le ton compte autant que le fond. À bientôt, Yann.
        """,
        keywords="CSE; réunion; négociation; consultation; conflit",
        cover=cover(
            "call_time",
            "sky",
            "Réunion de CSE",
            "",
            "Ordre du jour; Points sensibles; Réponses; Suites à donner",
            "45 min|pour arriver prêt",
        ),
    ),
    question(
        "question-cse",
        "yann-le-goff",
        CATEGORY,
        "Une question sur le CSE ou un accord collectif, réponse motivée",
        50,
        48,
        includes="""
            Une réponse motivée d'une page
            Les articles applicables et leur lecture
            La marche à suivre, étape par étape
        """,
        description="""
            Heures de délégation, budget, consultation obligatoire, révision d'un accord, usage à dénoncer : je
            réponds avec le texte, la pratique et la façon de l'appliquer sans envenimer la situation.

            Lorsque deux lectures existent, je vous donne les deux, celle que je retiendrais et pourquoi.
        """,
        needs="""
            Votre effectif et votre convention collective
            Les faits et les dates, dans l'ordre
        """,
        faq="""
            Puis-je transmettre votre réponse aux élus ?
            Oui, si vous le souhaitez. Dites-le-moi, j'adapte le ton.
            Relisez-vous un accord entier ?
            Non, pas à ce prix. Un article ou une clause, volontiers.
        """,
        opening="""
            Bonjour, merci. Racontez-moi les faits dans l'ordre, avec les dates, même ceux qui vous semblent
            secondaires. Je vous réponds sous 48 heures, et plus tôt si une échéance approche. Yann.
        """,
        keywords="CSE; heures de délégation; accord collectif; usage; consultation",
        cover=cover(
            "question_bubbles",
            "blush",
            "Dois-je consulter le CSE avant de changer les horaires ?",
            "",
            "Ce que dit le texte; Le calendrier à respecter; La formule à employer",
            "48 h|réponse motivée",
        ),
    ),
    job(
        "document-unique",
        "caroline-weber",
        CATEGORY,
        "Document unique d'évaluation des risques, complet et utilisable",
        650,
        10,
        includes="""
            Le document unique rédigé, par unité de travail
            Un plan d'action d'une page, daté et attribué
            Une fiche de risques à afficher par métier
            Une mise à jour gratuite dans les six mois
        """,
        description="""
            Je visite vos locaux à distance : photos, vidéos courtes, plan, et trois entretiens avec des personnes
            de terrain. Ce sont elles qui savent où l'on se fait mal.

            Le document couvre tous les risques, y compris la chaleur, les déplacements et les risques psychosociaux,
            sans phrases toutes faites. Chaque ligne est cotée avec une méthode simple, expliquée au dos.

            Le plan d'action compte une douzaine de mesures au plus. Une mesure sans responsable ni date n'y entre
            pas.
        """,
        needs="""
            La liste des postes et des locaux
            Le registre des accidents des trois dernières années
            Des photos des postes de travail
            Trois salariés disponibles trente minutes
        """,
        addons=[
            ("Visite sur place", "Une demi-journée en Alsace ou en Lorraine.", 290, 3),
            ("Volet risques psychosociaux", "Questionnaire anonyme et analyse.", 240, 5),
            ("Version allemande", "Pour vos équipes transfrontalières.", 160, 4),
        ],
        faq="""
            Notre entreprise compte six salariés, est-ce obligatoire ?
            Oui, dès le premier salarié. Le document est alors plus court.
            Reprenez-vous un document existant ?
            Oui, s'il est récent. Envoyez-le avant de commander, le prix peut baisser.
        """,
        opening="""
            Bonjour, merci de votre commande. Commencez par photographier chaque poste comme il est, sans ranger :
            c'est un service que vous me rendez. Puis indiquez-moi trois personnes de terrain à qui je peux parler.
            Caroline.
        """,
        keywords="document unique; DUERP; prévention; risques; plan d'action",
        cover=cover(
            "matrix",
            "sand",
            "Évaluation des risques",
            "Atelier de menuiserie, 19 personnes",
            "Poussières de bois|Fréquent, mineur; Chute de plain-pied|Rare; Scie à format|À traiter;"
            "Chariot et piétons|Urgent; Bruit|Surveillé",
        ),
    ),
    job(
        "charte-teletravail",
        "caroline-weber",
        CATEGORY,
        "Charte de télétravail claire, négociée et conforme",
        280,
        5,
        includes="""
            Une charte de quatre à six pages
            Un avenant ou un courrier d'accord individuel
            Un guide d'une page pour les managers
        """,
        description="""
            Qui peut télétravailler, combien de jours, avec quel matériel, et que se passe-t-il un jour de panne ?
            J'écris une charte qui répond à ces questions en phrases courtes, après avoir recueilli l'avis de la
            direction et de deux salariés.

            Les points sensibles sont traités : remboursement des frais, droit à la déconnexion, accident,
            travailleurs frontaliers. Je précise ce qui doit passer devant le CSE.
        """,
        needs="""
            Vos pratiques actuelles, même non écrites
            Votre effectif et l'existence d'un CSE
        """,
        addons=[
            ("Volet frontalier", "Sécurité sociale et fiscalité, Allemagne, Suisse ou Luxembourg.", 110, 2),
            ("Présentation aux équipes", "Huit pages prêtes à projeter.", 70, 1),
        ],
        faq="""
            Charte ou accord collectif ?
            Je vous conseille selon votre situation. Le prix est le même.
            Peut-on imposer un jour de présence commun ?
            Oui, et je vous propose plusieurs rédactions.
        """,
        opening="""
            Bonjour, merci. Décrivez-moi une semaine ordinaire : qui travaille d'où, quels jours, et ce qui crée des
            tensions. J'écrirai à partir de cette réalité plutôt que d'un modèle. Caroline.
        """,
        keywords="télétravail; charte; déconnexion; frais; frontaliers",
        cover=cover(
            "contract",
            "sky",
            "Charte de\ntélétravail",
            "Version soumise au CSE",
            "Postes concernés; Jours et horaires; Matériel et frais; Déconnexion",
            "2 jours|par semaine, le mardi en commun",
        ),
    ),
)
