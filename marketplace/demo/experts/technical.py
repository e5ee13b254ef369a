"""Experts in law, information systems and data."""

from __future__ import annotations

from marketplace.demo.experts.model import Expert, expert

EXPERTS: tuple[Expert, ...] = (
    expert(
        "aicha-traore",
        "Aïcha Traoré; f; juridique; Paris; fr en; 14; registered; 6; freelance; 2023",
        "Avocate en droit des contrats et droit commercial",
        "Conditions générales; Contrats commerciaux; Distribution; Impayés; Négociation contractuelle",
        """
        Avocate au barreau de Paris depuis quatorze ans, j'ai conseillé des éditeurs, des industriels et des
        commerçants avant d'ouvrir mon cabinet. Je rédige des contrats que les deux signataires comprennent.

        Je préfère une clause courte et appliquée à trois pages empruntées ailleurs. Chaque relecture est
        accompagnée d'une note qui dit ce qui est bloquant, ce qui se négocie et ce qui est sans importance.
        """,
    ),
    expert(
        "philippe-arnaud",
        "Philippe Arnaud; m; juridique; Aix-en-Provence; fr en; 31; registered; 8; interim; 2022",
        "Ancien directeur juridique industriel, marchés et risques contractuels",
        "Marchés publics; Sous-traitance; Pénalités; Assurance; Gestion du risque contractuel",
        """
        Trente ans de direction juridique dans l'énergie et la construction navale, avec des contrats de
        quelques milliers à plusieurs centaines de millions d'euros. La taille change, les pièges restent les
        mêmes.

        J'aide les PME à répondre à un appel d'offres ou à signer avec un grand donneur d'ordre sans se mettre
        en danger. Je dis simplement où est le risque et combien il peut coûter.
        """,
    ),
    expert(
        "mathilde-schneider",
        "Mathilde Schneider; f; juridique; Strasbourg; fr de en; 11; registered; 3; freelance; 2023",
        "Déléguée à la protection des données externalisée",
        "RGPD; Registre des traitements; Analyse d'impact; Cookies; Violation de données",
        """
        Juriste et certifiée déléguée à la protection des données, je suis la référente de vingt-deux
        organismes : cliniques, associations, éditeurs, communes. J'ai accompagné deux contrôles de la CNIL,
        clos sans sanction.

        Je traduis le règlement en gestes quotidiens : quelle donnée, pour quoi, combien de temps, qui la
        voit. Les documents que je remets sont faits pour être tenus à jour par vous.
        """,
    ),
    expert(
        "romain-castel",
        "Romain Castel; m; juridique; Toulouse; fr en es; 10; franchise; 4; freelance; 2024",
        "Juriste en propriété intellectuelle et numérique",
        "Marques; Droit d'auteur; Licence logicielle; Nom de domaine; Contrat de développement",
        """
        Formé en cabinet de propriété industrielle, j'ai rejoint la direction juridique d'un éditeur
        aéronautique avant de m'installer. Je m'occupe de ce qui ne se voit pas au bilan et qui en fait
        parfois la valeur : marques, codes, bases de données.

        J'explique ce qui vous appartient, ce qui ne vous appartient pas encore, et comment y remédier sans
        procédure inutile. Je travaille volontiers avec votre avocat ou votre conseil habituel.
        """,
    ),
    expert(
        "dominique-ferrand",
        "Dominique Ferrand; f; juridique; Dijon; fr; 29; registered; 5; freelance; 2022",
        "Juriste en droit du travail, côté employeurs de petite taille",
        "Contrat de travail; Procédure disciplinaire; Rupture; Durée du travail; Convention collective",
        """
        J'ai répondu pendant vingt-cinq ans aux questions d'employeurs au sein d'une organisation
        professionnelle : boulangers, garagistes, architectes, cabinets dentaires. Les mêmes questions,
        jamais la même histoire.

        J'exerce aujourd'hui à mon compte. Je réponds par écrit, avec le texte applicable et la marche à
        suivre jour par jour. Quand un avocat est nécessaire, je le dis et je prépare le dossier.
        """,
    ),
    expert(
        "hugo-leclerc",
        "Hugo Leclerc; m; informatique-data; Lyon; fr en; 9; registered; 2; freelance; 2023",
        "Tableaux de bord Power BI et Excel",
        "Power BI; Excel; Modélisation de données; Power Query; Visualisation",
        """
        J'ai commencé comme contrôleur de gestion, d'où une certaine obsession pour les totaux justes. Depuis
        six ans, je construis des tableaux de bord pour des entreprises de 10 à 500 personnes.

        Un bon tableau de bord répond à quatre questions, pas à quarante. Je pars des décisions que vous
        prenez chaque semaine et je supprime ce qui ne sert à aucune.
        """,
    ),
    expert(
        "priya-ramassamy",
        "Priya Ramassamy; f; informatique-data; Saint-Denis de La Réunion; fr en ta; 8; franchise; 3; freelance; 2024",
        "Ingénieure de données, SQL, Python et automatisation",
        "SQL; Python; Qualité des données; Automatisation; API",
        """
        Ingénieure de données dans l'assurance puis dans l'énergie, je travaille à distance depuis La Réunion,
        ce qui me permet souvent de livrer avant que vous n'arriviez au bureau.

        Je nettoie, je rapproche, j'automatise. Chaque traitement est documenté, testé sur vos cas réels et
        remis avec de quoi le relancer sans moi.
        """,
    ),
    expert(
        "david-cohen",
        "David Cohen; m; informatique-data; Paris; fr en he; 19; registered; 5; interim; 2022",
        "Responsable de la sécurité informatique à temps partagé",
        "Cybersécurité; Analyse de risques; Sensibilisation; Plan de reprise; NIS 2",
        """
        Responsable de la sécurité dans la santé et la banque, j'ai géré trois attaques par rançongiciel,
        dont une un 24 décembre. Cela donne des priorités : les sauvegardes, les accès, les réflexes.

        Je conseille des organisations sans équipe de sécurité. Mes rapports sont écrits pour un dirigeant,
        avec une annexe technique pour son prestataire, et chaque mesure a un coût.
        """,
    ),
    expert(
        "nicolas-faure",
        "Nicolas Faure; m; informatique-data; Grenoble; fr en; 27; registered; 6; interim; 2022",
        "DSI à temps partagé, choix de logiciels et contrats informatiques",
        "Choix d'ERP; Cahier des charges; Contrats informatiques; Schéma directeur; Conduite de projet",
        """
        Directeur informatique pendant quinze ans dans l'industrie et la distribution, j'ai déployé quatre
        progiciels de gestion, dont un que j'ai eu la sagesse d'arrêter à temps.

        Indépendant de tout éditeur, j'aide à choisir, à écrire ce que l'on attend et à lire le contrat avant
        de le signer. Le meilleur logiciel est celui que vos équipes accepteront d'utiliser.
        """,
    ),
)
