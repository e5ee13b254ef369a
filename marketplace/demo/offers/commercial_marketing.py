"""Marketing: search, advertising and online sales."""

from __future__ import annotations

from marketplace.demo.model import Offer, cover, job, question

CATEGORY = "commercial-marketing"

OFFERS: tuple[Offer, ...] = (
    job(
        "audit-referencement",
        "leila-haddad",
        CATEGORY,
        "Audit de référencement de votre site et plan d'action priorisé",
        380,
        6,
        includes="""
            L'examen technique de votre site, jusqu'à 300 pages
            Vingt recherches sur lesquelles vous pouvez progresser
            Quinze actions triées par effort et par effet
            Une restitution vidéo de vingt minutes
        """,
        description="""
            Votre site existe, mais on ne le trouve pas, ou pas pour ce que vous vendez le mieux. Je regarde ce que
            les gens cherchent réellement dans votre région, ce que Google comprend de vos pages et ce qui l'en
            empêche.

            Le rapport est écrit pour la personne qui l'appliquera, souvent un prestataire ou un salarié dont ce
            n'est pas le métier. Chaque action précise la page, le changement et le temps nécessaire.

            Je ne promets pas une position. Je vous montre en revanche ce qui a bougé chez des entreprises proches de
            la vôtre, et en combien de semaines.
        """,
        needs="""
            L'adresse de votre site
            Un accès en lecture à vos statistiques et à la Search Console
            Vos trois prestations les plus rentables
        """,
        addons=[
            ("Optimisation de cinq pages", "Titres, textes et maillage réécrits.", 240, 4),
            ("Fiche d'établissement", "Refonte de votre présence locale.", 90, 2),
            ("Contrôle à trois mois", "Mesure des effets et nouvelle liste d'actions.", 120, 0),
        ],
        faq="""
            Mon site est fait avec WordPress, Wix ou Shopify, est-ce possible ?
            Oui, ces trois outils couvrent la plupart de mes audits.
            Réalisez-vous les corrections ?
            C'est proposé en option pour les textes. Pour la technique, je travaille avec votre prestataire.
        """,
        opening="""
            Bonjour et merci ! Donnez-moi l'adresse du site, puis trois phrases : ce que vous vendez, à qui, et dans
            quel rayon. Je vous envoie aussitôt la marche à suivre pour ouvrir les accès en lecture. Leïla.
        """,
        keywords="référencement; SEO; audit; Google; site internet; visibilité",
        cover=cover(
            "browser",
            "sand",
            "Des terrasses en bois local",
            "Conception et pose en Gironde depuis 2009",
            "a; b; c; terrasses-riviere.fr; Demander un devis",
            "Titres|12 à réécrire; Vitesse|3,8 s à réduire; Local|Fiche à compléter",
        ),
    ),
    job(
        "campagne-google-ads",
        "leila-haddad",
        CATEGORY,
        "Campagne Google Ads créée et réglée pour une activité locale",
        290,
        4,
        includes="""
            Une campagne avec trois à cinq groupes d'annonces
            Quarante mots-clés et une liste d'exclusions
            La mesure des appels et des formulaires
            Un réglage gratuit au bout de quinze jours
        """,
        description="""
            Beaucoup de petits budgets partent en clics venus de l'autre bout du pays. Je construis une campagne
            serrée : une zone, des mots que vos clients emploient, des annonces qui annoncent le prix quand c'est
            possible.

            Avant de dépenser un euro, je pose la mesure. Sans elle, impossible de savoir ce qui a rapporté. Au bout
            de quinze jours, je coupe ce qui ne sert à rien et je vous explique pourquoi.
        """,
        needs="""
            Votre zone, vos prestations et vos horaires
            Un budget mensuel, à partir de 200 €
            Un accès à votre compte ou la création d'un compte à votre nom
        """,
        addons=[
            ("Page d'arrivée", "Une page simple dédiée à la campagne.", 220, 3),
            ("Gestion pendant un mois", "Deux réglages par semaine et un bilan.", 180, 0),
        ],
        faq="""
            Le budget publicitaire est-il compris ?
            Non, il est payé directement à Google, sur votre compte.
            À qui appartient la campagne ?
            À vous. Tout est créé dans votre compte.
        """,
        opening="""
            Bonjour ! Pour bâtir une campagne utile, dites-moi quel type d'appel vous aimeriez recevoir dix fois par
            semaine, et lequel vous ne voulez plus jamais recevoir. Leïla.
        """,
        keywords="Google Ads; publicité; annonce; local; mots-clés; budget",
        cover=cover(
            "funnel",
            "lilac",
            "De l'annonce au devis",
            "Plomberie, zone de Montpellier, octobre",
            "Affichages|18 400; Clics|1 120; Appels et formulaires|164; Devis|71; Chantiers|32",
            "23 €|par demande reçue; 45 %|de devis signés",
        ),
    ),
    question(
        "question-visibilite",
        "leila-haddad",
        CATEGORY,
        "Pourquoi votre site n'apparaît pas sur Google : réponse écrite",
        35,
        48,
        includes="""
            La cause principale, montrée avec des captures
            Deux causes secondaires possibles
            Ce qu'il faut faire cette semaine
        """,
        description="""
            Donnez-moi l'adresse du site et la recherche sur laquelle vous aimeriez être trouvé. Je vérifie
            l'indexation, la page concernée, la concurrence, et je vous écris ce que j'observe, sans jargon.

            Si la recherche visée n'est pas réaliste, je vous en propose une autre, plus proche de ce que vos clients
            tapent vraiment.
        """,
        needs="""
            L'adresse de la page concernée
            La recherche visée et votre ville
        """,
        faq="""
            Faut-il vous donner un accès ?
            Ce n'est pas nécessaire, une observation extérieure suffit.
            Puis-je poser la question pour deux recherches ?
            Une seule par commande, avec une précision comprise.
        """,
        opening="""
            Bonjour, merci pour votre question. Indiquez-moi la recherche exacte que vous tapez, la ville où vous
            vous trouvez et, si vous l'avez remarqué, depuis quand la situation a changé. Leïla.
        """,
        keywords="Google; indexation; visibilité; site; référencement local",
        cover=cover(
            "question_bubbles",
            "mint",
            "Pourquoi mon site reste-t-il introuvable ?",
            "",
            "La cause principale; Deux pistes secondaires; À faire cette semaine",
            "48 h|captures à l'appui",
        ),
    ),
    job(
        "fiches-produits",
        "marina-costa",
        CATEGORY,
        "Dix fiches produits qui donnent envie et répondent aux questions",
        260,
        5,
        includes="""
            Dix fiches rédigées : titre, accroche, description, caractéristiques
            Les réponses aux trois questions que posent vos clients
            Les balises pour les moteurs de recherche
            Un fichier prêt à importer
        """,
        description="""
            Une fiche produit remplace le vendeur. Elle doit dire la taille dans la main, l'odeur du bois, la durée
            de charge, ce que l'on ne peut pas faire avec. Je lis vos avis et vos courriels de clients : les
            meilleures phrases s'y trouvent.

            J'écris pour Shopify, PrestaShop ou WooCommerce, au format d'importation. Les textes sont uniques et
            peuvent être repris sur vos places de marché.
        """,
        needs="""
            La liste des produits et leurs caractéristiques
            Des photographies, même provisoires
            Vos avis clients et questions fréquentes
        """,
        addons=[
            ("Dix fiches de plus", "Même gabarit, livrées ensemble.", 210, 4),
            ("Version italienne ou anglaise", "Traduites et adaptées.", 130, 2),
            ("Intégration dans la boutique", "Je mets les fiches en ligne.", 90, 1),
        ],
        faq="""
            Faites-vous les photographies ?
            Non, mais je vous remets une liste des prises de vue manquantes.
            Utilisez-vous un générateur de textes ?
            Non. Je lis, j'interroge et j'écris.
        """,
        opening="""
            Bonjour ! Choisissez vos dix produits, puis transférez-moi les questions que les clients posent à leur
            sujet, par courriel ou en magasin. C'est ma matière première préférée. Marina.
        """,
        keywords="fiche produit; Shopify; PrestaShop; rédaction; boutique en ligne",
        cover=cover(
            "phones",
            "blush",
            "Fiches produits",
            "",
            "Maison Grassoise",
            "3|parfums en 10 ml; 8 h|de tenue; Sans|colorant",
        ),
    ),
    job(
        "audit-tunnel-commande",
        "marina-costa",
        CATEGORY,
        "Audit du parcours d'achat de votre boutique en ligne",
        450,
        6,
        includes="""
            Cinq commandes de test, sur téléphone et ordinateur
            Un rapport illustré, page par page
            Vingt corrections classées par gain attendu
            Une heure d'échange avec votre prestataire
        """,
        description="""
            Je passe de vraies commandes, avec une vraie carte, un mauvais réseau et peu de patience. Je note chaque
            hésitation : frais découverts trop tard, champ refusé, bouton caché par le clavier.

            Je croise ces observations avec vos statistiques et vos messages de clients, puis je classe les
            corrections. Les trois premières paient en général l'audit dans le mois.
        """,
        needs="""
            L'adresse de la boutique
            Un accès en lecture aux statistiques
            Vos dix dernières réclamations
        """,
        addons=[
            ("Test avec cinq clients", "Entretiens filmés et synthèse.", 340, 6),
            ("Réécriture des courriels", "Confirmation, expédition, avis, retour.", 150, 2),
        ],
        faq="""
            Faut-il rembourser les commandes de test ?
            Oui, vous les annulez de votre côté. Je vous donne les numéros.
            Auditez-vous aussi la livraison ?
            Je commande un colis réel et je commente l'emballage.
        """,
        opening="""
            Bonjour, merci. Avant que je ne commande, dites-moi sur quelle page vous pensez perdre le plus de clients.
            Je comparerai votre intuition à ce que j'observe. Pouvez-vous aussi ouvrir vos statistiques en lecture ?
            Marina.
        """,
        keywords="boutique en ligne; conversion; panier; parcours d'achat; audit",
        cover=cover(
            "journey",
            "plum",
            "Parcours d'achat",
            "Cliente sur téléphone",
            "Salomé, 34 ans; Accueil; Fiche; Panier; Livraison; Merci",
            "Cherche|un cadeau; Craint|le retard; Attend|un suivi clair",
        ),
    ),
    job(
        "ouverture-place-marche",
        "marina-costa",
        CATEGORY,
        "Ouvrir votre boutique sur une place de marché : catalogue, prix, règles",
        690,
        9,
        includes="""
            Le choix de la place de marché, chiffres à l'appui
            Le calcul de la marge après commission, port et retours
            La mise en ligne de trente références
            Un guide des règles à ne jamais enfreindre
        """,
        description="""
            Vendre ailleurs que chez soi peut doubler le volume ou effacer la marge. Je commence par le calcul :
            commission, logistique, retours, publicité. Si le résultat est négatif, je m'arrête là et vous
            rembourse la moitié.

            Sinon, j'ouvre le compte avec vous, je prépare le catalogue, je règle les frais de port et je surveille
            les premières commandes pendant dix jours.
        """,
        needs="""
            Vos prix d'achat et de vente
            Vos tarifs de transport
            Un fichier produits avec codes-barres
        """,
        addons=[
            ("Trente références de plus", "Mises en ligne sur le même compte.", 220, 3),
            ("Deuxième place de marché", "Catalogue adapté et synchronisé.", 340, 5),
        ],
        faq="""
            Quelles places de marché connaissez-vous ?
            Les généralistes, la maison, la mode et la beauté, en France et en Italie.
            Qui répond aux clients ?
            Vous. Je fournis les réponses types des trente premiers jours.
        """,
        opening="""
            Bonjour ! Faisons d'abord les comptes. Envoyez-moi dix produits avec prix d'achat, prix de vente, poids
            et taux de retour. Si cela ne gagne pas d'argent, autant le savoir dès cette semaine. Marina.
        """,
        keywords="place de marché; marketplace; catalogue; marge; vente en ligne",
        cover=cover(
            "statement",
            "lilac",
            "Marge par canal",
            "Pour un produit vendu 49 €",
            "Prix de vente|49,00|49,00|49,00; Achat|−17,20|−17,20|−17,20; Commission|−1,40|−7,35|−6,10;"
            "Port et emballage|−6,30|−4,90|−6,30; Publicité|−5,10|−3,80|−2,40; Retours|−1,00|−2,10|−1,60;"
            "Résultat net|18,00|13,65|15,40",
            "Site|; Place A|; Place B|",
        ),
    ),
)
