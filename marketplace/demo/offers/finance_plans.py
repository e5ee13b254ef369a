"""Finance: business plans, forecasts and budgets."""

from __future__ import annotations

from marketplace.demo.model import Offer, call, cover, job

CATEGORY = "finance-gestion"

OFFERS: tuple[Offer, ...] = (
    job(
        "business-plan-complet",
        "claire-delmas",
        CATEGORY,
        "Business plan complet pour convaincre banques et investisseurs",
        490,
        5,
        includes="""
            Un business plan rédigé de 20 à 30 pages, au format Word et PDF
            Un prévisionnel Excel sur trois ans : résultat, trésorerie, plan de financement
            Vos hypothèses expliquées et sourcées, prêtes pour les questions
            Deux séries de retouches comprises
        """,
        description="""
            Pendant douze ans, j'ai lu des business plans du côté de la banque. Je sais ce qui fait refuser un
            dossier en comité : des hypothèses sans source, une trésorerie trop lisse, un plan de financement
            qui ne boucle pas.

            Je construis avec vous un document que vous saurez défendre. Nous commençons par un questionnaire
            d'une quarantaine de points et un échange de cadrage, puis je rédige, je chiffre et je vous remets
            des fichiers que vous pourrez faire évoluer sans moi.

            Le plan suit l'ordre dans lequel il sera lu : résumé d'une page, marché, offre, équipe, organisation,
            chiffres, risques. Chaque tableau est accompagné d'un paragraphe qui dit ce qu'il faut en retenir.
        """,
        needs="""
            Une présentation de votre activité, même brève
            Vos trois derniers bilans, si l'entreprise existe
            Vos devis, loyers et salaires prévus
            Le montant recherché et la date du rendez-vous
        """,
        addons=[
            ("Livraison express", "Premier livrable sous 48 heures.", 120, -3),
            ("Présentation investisseurs", "Douze pages au format PowerPoint, prêtes à projeter.", 150, 2),
            ("Appel de restitution", "45 minutes pour défendre vos chiffres à l'oral.", 80, 0),
            ("Scénario supplémentaire", "Une hypothèse de plus : embauche, second site, autre prix.", 60, 1),
        ],
        faq="""
            Travaillez-vous avec des entreprises en création ?
            Oui, la moitié de mes clients n'ont pas encore de bilan. Nous partons alors de vos devis et d'une
              étude de marché.
            Le prévisionnel est-il modifiable ?
            Oui. Le classeur n'est pas verrouillé et les hypothèses sont réunies sur un seul onglet.
            Signez-vous un accord de confidentialité ?
            Volontiers, le vôtre ou le mien. Joignez-le à vos consignes et je le retourne signé.
        """,
        opening="""
            Bonjour, et merci pour votre confiance. Je vous envoie dans la journée mon questionnaire : comptez
            trente minutes pour y répondre, sans chercher la perfection. Si vous avez déjà des tableaux, même
            incomplets, joignez-les ici, ils me feront gagner un temps précieux. À très vite, Claire.
        """,
        keywords="business plan; prévisionnel; banque; investisseurs; création d'entreprise; plan de financement",
        cover=cover(
            "report",
            "teal",
            "Business plan\n2027 – 2029",
            "Atelier Lumen SAS",
            "Étude de marché",
            "1,8 M€|CA année 3; 22 %|EBE; 14 mois|Point mort",
        ),
    ),
    job(
        "dossier-credit-bancaire",
        "claire-delmas",
        CATEGORY,
        "Dossier de demande de crédit bancaire prêt à déposer",
        380,
        4,
        includes="""
            Une note de présentation de six à huit pages à l'attention du chargé d'affaires
            Les ratios que la banque calculera, calculés avant elle
            Un tableau emplois-ressources équilibré et commenté
            La liste des pièces à joindre, dans l'ordre attendu
        """,
        description="""
            Un crédit se joue souvent avant le rendez-vous, dans les vingt minutes où votre interlocuteur prépare
            sa note au comité. Je lui écris cette note : activité, objet du financement, capacité de remboursement,
            garanties.

            Je pars de vos deux derniers bilans et de votre projet. Je calcule la capacité d'autofinancement, le
            taux d'endettement et la couverture de l'échéance, puis j'explique les points faibles au lieu de les
            cacher : un banquier les trouvera, autant qu'il lise votre réponse en même temps.

            Le dossier convient pour un investissement, un rachat de fonds ou un renforcement du fonds de
            roulement, entre 30 000 et 800 000 €.
        """,
        needs="""
            Vos deux dernières liasses fiscales
            Les devis ou le compromis correspondant au projet
            Un tableau de vos emprunts en cours
        """,
        addons=[
            ("Prévisionnel sur trois ans", "Le classeur complet, mensuel la première année.", 180, 2),
            ("Deuxième banque", "La note adaptée aux attentes d'un second établissement.", 60, 1),
            ("Livraison en deux jours", "Pour un comité déjà fixé.", 90, -2),
        ],
        faq="""
            Garantissez-vous l'obtention du prêt ?
            Non, personne ne le peut. Je garantis un dossier complet, cohérent, et l'absence de mauvaise surprise.
            Contactez-vous la banque à ma place ?
            Non, le rendez-vous vous appartient. Je peux en revanche vous y préparer.
        """,
        opening="""
            Bonjour, merci d'avoir commandé ce dossier. Pouvez-vous déposer ici vos liasses fiscales et me dire en
            deux phrases ce que vous voulez financer ? Indiquez-moi aussi le nom de votre banque : les habitudes
            varient d'un réseau à l'autre. Bien à vous, Claire.
        """,
        keywords="crédit bancaire; emprunt professionnel; dossier de prêt; capacité de remboursement; banque",
        cover=cover(
            "collage",
            "blush",
            "Plan de financement",
            "",
            "Trésorerie prévue; Calendrier du dossier; Pièces; Note;Comité; Déblocage",
            "180 k€|Prêt à 7 ans; 60 k€|Apport; 25 k€|Autofinancement",
        ),
    ),
    job(
        "relecture-business-plan",
        "claire-delmas",
        CATEGORY,
        "Relecture critique de votre business plan par une ancienne banquière",
        150,
        3,
        includes="""
            Votre document annoté page par page
            Une note de deux pages : ce qui convainc, ce qui inquiète, ce qui manque
            Les dix questions qui vous seront posées, avec des pistes de réponse
        """,
        description="""
            Vous avez déjà rédigé votre plan et vous doutez, ou l'on vous a répondu non sans vous dire pourquoi. Je
            le lis comme je le faisais en comité de crédit, un crayon à la main.

            Je vérifie que les tableaux se répondent, que les charges sont complètes, que le calendrier tient
            debout et que le résumé donne envie de lire la suite. Je vous rends le fichier annoté et une note
            franche, sans jargon.

            Cette relecture n'est pas une réécriture : si le plan doit être repris en profondeur, je vous le dis et
            je déduis ce montant d'une commande complète passée dans le mois.
        """,
        needs="""
            Votre business plan au format Word ou PDF
            Le classeur Excel, s'il existe
            Le destinataire : banque, investisseur, organisme de prêt d'honneur
        """,
        addons=[
            ("Appel de 30 minutes", "Je commente mes annotations de vive voix.", 55, 0),
            ("Relecture sous 24 heures", "Retour le jour ouvré suivant.", 50, -2),
        ],
        faq="""
            Combien de pages relisez-vous ?
            Jusqu'à quarante pages et un classeur de dix onglets. Au-delà, écrivez-moi avant de commander.
            Corrigez-vous les fautes d'orthographe ?
            Je les signale lorsque j'en vois, mais mon attention va d'abord au fond.
        """,
        opening="""
            Bonjour ! Déposez ici votre plan dans l'état où il se trouve, y compris les passages dont vous n'êtes
            pas fier : ce sont souvent les plus intéressants. Dites-moi aussi à qui il est destiné. Je vous rends
            mes annotations dans trois jours au plus. Claire.
        """,
        keywords="relecture; business plan; annotations; financement; avis d'expert",
        cover=cover(
            "checklist",
            "sand",
            "Relecture du\nbusiness plan",
            "Avis d'une ancienne banquière",
            "Résumé d'une page; Taille du marché; Charges oubliées; Équipe fondatrice; Trésorerie mensuelle; Risques",
            "7,5|sur 10",
        ),
    ),
    call(
        "appel-defendre-chiffres",
        "claire-delmas",
        CATEGORY,
        "Défendre vos chiffres devant des investisseurs : une heure d'entraînement",
        120,
        60,
        includes="""
            Une heure d'entretien, en visioconférence ou par téléphone
            Une mise en situation avec des questions de difficulté croissante
            Un relevé écrit de vos points forts et de vos points à revoir
        """,
        description="""
            Vous présentez bientôt votre projet et vous redoutez les questions sur la marge, la valorisation ou la
            durée de votre trésorerie. Je joue l'investisseur, d'abord bienveillant, puis beaucoup moins.

            Nous terminons par un quart d'heure de reprise : quelles réponses raccourcir, quels chiffres savoir par
            cœur, quelles questions renvoyer à plus tard sans paraître fuir. Vous recevez mon relevé le soir même.
        """,
        needs="""
            Votre présentation et votre prévisionnel, 24 heures avant l'appel
            Le montant recherché et le type d'investisseurs rencontrés
        """,
        faq="""
            Peut-on venir à plusieurs ?
            Oui, jusqu'à trois associés. C'est même utile pour répartir la parole.
            L'appel est-il enregistré ?
            Non. Je prends des notes et je vous les envoie.
        """,
        opening="""
            Bonjour, merci pour votre réservation. Envoyez-moi votre présentation la veille au plus tard, et une
            phrase sur ce qui vous inquiète le plus : c'est par là que nous commencerons. Au plaisir de vous
            écouter, Claire.
        """,
        keywords="levée de fonds; investisseurs; entraînement; valorisation; présentation",
        cover=cover(
            "call_voices",
            "lilac",
            "Défendre vos chiffres",
            "",
            "Marge; Valorisation; Trésorerie",
            "60 min|relevé écrit le soir même",
        ),
    ),
    job(
        "previsionnel-trois-ans",
        "karim-benali",
        CATEGORY,
        "Prévisionnel financier 3 ans avec scénarios prudent et ambitieux",
        390,
        4,
        includes="""
            Un classeur Excel : compte de résultat, bilan, trésorerie mensuelle
            Deux scénarios que l'on bascule d'une seule cellule
            Une synthèse d'une page avec graphiques
            Une notice pour mettre à jour les chiffres sans formule cassée
        """,
        description="""
            Un prévisionnel sert d'abord à décider : embaucher ou attendre, acheter ou louer, baisser un prix ou
            non. Je le construis autour de vos leviers réels, par exemple un nombre de chantiers, de couverts ou
            d'abonnés, et non d'un pourcentage de croissance tombé du ciel.

            Le scénario prudent n'est pas le scénario ambitieux moins vingt pour cent. Nous cherchons ensemble les
            trois événements qui feraient dérailler l'année et je les chiffre séparément.

            Tout tient en six onglets. Les cellules à remplir sont colorées, les autres sont protégées sans mot de
            passe. Votre expert-comptable pourra s'en servir tel quel.
        """,
        needs="""
            Votre dernier bilan ou votre plan de démarrage
            Vos prix, vos volumes et votre saisonnalité
            Vos charges fixes et vos effectifs
        """,
        addons=[
            (
                "Troisième scénario",
                "Une hypothèse de rupture : perte d'un client, retard de chantier.",
                70,
                1,
            ),
            ("Version anglaise", "Le classeur et la synthèse traduits.", 110, 2),
            ("Visite guidée en vidéo", "Quinze minutes pour prendre le fichier en main.", 40, 0),
        ],
        faq="""
            Le classeur fonctionne-t-il sur LibreOffice ou Google Sheets ?
            Oui, je n'emploie ni macro ni fonction propre à une seule version d'Excel.
            Combien d'activités puis-je distinguer ?
            Jusqu'à quatre lignes de revenus. Au-delà, demandez-moi un devis.
        """,
        opening="""
            Bonjour, bienvenue. Pour démarrer vite, envoyez-moi votre dernier compte de résultat et la liste de vos
            prix, même approximative. Je vous poserai ensuite cinq à dix questions, pas davantage. Cordialement,
            Karim.
        """,
        keywords="prévisionnel; compte de résultat; scénarios; trésorerie; Excel; création",
        cover=cover(
            "statement",
            "mist",
            "Compte de résultat prévisionnel",
            "En milliers d'euros, scénario prudent",
            "Chiffre d'affaires|612|748|905; Achats|−214|−258|−308; Charges externes|−96|−104|−113;"
            "Personnel|−214|−255|−296; EBE|88|131|188; Amortissements|−32|−36|−36; Impôt|−14|−24|−38;"
            "Résultat net|42|71|114",
            "2027|; 2028|; 2029|",
        ),
    ),
    job(
        "prix-de-revient",
        "karim-benali",
        CATEGORY,
        "Calcul du prix de revient de vos produits ou prestations",
        620,
        7,
        includes="""
            Le prix de revient complet de vingt références ou prestations au plus
            Une marge par produit, par famille et par client
            Un classeur qui se recalcule quand un coût change
            Une note de recommandations : hausser, simplifier, abandonner
        """,
        description="""
            Beaucoup d'entreprises connaissent leur marge globale et découvrent trop tard que trois produits
            paient pour dix autres. Je reconstitue vos coûts à partir de vos factures, de vos temps et de vos
            rebuts, puis je les affecte sans usine à gaz.

            Je travaille en deux passes : une première estimation au bout de trois jours, que nous discutons, puis
            la version définitive. Les clés de répartition sont écrites noir sur blanc, afin que chacun puisse les
            contester avec de bons arguments.

            La méthode convient à un atelier, un restaurant, un bureau d'études ou un transporteur.
        """,
        needs="""
            Vos achats des douze derniers mois, en export comptable
            Vos temps passés ou vos gammes, même estimés
            Votre tarif et vos volumes de vente
        """,
        addons=[
            ("Dix références de plus", "Ajoutées au même classeur.", 90, 2),
            ("Simulateur de prix", "Testez une remise ou une hausse et lisez l'effet sur la marge.", 120, 2),
            ("Restitution à votre équipe", "Une heure en visioconférence.", 90, 0),
        ],
        faq="""
            Mes temps de production ne sont pas mesurés, est-ce gênant ?
            Non. Nous partons d'estimations, que je signale comme telles, et nous mesurons ensuite ce qui pèse.
            Respectez-vous la confidentialité de mes prix d'achat ?
            Oui. Vos données restent sur un poste chiffré et sont effacées à la fin de la commande.
        """,
        opening="""
            Bonjour et merci. Première étape : un export de vos achats sur un an et la liste de vos références les
            plus vendues. Ne triez rien, je m'en charge. Je reviens vers vous sous 48 heures avec mes premières
            questions. Karim.
        """,
        keywords="prix de revient; marge; coût complet; contrôle de gestion; rentabilité",
        cover=cover(
            "spreadsheet",
            "forest",
            "Prix de revient par famille",
            "",
            "Matières|18,40|22,10|9,75|14,20; Main-d'œuvre|11,20|15,60|6,40|8,90; Machine|4,10|6,30|2,20|3,70;"
            "Frais généraux|5,90|7,40|3,10|4,60; Prix de revient|39,60|51,40|21,45|31,40;"
            "Prix de vente|58,00|49,00|36,00|44,00; Marge|18,40|−2,40|14,55|12,60",
            "−2,40 €|par pièce sur le modèle B; |A; |B; |C; |D",
        ),
    ),
    job(
        "budget-annuel",
        "karim-benali",
        CATEGORY,
        "Budget annuel et tableau de suivi mensuel de votre PME",
        450,
        6,
        includes="""
            Un budget détaillé par mois et par service
            Un tableau de suivi : réel, budget, écart, prévision de fin d'année
            Un modèle de commentaire mensuel d'une page
            Deux séries de retouches
        """,
        description="""
            Le budget n'est utile que si quelqu'un le relit chaque mois. Je le bâtis sur le plan de comptes de
            votre expert-comptable, avec les regroupements qui vous parlent, pour que l'import du réel prenne dix
            minutes et non une soirée.

            Les écarts sont séparés en trois causes : volume, prix, décalage dans le temps. On cesse alors de
            chercher un coupable pour une facture arrivée en avance.
        """,
        needs="""
            Les balances des deux derniers exercices
            Vos objectifs et vos embauches prévues
            Le nom de votre logiciel comptable
        """,
        addons=[
            ("Import automatique", "Une requête qui lit l'export de votre logiciel.", 140, 3),
            ("Budget par chantier ou par projet", "Une dimension de plus dans le suivi.", 160, 3),
        ],
        faq="""
            Pouvez-vous tenir le suivi ensuite ?
            Je peux le faire les deux premiers mois, sur devis, le temps que votre équipe prenne le relais.
            Faut-il un logiciel particulier ?
            Non, Excel suffit. Le fichier s'ouvre aussi avec LibreOffice.
        """,
        opening="""
            Bonjour, merci de votre commande. Déposez vos deux dernières balances et dites-moi comment vous
            aimeriez lire vos dépenses : par service, par chantier, par site ? J'adapte le découpage avant de
            chiffrer quoi que ce soit. Karim.
        """,
        keywords="budget; suivi mensuel; écarts; pilotage; PME; reporting",
        cover=cover(
            "dashboard",
            "plum",
            "Budget et réalisé",
            "Données arrêtées au 31 octobre 2026",
            "Dépenses par mois; Par service; Production; Commerce; Siège",
            "96 %|Budget consommé; +1,8 %|Écart à date; 412 k€|Prévision de fin d'année",
        ),
    ),
)
