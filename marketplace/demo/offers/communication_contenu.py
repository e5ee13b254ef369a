"""Communication: editorial work and video."""

from __future__ import annotations

from marketplace.demo.model import Offer, cover, job, question

CATEGORY = "communication"

OFFERS: tuple[Offer, ...] = (
    job(
        "ligne-editoriale",
        "jeanne-le-bihan",
        CATEGORY,
        "Ligne éditoriale et calendrier de six mois pour votre entreprise",
        480,
        6,
        includes="""
            Une ligne éditoriale de six pages : à qui, de quoi, sur quel ton
            Vingt-quatre sujets, avec angle et titre provisoire
            Un calendrier partagé
            Un guide d'écriture de deux pages
        """,
        description="""
            Publier pour publier fatigue tout le monde. Je cherche ce que vous savez et que les autres ne savent pas,
            ce que vos clients demandent vraiment, et la voix qui vous ressemble.

            J'interroge trois personnes chez vous, dont une qui parle aux clients tous les jours. J'en tire des sujets
            précis : « Pourquoi nous refusons un chantier sur cinq » se lit mieux que « Notre exigence ».

            Le rythme est celui que vous pourrez tenir. Deux bons textes par mois valent mieux que trois par semaine
            jusqu'en février.
        """,
        needs="""
            Vos supports actuels et leurs résultats
            Trois interlocuteurs, trente minutes chacun
            Ce que vous aimeriez que l'on dise de vous
        """,
        addons=[
            ("Deux premiers articles", "Écrits et prêts à publier.", 220, 4),
            ("Lettre d'information", "Modèle et premier numéro.", 160, 3),
        ],
        faq="""
            Gérez-vous ensuite les publications ?
            C'est possible sur devis. La méthode est faite pour que vous puissiez vous en passer.
            Travaillez-vous avec des sujets techniques ?
            C'est ce que je préfère. Il suffit que quelqu'un accepte de m'expliquer deux fois.
        """,
        opening="""
            Bonjour ! Envoyez-moi trois textes que vous avez publiés : celui dont vous êtes content, celui qui n'a
            intéressé personne, et celui que vous n'avez jamais osé publier. Puis donnez-moi trois prénoms. Jeanne.
        """,
        keywords="ligne éditoriale; calendrier; contenu; rédaction; lettre d'information",
        cover=cover(
            "calendar",
            "lilac",
            "Novembre 2026",
            "18 publications",
            "Article|le mardi; Réseaux|trois fois par semaine; Lettre|le premier jeudi; Événement|salon de Lyon",
        ),
    ),
    job(
        "articles-de-fond",
        "jeanne-le-bihan",
        CATEGORY,
        "Deux articles de fond à partir d'entretiens avec vos experts",
        340,
        6,
        includes="""
            Deux articles de 900 à 1 200 mots
            Un entretien de quarante minutes par article
            Titres, intertitres, chapeau et légendes
            Deux versions courtes pour les réseaux
        """,
        description="""
            Vos experts savent, mais n'ont pas le temps d'écrire, et leurs textes sonnent parfois comme une notice. Je
            les fais parler, j'enregistre avec leur accord, puis j'écris un article que l'on a envie de finir.

            Chaque affirmation est vérifiée avec la personne. Les chiffres ont une source. Les superlatifs restent
            dehors.
        """,
        needs="""
            Les sujets et les personnes à interroger
            Le public visé
            Vos éventuelles contraintes de vocabulaire
        """,
        addons=[
            ("Article supplémentaire", "Même format, même soin.", 160, 3),
            ("Relecture par un spécialiste du référencement", "Titres et balises ajustés.", 60, 1),
        ],
        faq="""
            Qui signe les articles ?
            Vous ou la personne interrogée. Mon nom n'apparaît pas.
            Utilisez-vous l'intelligence artificielle ?
            Pour transcrire les entretiens, oui. Jamais pour écrire.
        """,
        opening="""
            Bonjour, merci. Présentez-moi les deux personnes à interroger : leur métier, ce qui les passionne, et la
            question qu'on leur pose toujours. Proposez-moi ici deux créneaux pour chacune. Jeanne.
        """,
        keywords="article; rédaction; entretien; contenu; expert; blog",
        cover=cover(
            "press",
            "sun",
            "Un atelier breton relance le lin français",
            "Entretien avec la directrice de la filature",
            "Paroles d'atelier",
            "1 100|mots, une voix",
        ),
    ),
    question(
        "question-relecture",
        "jeanne-le-bihan",
        CATEGORY,
        "Votre texte relu par une ancienne journaliste, avec ses raisons",
        30,
        24,
        includes="""
            Votre texte corrigé, jusqu'à 600 mots
            Les changements expliqués en marge
            Un titre de remplacement
        """,
        description="""
            Un courriel délicat, une page d'accueil, un discours, une annonce : envoyez-moi votre texte et dites-moi ce
            qu'il doit provoquer. Je corrige, j'allège, et j'explique pourquoi, afin que le suivant soit meilleur.

            Votre voix reste la vôtre. Je ne remplace pas un style par un autre.
        """,
        needs="""
            Le texte, au format modifiable
            Le lecteur et l'effet souhaité
        """,
        faq="""
            Et si mon texte dépasse 600 mots ?
            Comptez une question par tranche de 600 mots.
            Corrigez-vous l'orthographe ?
            Oui, et la typographie.
        """,
        opening="""
            Bonjour ! Collez votre texte, puis terminez cette phrase : « Après l'avoir lu, je voudrais que la personne…
            ». C'est la seule consigne dont j'ai besoin. Jeanne.
        """,
        keywords="relecture; correction; style; discours; courriel",
        cover=cover(
            "question_letter",
            "sand",
            "Ce texte dit-il ce que vous voulez ?",
            "",
            "Ce que l'on comprend; Ce que l'on retient; Ce qu'il faut couper",
            "24 h|texte annoté",
        ),
    ),
    job(
        "video-60-secondes",
        "mehdi-zerrouki",
        CATEGORY,
        "Vidéo de 60 secondes montée à partir de vos images, sous-titrée",
        490,
        7,
        includes="""
            Un scénario d'une page et un découpage
            Le montage, l'étalonnage et le mixage
            Les sous-titres et trois formats de diffusion
            Une musique libre de droits avec sa licence
        """,
        description="""
            Un téléphone et une fenêtre bien placée suffisent. J'écris le scénario, je vous envoie une liste de plans
            très simples avec un exemple pour chacun, vous filmez, je monte.

            La première seconde compte autant que les cinquante-neuf autres. Tout se comprend sans le son, car c'est
            ainsi que l'on regarde. Vous recevez les formats carré, vertical et horizontal.
        """,
        needs="""
            L'idée principale, en une phrase
            Une personne pour filmer, deux heures
            Votre logo et vos couleurs
        """,
        addons=[
            ("Voix enregistrée", "Une comédienne ou un comédien, texte compris.", 140, 2),
            ("Deux extraits de 15 secondes", "Pour les réseaux.", 90, 1),
            ("Animation du logo", "Ouverture et fin de trois secondes.", 80, 1),
        ],
        faq="""
            Pouvez-vous venir filmer ?
            À Marseille et alentour, oui, par une demande sur mesure.
            Les images me restent-elles ?
            Oui, vous recevez aussi les plans non montés.
        """,
        opening="""
            Bonjour ! Filmez-moi d'abord vingt secondes de votre lieu, sans parler, comme si vous le faisiez visiter à
            un ami. Je verrai la lumière et j'écrirai le scénario en conséquence. Mehdi.
        """,
        keywords="vidéo; montage; sous-titres; réseaux sociaux; film d'entreprise",
        cover=cover(
            "storyboard",
            "mint",
            "Film de présentation",
            "60 secondes",
            "Le matin à l'atelier; La fondatrice; Les chiffres; La machine; Le client; L'invitation",
        ),
        licence="""
            Vous disposez de tous les droits sur le film et les images que vous avez fournies. La musique reste soumise
            à la licence jointe, valable sans limite de durée sur vos propres supports.
        """,
    ),
    job(
        "mois-de-publications",
        "mehdi-zerrouki",
        CATEGORY,
        "Un mois de publications prêtes à mettre en ligne : textes et visuels",
        320,
        5,
        includes="""
            Douze publications : texte, visuel, heure conseillée
            Deux courtes vidéos montées à partir de vos images
            Un calendrier de publication
            Des réponses types aux commentaires
        """,
        description="""
            Vous savez qu'il faudrait publier, et le vendredi arrive. Je prépare un mois entier en une fois, à partir
            d'un entretien de trente minutes et de vos photographies.

            Pas de journée mondiale de quoi que ce soit : des chantiers, des visages, des réponses à de vraies
            questions. Les textes sont courts et vous pouvez tout modifier.
        """,
        needs="""
            Vingt photographies ou vidéos récentes
            Trente minutes d'entretien
            Les réseaux concernés
        """,
        addons=[
            ("Programmation", "Je planifie tout dans votre outil.", 60, 1),
            ("Quatre publications de plus", "Pour un second réseau.", 80, 1),
            ("Bilan du mois", "Ce qui a marché, et pourquoi.", 70, 0),
        ],
        faq="""
            Répondez-vous aux commentaires ?
            Non, c'est à vous de le faire, mais je vous donne de quoi répondre vite.
            Pour quels réseaux ?
            LinkedIn, Instagram, Facebook et TikTok.
        """,
        opening="""
            Bonjour ! Envoyez-moi une vingtaine de photographies de votre téléphone, les vraies, pas les belles. Et
            dites-moi la question que l'on vous a posée trois fois cette semaine. Mehdi.
        """,
        keywords="réseaux sociaux; publications; LinkedIn; Instagram; calendrier",
        cover=cover(
            "phones",
            "sun",
            "Publications",
            "",
            "Maison Tisane",
            "5|erreurs de dosage; 24 h|pour infuser à froid; −30 %|d'emballage",
        ),
    ),
)
