"""Communication: press and visual identity."""

from __future__ import annotations

from marketplace.demo.model import Offer, call, cover, job

CATEGORY = "communication"

OFFERS: tuple[Offer, ...] = (
    job(
        "communique-presse",
        "emmanuel-kone",
        CATEGORY,
        "Communiqué de presse et liste de journalistes qui peuvent s'y intéresser",
        390,
        4,
        includes="""
            Un communiqué d'une page, prêt à envoyer
            Une liste de vingt-cinq journalistes vérifiés
            Un message d'accompagnement par type de média
            Un calendrier d'envoi et de relance
        """,
        description="""
            Un journaliste accorde huit secondes à votre message. Le communiqué doit contenir un fait, un chiffre et
            une personne à qui parler. S'il n'y a pas d'actualité, je vous le dis avant d'écrire, et nous en
            cherchons une.

            La liste est établie à la main, à partir de ce que chacun a publié ces six derniers mois. Vingt-cinq
            noms justes valent mieux que mille adresses.
        """,
        needs="""
            L'information à annoncer et sa date
            Une personne disponible pour répondre
            Deux photographies en bonne définition
        """,
        addons=[
            ("Envoi et relances", "J'envoie en votre nom et je relance deux fois.", 240, 5),
            ("Préparation à l'entretien", "Trente minutes pour répondre juste.", 90, 0),
            ("Urgence", "Communiqué livré le lendemain.", 120, -3),
        ],
        faq="""
            Garantissez-vous des parutions ?
            Non. Personne d'honnête ne le fait.
            Couvrez-vous la presse professionnelle ?
            Oui, c'est souvent elle qui rapporte des clients.
        """,
        opening="""
            Bonjour. Racontez-moi votre nouvelle comme à un ami qui n'y connaît rien, puis donnez-moi un chiffre qui
            l'étonnerait. Je vous dis dans la journée s'il y a matière à communiqué. Emmanuel.
        """,
        keywords="communiqué de presse; journalistes; relations presse; médias; annonce",
        cover=cover(
            "press",
            "teal",
            "Une usine de vélos ouvre à Roanne",
            "Quarante emplois créés d'ici l'été 2027",
            "La Gazette du Forez",
            "14|reprises en dix jours",
        ),
    ),
    job(
        "dossier-crise",
        "emmanuel-kone",
        CATEGORY,
        "Dossier de communication de crise, prêt avant d'en avoir besoin",
        870,
        7,
        includes="""
            Six scénarios propres à votre métier
            Une cellule de crise : rôles, numéros, suppléants
            Des messages d'attente pour chaque public
            Un exercice d'une heure à distance
        """,
        description="""
            Accident, rappel de produit, plainte, rumeur, panne : la première heure décide souvent de la semaine. Je
            prépare avec vous ce qui peut l'être, quand tout va bien et que l'on pense clairement.

            Les messages d'attente sont courts et vrais. Ils disent ce que l'on sait, ce que l'on ne sait pas, et quand
            on reparlera. Nous les essayons pendant un exercice, avec un faux journaliste tenace.
        """,
        needs="""
            Vos risques principaux et incidents passés
            La liste des personnes qui décident
            Deux heures de votre comité
        """,
        addons=[
            ("Disponibilité en cas de crise", "Joignable sept jours sur sept pendant six mois.", 690, 0),
            ("Entraînement devant caméra", "Deux personnes, une heure chacune.", 280, 0),
        ],
        faq="""
            Et si la crise a déjà commencé ?
            Réservez plutôt l'appel de 45 minutes, il est fait pour cela.
            Le dossier est-il confidentiel ?
            Oui. Il ne circule que sous forme nominative.
        """,
        opening="""
            Bonjour. Quel est l'appel que vous redoutez le plus de recevoir un dimanche soir ? Écrivez-le ici en une
            phrase, puis un deuxième. Nous bâtirons les scénarios à partir de vos craintes réelles. Emmanuel.
        """,
        keywords="crise; communication sensible; porte-parole; cellule de crise; médias",
        cover=cover(
            "matrix",
            "plum",
            "Six scénarios de crise",
            "Agroalimentaire, 120 salariés",
            "Panne de site|Probable, mineur; Fuite interne|Rare; Rappel de lot|À préparer; Accident|Prioritaire;"
            "Rumeur|Surveillé",
        ),
    ),
    call(
        "appel-prise-parole",
        "emmanuel-kone",
        CATEGORY,
        "Un journaliste vous appelle : 45 minutes pour préparer vos réponses",
        120,
        45,
        includes="""
            Quarante-cinq minutes, le jour même si possible
            Trois messages et leurs preuves
            Un entraînement aux questions gênantes
        """,
        description="""
            On vous propose une interview, ou l'on vous demande une réaction avant dix-huit heures. Nous définissons ce
            que vous voulez dire, ce que vous pouvez dire et ce que vous ne direz pas.

            Puis je vous interroge comme le ferait un confrère bien renseigné. La deuxième fois, vous serez bon.
        """,
        needs="""
            Le média, le sujet et le délai
            Ce qui s'est passé, sans embellir
        """,
        faq="""
            Êtes-vous joignable le week-end ?
            Oui, les créneaux affichés comprennent le samedi matin.
            Peut-on relire l'article avant parution ?
            Rarement. Vous pouvez demander à relire vos citations, je vous explique comment.
        """,
        opening="""
            Bonjour. Ne répondez à personne avant notre échange. Envoyez-moi le message du journaliste tel quel et
            l'heure limite qu'il vous a donnée. Je me rends disponible. Emmanuel.
        """,
        keywords="interview; journaliste; prise de parole; entraînement; médias",
        cover=cover(
            "call_voices",
            "blush",
            "Un journaliste vous appelle",
            "",
            "",
            "45 min|le jour même si possible",
        ),
    ),
    job(
        "identite-visuelle",
        "lucie-fabre",
        CATEGORY,
        "Logo et identité visuelle : deux pistes abouties, une charte courte",
        790,
        10,
        includes="""
            Deux pistes de logo, expliquées et mises en situation
            Le logo retenu dans toutes ses versions
            Une charte de douze pages : couleurs, lettres, usages
            Les fichiers pour l'imprimeur, le site et la bureautique
        """,
        description="""
            Un logo se juge en petit, en noir et de loin. Je commence par des mots : ce que vous êtes, ce que vous
            n'êtes pas, ceux à qui vous ne voulez pas ressembler. Puis je dessine, beaucoup, et je vous montre deux
            pistes seulement.

            Chacune est présentée sur vos vrais supports : enseigne, véhicule, facture, téléphone. Vous choisissez, je
            perfectionne. La charte est courte pour être suivie.

            Les caractères employés sont libres de droits ou accompagnés de leur licence.
        """,
        needs="""
            Le nom définitif et sa disponibilité
            Cinq images que vous aimez, deux que vous détestez
            Les supports à couvrir en premier
        """,
        addons=[
            ("Carte et papier à en-tête", "Prêts à imprimer et modèle Word.", 150, 2),
            ("Enseigne ou véhicule", "Mise en situation cotée pour le fabricant.", 180, 2),
            ("Troisième piste", "Une direction de plus à la première étape.", 190, 3),
        ],
        faq="""
            Combien de retouches sont prévues ?
            Deux séries sur la piste choisie. C'est suffisant quand le départ est bon.
            Vérifiez-vous que le logo n'existe pas déjà ?
            Je fais une recherche visuelle. Pour la marque, adressez-vous à un juriste.
        """,
        opening="""
            Bonjour ! Avant les images, les mots : décrivez votre entreprise comme si c'était une personne qui entre
            dans une pièce. Ensuite seulement, envoyez-moi ce que vous aimez et ce que vous détestez. Lucie.
        """,
        keywords="logo; identité visuelle; charte graphique; marque; création",
        cover=cover(
            "brand",
            "vermilion",
            "Calanque",
            "Fabrique de savons, Cassis",
            "Simple, franc, salin.; Logo; Charte; Modèles",
        ),
    ),
    job(
        "plaquette",
        "lucie-fabre",
        CATEGORY,
        "Plaquette de huit pages mise en page et prête à imprimer",
        420,
        6,
        includes="""
            Une maquette de huit pages, format A5 ou A4
            Deux propositions de couverture
            Le fichier pour l'imprimeur et un PDF interactif
            La retouche de dix photographies
        """,
        description="""
            Une plaquette se feuillette à l'envers, debout, en parlant. Je compose des pages qui supportent cette
            lecture : peu de texte, une idée, une image qui travaille.

            Je reprends vos textes en signalant ce qui est trop long. Je prépare le fichier avec l'imprimeur de votre
            choix et je vérifie son épreuve.
        """,
        needs="""
            Vos textes, même provisoires
            Vos photographies en bonne définition
            Votre charte et le nom de l'imprimeur
        """,
        addons=[
            ("Quatre pages de plus", "Même maquette.", 120, 2),
            ("Version anglaise", "Mise en page sur texte fourni.", 110, 2),
            ("Deux pictogrammes sur mesure", "Dessinés dans votre style.", 80, 1),
        ],
        faq="""
            Faites-vous imprimer ?
            Non, mais je peux demander trois devis pour vous.
            Et si nos photographies sont médiocres ?
            Je fais au mieux et vous propose, sinon, de dessiner.
        """,
        opening="""
            Bonjour ! Envoyez vos textes et vos images en vrac. Dites-moi à qui la plaquette sera remise et ce que
            cette personne tient déjà dans l'autre main : un café, un catalogue, un téléphone ? Lucie.
        """,
        keywords="plaquette; mise en page; brochure; impression; graphisme",
        cover=cover(
            "notebook",
            "vermilion",
            "Maison Aubrac",
            "Couteliers depuis 1921",
            "Un geste, une lame; L'atelier; Nos bois; Entretenir; Nous rendre visite",
            "8 pages|à feuilleter debout",
        ),
    ),
    job(
        "modeles-bureautiques",
        "lucie-fabre",
        CATEGORY,
        "Modèles Word et PowerPoint à votre charte, faciles à respecter",
        360,
        5,
        includes="""
            Un modèle PowerPoint de vingt pages types
            Un modèle Word : courrier, rapport, compte rendu
            Les styles, couleurs et listes paramétrés
            Un guide d'une page
        """,
        description="""
            La charte s'arrête souvent là où commence le travail quotidien. Je fabrique des modèles que vos équipes
            respecteront sans y penser : bonnes couleurs dans la palette, titres automatiques, tableaux propres.

            Je les essaie avec une personne de chez vous, en la regardant faire. Ce qui l'agace est corrigé avant la
            livraison.
        """,
        needs="""
            Votre charte et vos polices
            Trois documents représentatifs
            Une personne pour l'essai, vingt minutes
        """,
        addons=[
            ("Signature de courriel", "Pour toute l'équipe, avec mode d'emploi.", 60, 1),
            ("Tableaux et graphiques Excel", "Palette et styles assortis.", 90, 1),
        ],
        faq="""
            Les modèles fonctionnent-ils sur Mac ?
            Oui, ils sont testés sur les deux systèmes.
            Et avec LibreOffice ?
            Word, oui. PowerPoint, avec quelques limites que je vous indique.
        """,
        opening="""
            Bonjour ! Montrez-moi trois documents réels, dont un que vous trouvez laid. Et donnez-moi le prénom de la
            personne qui fait le plus de présentations chez vous : elle sera ma testeuse. Lucie.
        """,
        keywords="modèle; PowerPoint; Word; charte; bureautique",
        cover=cover(
            "slides",
            "vermilion",
            "Un modèle que l'on\nrespecte",
            "Vingt pages types",
            "Trois réglages; Palette; Titre; Texte; Tableau; Image",
            "1|Couleurs; 2|Styles; 3|Grille",
        ),
    ),
)
