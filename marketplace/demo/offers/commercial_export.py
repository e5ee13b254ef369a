"""Sales: prices and export."""

from __future__ import annotations

from marketplace.demo.model import Offer, call, cover, job

CATEGORY = "commercial-marketing"

OFFERS: tuple[Offer, ...] = (
    job(
        "politique-prix",
        "guillaume-riviere",
        CATEGORY,
        "Politique de prix : tarif, remises et hausse, appuyés sur vos factures",
        760,
        8,
        includes="""
            L'analyse de vos prix réels, remise par remise
            Une nouvelle grille avec ses règles de dérogation
            Trois scénarios de hausse et leur effet sur la marge
            Les arguments et courriers pour vos clients
        """,
        description="""
            Le tarif affiché importe peu : ce qui compte, c'est le prix net après remise, port, avoir et ristourne.
            Je le reconstitue pour chaque client. On découvre presque toujours que les plus petits paient moins cher
            que les grands.

            Je propose une grille plus simple, des seuils de remise liés à une contrepartie, et une règle de
            dérogation que vos vendeurs peuvent appliquer sans vous appeler.

            La hausse, si elle s'impose, est préparée client par client, avec des mots justes.
        """,
        needs="""
            Un export des lignes de facture sur douze mois
            Votre tarif et vos conditions de remise
            Vos coûts par famille, même approximatifs
        """,
        addons=[
            ("Formation des vendeurs", "Une heure et demie pour défendre le nouveau prix.", 190, 0),
            ("Suivi à six mois", "Mesure des dérogations et correction.", 220, 0),
        ],
        faq="""
            Regardez-vous les prix des concurrents ?
            Oui, quand ils sont publics. La valeur pour le client reste mon premier repère.
            Combien peut-on gagner ?
            Deux à quatre points de marge dans la plupart des cas, sans perdre de client important.
        """,
        opening="""
            Bonjour. Commençons par les factures : un export des lignes de l'année, avec prix brut et prix net si
            possible. Dites-moi aussi quand vous avez augmenté vos prix pour la dernière fois, et comment cela s'est
            passé. Guillaume.
        """,
        keywords="prix; tarif; remise; marge; hausse de prix; négoce",
        cover=cover(
            "pricing",
            "sand",
            "Une grille de prix qui se défend",
            "Trois niveaux, des remises avec contrepartie",
            "Livraison à date fixe; Paiement à 30 jours; Reprise des invendus; Prix garanti six mois; Visite technique",
            "100 €|Tarif public; 92 €|Partenaire; 86 €|Contrat annuel",
        ),
    ),
    job(
        "etude-marche-export",
        "guillaume-riviere",
        CATEGORY,
        "Étude de marché export : un pays, une décision argumentée",
        1350,
        14,
        includes="""
            Un rapport de 25 pages : demande, concurrence, prix, réglementation
            Quinze importateurs ou distributeurs qualifiés
            Six entretiens avec des professionnels du pays
            Une recommandation : y aller, attendre, renoncer
        """,
        description="""
            Choisir un pays sur une carte coûte cher. J'étudie un marché à la fois, avec des sources vérifiables et
            des entretiens menés par moi, en français, anglais ou allemand.

            Le rapport répond à des questions simples : qui achète, à quel prix, par quel canal, avec quelles
            obligations. Il se termine par un budget d'entrée sur dix-huit mois et un point d'arrêt : à partir de
            quand faut-il renoncer.

            J'ai fermé trois filiales dans ma carrière. C'est pour vous éviter cela que j'écris ce type d'étude.
        """,
        needs="""
            Vos produits, tarifs et volumes possibles
            Le pays visé et les raisons de ce choix
            Vos certifications actuelles
        """,
        addons=[
            ("Prise de rendez-vous", "Quatre rendez-vous avec des distributeurs.", 480, 10),
            ("Deuxième pays", "Étude menée en parallèle.", 920, 8),
        ],
        faq="""
            Quels pays couvrez-vous ?
            L'Europe, le Royaume-Uni, le Canada et le Japon pour les produits alimentaires.
            Les entretiens sont-ils anonymes ?
            Les comptes rendus citent la fonction, jamais le nom sans accord.
        """,
        opening="""
            Bonjour, et merci. Avant de regarder le pays, parlons de vous : pourquoi celui-ci, pourquoi maintenant, et
            combien êtes-vous prêt à y perdre ? Répondez franchement, l'étude en sera plus utile. Guillaume.
        """,
        keywords="export; étude de marché; distributeur; importateur; Allemagne; international",
        cover=cover(
            "report",
            "mist",
            "Étude de marché\nAllemagne",
            "Matériel viticole, édition 2026",
            "Prix et concurrents",
            "410 M€|Marché annuel; 15|Distributeurs; 18 mois|Budget d'entrée",
        ),
    ),
    call(
        "appel-export",
        "guillaume-riviere",
        CATEGORY,
        "Premier marché à l'export : les bonnes questions en 45 minutes",
        95,
        45,
        includes="""
            Quarante-cinq minutes d'échange sur votre projet
            Une liste de vérifications avant d'expédier
            Un avis sur le premier pays à essayer
        """,
        description="""
            Un salon, une demande reçue d'Italie, un distributeur qui insiste : l'export commence souvent par hasard.
            Nous vérifions ensemble ce qui est solide, ce qui peut attendre, et ce qu'il ne faut surtout pas signer.

            Incoterms, paiement, exclusivité, marquage : j'explique avec vos produits et vos prix.
        """,
        needs="""
            Votre produit et son prix de vente
            La demande reçue ou le pays envisagé
        """,
        faq="""
            Est-ce adapté aux services ?
            Oui, les questions changent mais la méthode reste la même.
            Existe-t-il des aides ?
            Oui, je vous indique lesquelles au cours de l'appel.
        """,
        opening="""
            Bonjour, votre créneau est confirmé. Si vous avez reçu un message d'un acheteur étranger, copiez-le ici :
            on apprend beaucoup de la façon dont il est écrit. Guillaume.
        """,
        keywords="export; incoterms; distributeur; premier marché; conseil",
        cover=cover(
            "call_time",
            "lilac",
            "Premier marché à l'export",
            "",
            "Quel pays ?; Quel prix ?; Quel contrat ?; Quel risque ?",
            "45 min|avant de signer",
        ),
    ),
)
