"""Human resources: pay policy, interviews, hiring."""

from __future__ import annotations

from marketplace.demo.model import Offer, call, cover, job

CATEGORY = "ressources-humaines"

OFFERS: tuple[Offer, ...] = (
    job(
        "grille-salaires",
        "ines-carpentier",
        CATEGORY,
        "Grille de salaires claire et défendable pour votre entreprise",
        890,
        12,
        includes="""
            Une classification de vos postes en cinq à huit niveaux
            Une fourchette de salaire par niveau, comparée au marché
            La position de chaque salarié et les écarts à corriger
            Une note de présentation pour vos managers
        """,
        description="""
            Sans grille, chaque recrutement rouvre la même discussion et crée une injustice de plus. Je pars de
            vos postes réels et de votre convention collective, puis je construis une échelle que l'on peut
            expliquer en cinq minutes.

            Je compare vos salaires à trois sources publiques et sectorielles, en indiquant leurs limites. Les écarts
            entre femmes et hommes sont calculés à poste comparable, ce qui prépare aussi les nouvelles obligations
            de transparence.

            La mission s'entend jusqu'à quarante salariés et quinze postes. Elle se termine par un plan de
            rattrapage étalé sur deux ans, avec son coût.
        """,
        needs="""
            La liste des postes avec salaires et ancienneté, sans les noms si vous préférez
            Votre convention collective
            Votre organigramme, même sommaire
        """,
        addons=[
            ("Réunion avec le comité de direction", "Une heure pour arbitrer les niveaux.", 130, 0),
            ("Vingt salariés de plus", "Au-delà de quarante personnes.", 150, 3),
            ("Fiche individuelle", "Un bilan de rémunération d'une page par salarié.", 220, 4),
        ],
        faq="""
            Faut-il consulter les représentants du personnel ?
            Selon votre effectif, oui. Je vous indique à quel moment et avec quels documents.
            Peut-on garder la grille confidentielle ?
            Vous pouvez commencer ainsi. La réglementation pousse toutefois à davantage de transparence, et je vous
              y prépare.
        """,
        opening="""
            Bonjour, et merci pour votre commande. Envoyez-moi votre liste de postes en remplaçant les noms par des
            numéros si cela vous met plus à l'aise. J'aurai aussi besoin de savoir quel recrutement récent vous a
            posé difficulté. Bien cordialement, Inès.
        """,
        keywords="grille de salaires; rémunération; classification; égalité; transparence",
        cover=cover(
            "spreadsheet",
            "mint",
            "Grille des salaires 2027",
            "",
            "Niveau 1|24,1|25,6|27,2|3; Niveau 2|26,8|29,0|31,4|11; Niveau 3|31,0|34,2|37,6|9;"
            "Niveau 4|37,0|41,5|46,0|6; Niveau 5|45,5|52,0|58,5|4; Niveau 6|58,0|66,0|74,0|2",
            "−3,1 %|écart à corriger sur deux ans; |Bas; |Milieu; |Haut; |Pers.",
        ),
    ),
    job(
        "entretien-annuel",
        "ines-carpentier",
        CATEGORY,
        "Trame d'entretien annuel que vos managers auront envie d'utiliser",
        220,
        4,
        includes="""
            Une trame de deux pages, au format Word et formulaire
            Un guide du manager avec des formulations d'exemple
            Un courriel d'invitation et un modèle de compte rendu
        """,
        description="""
            Les grilles de quarante critères finissent cochées dans l'ordre. Je vous propose deux pages : ce qui a
            été réussi, ce qui a freiné, ce que l'on décide ensemble, et un espace pour ce que le salarié souhaite
            dire sans qu'on le lui demande.

            Le guide donne des phrases pour les moments délicats : un désaccord, une demande d'augmentation, une
            baisse d'engagement. Il distingue nettement cet entretien de l'entretien de parcours professionnel,
            obligatoire et souvent confondu.
        """,
        needs="""
            Vos valeurs ou vos règles de vie, si elles existent
            La trame actuelle et ce qui vous déplaît
            Deux exemples de postes concernés
        """,
        addons=[
            ("Formation des managers", "Une heure en visioconférence avec mises en situation.", 140, 0),
            ("Version non-cadres", "Une trame adaptée aux équipes de terrain.", 60, 1),
        ],
        faq="""
            Peut-on l'intégrer à notre logiciel ?
            Oui, je fournis le texte brut des questions pour une saisie rapide.
            Les objectifs sont-ils inclus ?
            Oui, avec une méthode pour les écrire en une phrase vérifiable.
        """,
        opening="""
            Bonjour, merci de votre confiance. Racontez-moi le dernier entretien annuel qui s'est mal passé, sans
            nommer personne : c'est le meilleur point de départ. Et joignez votre trame actuelle, même si vous ne
            l'aimez pas. Inès.
        """,
        keywords="entretien annuel; évaluation; managers; objectifs; trame",
        cover=cover(
            "notebook",
            "blush",
            "Entretien annuel",
            "Guide du manager",
            "Ouvrir l'échange; Reconnaître ce qui a réussi; Parler de ce qui freine; Décider ensemble; Écrire, puis suivre",
            "2 pages|une heure d'entretien",
        ),
    ),
    job(
        "livret-accueil",
        "ines-carpentier",
        CATEGORY,
        "Parcours d'intégration et livret d'accueil de vos nouveaux salariés",
        360,
        7,
        includes="""
            Un parcours jour par jour jusqu'à la fin de la période d'essai
            Un livret d'accueil de douze pages, mis en page
            La liste des gestes à faire avant l'arrivée
            Un questionnaire d'étonnement à trente jours
        """,
        description="""
            Un départ sur cinq en période d'essai se joue la première semaine. Un poste prêt, une personne qui vous
            attend, un déjeuner prévu : cela ne coûte rien et s'oublie facilement.

            J'écris votre parcours avec vos lieux, vos outils et les prénoms de vos équipes, puis le livret qui
            l'accompagne. Le ton est le vôtre ; j'écoute deux salariés récents avant de rédiger, car ils savent ce
            qui leur a manqué.
        """,
        needs="""
            Votre logo et vos couleurs
            Les règles pratiques : horaires, accès, congés, notes de frais
            Deux salariés récents, disponibles vingt minutes chacun
        """,
        addons=[
            ("Version anglaise", "Le livret traduit et mis en page.", 120, 3),
            ("Parcours alternants", "Une variante pour apprentis et stagiaires.", 70, 2),
            ("Mot du dirigeant", "Rédigé à partir de dix minutes d'entretien.", 40, 0),
        ],
        faq="""
            Pourrons-nous modifier le livret nous-mêmes ?
            Oui, je remets un fichier PowerPoint ou Canva, à votre choix, et un PDF.
            Le livret contient-il les mentions obligatoires ?
            Il renvoie aux documents obligatoires. Leur rédaction n'est pas comprise.
        """,
        opening="""
            Bonjour ! J'aimerais commencer par parler vingt minutes avec deux personnes arrivées cette année.
            Pouvez-vous me donner leur prénom et deux créneaux, après leur avoir demandé leur accord ? Pendant ce
            temps, déposez ici vos règles pratiques. Inès.
        """,
        keywords="intégration; livret d'accueil; période d'essai; onboarding; fidélisation",
        cover=cover(
            "journey",
            "teal",
            "Les 90 premiers jours",
            "Technicienne de maintenance",
            "Amina, 29 ans; Avant; Jour 1; Semaine 1; Mois 1; Mois 3",
            "Attend|un poste prêt; Redoute|de déranger; Apprécie|un référent",
        ),
    ),
    call(
        "appel-annonce-difficile",
        "ines-carpentier",
        CATEGORY,
        "Préparer une annonce difficile à votre équipe",
        95,
        45,
        includes="""
            Quarante-cinq minutes d'échange confidentiel
            Une trame de prise de parole, minute par minute
            Les réponses aux cinq questions que l'on vous posera
        """,
        description="""
            Fermeture d'un site, départ d'un associé, gel des augmentations, réorganisation : la façon de l'annoncer
            laisse des traces plus longtemps que la décision. Nous préparons vos premiers mots, l'ordre des
            informations et ce que vous ne pouvez pas encore dire.

            Je vous alerte sur les étapes obligatoires, notamment la consultation du comité social et économique,
            pour que l'annonce n'arrive pas avant l'heure.
        """,
        needs="""
            La décision et sa date
            Le nombre de personnes concernées et leur mode de travail
        """,
        faq="""
            Rédigez-vous le discours ?
            J'en écris la trame pendant l'appel et vous l'envoie aussitôt. Les mots doivent rester les vôtres.
            Puis-je venir avec mon associé ?
            Oui, c'est même souhaitable si vous serez deux à parler.
        """,
        opening="""
            Bonjour, je vous remercie. Avant notre appel, écrivez en une phrase ce que vous devez annoncer, comme
            vous le diriez à un ami. Nous partirons de là. Tout ce que vous m'écrivez reste entre nous. Inès.
        """,
        keywords="annonce; réorganisation; communication interne; CSE; management",
        cover=cover(
            "call_card",
            "blush",
            "Dire les choses à votre équipe",
            "",
            "Les premiers mots; Ce que l'on peut dire; Les questions à venir",
            "45 min|Échange confidentiel",
        ),
    ),
    job(
        "annonce-emploi",
        "mai-nguyen",
        CATEGORY,
        "Offre d'emploi rédigée pour attirer les bons candidats",
        140,
        3,
        includes="""
            Une annonce complète, prête à publier
            Une version courte pour LinkedIn et une pour l'affichage
            Trois questions de présélection à poser en ligne
        """,
        description="""
            La plupart des annonces décrivent une entreprise idéale et un candidat introuvable. Je vous interroge
            vingt minutes sur une journée réelle du poste, puis j'écris une annonce qui parle de ce que la personne
            fera, de ce qu'elle gagnera et de ce qui est difficile.

            Le salaire figure dans l'annonce : c'est la ligne la plus lue. Le vocabulaire est relu pour ne décourager
            personne par mégarde, et les mentions interdites sont écartées.
        """,
        needs="""
            Le poste, le lieu, le type de contrat et la rémunération
            Vingt minutes avec le futur responsable
        """,
        addons=[
            ("Deuxième annonce", "Un autre poste dans la même entreprise.", 80, 1),
            ("Visuel de publication", "Une image soignée pour les réseaux.", 45, 1),
            ("Publication sur trois sites", "Je mets l'annonce en ligne avec vos comptes.", 60, 1),
        ],
        faq="""
            Pouvez-vous écrire l'annonce en anglais ?
            Oui, précisez-le au moment de la commande, le prix ne change pas.
            Et si personne ne répond ?
            Je revois l'annonce une fois, gratuitement, au bout de trois semaines.
        """,
        opening="""
            Bonjour et merci ! Quelle est la personne qui travaillera au quotidien avec la future recrue ? J'ai
            besoin de vingt minutes avec elle. Si le calendrier est serré, elle peut aussi m'envoyer trois messages
            vocaux. Maï.
        """,
        keywords="annonce; offre d'emploi; recrutement; rédaction; LinkedIn",
        cover=cover(
            "browser",
            "lilac",
            "Technicien de maintenance, Rennes",
            "Ce que vous ferez vraiment, semaine après semaine",
            "a; b; c; emploi.ateliers-armor.fr; Je postule",
            "2 350 € brut|Sur treize mois; 35 h|Sans astreinte; Formation|Six semaines",
        ),
    ),
    job(
        "guide-entretien-structure",
        "mai-nguyen",
        CATEGORY,
        "Guide d'entretien structuré et grille de notation pour un poste",
        180,
        4,
        includes="""
            Douze questions fondées sur des situations réelles du poste
            Une grille de notation à quatre niveaux, avec exemples de réponses
            Un exercice pratique de trente minutes et son corrigé
            Une fiche sur les questions interdites
        """,
        description="""
            Poser les mêmes questions dans le même ordre à tous les candidats : la méthode paraît scolaire, elle
            prédit pourtant bien mieux la réussite qu'une conversation agréable. Je bâtis un guide propre à votre
            poste, à partir de ce qui distingue vos meilleurs collaborateurs.

            La grille permet à deux recruteurs de noter séparément, puis de comparer. Les désaccords deviennent
            utiles au lieu d'être une affaire de goût.
        """,
        needs="""
            La fiche de poste ou l'annonce
            Deux situations difficiles déjà rencontrées dans ce poste
        """,
        addons=[
            ("Entraînement des recruteurs", "Une heure, avec un faux candidat.", 110, 0),
            ("Modèles de réponses", "Acceptation, refus argumenté, vivier.", 40, 1),
        ],
        faq="""
            Le guide convient-il à un premier emploi ?
            Oui. Les questions portent alors sur des situations vécues en stage ou en dehors du travail.
            Combien de postes couvre-t-il ?
            Un seul, car les questions sont particulières au poste.
        """,
        opening="""
            Bonjour, ravie de vous aider. Pensez à la personne qui réussit le mieux dans ce poste et à celle qui a
            le plus peiné : qu'est-ce qui les séparait ? Répondez-moi librement, j'en ferai des questions. Maï.
        """,
        keywords="entretien structuré; grille de notation; recrutement; sélection; non-discrimination",
        cover=cover(
            "candidates",
            "sky",
            "Grille d'entretien",
            "Responsable d'agence, Toulouse",
            "Nadia K.|9 ans, réseau bancaire; Paul R.|12 ans, assurance; Inès M.|6 ans, immobilier;"
            "Marc D.|15 ans, banque; Léa F.|4 ans, conseil",
            "|Management; |Commerce; |Motivation",
        ),
    ),
    call(
        "appel-premier-commercial",
        "mai-nguyen",
        CATEGORY,
        "Recruter votre premier commercial : profil, salaire, canaux",
        60,
        30,
        includes="""
            Trente minutes d'échange avec une recruteuse
            Une fourchette de rémunération fixe et variable pour votre région
            Trois endroits où chercher, et un message d'approche
        """,
        description="""
            Faut-il un profil expérimenté ou quelqu'un à former ? Combien lui donner, et combien de variable ? Où le
            trouver sans passer par un cabinet ? Je réponds à partir de cas récents, dans des entreprises de moins
            de trente personnes.

            Vous recevez après l'appel un résumé d'une page et un message d'approche que vous pourrez envoyer le
            jour même.
        """,
        needs="""
            Ce que vous vendez, à qui, et à quel prix
            Votre ville et votre budget annuel
        """,
        faq="""
            Et si je ne sais pas encore si j'ai besoin de quelqu'un ?
            Nous commencerons par cette question. La réponse est parfois non.
            Pouvez-vous chercher pour moi ensuite ?
            Oui, par une demande sur mesure. Rien n'y oblige.
        """,
        opening="""
            Bonjour, c'est noté ! Répondez simplement à ceci avant l'appel : qui vend aujourd'hui, et qu'est-ce qui
            vous empêche de vendre davantage ? Deux lignes suffisent. À bientôt, Maï.
        """,
        keywords="recrutement commercial; salaire variable; sourcing; premier vendeur",
        cover=cover(
            "call_agenda",
            "sun",
            "Recruter votre premier commercial",
            "",
            "Profil et missions|0 min; Fixe et variable|10 min; Où chercher|18 min; Message d'approche|25 min",
            "30 min|Résumé écrit après l'appel",
        ),
    ),
)
