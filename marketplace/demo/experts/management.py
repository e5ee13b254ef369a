"""Experts in finance, human resources and the management of freelancers."""

from __future__ import annotations

from marketplace.demo.experts.model import Expert, expert

EXPERTS: tuple[Expert, ...] = (
    expert(
        "claire-delmas",
        "Claire Delmas; f; finance-gestion; Lyon; fr en; 22; registered; 2; interim; 2022",
        "DAF de transition, ancienne chargée d'affaires entreprises",
        "Business plan; Prévisionnel financier; Dossier de crédit; Levée de fonds; Négociation bancaire",
        """
        J'ai passé douze ans du côté de la banque, à instruire des demandes de crédit de PME, puis dix ans à
        la direction financière d'entreprises de 15 à 200 salariés. Je sais ce qu'un comité cherche dans un
        dossier, et ce qui le fait refermer à la page trois.

        Aujourd'hui, j'aide des dirigeants à présenter leurs chiffres de façon lisible et défendable. Je pose
        beaucoup de questions au début, parce qu'une hypothèse comprise par celui qui la porte vaut mieux
        qu'un tableau de quarante onglets.
        """,
    ),
    expert(
        "karim-benali",
        "Karim Benali; m; finance-gestion; Lille; fr en ar; 14; registered; 3; freelance; 2023",
        "Contrôleur de gestion, industrie et négoce",
        "Contrôle de gestion; Excel; Prix de revient; Budget; Marge par produit",
        """
        Formé dans l'agroalimentaire puis dans le négoce de matériaux, j'ai monté trois services de contrôle
        de gestion là où il n'y avait qu'une balance comptable. Mon terrain favori reste le prix de revient :
        savoir, ligne par ligne, ce qui rapporte et ce qui coûte.

        Je livre des classeurs que vos équipes peuvent faire vivre sans moi : peu de formules, des onglets
        nommés, une notice d'une page. Si un chiffre me paraît fragile, je l'écris à côté.
        """,
    ),
    expert(
        "vincent-roux",
        "Vincent Roux; m; finance-gestion; Nantes; fr en; 17; registered; 4; freelance; 2022",
        "Financement de l'innovation et aides publiques",
        "Bpifrance; Crédit d'impôt recherche; Aides régionales; Plan de financement; JEI",
        """
        Ancien chargé d'affaires dans une agence régionale de développement, j'ai instruit plus de trois cents
        demandes d'aide avant de passer du côté des porteurs de projet. Je connais les formulaires, mais
        surtout les personnes qui les lisent et leurs contraintes de calendrier.

        Je n'accepte que les dossiers auxquels je crois. Lorsqu'une aide n'est pas faite pour vous, je le dis
        au premier échange et je propose une autre voie, quitte à ce que vous n'ayez pas besoin de moi.
        """,
    ),
    expert(
        "nadia-mbaye",
        "Nadia Mbaye; f; finance-gestion; Paris; fr en wo; 20; registered; 2; interim; 2023",
        "Directrice financière, ancienne directrice de centre d'affaires bancaire",
        "Relations bancaires; Négociation de dette; Covenants; Affacturage; Pilotage du BFR",
        """
        Quinze ans de banque d'entreprise, dont six à diriger un centre d'affaires en Île-de-France, puis cinq
        ans comme directrice financière d'un groupe de services. J'ai vu les mêmes rendez-vous des deux côtés
        de la table.

        Mon conseil tient souvent en peu de mots : préparer trois chiffres, une demande claire et une porte de
        sortie. Je vous aide à arriver au rendez-vous en sachant ce que votre interlocuteur peut accepter.
        """,
    ),
    expert(
        "marc-delattre",
        "Marc Delattre; m; finance-gestion; Rouen; fr; 26; registered; 5; interim; 2022",
        "Trésorier d'entreprise, spécialiste du BFR",
        "Trésorerie; Besoin en fonds de roulement; Recouvrement amiable; Change; Lutte contre la fraude",
        """
        Trésorier de groupes industriels pendant vingt ans, j'ai connu deux crises de liquidité et appris à
        lire une position bancaire avant le café. Le besoin en fonds de roulement n'a rien de théorique : ce
        sont des habitudes de facturation, de relance et de commande.

        J'interviens auprès d'entreprises qui grandissent vite ou qui manquent d'air. Mes outils tiennent sur
        une page et se mettent à jour en vingt minutes le lundi matin.
        """,
    ),
    expert(
        "elodie-marchand",
        "Élodie Marchand; f; finance-gestion; Tours; fr; 15; registered; 6; freelance; 2024",
        "Fiscaliste d'entreprise, TVA et rémunération du dirigeant",
        "TVA; Impôt sur les sociétés; Rémunération du dirigeant; Crédits d'impôt; Facturation électronique",
        """
        J'ai commencé en cabinet, dans une équipe dédiée à la TVA, avant de rejoindre la direction fiscale
        d'un groupe de distribution. J'exerce désormais seule, pour des PME qui veulent des réponses courtes,
        avec le texte et le risque en face.

        Je cite toujours mes sources : article, doctrine administrative, décision. Et quand la réponse est
        « cela dépend », j'indique précisément de quoi.
        """,
    ),
    expert(
        "bertrand-lacaze",
        "Bertrand Lacaze; m; finance-gestion; Toulouse; fr es en; 34; registered; 8; freelance; 2022",
        "Cession, reprise et évaluation de PME",
        "Évaluation d'entreprise; Cession; Reprise; Audit d'acquisition; Pacte d'associés",
        """
        J'ai dirigé, puis vendu, une entreprise de mécanique de précision de soixante personnes. Depuis, j'ai
        accompagné une quarantaine de cédants et de repreneurs, le plus souvent entre un et dix millions
        d'euros de chiffre d'affaires.

        Vendre une entreprise se prépare deux ans avant. Je donne une valeur argumentée, mais aussi la liste
        de ce qui la fera baisser en négociation, avec le temps qu'il faut pour y remédier.
        """,
    ),
    expert(
        "ines-carpentier",
        "Inès Carpentier; f; ressources-humaines; Bordeaux; fr es en; 18; registered; 3; interim; 2022",
        "DRH à temps partagé pour PME de 20 à 250 salariés",
        "Politique salariale; Entretiens annuels; Organisation RH; Conduite du changement; SIRH",
        """
        Directrice des ressources humaines dans la logistique puis dans les services, j'ai choisi le temps
        partagé pour travailler avec des dirigeants qui n'ont pas encore de service RH, ou un seul
        collaborateur débordé.

        Je bâtis des dispositifs que les managers utilisent vraiment : deux pages plutôt que vingt, des mots
        simples, des exemples tirés de chez vous. La conformité vient avec, sans prendre toute la place.
        """,
    ),
    expert(
        "mai-nguyen",
        "Maï Nguyen; f; ressources-humaines; Paris; fr en vi; 11; franchise; 2; freelance; 2024",
        "Recruteuse indépendante, profils numériques et commerciaux",
        "Recrutement; Annonces d'emploi; Marque employeur; Entretien structuré; Approche directe",
        """
        Après huit ans en cabinet et dans deux jeunes entreprises en forte croissance, je recrute à mon compte
        depuis trois ans. J'ai mené près de deux mille entretiens : assez pour savoir que le manque de
        candidats vient souvent de l'annonce.

        J'écris des offres d'emploi qui parlent du travail réel et je prépare vos recruteurs à poser les
        mêmes questions à tout le monde. C'est plus juste, et cela se voit dans les résultats.
        """,
    ),
    expert(
        "olivier-perrin",
        "Olivier Perrin; m; ressources-humaines; Clermont-Ferrand; fr; 19; registered; 4; employee; 2023",
        "Responsable paie et administration du personnel",
        "Paie; DSN; Conventions collectives; Audit de paie; Temps de travail",
        """
        Je produis des bulletins depuis dix-neuf ans, dans le bâtiment, les transports et le médico-social.
        Salarié à temps partiel d'un groupement d'employeurs, je consacre le reste de ma semaine à relire la
        paie des autres.

        Une erreur de paramétrage se répète tous les mois : mieux vaut la trouver avant l'Urssaf ou le
        salarié. Je livre des constats chiffrés, classés par enjeu, avec la correction à saisir.
        """,
    ),
    expert(
        "fatou-diop",
        "Fatou Diop; f; ressources-humaines; Marseille; fr en; 16; franchise; 3; freelance; 2023",
        "Consultante formation et gestion des compétences",
        "Plan de formation; Ingénierie pédagogique; Financement OPCO; Entretien professionnel; Tutorat",
        """
        Ancienne responsable formation d'un groupe de propreté de 1 800 personnes, j'ai bâti des parcours
        pour des publics qui n'avaient pas ouvert un classeur depuis l'école. Cela rend modeste et concrète.

        J'aide les PME à dépenser leur budget de formation là où il change quelque chose, à monter les
        dossiers de financement et à tenir leurs obligations d'entretien sans en faire une corvée.
        """,
    ),
    expert(
        "yann-le-goff",
        "Yann Le Goff; m; ressources-humaines; Rennes; fr br; 23; registered; 6; interim; 2022",
        "Dialogue social, CSE et négociation d'accords",
        "CSE; Négociation collective; Élections professionnelles; Accord d'entreprise; Gestion de conflit",
        """
        Vingt-trois ans de relations sociales, dont douze dans l'agroalimentaire breton, avec quelques nuits
        de négociation dont je me souviens bien. J'ai signé des accords avec toutes les organisations et
        appris à écrire sans sous-entendu.

        Je prépare vos réunions de CSE, vos élections et vos accords pour qu'ils tiennent, y compris lorsque
        l'ambiance se tend. Mon premier réflexe reste de relire l'accord de branche.
        """,
    ),
    expert(
        "caroline-weber",
        "Caroline Weber; f; ressources-humaines; Strasbourg; fr de en; 28; registered; 5; freelance; 2022",
        "Prévention des risques et qualité de vie au travail",
        "Document unique; Risques psychosociaux; Télétravail; Enquête interne; Prévention",
        """
        Ingénieure de prévention dans la chimie, puis intervenante en santé au travail, j'ai visité plus de
        quatre cents ateliers, bureaux et chantiers entre Mulhouse et Metz. Je travaille en français et en
        allemand.

        Le document unique doit servir à agir, non à remplir une armoire. Je rédige des plans d'action courts,
        avec un nom et une date en face de chaque ligne.
        """,
    ),
    expert(
        "samuel-okafor",
        "Samuel Okafor; m; management-freelances; Paris; fr en; 17; registered; 2; interim; 2023",
        "Directeur des opérations, bâtisseur de réseaux de freelances",
        "Vivier de freelances; Intégration; Gouvernance; Indicateurs; Équipes hybrides",
        """
        J'ai fait passer une agence de 12 à 140 indépendants actifs en quatre ans, sans perdre la qualité ni
        le sommeil. J'y ai appris qu'un bon freelance part rarement pour l'argent : il part parce qu'il a
        attendu ses accès pendant dix jours.

        Je conçois des méthodes simples pour choisir, accueillir et suivre des indépendants, avec des règles
        écrites que tout le monde comprend du premier coup.
        """,
    ),
    expert(
        "sandrine-vasseur",
        "Sandrine Vasseur; f; management-freelances; Lille; fr en nl; 21; registered; 4; freelance; 2022",
        "Acheteuse de prestations intellectuelles",
        "Achats de prestations; Tarif journalier; Appel d'offres; Contrat-cadre; Négociation",
        """
        Vingt ans d'achats, dont quatorze consacrés aux prestations intellectuelles pour la grande
        distribution et l'assurance. J'ai négocié des milliers de journées et lu autant de propositions.

        Je compare les offres sur ce qu'elles livrent et non sur leur nombre de diapositives. Le juste prix
        est celui qui permet à l'indépendant de bien travailler et à vous de savoir ce que vous achetez.
        """,
    ),
    expert(
        "maxime-lemaire",
        "Maxime Lemaire; m; management-freelances; Nantes; fr en; 12; registered; 2; freelance; 2024",
        "Chef de projet, pilotage d'équipes hybrides",
        "Gestion de projet; Suivi d'avancement; Rituels d'équipe; Cahier des charges; Recette",
        """
        Chef de projet depuis douze ans, indépendant depuis cinq, j'ai coordonné des équipes où personne
        n'avait le même employeur. La clé n'est pas l'outil : c'est l'accord sur ce que « terminé » veut dire.

        Je remets d'aplomb des missions qui dérivent et j'installe des rituels courts, qu'on garde parce
        qu'ils font gagner du temps. J'aime les cahiers des charges de trois pages.
        """,
    ),
    expert(
        "aurelie-gomes",
        "Aurélie Gomes; f; management-freelances; Lyon; fr pt en; 13; registered; 3; freelance; 2023",
        "Conformité du recours aux indépendants",
        "Obligation de vigilance; Requalification; Portage salarial; Sous-traitance; Contrats de prestation",
        """
        Juriste en droit social, j'ai passé sept ans dans une société de portage puis cinq chez un éditeur
        qui faisait travailler trois cents indépendants. J'ai répondu à des contrôles de l'Urssaf : ils se
        passent bien quand les pièces sont classées.

        J'aide les entreprises à recourir aux freelances sereinement : bons contrats, bons documents, bonnes
        pratiques au quotidien. Je préviens le risque de requalification, je ne vends pas de la peur.
        """,
    ),
)
