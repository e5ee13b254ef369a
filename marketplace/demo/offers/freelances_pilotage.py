"""Managing freelancers: steering and compliance."""

from __future__ import annotations

from marketplace.demo.model import Offer, call, cover, job, question

CATEGORY = "management-freelances"

OFFERS: tuple[Offer, ...] = (
    job(
        "cahier-charges-mission",
        "maxime-lemaire",
        CATEGORY,
        "Cahier des charges de mission : trois pages que tout freelance comprend",
        290,
        4,
        includes="""
            Un cahier des charges de trois à cinq pages
            La liste des livrables et leurs critères d'acceptation
            Ce qui est hors périmètre, écrit noir sur blanc
            Un modèle de réponse à remettre aux candidats
        """,
        description="""
            La plupart des désaccords naissent d'un mot : « simple », « rapide », « comme d'habitude ». Je vous
            interroge pendant une heure, je reformule, et j'écris un document assez court pour être lu et assez
            précis pour être chiffré.

            Les critères d'acceptation sont rédigés sous forme d'exemples. Ils serviront le jour de la livraison et
            éviteront bien des courriels.
        """,
        needs="""
            Une heure d'entretien avec la personne qui décide
            Les documents existants, même brouillons
            La date souhaitée et les contraintes connues
        """,
        addons=[
            ("Estimation indépendante", "Une charge en jours, avec ses hypothèses.", 90, 1),
            ("Réponses aux candidats", "Je réponds à leurs questions pendant dix jours.", 120, 0),
        ],
        faq="""
            Connaissez-vous mon métier ?
            Pas forcément, et c'est utile : ce que je ne comprends pas, un candidat ne le comprendra pas non plus.
            Le document est-il contractuel ?
            Il peut être annexé au contrat. Il est écrit pour cela.
        """,
        opening="""
            Bonjour ! Avant notre entretien, envoyez-moi ce que vous avez : courriel, croquis, liste de souhaits. Ne
            remettez rien en forme. Proposez-moi deux créneaux d'une heure cette semaine. Maxime.
        """,
        keywords="cahier des charges; périmètre; livrables; critères d'acceptation; freelance",
        cover=cover(
            "contract",
            "sun",
            "Cahier des charges\nde mission",
            "Application de réservation",
            "Objectif; Livrables attendus; Hors périmètre; Calendrier",
            "3 pages|et dix exemples concrets",
        ),
    ),
    job(
        "reprise-mission",
        "maxime-lemaire",
        CATEGORY,
        "Remettre d'aplomb une mission freelance qui dérive",
        540,
        6,
        includes="""
            Un état des lieux factuel : fait, à faire, à refaire
            Un entretien avec le prestataire et un avec votre équipe
            Un plan de reprise à trois semaines
            Un compte rendu que chacun peut signer
        """,
        description="""
            Le budget est consommé aux trois quarts, le résultat à moitié, et plus personne ne se répond. J'arrive
            en tiers, sans chercher de coupable. J'examine les livrables, je relis les échanges, j'écoute les deux
            parties.

            Sous six jours, vous avez un état des lieux que l'on peut discuter et un plan de reprise réaliste, ou,
            si c'est plus sage, une fin de mission propre avec la liste de ce qu'il faut récupérer.

            Dans deux cas sur trois, la mission repart avec le même freelance.
        """,
        needs="""
            Le contrat ou le devis signé
            Les livrables reçus et les échanges principaux
            L'accord du prestataire pour un entretien
        """,
        addons=[
            ("Suivi hebdomadaire", "Un point de trente minutes pendant quatre semaines.", 260, 0),
            ("Recherche d'un remplaçant", "Présélection de trois profils.", 280, 5),
        ],
        faq="""
            Et si le prestataire refuse de me parler ?
            Je travaille alors à partir des documents, et je l'indique dans mon état des lieux.
            Votre avis peut-il servir en cas de litige ?
            Il est factuel et daté. Il ne remplace pas une expertise judiciaire.
        """,
        opening="""
            Bonjour, respirez, on a vu pire. Déposez ici le devis signé et les trois derniers messages échangés avec
            votre prestataire. Prévenez-le aussi que je vais l'interroger : la surprise n'aide personne. Maxime.
        """,
        keywords="mission; dérive; reprise; médiation; pilotage; état des lieux",
        cover=cover(
            "dashboard",
            "teal",
            "Mission en reprise",
            "Point au 12 novembre 2026",
            "Heures consommées; Livrables; Terminés; À reprendre; À faire",
            "74 %|Budget consommé; 52 %|Livrables reçus; 3 sem.|Plan de reprise",
        ),
    ),
    call(
        "appel-equipe-hybride",
        "maxime-lemaire",
        CATEGORY,
        "Piloter plusieurs freelances à distance : vos rituels en 45 minutes",
        80,
        45,
        includes="""
            Quarante-cinq minutes pour revoir votre organisation
            Un rythme de points adapté à votre équipe
            Un modèle de compte rendu en cinq lignes
        """,
        description="""
            Trop de réunions ou pas assez, des messages partout, des décisions introuvables : dites-moi comment se
            passe votre semaine et je vous propose un rythme plus léger.

            Nous supprimons d'abord, nous ajoutons ensuite. À la fin, vous savez qui voit quoi, quand, et où se
            trouve la dernière version.
        """,
        needs="""
            Le nombre de prestataires et leurs métiers
            Votre agenda d'une semaine ordinaire
        """,
        faq="""
            Imposez-vous un outil ?
            Non. Je travaille avec les vôtres, même s'il s'agit d'un simple tableur.
            Mon équipe peut-elle participer ?
            Oui, deux personnes au plus pour que l'échange reste efficace.
        """,
        opening="""
            Bonjour, rendez-vous noté. Faites une capture de votre agenda de la semaine passée, noms masqués si vous
            voulez, et entourez la réunion la moins utile. Nous commencerons par elle. Maxime.
        """,
        keywords="équipe hybride; rituels; réunions; freelances; organisation",
        cover=cover(
            "call_agenda",
            "mint",
            "Vos rituels d'équipe, en plus léger",
            "",
            "La semaine actuelle|0 min; Ce qu'on supprime|12 min; Le nouveau rythme|25 min; Le compte rendu|38 min",
            "45 min|Deux participants au plus",
        ),
    ),
    job(
        "audit-conformite-freelances",
        "aurelie-gomes",
        CATEGORY,
        "Audit de conformité de vos contrats et dossiers de freelances",
        720,
        8,
        includes="""
            La revue de dix dossiers : contrat, factures, pièces
            Un niveau de risque par dossier et la mesure à prendre
            Un tableau de suivi des attestations et de leurs échéances
            Une note de quatre pages pour la direction
        """,
        description="""
            Attestation de vigilance, extrait d'immatriculation, liste nominative, autonomie réelle : les textes sont
            connus, leur application l'est moins. J'examine vos dossiers comme le ferait un contrôleur, puis je vous
            aide à corriger avant lui.

            Je regarde les papiers, mais aussi les habitudes : adresse électronique au nom de l'entreprise, congés
            à valider, dépendance à un seul client. Ce sont elles qui font basculer un dossier.

            Le rapport distingue ce qui se règle en un courriel de ce qui demande de revoir la relation.
        """,
        needs="""
            Dix contrats et les factures de l'année
            Les attestations déjà collectées
            Un entretien avec un responsable qui les fait travailler
        """,
        addons=[
            ("Cinq dossiers de plus", "Revus selon la même grille.", 190, 2),
            ("Modèles de courriers", "Demande de pièces, relance, suspension.", 60, 1),
            ("Formation des managers", "Une heure sur les bons réflexes.", 140, 0),
        ],
        faq="""
            Cet audit protège-t-il d'une requalification ?
            Il réduit fortement le risque. Aucun document ne protège d'une pratique contraire.
            Traitez-vous le portage salarial ?
            Oui, ainsi que les sociétés unipersonnelles et les micro-entreprises.
        """,
        opening="""
            Bonjour, merci de votre confiance. Choisissez dix dossiers variés, dont un qui vous paraît irréprochable
            et un qui vous inquiète. Les pièces manquantes sont une information, ne les cherchez pas encore. Aurélie.
        """,
        keywords="conformité; obligation de vigilance; requalification; Urssaf; audit; freelances",
        cover=cover(
            "checklist",
            "teal",
            "Dossiers de freelances",
            "Revue de dix dossiers, octobre 2026",
            "Contrat signé et daté; Immatriculation à jour; Attestation de vigilance; Factures conformes;"
            "Autonomie réelle; Fin des accès prévue",
            "7 / 10|dossiers en règle",
        ),
    ),
    job(
        "contrat-prestation",
        "aurelie-gomes",
        CATEGORY,
        "Contrat de prestation freelance type, avec son mode d'emploi",
        340,
        5,
        includes="""
            Un contrat de six à huit pages adapté à votre activité
            Une version courte pour les missions de moins de cinq jours
            Une notice : quoi remplir, quoi ne jamais modifier
            Deux séries de retouches
        """,
        description="""
            Un bon contrat dit ce qui est livré, à qui appartient le résultat, comment on s'arrête et ce qui se passe
            en cas de retard. Le reste est de la décoration. J'écris un modèle que vos opérationnels rempliront sans
            appeler un juriste.

            La cession des droits est rédigée œuvre par œuvre, comme la loi le demande. Les clauses d'autonomie
            correspondent à une pratique réelle, que nous vérifions ensemble.
        """,
        needs="""
            Les types de missions que vous confiez
            Un contrat actuel, s'il existe
            Vos contraintes : confidentialité, sécurité, assurance
        """,
        addons=[
            ("Version anglaise", "Traduction juridique des deux modèles.", 180, 4),
            ("Annexe de sous-traitance de données", "Les clauses exigées par le RGPD.", 90, 1),
        ],
        faq="""
            Le contrat vaut-il pour des freelances étrangers ?
            Dans l'Union européenne, oui, avec une annexe. Hors d'Europe, demandez un devis.
            Puis-je le réutiliser sans limite ?
            Oui, dans votre entreprise et ses filiales.
        """,
        opening="""
            Bonjour ! Décrivez-moi trois missions typiques, la plus courte, la plus longue et la plus sensible. Si
            vous avez déjà un contrat, joignez-le, même imparfait : je verrai ce à quoi vous tenez. Aurélie.
        """,
        keywords="contrat de prestation; freelance; cession de droits; sous-traitance; modèle",
        cover=cover(
            "contract",
            "mint",
            "Contrat de\nprestation",
            "Modèle et mode d'emploi",
            "Objet et livrables; Prix et paiement; Propriété des résultats; Fin du contrat",
            "À compléter|Livrable, date et critère d'acceptation",
        ),
        licence="""
            Vous pouvez utiliser et adapter les modèles sans limite de durée ni de nombre, dans votre entreprise et
            ses filiales. Leur revente ou leur publication n'est pas autorisée.
        """,
    ),
    question(
        "question-requalification",
        "aurelie-gomes",
        CATEGORY,
        "Cette mission risque-t-elle d'être requalifiée en contrat de travail ?",
        55,
        48,
        includes="""
            Une analyse de votre situation, critère par critère
            Un niveau de risque et ce qui le fait varier
            Les deux ou trois gestes à changer dès maintenant
        """,
        description="""
            Horaires, matériel, exclusivité, intégration à l'équipe : les juges regardent la réalité, pas le titre
            du contrat. Décrivez comment la mission se passe vraiment, je vous dis ce qui rassure et ce qui inquiète.

            La réponse est écrite, nuancée et utilisable. Si la situation exige un avocat, je vous le dis et je vous
            indique quoi préparer.
        """,
        needs="""
            La durée de la mission et le nombre de jours par semaine
            Qui décide du travail, des horaires et du lieu
            La part de cette mission dans les revenus du freelance
        """,
        faq="""
            Je suis freelance, puis-je poser la question ?
            Oui. Précisez-le, j'adapterai mes conseils.
            Puis-je poser la question pour deux personnes ?
            Comptez une question par personne, car les faits diffèrent toujours.
        """,
        opening="""
            Bonjour, merci. Décrivez une semaine ordinaire de cette mission, du lundi au vendredi, sans chercher à la
            présenter sous son meilleur jour. C'est la seule façon de vous répondre honnêtement. Aurélie.
        """,
        keywords="requalification; salariat déguisé; subordination; freelance; risque",
        cover=cover(
            "question_sheet",
            "sun",
            "Freelance ou salarié, que diraient les juges ?",
            "",
            "Les indices qui comptent; Votre situation; Le niveau de risque; Ce qu'il faut changer",
            "48 h|Analyse écrite",
        ),
    ),
)
