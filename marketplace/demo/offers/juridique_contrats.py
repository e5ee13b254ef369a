"""Law: contracts, procurement, employment."""

from __future__ import annotations

from marketplace.demo.model import Offer, call, cover, job, question

CATEGORY = "juridique"

OFFERS: tuple[Offer, ...] = (
    job(
        "conditions-generales-vente",
        "aicha-traore",
        CATEGORY,
        "Conditions générales de vente rédigées par une avocate",
        590,
        7,
        includes="""
            Des conditions générales sur mesure, de six à dix pages
            Une notice d'application pour vos équipes
            Les mentions à porter sur vos devis et factures
            Deux séries de retouches
        """,
        description="""
            Des conditions copiées chez un concurrent protègent le concurrent. Je rédige les vôtres à partir de votre
            façon de vendre : commande, livraison, réception, paiement, retard, garantie, litige.

            Entre professionnels, je veille à ce que les clauses utiles ne soient pas écartées pour déséquilibre.
            Avec des consommateurs, j'ajoute le droit de rétractation, la médiation et les informations obligatoires.

            La notice explique, clause par clause, ce qui peut être négocié par un commercial et ce qui doit remonter
            jusqu'à vous.
        """,
        needs="""
            Une description de vos ventes : à qui, comment, à quel prix
            Vos documents actuels : devis, facture, bon de livraison
            Deux litiges récents, s'il y en a eu
        """,
        addons=[
            ("Vente en ligne", "Clauses et informations propres au commerce électronique.", 160, 2),
            ("Version anglaise", "Traduction relue par une juriste bilingue.", 220, 4),
            ("Appel de présentation", "Trente minutes avec vos commerciaux.", 80, 0),
        ],
        faq="""
            Mes conditions seront-elles valables si le client a les siennes ?
            C'est toute la question. La notice indique comment éviter que les deux documents s'annulent.
            Êtes-vous tenue au secret professionnel ?
            Oui, comme tout avocat. Les échanges restent confidentiels.
        """,
        opening="""
            Bonjour, je vous remercie de votre confiance. Décrivez-moi une vente ordinaire, du premier appel au
            paiement, puis la dernière qui s'est mal terminée. Joignez un devis et une facture : ils me diront le
            reste. Aïcha Traoré.
        """,
        keywords="CGV; conditions générales; contrat; vente; avocat; retard de paiement",
        cover=cover(
            "contract",
            "lilac",
            "Conditions générales\nde vente",
            "Version relue et annotée",
            "Paiement; Livraison; Responsabilité; Litiges",
            "À revoir|Pénalités de retard sous le minimum légal",
        ),
    ),
    job(
        "relecture-contrat",
        "aicha-traore",
        CATEGORY,
        "Relecture d'un contrat commercial avant signature",
        260,
        3,
        includes="""
            Le contrat annoté en suivi des modifications
            Une note d'une page : bloquant, négociable, sans importance
            Les formulations à proposer à l'autre partie
        """,
        description="""
            On vous a envoyé quinze pages à signer avant vendredi. Je les lis, je corrige directement dans le
            document et je vous remets une note qui tient sur une page.

            Vous saurez ce que vous risquez, ce qu'il est raisonnable de demander et ce qu'il vaut mieux laisser
            passer. Les formulations proposées sont courtoises : le but est de signer, dans de bonnes conditions.

            Le tarif vaut pour un contrat de vingt pages au plus, en français, hors fusion et droit du travail.
        """,
        needs="""
            Le contrat au format Word ou PDF
            Ce qui a été convenu oralement
            Votre marge de négociation réelle
        """,
        addons=[
            ("Contrat en anglais", "Relecture et note en français.", 120, 1),
            ("Négociation par écrit", "Deux allers-retours avec l'autre partie.", 190, 3),
            ("Retour sous 24 heures", "Selon disponibilité affichée.", 110, -2),
        ],
        faq="""
            Relisez-vous les baux commerciaux ?
            Oui, jusqu'à vingt pages, avec le même tarif.
            Que faire si tout est bloquant ?
            Cela arrive. Je vous dis alors sous quelles conditions je ne signerais pas.
        """,
        opening="""
            Bonjour. Déposez le contrat et dites-moi en trois lignes ce que vous attendez de cette relation. Si une
            date de signature est fixée, indiquez-la : j'organiserai ma lecture en conséquence. Aïcha Traoré.
        """,
        keywords="contrat; relecture; négociation; avocat; clause; signature",
        cover=cover(
            "checklist",
            "mist",
            "Contrat de\ndistribution",
            "Relecture avant signature",
            "Objet et durée; Prix et révision; Exclusivité; Propriété des données; Responsabilité; Juridiction",
            "2|points bloquants",
        ),
    ),
    question(
        "question-clause",
        "aicha-traore",
        CATEGORY,
        "Une clause de contrat vous inquiète : analyse écrite par une avocate",
        60,
        48,
        includes="""
            Le sens exact de la clause, expliqué simplement
            Le risque, avec un ordre de grandeur
            Une rédaction de remplacement
        """,
        description="""
            Exclusivité, pénalité, reconduction tacite, propriété intellectuelle, limitation de responsabilité :
            recopiez la clause et racontez le contexte. Je vous réponds par écrit, comme à une consœur, mais sans
            latin.

            La clause est analysée seule. Si le reste du contrat change la réponse, je vous le signale.
        """,
        needs="""
            La clause recopiée en entier
            La nature du contrat et votre position : acheteur ou vendeur
        """,
        faq="""
            Puis-je envoyer le contrat complet ?
            Oui, pour le contexte. L'analyse porte sur une clause.
            Traitez-vous les clauses de contrats étrangers ?
            Seulement si le droit français s'applique.
        """,
        opening="""
            Bonjour, bien reçu. Vérifiez que la clause est recopiée sans coupure, y compris les renvois à d'autres
            articles, et précisez si le contrat est déjà signé. Je vous réponds dans le délai annoncé. Aïcha Traoré.
        """,
        keywords="clause; contrat; pénalité; exclusivité; avocat; analyse",
        cover=cover(
            "question_bubbles",
            "lilac",
            "Cette pénalité de retard est-elle excessive ?",
            "",
            "Ce que dit la clause; Ce qu'un juge en ferait; La version à proposer",
            "48 h|par une avocate",
        ),
    ),
    job(
        "analyse-marche-donneur-ordre",
        "philippe-arnaud",
        CATEGORY,
        "Analyse des risques d'un contrat avec un grand donneur d'ordre",
        480,
        5,
        includes="""
            Une carte des risques : probabilité, coût, parade
            Les dix articles à renégocier, avec la formulation
            Le coût maximal d'un scénario défavorable
            Une liste de vérification pour votre assureur
        """,
        description="""
            Pénalités sans plafond, garanties à première demande, réception tacite qui n'arrive jamais : j'ai rédigé
            ces clauses pendant trente ans, du côté de celui qui les impose. Je sais lesquelles cèdent.

            Je chiffre ce que coûterait un retard de trois mois ou un refus de réception, puis je compare à votre
            marge. La décision devient alors économique, et c'est à vous de la prendre.

            Mon avis est celui d'un ancien directeur juridique. Si l'enjeu justifie un avocat, j'en prépare la saisine.
        """,
        needs="""
            Le contrat, ses annexes et le cahier des charges
            Votre prix, votre marge et votre planning
            Vos attestations d'assurance
        """,
        addons=[
            ("Réunion de négociation", "Préparation et présence à distance.", 290, 0),
            ("Plan de gestion contractuelle", "Qui notifie quoi, quand et comment.", 180, 3),
        ],
        faq="""
            Un grand groupe accepte-t-il vraiment de modifier son contrat ?
            Plus souvent qu'on ne le croit, si la demande est précise et argumentée.
            Intervenez-vous en cours d'exécution ?
            Oui, notamment pour rédiger une réclamation. Demandez un devis.
        """,
        opening="""
            Bonjour, merci. Envoyez l'ensemble contractuel complet, annexes comprises : les pièges sont rarement dans
            le corps du texte. Indiquez aussi la part de ce contrat dans votre chiffre d'affaires. Philippe.
        """,
        keywords="contrat; donneur d'ordre; pénalités; sous-traitance; risque; négociation",
        cover=cover(
            "matrix",
            "ink",
            "Carte des risques",
            "Contrat de sous-traitance, 1,2 M€",
            "Révision de prix|Probable, limité; Assurance|Rare; Réception tardive|À négocier;"
            "Pénalités sans plafond|Bloquant; Garantie|À encadrer",
        ),
    ),
    call(
        "appel-grand-compte",
        "philippe-arnaud",
        CATEGORY,
        "Signer avec un grand donneur d'ordre sans se mettre en danger",
        100,
        45,
        includes="""
            Quarante-cinq minutes avec un ancien directeur juridique
            Les trois clauses à ne pas accepter telles quelles
            Une stratégie de négociation en deux temps
        """,
        description="""
            Vous êtes sur le point de signer le plus gros contrat de votre histoire, et cela vous réjouit autant que
            cela vous inquiète. Nous regardons les clauses sensibles, votre capacité à tenir et ce que l'autre partie
            peut concéder.

            Je vous dis ce que j'aurais accepté à sa place.
        """,
        needs="""
            Les articles qui vous préoccupent
            Le montant et la durée du contrat
        """,
        faq="""
            Avez-vous travaillé pour mon client ?
            Je vérifie l'absence de conflit avant l'appel et vous rembourse s'il y en a un.
            Aurai-je un document écrit ?
            Un relevé de points d'une page, envoyé dans la journée.
        """,
        opening="""
            Bonjour, votre créneau est réservé. Envoyez-moi le nom du donneur d'ordre, afin que je m'assure de pouvoir
            vous conseiller librement, et les articles qui vous gênent. Philippe.
        """,
        keywords="grand compte; négociation; pénalités; contrat; sous-traitance",
        cover=cover(
            "call_agenda",
            "lilac",
            "Votre plus gros contrat, sans mauvaise surprise",
            "",
            "Ce qui vous inquiète|0 min; Trois clauses sensibles|10 min; Ce qui se négocie|25 min; L'ordre des demandes|38 min",
            "45 min|Relevé écrit le jour même",
        ),
    ),
    question(
        "question-marche-public",
        "philippe-arnaud",
        CATEGORY,
        "Marché public : une question sur votre candidature ou votre exécution",
        55,
        48,
        includes="""
            Une réponse motivée, textes à l'appui
            Un modèle de courrier à l'acheteur, si besoin
            Les délais à ne pas dépasser
        """,
        description="""
            Groupement, sous-traitance, variante, avance, révision de prix, motif de rejet, pénalité : décrivez votre
            situation et joignez l'article du cahier des charges. Je réponds en une page, avec la démarche à suivre.

            La commande publique a ses délais : je commence toujours par vérifier qu'il est encore temps d'agir.
        """,
        needs="""
            La référence de la consultation
            L'article ou le courrier concerné
            Les dates importantes
        """,
        faq="""
            Pouvez-vous contester un rejet à ma place ?
            Non. Je vous dis si cela en vaut la peine et quel conseil saisir.
            Répondez-vous aux acheteurs publics ?
            Non, je conseille uniquement les entreprises.
        """,
        opening="""
            Bonjour, merci pour votre question. Donnez-moi la date à laquelle vous avez reçu le courrier ou l'avis en
            cause : certains délais sont de quelques jours. Je vous réponds au plus vite. Philippe.
        """,
        keywords="marché public; appel d'offres; sous-traitance; révision de prix; rejet",
        cover=cover(
            "question_sheet",
            "sand",
            "Mon offre est rejetée, que puis-je demander ?",
            "",
            "Vos droits; Les délais; Le courrier à envoyer; Les chances réelles",
            "48 h|Réponse motivée",
        ),
    ),
    question(
        "question-droit-travail",
        "dominique-ferrand",
        CATEGORY,
        "Une question de droit du travail pour petite entreprise, réponse écrite",
        40,
        24,
        includes="""
            La règle et votre convention collective
            La marche à suivre, jour par jour
            Le modèle de courrier, si la situation l'exige
        """,
        description="""
            Absence injustifiée, période d'essai, congés, avertissement, inaptitude, démission floue : je réponds
            depuis vingt-neuf ans à des employeurs pressés. Vous avez besoin de savoir quoi faire demain matin, et
            quoi éviter.

            La réponse tient sur une page et demie, avec les dates calculées pour votre cas.
        """,
        needs="""
            La convention collective et l'effectif
            Le contrat du salarié et son ancienneté
            Les faits datés
        """,
        faq="""
            Et si la situation finit aux prud'hommes ?
            Je vous le dis dès que je le perçois et je prépare un dossier pour votre avocat.
            Répondez-vous aux salariés ?
            Non, j'ai toujours conseillé les employeurs.
        """,
        opening="""
            Bonjour. Racontez-moi les choses simplement, avec les dates, et précisez si vous avez déjà écrit ou dit
            quelque chose au salarié : cela change souvent la suite. Je vous réponds demain au plus tard. Dominique.
        """,
        keywords="droit du travail; employeur; période d'essai; avertissement; absence",
        cover=cover(
            "question_sheet",
            "sky",
            "Mon salarié ne revient plus, que dois-je faire ?",
            "",
            "Aujourd'hui; Dans 48 heures; Dans quinze jours; Le courrier type",
            "24 h|Marche à suivre datée",
        ),
    ),
    question(
        "question-rupture",
        "dominique-ferrand",
        CATEGORY,
        "Rupture d'un contrat de travail : choisir la bonne voie et la chiffrer",
        70,
        48,
        includes="""
            Les voies possibles et leurs conditions
            Le coût de chacune, calculé pour votre cas
            Un calendrier complet jusqu'au dernier jour
        """,
        description="""
            Rupture conventionnelle, licenciement, démission, fin d'essai : chaque voie a son prix, son calendrier et
            ses interdits. Décrivez la situation ; je compare, je chiffre et je vous dis laquelle je choisirais.

            J'indique aussi ce qu'il ne faut surtout pas écrire dans l'intervalle.
        """,
        needs="""
            Ancienneté, salaire des douze derniers mois, âge
            Le motif et les écrits existants
            La convention collective
        """,
        faq="""
            Rédigez-vous la lettre de licenciement ?
            Je fournis une trame. La version définitive doit être validée par votre avocat.
            Le chiffrage comprend-il les charges ?
            Oui, indemnités et contributions sont séparées.
        """,
        opening="""
            Bonjour, merci de votre confiance. N'écrivez rien au salarié avant ma réponse, s'il vous plaît.
            Envoyez-moi l'ancienneté, les salaires de l'année et ce qui motive votre décision. Dominique.
        """,
        keywords="rupture conventionnelle; licenciement; indemnité; calendrier; coût",
        cover=cover(
            "question_bubbles",
            "blush",
            "Rupture conventionnelle ou licenciement ?",
            "",
            "Trois voies comparées; Le coût de chacune; Le calendrier complet",
            "48 h|chiffrage compris",
        ),
    ),
)
