"""Human resources: payroll and training."""

from __future__ import annotations

from marketplace.demo.model import Offer, cover, job, question

CATEGORY = "ressources-humaines"

OFFERS: tuple[Offer, ...] = (
    job(
        "audit-paie",
        "olivier-perrin",
        CATEGORY,
        "Audit de paie sur dix bulletins : erreurs, enjeux, corrections",
        420,
        6,
        includes="""
            Le contrôle de dix bulletins, ligne par ligne
            Un rapport classé par gravité, avec le montant en jeu
            La rubrique à corriger et la saisie attendue
            Un courrier de régularisation type
        """,
        description="""
            Je choisis avec vous dix bulletins qui couvrent vos situations : cadre, temps partiel, heures
            supplémentaires, arrêt maladie, alternance, sortie. C'est là que se logent les erreurs de paramétrage.

            Chaque constat renvoie au texte ou à l'article de votre convention collective, puis à la correction à
            saisir dans votre logiciel. Je chiffre le risque sur trois ans, dans les deux sens : il arrive aussi que
            l'employeur paie trop.

            Le rapport est rédigé pour être compris par un dirigeant et appliqué par un gestionnaire de paie.
        """,
        needs="""
            Dix bulletins, avec les contrats correspondants
            La convention collective et les accords d'entreprise
            Les relevés d'heures du mois concerné
        """,
        addons=[
            ("Cinq bulletins de plus", "Pour couvrir d'autres statuts.", 150, 2),
            ("Contrôle des DSN", "Rapprochement de trois mois de déclarations.", 130, 2),
            ("Appel avec votre gestionnaire", "Une heure pour transmettre les corrections.", 80, 0),
        ],
        faq="""
            Quels secteurs connaissez-vous ?
            Bâtiment, transports, médico-social, commerce, restauration et bureaux d'études.
            Prévenez-vous l'Urssaf ?
            Non. Je vous explique comment régulariser, la décision vous appartient.
        """,
        opening="""
            Bonjour, merci. Pour choisir les dix bulletins les plus instructifs, dites-moi quels cas particuliers
            vous avez eus cette année : arrêts, primes, départs, forfaits. Vous pouvez masquer les noms, pas les
            matricules. Olivier.
        """,
        keywords="audit de paie; bulletin; Urssaf; DSN; convention collective",
        cover=cover(
            "form",
            "mint",
            "Bulletin de paie",
            "Octobre 2026, contrôle ligne à ligne",
            "Salaire de base|2 275,05; Heures supplémentaires|187,54; Prime d'ancienneté|68,25; Mutuelle|−24,60;"
            "Retraite complémentaire|−101,37; Avantage repas|−54,00; Net à payer|1 934,12",
            "+ 42 €|Taux à 25 % oublié; −11 €|Ancienneté mal calculée; Exact|Avantage en nature",
        ),
    ),
    job(
        "calendrier-social",
        "olivier-perrin",
        CATEGORY,
        "Calendrier social de l'année et procédure de paie sur mesure",
        210,
        4,
        includes="""
            Un calendrier mois par mois : déclarations, échéances, obligations
            Une procédure de collecte des éléments variables
            Une liste de contrôle avant validation de la paie
        """,
        description="""
            La paie se complique surtout à cause de ce qui arrive en retard : heures, absences, primes. Je dessine
            avec vous un calendrier de collecte réaliste, puis une liste de contrôle de vingt points qui se parcourt
            en dix minutes.

            Le calendrier tient compte de votre effectif, de votre secteur et de vos dates de versement. Il est
            fourni en PDF et au format iCal, à ajouter à votre agenda.
        """,
        needs="""
            Votre effectif et votre convention collective
            Le nom de votre logiciel ou de votre prestataire de paie
        """,
        addons=[
            ("Rappels par courriel", "Douze messages préparés, un par mois.", 40, 1),
            ("Fiche de saisie des variables", "Un formulaire pour vos chefs d'équipe.", 60, 1),
        ],
        faq="""
            Le calendrier est-il mis à jour l'année suivante ?
            Il vaut pour douze mois. Je propose la mise à jour à tarif réduit en décembre.
            Notre paie est confiée à un cabinet, est-ce utile ?
            Oui : la qualité de la paie dépend de ce que vous lui transmettez, et quand.
        """,
        opening="""
            Bonjour ! Trois renseignements pour commencer : votre effectif, votre convention collective et le jour
            où les salaires sont versés. Dites-moi aussi ce qui arrive toujours trop tard chez vous. Olivier.
        """,
        keywords="calendrier social; paie; échéances; DSN; procédure",
        cover=cover(
            "calendar",
            "forest",
            "Janvier 2027",
            "Échéances sociales",
            "Variables|à recevoir le 20; Contrôle|vingt points; Virement|le 28; DSN|le 5 ou le 15",
        ),
    ),
    question(
        "question-paie",
        "olivier-perrin",
        CATEGORY,
        "Une question de paie ou de temps de travail, réponse sous 24 h",
        35,
        24,
        includes="""
            Une réponse écrite et applicable le mois même
            La référence du texte et de votre convention collective
            Un exemple de calcul avec vos chiffres
        """,
        description="""
            Maintien de salaire, jour férié travaillé, solde de tout compte, prime au prorata, temps partiel modulé :
            posez une question, donnez les chiffres, et recevez le calcul détaillé avec la règle.

            Je réponds pour un cas précis et pour votre convention collective, en indiquant ce qui dépend d'un usage
            ou d'un accord propre à votre entreprise.
        """,
        needs="""
            Votre convention collective et le statut du salarié
            Les dates, les horaires et le salaire de base
        """,
        faq="""
            Puis-je joindre un bulletin ?
            Oui, en masquant le nom et le numéro de sécurité sociale.
            Combien de cas dans une question ?
            Un seul salarié et une seule situation, avec une précision comprise.
        """,
        opening="""
            Bonjour, question bien reçue. Indiquez-moi si possible l'horaire du contrat, la date d'entrée et la
            convention collective : sans cela, je ne pourrais donner qu'une réponse générale. Olivier.
        """,
        keywords="paie; heures supplémentaires; maladie; solde de tout compte; prime",
        cover=cover(
            "question_sheet",
            "mint",
            "Comment payer ce jour férié travaillé ?",
            "",
            "Le texte; Votre convention; Le calcul; La ligne du bulletin",
            "24 h|Avec exemple chiffré",
        ),
    ),
    job(
        "plan-competences",
        "fatou-diop",
        CATEGORY,
        "Plan de développement des compétences et demandes de financement",
        540,
        8,
        includes="""
            Le recueil des besoins, par questionnaire et entretiens
            Un plan chiffré, trié par priorité
            Les demandes de prise en charge préparées pour votre OPCO
            Un tableau de suivi des obligations
        """,
        description="""
            Un plan de formation ne doit pas être une liste de souhaits. Je recueille les besoins de vos équipes et
            ceux de l'entreprise, je les croise, et je propose ce qui change vraiment quelque chose : parfois une
            formation, souvent un tutorat ou une demi-journée de pratique.

            Je vérifie les critères de votre opérateur de compétences, prépare les dossiers et vous signale les
            reliquats que beaucoup d'entreprises laissent perdre.

            Le prix couvre une entreprise de cinquante salariés au plus, avec quatre entretiens.
        """,
        needs="""
            Votre effectif par métier
            Votre OPCO et les formations des deux dernières années
            Vos projets : machines, logiciels, marchés
        """,
        addons=[
            ("Recherche d'organismes", "Trois devis comparés par action.", 120, 3),
            ("Entretiens supplémentaires", "Quatre entretiens de plus.", 110, 2),
        ],
        faq="""
            Le dossier est-il toujours accepté ?
            Non, cela dépend des fonds disponibles. Je dépose au bon moment et je vous dis vos chances.
            Peut-on former pendant l'activité partielle ?
            Oui, sous conditions. Je les précise dans le plan.
        """,
        opening="""
            Bonjour, et merci. Avant les questionnaires, j'aimerais votre avis de dirigeant : si une seule
            compétence progressait dans l'année, laquelle changerait votre quotidien ? Envoyez-moi aussi le nom de
            votre OPCO. Fatou.
        """,
        keywords="formation; OPCO; compétences; plan; financement; obligations",
        cover=cover(
            "radar",
            "lilac",
            "Carte des compétences",
            "Atelier et bureau d'études, 34 personnes",
            "Lecture de plan; Sécurité; Logiciel; Anglais; Encadrement; Qualité",
            "14|actions retenues; 18 400 €|pris en charge; 6|tuteurs formés",
        ),
    ),
    job(
        "formation-interne",
        "fatou-diop",
        CATEGORY,
        "Module de formation interne clé en main pour un geste métier",
        750,
        12,
        includes="""
            Un déroulé minute par minute de deux à quatre heures
            Le support de l'animateur et celui du participant
            Un exercice pratique et une grille d'observation
            Une évaluation à chaud et à trente jours
        """,
        description="""
            Vos meilleurs formateurs sont déjà chez vous : il leur manque le temps d'écrire. Je les observe ou je
            les interroge, je découpe leur savoir-faire, puis je construis un module qu'un autre pourra animer.

            Les supports sont illustrés, sobres et pensés pour des adultes qui préfèrent faire plutôt que lire. J'ai
            longtemps conçu des formations pour des équipes dont le français n'était pas la première langue : les
            consignes y gagnent en clarté pour tous.
        """,
        needs="""
            Le geste ou la procédure à transmettre
            Une personne qui le maîtrise, disponible deux heures
            Des photos ou une courte vidéo du poste
        """,
        addons=[
            ("Formation du formateur", "Deux heures pour apprendre à animer.", 190, 0),
            ("Version en ligne", "Le module découpé en six séquences.", 280, 6),
            ("Traduction simple", "Consignes en anglais, arabe ou portugais.", 90, 3),
        ],
        faq="""
            Les supports sont-ils modifiables ?
            Oui, tout est remis en PowerPoint et Word.
            Peut-on faire certifier le module ?
            Ce n'est pas compris. Je peux vous indiquer si cela en vaut la peine.
        """,
        opening="""
            Bonjour, j'ai hâte de découvrir ce savoir-faire. Filmez simplement le geste au téléphone, sans
            commentaire, deux fois de suite. Je prépare mes questions à partir de ces images, puis nous fixons un
            entretien. Fatou.
        """,
        keywords="formation interne; tutorat; module; support; ingénierie pédagogique",
        cover=cover(
            "slides",
            "sun",
            "Régler la machine\nen sécurité",
            "Module de formation, 3 heures",
            "Les trois temps; Le déroulé; Voir; Faire; Refaire; Transmettre",
            "20'|Démonstration; 90'|Pratique; 30'|Évaluation",
        ),
    ),
    question(
        "question-formation",
        "fatou-diop",
        CATEGORY,
        "Financer une formation : quel dispositif pour ce salarié ?",
        30,
        48,
        includes="""
            Le dispositif le plus adapté, et son remplaçant
            Les montants, délais et pièces
            Le courriel à envoyer à votre OPCO
        """,
        description="""
            Compte personnel de formation, projet de transition, alternance, fonds de l'OPCO, aide régionale : les
            sigles changent, la question reste la même. Décrivez la personne, la formation et la date ; je vous dis
            qui paie, combien et quand faire la demande.

            Je signale les pièges de calendrier, car une demande déposée après le début est presque toujours
            refusée.
        """,
        needs="""
            Le métier, l'ancienneté et le contrat du salarié
            La formation visée, sa durée et son prix
        """,
        faq="""
            Répondez-vous aux salariés eux-mêmes ?
            Oui, la réponse est alors rédigée de leur point de vue.
            Et pour un dirigeant non salarié ?
            C'est possible, via son fonds d'assurance formation. Indiquez votre statut.
        """,
        opening="""
            Bonjour, merci pour votre question. Précisez la date de début souhaitée : c'est elle qui décide de la
            plupart des financements. Je vous réponds sous deux jours avec le message à envoyer. Fatou.
        """,
        keywords="financement; CPF; OPCO; alternance; transition professionnelle",
        cover=cover(
            "question_letter",
            "mist",
            "Qui peut payer cette formation ?",
            "",
            "Le bon dispositif; Le montant pris en charge; La date à ne pas manquer",
            "48 h|réponse écrite",
        ),
    ),
)
