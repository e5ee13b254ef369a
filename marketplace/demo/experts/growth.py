"""Experts in sales, marketing, communication and strategy."""

from __future__ import annotations

from marketplace.demo.experts.model import Expert, expert

EXPERTS: tuple[Expert, ...] = (
    expert(
        "sophie-tran",
        "Sophie Tran; f; commercial-marketing; Paris; fr en; 13; registered; 2; freelance; 2022",
        "Propositions commerciales et présentations qui se lisent",
        "Présentation commerciale; PowerPoint; Argumentaire; Réponse à appel d'offres; Récit d'entreprise",
        """
        Ancienne consultante, j'ai appris à faire tenir une idée par page. J'ai ensuite dirigé l'équipe
        d'avant-vente d'un éditeur de logiciels, où nous avons doublé notre taux de succès en divisant par
        trois la longueur des réponses.

        Je conçois des présentations et des propositions qui se comprennent sans commentaire. Le fond d'abord,
        la forme ensuite, et jamais de texte en corps huit.
        """,
    ),
    expert(
        "thomas-girard",
        "Thomas Girard; m; commercial-marketing; Annecy; fr en it; 24; registered; 4; interim; 2022",
        "Directeur commercial de transition",
        "Plan d'action commercial; Management des ventes; Rémunération variable; Grands comptes; Réseau",
        """
        J'ai dirigé des forces de vente de 6 à 80 personnes dans l'équipement de montagne, l'énergie et les
        services aux entreprises. J'arrive en général quand les ventes plafonnent ou quand le meilleur vendeur
        vient de partir.

        Je regarde d'abord le carnet, puis les agendas, puis les discours. Les plans que je remets tiennent en
        une page par vendeur, avec trois engagements vérifiables.
        """,
    ),
    expert(
        "leila-haddad",
        "Leïla Haddad; f; commercial-marketing; Montpellier; fr en ar; 10; franchise; 2; freelance; 2023",
        "Référencement naturel et publicité en ligne",
        "Référencement naturel; Google Ads; Audit de site; Mesure d'audience; Fiche d'établissement",
        """
        Dix ans de référencement, d'abord en agence puis à mon compte, pour des artisans, des cabinets et des
        boutiques en ligne. Je mesure avant de conseiller, et je préfère dix bonnes pages à cent pages
        produites à la chaîne.

        Vous recevez des recommandations rangées par effort et par effet, écrites pour la personne qui devra
        les appliquer. Je ne promets jamais la première place : je promets de savoir ce qui bouge et pourquoi.
        """,
    ),
    expert(
        "antoine-mercier",
        "Antoine Mercier; m; commercial-marketing; Lyon; fr en; 9; registered; 1; freelance; 2024",
        "Prospection et organisation commerciale, HubSpot et LinkedIn",
        "Prospection; LinkedIn; HubSpot; Séquences de messages; Qualification",
        """
        Ancien commercial sédentaire devenu responsable du développement, j'ai décroché des milliers
        d'appels et lu autant de refus. J'en ai tiré une conviction : un message court envoyé à la bonne
        personne bat toutes les automatisations.

        J'organise la prospection d'entreprises de services : cibles, messages, relances, suivi. Tout reste
        dans vos outils, et vous savez vous en servir en fin de mission.
        """,
    ),
    expert(
        "marina-costa",
        "Marina Costa; f; commercial-marketing; Nice; fr it en; 12; registered; 3; freelance; 2023",
        "Vente en ligne, Shopify et PrestaShop",
        "Vente en ligne; Fiches produits; Taux de conversion; Places de marché; Logistique",
        """
        J'ai dirigé la boutique en ligne d'une maison de parfums grassoise, de la première commande à quatre
        millions d'euros de ventes. J'en connais les joies et les colis perdus.

        J'interviens sur ce qui pèse vraiment dans un panier : la fiche produit, la livraison, la confiance.
        Je parle avec vos équipes logistiques autant qu'avec votre agence.
        """,
    ),
    expert(
        "guillaume-riviere",
        "Guillaume Rivière; m; commercial-marketing; Bordeaux; fr en de; 20; registered; 6; freelance; 2022",
        "Prix, marges et développement à l'export",
        "Politique de prix; Export; Étude de marché; Réseau de distribution; Salons professionnels",
        """
        Dans le vin puis dans l'équipement viticole, j'ai ouvert onze pays et fermé trois filiales : les
        secondes m'ont plus appris que les premières. J'ai aussi tenu la politique de prix d'un groupe de
        négoce pendant six ans.

        Je travaille sur les deux questions que l'on repousse : à quel prix vendre, et où aller ensuite. Mes
        recommandations s'appuient sur vos factures, pas sur des moyennes de secteur.
        """,
    ),
    expert(
        "julien-astier",
        "Julien Astier; m; strategie; Paris; fr en; 16; registered; 4; freelance; 2022",
        "Conseil en stratégie pour PME et ETI",
        "Plan stratégique; Étude de marché; Modèle économique; Animation de comité; Croissance externe",
        """
        Huit ans dans un grand cabinet, puis directeur de la stratégie d'un groupe familial de 900 personnes :
        j'ai rédigé des plans, puis j'ai dû les appliquer. Le second exercice a beaucoup simplifié le premier.

        J'aide les dirigeants à choisir, c'est-à-dire à renoncer. Mes livrables sont courts, chiffrés, et se
        terminent toujours par ce qu'il faut faire lundi.
        """,
    ),
    expert(
        "catherine-morel",
        "Catherine Morel; f; strategie; Grenoble; fr en; 35; registered; 8; interim; 2022",
        "Ancienne directrice générale de PME industrielle, administratrice",
        "Gouvernance; Comité de direction; Transmission; Retournement; Conseil d'administration",
        """
        J'ai dirigé pendant quinze ans une PME d'outillage de 180 salariés, traversé un redressement et
        rendu les clés en bonne santé. Je siège aujourd'hui dans trois conseils d'administration.

        La solitude du dirigeant n'est pas une formule. J'offre un regard extérieur, franc et bienveillant,
        et des méthodes éprouvées pour faire vivre un comité de direction ou préparer une transmission.
        """,
    ),
    expert(
        "arnaud-sissoko",
        "Arnaud Sissoko; m; strategie; Lyon; fr en; 18; registered; 3; interim; 2023",
        "Excellence opérationnelle, achats et logistique",
        "Amélioration continue; Achats; Stocks; Cartographie de processus; Indicateurs de production",
        """
        Ingénieur, j'ai amélioré des ateliers dans l'automobile, la pharmacie et la plasturgie. J'ai aussi
        dirigé un service achats de neuf personnes, ce qui m'a guéri des économies qui coûtent cher.

        Je passe du temps là où le travail se fait, même à distance : vidéos, relevés, entretiens. Puis je
        propose peu d'actions, dans un ordre qui laisse respirer les équipes.
        """,
    ),
    expert(
        "helene-bonnet",
        "Hélène Bonnet; f; strategie; Angers; fr en; 12; franchise; 4; freelance; 2023",
        "Bilan carbone et démarche RSE des PME",
        "Bilan carbone; RSE; Achats responsables; Rapport de durabilité; Écoconception",
        """
        Ingénieure agronome, j'ai piloté la démarche environnementale d'une coopérative de 2 400 adhérents
        avant de m'établir. J'ai réalisé une soixantaine de bilans d'émissions, de la serre horticole à
        l'agence de voyages.

        Je cherche les deux ou trois décisions qui pèsent, et je laisse les petits gestes pour plus tard. Mes
        chiffres sont sourcés, leurs marges d'erreur aussi.
        """,
    ),
    expert(
        "jeanne-le-bihan",
        "Jeanne Le Bihan; f; communication; Brest; fr en br; 13; franchise; 2; freelance; 2023",
        "Rédactrice et stratège éditoriale",
        "Ligne éditoriale; Rédaction web; Lettre d'information; Livre blanc; Relecture",
        """
        Journaliste de presse quotidienne régionale pendant sept ans, j'ai gardé du métier le goût du terrain
        et la peur de l'adjectif. J'écris aujourd'hui pour des entreprises, des collectivités et des
        fondations.

        Je pose des questions, j'écoute, puis j'écris comme on parle quand on connaît son sujet. Je relis à
        voix haute tout ce que je livre.
        """,
    ),
    expert(
        "emmanuel-kone",
        "Emmanuel Koné; m; communication; Paris; fr en; 18; registered; 1; interim; 2022",
        "Relations presse et communication sensible",
        "Relations presse; Communication de crise; Prise de parole; Communiqué; Veille médiatique",
        """
        Attaché de presse puis directeur de la communication dans les transports, j'ai répondu à des
        journalistes à six heures du matin et préparé des dirigeants à des questions qu'ils auraient préféré
        éviter.

        J'aide à dire ce qui est vrai, vite et clairement. Je connais les rédactions économiques et
        régionales, et je ne leur envoie que ce qui peut les intéresser.
        """,
    ),
    expert(
        "lucie-fabre",
        "Lucie Fabre; f; communication; Toulouse; fr en; 14; registered; 3; freelance; 2022",
        "Directrice artistique, identités visuelles",
        "Logo; Charte graphique; Mise en page; Typographie; Supports imprimés",
        """
        Quatorze ans de création graphique, dont six à la tête d'un studio de quatre personnes. J'ai dessiné
        des identités pour des vignerons, des cabinets médicaux, un théâtre et une fabrique de vélos.

        Je montre peu de pistes, mais abouties, avec les raisons de chaque choix. Les fichiers que je remets
        sont propres, nommés, et prêts pour l'imprimeur comme pour le développeur.
        """,
    ),
    expert(
        "mehdi-zerrouki",
        "Mehdi Zerrouki; m; communication; Marseille; fr ar en; 8; franchise; 1; freelance; 2024",
        "Vidéo courte et animation de réseaux sociaux",
        "Montage vidéo; Scénario; Réseaux sociaux; Sous-titrage; Calendrier de publication",
        """
        Monteur pour la télévision locale puis pour des associations, je fabrique aujourd'hui de petits films
        d'entreprise : trente secondes, une idée, des sous-titres. Je travaille aussi à partir de vos propres
        images, filmées au téléphone.

        J'organise la présence en ligne d'équipes qui n'ont pas le temps d'y penser tous les jours. Tout est
        prêt à publier, formats et textes compris.
        """,
    ),
)
