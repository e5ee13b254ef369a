"""IT and data: dashboards, data quality, automation."""

from __future__ import annotations

from marketplace.demo.model import Offer, cover, job, question

CATEGORY = "informatique-data"

OFFERS: tuple[Offer, ...] = (
    job(
        "tableau-bord-power-bi",
        "hugo-leclerc",
        CATEGORY,
        "Tableau de bord financier Power BI connecté à votre comptabilité",
        1250,
        10,
        includes="""
            Un rapport de quatre à six pages, actualisé automatiquement
            Un modèle de données documenté
            Le contrôle des totaux avec votre balance
            Une formation enregistrée d'une heure
        """,
        description="""
            Je commence par une question : que décidez-vous le lundi matin ? Le tableau de bord répond à cela, puis
            s'arrête. Quatre pages suffisent en général : activité, marge, trésorerie, clients.

            Je me connecte à votre logiciel comptable par export ou par interface, je construis le modèle, puis je
            rapproche chaque total de votre balance. Un écart d'un euro se cherche jusqu'à ce qu'on le trouve.

            Vous recevez le fichier source, la documentation et la maîtrise complète : aucun abonnement ne passe par
            moi.
        """,
        needs="""
            Un accès ou des exports de votre comptabilité sur deux ans
            Une licence Power BI, même d'essai
            Vos cinq questions les plus fréquentes
        """,
        addons=[
            ("Source supplémentaire", "Logiciel commercial, paie ou stock.", 290, 3),
            ("Version téléphone", "Pages adaptées aux petits écrans.", 120, 1),
            ("Droits par service", "Chacun voit ce qui le concerne.", 160, 1),
            ("Assistance de trois mois", "Deux évolutions mineures comprises.", 240, 0),
        ],
        faq="""
            Quels logiciels comptables connaissez-vous ?
            Sage, Cegid, Pennylane, EBP et les exports au format FEC.
            Mes données quittent-elles mon entreprise ?
            Non, elles restent dans votre environnement. Je travaille avec un accès temporaire.
        """,
        opening="""
            Bonjour ! Deux choses pour bien démarrer : la liste de vos cinq questions du lundi, et un export de votre
            grand livre ou un fichier des écritures. Je vous montre une première page sous trois jours. Hugo.
        """,
        keywords="Power BI; tableau de bord; comptabilité; FEC; indicateurs; automatisation",
        cover=cover(
            "dashboard",
            "plum",
            "Pilotage financier",
            "Données arrêtées au 31 octobre 2026",
            "Chiffre d'affaires par mois; Marge par activité; Conseil; Maintenance; Licences",
            "46,2 %|Marge brute; 41 j|Délai d'encaissement; −2,4 %|Écart au budget",
        ),
    ),
    job(
        "tableau-bord-excel",
        "hugo-leclerc",
        CATEGORY,
        "Tableau de bord Excel mis à jour en un clic, sans macro",
        360,
        5,
        includes="""
            Un classeur avec une page de synthèse et trois pages de détail
            Une actualisation par simple dépôt de fichier
            Une protection contre les formules effacées
            Une notice de deux pages
        """,
        description="""
            Vous passez une demi-journée par mois à coller des exports dans un tableau que personne n'ose toucher. Je
            le reconstruis avec Power Query : vous déposez le fichier, vous cliquez, c'est à jour.

            Les graphiques sont sobres, imprimables et lisibles en noir et blanc. Chaque indicateur a sa définition
            sur la même page, pour clore les discussions.
        """,
        needs="""
            Votre tableau actuel et deux mois d'exports
            La liste des destinataires
        """,
        addons=[
            ("Envoi automatique", "Un PDF adressé chaque mois aux destinataires.", 90, 1),
            ("Deuxième tableau", "Un autre service, la même méthode.", 210, 3),
        ],
        faq="""
            Quelle version d'Excel faut-il ?
            2019 ou plus récente, ou Microsoft 365.
            Pouvez-vous garder notre présentation ?
            Oui, si vous y tenez. Je propose parfois quelques simplifications.
        """,
        opening="""
            Bonjour, merci. Envoyez-moi le tableau tel qu'il est, avec ses onglets cachés, et les fichiers qui
            l'alimentent. Dites-moi aussi quelle cellule vous regardez en premier. Hugo.
        """,
        keywords="Excel; Power Query; tableau de bord; automatisation; reporting",
        cover=cover(
            "spreadsheet",
            "forest",
            "Suivi d'activité.xlsx",
            "",
            "Commandes|412|438|405|467; Livrées|398|421|409|441; Retards|14|17|9|11; Avoirs|−6|−4|−7|−3;"
            "Note client|4,6|4,5|4,7|4,7; Marge|84|103|81|119",
            "1 clic|pour tout actualiser; |sept.; |oct.; |nov.; |déc.",
        ),
    ),
    job(
        "nettoyage-fichier",
        "hugo-leclerc",
        CATEGORY,
        "Nettoyage de votre fichier clients : doublons, formats, manques",
        190,
        3,
        includes="""
            Un fichier propre, jusqu'à 10 000 lignes
            La liste des doublons avec la règle appliquée
            Les anomalies à vérifier par vous
            Un modèle de saisie pour ne pas recommencer
        """,
        description="""
            Majuscules, accents perdus, téléphones à neuf chiffres, « Sarl » écrit de quatre façons : je remets tout
            d'équerre, sans jamais supprimer une ligne sans vous le dire.

            Les doublons sont rapprochés par nom, adresse et numéro, avec un degré de confiance. Vous validez les cas
            douteux, je traite le reste.
        """,
        needs="""
            Votre fichier, au format Excel ou CSV
            Le logiciel dans lequel il sera réimporté
        """,
        addons=[
            ("Ajout des numéros SIREN", "À partir de l'annuaire public des entreprises.", 80, 1),
            ("Dix mille lignes de plus", "Même traitement.", 70, 1),
        ],
        faq="""
            Comment sont protégées les données personnelles ?
            Je signe un engagement de confidentialité et j'efface tout à la clôture de la commande.
            Enrichissez-vous avec des adresses achetées ?
            Non, je n'utilise que des sources publiques et licites.
        """,
        opening="""
            Bonjour ! Déposez le fichier et signalez-moi les colonnes auxquelles vous tenez vraiment. S'il existe des
            règles maison, par exemple une façon d'écrire les noms, c'est le moment de les citer. Hugo.
        """,
        keywords="fichier clients; doublons; nettoyage; Excel; CSV; données",
        cover=cover(
            "code",
            "mint",
            "Fichier clients",
            "nettoyage.txt",
            "lire « clients.csv »; retirer espaces(nom); mettre en forme(téléphone); rapprocher(nom, ville);"
            "> si confiance > 95; >> fusionner(fiches); compter(anomalies)",
            "9 412|Fiches conservées; 588|Doublons rapprochés; 37|Cas à vérifier",
        ),
    ),
    question(
        "question-excel",
        "hugo-leclerc",
        CATEGORY,
        "Une formule Excel ou Power Query qui résiste : solution expliquée",
        25,
        24,
        includes="""
            Votre fichier corrigé
            L'explication, en dix lignes
            Une variante plus simple si elle existe
        """,
        description="""
            Recherche qui renvoie une erreur, total faux d'un centime, tableau croisé qui refuse de se grouper :
            envoyez un extrait du fichier et ce que vous attendez. Je vous rends une solution qui marche et
            l'explication pour la refaire.

            Une question, un problème. Si l'extrait ne suffit pas, je vous le demande une fois.
        """,
        needs="""
            Un extrait du fichier, données anonymes si possible
            Le résultat attendu sur un exemple
        """,
        faq="""
            Et pour Google Sheets ?
            Oui, je réponds aussi.
            Faites-vous des macros ?
            Rarement : il existe presque toujours mieux.
        """,
        opening="""
            Bonjour ! Joignez quelques lignes représentatives et écrivez à la main le résultat que vous aimeriez
            obtenir. Avec cela, je trouve en général du premier coup. Hugo.
        """,
        keywords="Excel; formule; Power Query; tableau croisé; erreur",
        cover=cover(
            "question_bubbles",
            "forest",
            "Pourquoi ma formule renvoie-t-elle #N/A ?",
            "",
            "La cause, en une phrase; La formule corrigée; Une variante plus simple",
            "24 h|fichier corrigé",
        ),
    ),
    job(
        "audit-qualite-donnees",
        "priya-ramassamy",
        CATEGORY,
        "Audit de la qualité de vos données avant un changement de logiciel",
        480,
        6,
        includes="""
            Un contrôle de vingt règles sur trois tables
            Un score par champ et des exemples d'anomalies
            L'estimation du temps de correction
            Un plan de reprise, étape par étape
        """,
        description="""
            Un changement de logiciel révèle tout ce que l'ancien pardonnait. Mieux vaut le savoir trois mois avant.
            J'analyse vos exports, je mesure ce qui manque, se contredit ou se répète, et j'estime la charge de
            correction.

            Le rapport est lisible par la direction : une page, un score, trois risques. L'annexe s'adresse à la
            personne qui corrigera.
        """,
        needs="""
            Un export de vos clients, articles et tarifs
            La date prévue du changement
            Les règles métier que vous connaissez
        """,
        addons=[
            ("Correction automatique", "Traitement des anomalies simples.", 260, 4),
            ("Trois tables de plus", "Commandes, fournisseurs ou contrats.", 190, 2),
        ],
        faq="""
            Avec quels outils travaillez-vous ?
            SQL et Python, sur une copie locale chiffrée.
            Quel volume pouvez-vous traiter ?
            Jusqu'à cinq millions de lignes par table.
        """,
        opening="""
            Bonjour ! Envoyez-moi des exports bruts, sans les trier ni les corriger. Si vous connaissez un exemple de
            fiche impossible, donnez-moi son numéro : ce sera mon premier fil à tirer. Priya.
        """,
        keywords="qualité des données; migration; audit; SQL; reprise de données",
        cover=cover(
            "checklist",
            "sky",
            "Qualité des données",
            "Avant changement de logiciel",
            "Clients sans doublon; Adresses complètes; Tarifs à jour; Articles actifs; Codes cohérents; Historique lisible",
            "68|sur 100",
        ),
    ),
    job(
        "automatiser-rapport",
        "priya-ramassamy",
        CATEGORY,
        "Automatiser un rapport que vous faites chaque semaine à la main",
        420,
        5,
        includes="""
            Un traitement qui produit votre rapport sans intervention
            Un envoi par courriel aux destinataires
            Une alerte quand une source manque
            Une documentation de trois pages
        """,
        description="""
            Deux heures chaque lundi font plus de deux semaines par an. Montrez-moi votre rapport et la façon dont
            vous le fabriquez ; j'en fais un traitement qui s'exécute à l'heure dite, sur votre ordinateur ou votre
            serveur.

            Je vérifie les résultats sur quatre semaines passées : ils doivent être identiques, ou l'écart doit
            s'expliquer. Il arrive que l'ancien rapport se trompe.
        """,
        needs="""
            Le rapport et les fichiers d'origine de quatre semaines
            L'endroit où le traitement doit fonctionner
            La liste des destinataires
        """,
        addons=[
            ("Deuxième rapport", "Sur les mêmes sources.", 220, 3),
            ("Mise en service à distance", "Installation et essai avec vous.", 80, 0),
        ],
        faq="""
            Que se passe-t-il si une source change de format ?
            L'alerte le signale et la documentation indique quoi modifier.
            Faut-il savoir programmer ?
            Non pour l'utiliser. Le code est commenté pour celui qui voudra l'adapter.
        """,
        opening="""
            Bonjour ! Filmez votre écran pendant que vous préparez le rapport, sans commentaire si vous préférez. Cela
            m'en apprend plus qu'une longue explication. Joignez ensuite les fichiers de la semaine. Priya.
        """,
        keywords="automatisation; rapport; Python; courriel; gain de temps",
        cover=cover(
            "code",
            "teal",
            "Rapport du lundi",
            "rapport_hebdo.py",
            "from sources import ventes, stocks; def rapport(semaine):; > lignes = ventes.lire(semaine);"
            "> total = SUM(lignes); > si total = 0:; >> return alerte(semaine); > return envoyer(total)",
            "1 284|Lignes contrôlées; 2|Écarts signalés; 7 h 00|Envoi du lundi",
        ),
    ),
    job(
        "rapprochement-fichiers",
        "priya-ramassamy",
        CATEGORY,
        "Rapprochement de deux fichiers qui ne se parlent pas",
        170,
        3,
        includes="""
            Un fichier rapproché, avec le degré de confiance
            La liste des écarts, dans les deux sens
            La méthode, pour recommencer sans moi
        """,
        description="""
            Encaissements et factures, stock et inventaire, inscrits et présents : deux listes, des libellés
            différents, et un écart qu'il faut expliquer. Je rapproche ce qui peut l'être par règles, puis par
            ressemblance, et je vous laisse une liste courte de cas à trancher.

            Le résultat est livré dans votre format, avec une colonne qui dit comment chaque ligne a été rapprochée.
        """,
        needs="""
            Les deux fichiers, jusqu'à 20 000 lignes chacun
            Quelques exemples de correspondances sûres
        """,
        addons=[
            ("Troisième fichier", "Rapproché des deux premiers.", 70, 1),
            ("Traitement réutilisable", "Un outil à relancer chaque mois.", 140, 2),
        ],
        faq="""
            Quel taux de rapprochement espérer ?
            Souvent plus de 95 %. Je vous le dis après une première lecture.
            Puis-je masquer les montants ?
            Oui, si un autre champ permet de rapprocher.
        """,
        opening="""
            Bonjour ! Déposez les deux fichiers et montrez-moi trois lignes dont vous êtes certain qu'elles vont
            ensemble. Je comprendrai la logique à partir de là. Priya.
        """,
        keywords="rapprochement; lettrage; fichiers; écarts; comptabilité",
        cover=cover(
            "statement",
            "sand",
            "Rapprochement",
            "Encaissements et factures, octobre 2026",
            "Rapprochées par numéro|812|812|100 %; Par montant et date|214|209|98 %; Par libellé voisin|96|88|92 %;"
            "À vérifier|17|0|—; Total|1 139|1 109|97 %",
            "Lignes|; Sûres|; Taux|",
        ),
    ),
    job(
        "connexion-deux-outils",
        "priya-ramassamy",
        CATEGORY,
        "Relier deux logiciels par leurs interfaces, sans double saisie",
        590,
        7,
        includes="""
            Un échange automatique entre deux outils
            La reprise en cas d'erreur et un journal lisible
            Des essais sur vos données réelles
            Une documentation et une passation d'une heure
        """,
        description="""
            Une commande saisie deux fois finit par être saisie de deux façons. J'étudie ce que permettent vos deux
            logiciels, je propose le chemin le plus simple, puis je le réalise : parfois un connecteur existant,
            parfois quelques centaines de lignes bien testées.

            Chaque échange laisse une trace compréhensible par un non-informaticien : ce qui est passé, ce qui a été
            refusé et pourquoi.
        """,
        needs="""
            Le nom et la formule d'abonnement des deux outils
            Un accès d'essai ou d'administration
            Trois exemples d'objets à transmettre
        """,
        addons=[
            ("Sens inverse", "L'échange dans les deux directions.", 280, 3),
            ("Surveillance de six mois", "Correction sous deux jours en cas de panne.", 260, 0),
        ],
        faq="""
            Que se passe-t-il si l'un des outils n'a pas d'interface ?
            Je vous le dis dès le premier jour et je rembourse, ou je propose un échange par fichier.
            Où le programme fonctionne-t-il ?
            Chez vous ou chez un hébergeur européen de votre choix.
        """,
        opening="""
            Bonjour ! Avant tout code, racontez-moi ce que vous recopiez : quoi, de où vers où, combien de fois par
            jour. Et donnez-moi la formule exacte d'abonnement de chaque outil, elle décide de beaucoup. Priya.
        """,
        keywords="API; connecteur; automatisation; double saisie; intégration",
        cover=cover(
            "schema",
            "lilac",
            "Une seule saisie",
            "",
            "Boutique|Commandes; Facturation|Ventes; Stock|Articles;"
            "Transport|Étiquettes; Banque|Paiements; Pilotage|Chiffres",
        ),
    ),
)
