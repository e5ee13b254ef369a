"""Finance: tax and the pay of owners."""

from __future__ import annotations

from marketplace.demo.model import Offer, cover, job, question

CATEGORY = "finance-gestion"

OFFERS: tuple[Offer, ...] = (
    question(
        "question-fiscalite",
        "elodie-marchand",
        CATEGORY,
        "Une question de fiscalité d'entreprise, une réponse écrite et sourcée",
        45,
        24,
        includes="""
            Une réponse écrite d'une à deux pages
            Les textes et la doctrine cités, avec les liens
            Le degré de certitude et le risque, en toutes lettres
        """,
        description="""
            Impôt sur les sociétés, charges déductibles, véhicules, avantages en nature, provisions, cession de
            matériel : posez une question précise, décrivez votre situation en dix lignes, et recevez une réponse
            que vous pourrez montrer à votre expert-comptable.

            Si votre question en cache trois, je réponds à la principale et je vous indique les autres. Une
            précision sur le même point est comprise.
        """,
        needs="""
            Votre question, en une phrase se terminant par un point d'interrogation
            Votre forme juridique et votre régime d'imposition
            Les montants et les dates en jeu
        """,
        faq="""
            Et si la question est trop large ?
            Je vous propose de la resserrer avant de commencer. Si ce n'est pas possible, vous êtes remboursé.
            Votre réponse engage-t-elle l'administration ?
            Non. Lorsque l'enjeu le justifie, je vous explique comment demander un rescrit.
        """,
        opening="""
            Bonjour, votre question m'est bien parvenue. Vérifiez que votre forme juridique, les dates et les
            montants y figurent : ce sont eux qui changent la réponse. Je vous écris sous 24 heures ouvrées.
            Élodie.
        """,
        keywords="fiscalité; impôt sur les sociétés; charges déductibles; question; doctrine",
        cover=cover(
            "question_sheet",
            "blush",
            "Cette charge est-elle déductible ?",
            "",
            "La règle; Votre cas; Les pièces à garder; Le risque en cas de contrôle",
            "24 h|Réponse écrite et sourcée",
        ),
    ),
    question(
        "question-tva",
        "elodie-marchand",
        CATEGORY,
        "TVA sur une opération précise : taux, territorialité, mentions",
        40,
        24,
        includes="""
            Le traitement de TVA de votre opération, expliqué
            La mention exacte à porter sur la facture
            La ligne de déclaration concernée
        """,
        description="""
            Vous vendez un logiciel à un client belge, vous louez un stand à Milan, vous refacturez un hôtel, vous
            achetez une machine d'occasion : décrivez l'opération et je vous dis quelle TVA appliquer, où la
            déclarer et ce qu'il faut écrire.

            Six années dans une équipe consacrée à cette seule taxe m'ont appris que la réponse tient souvent à un
            détail de livraison. N'hésitez pas à joindre le contrat ou le devis.
        """,
        needs="""
            La nature exacte du bien ou du service
            Le pays et la qualité du client : entreprise ou particulier
            Le lieu de départ et d'arrivée, s'il y a livraison
        """,
        faq="""
            Traitez-vous les opérations hors d'Europe ?
            Oui pour le volet français. Pour les obligations locales, je vous oriente.
            Puis-je joindre une facture ?
            Oui, masquez les coordonnées bancaires et envoyez-la telle quelle.
        """,
        opening="""
            Bonjour, merci pour votre question. Si ce n'est pas déjà fait, précisez où se trouve la marchandise au
            départ et si votre client vous a donné un numéro de TVA. Avec ces deux éléments, je peux répondre sans
            réserve. Élodie.
        """,
        keywords="TVA; autoliquidation; territorialité; taux réduit; facture; import",
        cover=cover(
            "question_bubbles",
            "sky",
            "Quelle TVA pour un client à Bruxelles ?",
            "",
            "Autoliquidation par le client; La mention à copier; La ligne de votre déclaration",
            "24 h|réponse écrite",
        ),
    ),
    job(
        "salaire-ou-dividendes",
        "elodie-marchand",
        CATEGORY,
        "Salaire ou dividendes : comparatif chiffré pour votre situation",
        350,
        5,
        includes="""
            Trois répartitions comparées : net perçu, coût pour la société, protection sociale
            Un simulateur Excel que vous pourrez rejouer chaque année
            Une note de quatre pages avec ma recommandation
        """,
        description="""
            La bonne réponse dépend de votre foyer, de vos projets et de l'âge auquel vous comptez vous arrêter. Je
            calcule ce que vous touchez réellement, ce que cela coûte à la société, et surtout ce que vous achetez
            avec vos cotisations : retraite, prévoyance, indemnités.

            Je prends en compte votre situation familiale, vos autres revenus et, si besoin, une holding. Les
            calculs sont faits avec les barèmes de l'année et les sources figurent en marge.

            Le simulateur est volontairement simple : douze cellules à remplir, un résultat par colonne.
        """,
        needs="""
            Votre statut : gérant majoritaire, président, associé
            Le résultat attendu de la société avant rémunération
            La composition du foyer et ses autres revenus
        """,
        addons=[
            ("Volet holding", "Remontée de dividendes et régime mère-fille.", 140, 3),
            ("Entretien avec le conjoint", "Trente minutes à trois pour décider.", 60, 0),
        ],
        faq="""
            Conseillez-vous des placements ?
            Non, ce n'est pas mon métier. Je m'arrête à la rémunération et à la protection sociale.
            Les calculs valent-ils pour une SELARL ?
            Oui, précisez-le dans vos consignes, les règles ont changé récemment.
        """,
        opening="""
            Bonjour, merci de votre confiance. Je vous envoie une fiche à remplir en dix minutes ; laissez en blanc
            ce que vous ignorez. Dites-moi aussi ce qui compte le plus pour vous : le net d'aujourd'hui ou la
            retraite de demain. Élodie.
        """,
        keywords="rémunération du dirigeant; dividendes; salaire; cotisations; holding",
        cover=cover(
            "pricing",
            "lilac",
            "Trois façons de vous payer",
            "Même résultat, trois protections différentes",
            "Retraite de base; Prévoyance; Épargne en société; Chômage privé; Épargne retraite",
            "41 k€|Dividendes seuls; 47 k€|Formule mixte; 44 k€|Salaire seul",
        ),
    ),
    question(
        "question-facturation-electronique",
        "elodie-marchand",
        CATEGORY,
        "Facturation électronique : ce qui change pour vous, par écrit",
        30,
        48,
        includes="""
            Vos dates d'obligation, à recevoir puis à émettre
            Les flux concernés dans votre activité
            Trois critères pour choisir une plateforme agréée
        """,
        description="""
            Ventes aux particuliers, clients étrangers, acomptes, notes de frais, autofacturation : la réforme ne
            touche pas tout le monde de la même façon. Décrivez votre façon de facturer et je vous dis ce qui
            s'applique, dans quel ordre et sans urgence inutile.

            Je n'ai d'accord avec aucun éditeur. La réponse vous aide à poser les bonnes questions au vôtre.
        """,
        needs="""
            Votre activité et vos types de clients
            Le logiciel de facturation utilisé aujourd'hui
            Le nombre de factures émises et reçues par mois
        """,
        faq="""
            Je suis en franchise de TVA, suis-je concerné ?
            Oui, à l'émission comme à la réception, mais selon un calendrier que je vous préciserai.
            Recommandez-vous un logiciel ?
            Je donne des critères et, si vous le souhaitez, je compare deux offres que vous avez reçues.
        """,
        opening="""
            Bonjour ! Décrivez-moi trois factures typiques de votre mois : à qui, pour quoi, comment vous les
            envoyez. C'est le moyen le plus rapide de vous répondre utilement. Je reviens vers vous sous deux
            jours. Élodie.
        """,
        keywords="facturation électronique; plateforme agréée; réforme; e-reporting; PME",
        cover=cover(
            "question_letter",
            "sun",
            "Facturation électronique : êtes-vous prêt ?",
            "",
            "Vos dates d'obligation; Les flux concernés; Le choix de la plateforme",
            "48 h|réponse écrite",
        ),
    ),
)
