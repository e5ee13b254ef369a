"""Finance: public funding, valuation and company sales."""

from __future__ import annotations

from marketplace.demo.model import Offer, call, cover, job

CATEGORY = "finance-gestion"

OFFERS: tuple[Offer, ...] = (
    job(
        "dossier-bpifrance",
        "vincent-roux",
        CATEGORY,
        "Dossier de financement Bpifrance monté de A à Z",
        780,
        7,
        includes="""
            Le choix argumenté du bon dispositif : prêt, avance ou garantie
            Le dossier rédigé, budget et calendrier compris
            Les annexes mises en forme et nommées comme attendu
            Une simulation de l'entretien avec le chargé d'affaires
        """,
        description="""
            Le formulaire n'est pas le plus long. Ce qui compte, c'est de faire correspondre votre projet à un
            dispositif ouvert, à un stade précis, avec des dépenses éligibles et des cofinancements démontrés. Je
            commence donc par vérifier que le dossier mérite d'être déposé.

            Si tel est le cas, je rédige le descriptif technique et économique avec vous, je monte le budget, je
            vérifie les pièces et je vous remets un ensemble prêt à téléverser. J'ai instruit ce type de demande
            pendant six ans : je sais quelles phrases attirent une question.

            Si, après examen, aucun dispositif ne convient, je vous rembourse les deux tiers de la commande.
        """,
        needs="""
            Une description du projet et de son degré d'avancement
            Vos deux derniers bilans ou votre plan de démarrage
            Les devis des prestataires et les salaires concernés
        """,
        addons=[
            ("Suivi jusqu'à la décision", "Je réponds avec vous aux demandes de complément.", 220, 0),
            ("Volet régional", "Un second dossier pour l'aide de votre région.", 260, 4),
            ("Dépôt sous quatre jours", "Pour une date limite proche.", 150, -3),
        ],
        faq="""
            Prenez-vous un pourcentage sur l'aide obtenue ?
            Non, jamais. Le prix est celui affiché, que l'aide soit accordée ou non.
            À partir de quel budget est-ce utile ?
            En général à partir de 60 000 € de dépenses. En dessous, les prêts d'honneur sont plus adaptés.
        """,
        opening="""
            Bonjour, ravi de travailler sur votre projet. Avant tout, racontez-moi en une page ce que vous voulez
            faire, où vous en êtes et ce que cela coûte. Je vous réponds sous deux jours avec le dispositif que je
            vise et la liste exacte des pièces. Vincent.
        """,
        keywords="Bpifrance; subvention; innovation; prêt; aides publiques; dossier",
        cover=cover(
            "roadmap",
            "deep",
            "Dossier Bpifrance",
            "Du cadrage au versement, douze semaines",
            "Éligibilité; Budget; Rédaction; Pièces; Instruction; Décision",
            "|Semaine 1; |Semaine 3; |Semaine 6; |Semaine 12",
        ),
    ),
    job(
        "recensement-aides",
        "vincent-roux",
        CATEGORY,
        "Recensement des aides publiques auxquelles vous avez droit",
        190,
        4,
        includes="""
            Une liste de cinq à quinze aides classées par chances d'obtention
            Pour chacune : montant, calendrier, pièces, contact
            Un calendrier de dépôt sur douze mois
        """,
        description="""
            Plusieurs centaines de dispositifs s'adressent aux entreprises, entre l'Europe, l'État, la région et
            les chambres consulaires. La plupart ne vous concernent pas. Je croise votre activité, votre commune,
            votre effectif et vos projets pour n'en garder qu'une poignée.

            Chaque fiche tient sur une demi-page et se termine par un avis : à déposer maintenant, à préparer, à
            oublier. Je précise aussi les incompatibilités, souvent découvertes trop tard.
        """,
        needs="""
            Votre numéro SIREN et votre effectif
            Vos projets des dix-huit prochains mois, avec un ordre de grandeur
            Les aides déjà perçues depuis trois ans
        """,
        addons=[
            ("Aides à l'embauche", "Un volet consacré aux recrutements et à l'alternance.", 60, 1),
            ("Premier dossier rédigé", "L'aide la plus simple, prête à signer.", 170, 3),
        ],
        faq="""
            Cela concerne-t-il les associations ?
            Oui, si elles emploient au moins une personne et ont une activité économique.
            Que se passe-t-il si vous ne trouvez rien ?
            Cela m'est arrivé deux fois. Je rembourse la commande, en gardant le temps de recherche pour moi.
        """,
        opening="""
            Bonjour, merci ! Il me faut peu de choses pour commencer : votre SIREN, votre effectif et la liste de
            ce que vous comptez acheter, embaucher ou lancer d'ici un an et demi. Plus c'est concret, mieux je
            cherche. Vincent.
        """,
        keywords="aides publiques; subventions; région; alternance; transition écologique",
        cover=cover(
            "mindmap",
            "mint",
            "Vos aides\npossibles",
            "",
            "Région|Jusqu'à 40 000 €; Bpifrance|Prêt sans garantie;"
            "ADEME|Diagnostic; Europe|Appel à projets; Emploi|Alternance; Chambre|Accompagnement",
        ),
    ),
    job(
        "credit-impot-recherche",
        "vincent-roux",
        CATEGORY,
        "Dossier justificatif de crédit d'impôt recherche ou innovation",
        1450,
        15,
        includes="""
            Le dossier scientifique et technique, au plan recommandé par le ministère
            Le tableau des dépenses éligibles, personne par personne
            Une note de synthèse pour votre expert-comptable
            Trois séries de retouches avec vos équipes techniques
        """,
        description="""
            Déclarer un crédit d'impôt est simple ; le justifier trois ans plus tard l'est moins. J'écris le
            dossier pendant que les souvenirs sont frais, à partir d'entretiens avec vos ingénieurs et de vos
            traces de travail : tickets, cahiers, comptes rendus d'essais.

            Le document décrit l'état de l'art, les verrous, les travaux menés et ce qu'ils ont appris, y compris
            les échecs. Les temps sont rapprochés des agendas et des bulletins de paie. Rien n'est arrondi au
            bénéfice du doute.

            Le tarif couvre un projet de recherche ou d'innovation et une équipe de six personnes au plus.
        """,
        needs="""
            La liste des personnes concernées et leurs diplômes
            Un accès à vos comptes rendus techniques
            Les bulletins de paie et factures de sous-traitance
            Deux créneaux d'entretien d'une heure avec vos équipes
        """,
        addons=[
            ("Projet supplémentaire", "Un second projet la même année.", 690, 6),
            ("Demande de rescrit", "La question préalable posée à l'administration.", 380, 4),
        ],
        faq="""
            Intervenez-vous en cas de contrôle ?
            Oui, je réponds aux questions sur le dossier que j'ai rédigé, sans frais, pendant trois ans.
            Quelle différence entre recherche et innovation ?
            La recherche lève une incertitude scientifique ou technique, l'innovation crée un produit nouveau sur
              le marché. Nous vérifions ensemble où se situe le projet.
        """,
        opening="""
            Bonjour, je vous remercie. Commençons par un entretien d'une heure avec la personne qui connaît le
            mieux le projet : proposez-moi deux créneaux. D'ici là, rassemblez ce que vous avez de traces écrites,
            sans rien réécrire. Vincent.
        """,
        keywords="crédit d'impôt recherche; CIR; CII; innovation; dossier technique; rescrit",
        cover=cover(
            "notebook",
            "sky",
            "Dossier de crédit\nd'impôt recherche",
            "Exercice 2026",
            "État de l'art; Verrous techniques; Travaux menés; Résultats et échecs; Dépenses éligibles",
            "1 920 h|de recherche justifiées",
        ),
        licence="""
            Le dossier vous appartient pour toute démarche fiscale ou administrative. Le plan type et les modèles
            de tableaux restent la propriété de l'auteur, qui peut les réutiliser.
        """,
    ),
    job(
        "evaluation-pme",
        "bertrand-lacaze",
        CATEGORY,
        "Évaluation de votre PME par trois méthodes, rapport argumenté",
        1200,
        12,
        includes="""
            Un rapport de 25 à 35 pages avec trois méthodes croisées
            Les retraitements expliqués, un par un
            Une fourchette de valeur et les points qui la feront bouger
            Un tableau de sensibilité modifiable
        """,
        description="""
            Une valeur se défend ligne par ligne. Je croise la rentabilité, le patrimoine et les transactions
            comparables, en commençant par les retraitements : rémunération du dirigeant, loyers entre proches,
            éléments exceptionnels.

            J'ai vendu ma propre entreprise : je sais que la question n'est pas seulement « combien ? », mais
            « qu'est-ce qui fera baisser ce prix dans six mois ? ». Le rapport se termine par cette liste, avec ce
            qu'il est possible de corriger avant d'ouvrir les négociations.

            La mission convient à une cession, une donation, l'entrée d'un associé ou une séparation.
        """,
        needs="""
            Vos trois dernières liasses fiscales
            Le détail des contrats, baux et emprunts
            La répartition du chiffre d'affaires par client
            Un entretien d'une heure avec vous
        """,
        addons=[
            ("Dossier de présentation", "Douze pages anonymes pour les premiers contacts.", 380, 5),
            ("Version courte pour associés", "Quatre pages, sans vocabulaire technique.", 120, 2),
        ],
        faq="""
            Votre rapport est-il opposable à l'administration fiscale ?
            Il est argumenté et daté, ce qui constitue un bon appui. Il ne lie pas l'administration.
            Évaluez-vous les fonds de commerce ?
            Oui, avec des usages propres à chaque métier. Précisez-le dans vos consignes.
        """,
        opening="""
            Bonjour. Je vous remercie de me confier ce travail, toujours un peu particulier pour un dirigeant.
            Envoyez-moi les liasses des trois derniers exercices, puis choisissons une heure pour parler de
            l'histoire de l'entreprise : les chiffres ne la racontent pas seuls. Bertrand.
        """,
        keywords="évaluation d'entreprise; valorisation; cession; donation; associés",
        cover=cover(
            "report",
            "deep",
            "Évaluation\nd'entreprise",
            "Mécanique Garonne SAS",
            "Trois méthodes croisées",
            "2,4 M€|Valeur basse; 2,9 M€|Valeur haute; 5,6 ×|EBE retraité",
        ),
    ),
    call(
        "appel-ceder-entreprise",
        "bertrand-lacaze",
        CATEGORY,
        "Céder ou transmettre son entreprise : une heure pour y voir clair",
        140,
        60,
        includes="""
            Une heure d'entretien avec un ancien cédant
            Un calendrier réaliste, de la préparation à la signature
            Un compte rendu écrit le lendemain
        """,
        description="""
            À qui vendre, quand en parler à l'équipe, que préparer d'abord, que coûtera l'opération : une heure
            permet de remettre ces questions dans l'ordre. Je vous parle d'expérience, avec des exemples et des
            chiffres, y compris des cessions qui n'ont pas abouti.

            L'entretien convient autant à celui qui vend dans six mois qu'à celui qui commence seulement à y
            penser. Le second est d'ailleurs le mieux servi.
        """,
        needs="""
            Votre activité, votre effectif et votre chiffre d'affaires
            Votre échéance, même incertaine
        """,
        faq="""
            Cherchez-vous un repreneur ?
            Non, je ne suis pas intermédiaire. Je peux vous dire comment en choisir un.
            Mon identité reste-t-elle confidentielle ?
            Oui. Un prénom et une activité me suffisent pour notre premier échange.
        """,
        opening="""
            Bonjour, votre rendez-vous est noté. Inutile de préparer un dossier : je préfère que nous partions de
            vos questions, dans le désordre. Si un point vous préoccupe en particulier, écrivez-le ici d'une
            phrase. Bertrand.
        """,
        keywords="cession; transmission; repreneur; retraite du dirigeant; calendrier",
        cover=cover(
            "call_time",
            "mint",
            "Céder ou transmettre",
            "",
            "À qui vendre ?; À quel prix ?; Quand le dire ?; Et après ?",
            "60 min|pour y voir clair",
        ),
    ),
)
