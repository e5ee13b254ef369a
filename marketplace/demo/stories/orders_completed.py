"""Orders accepted after a single delivery, with their reviews."""

from __future__ import annotations

from marketplace.demo.stories.model import Story, handed, rated, story

STORIES: tuple[Story, ...] = (
    story(
        "lumen-cgv",
        "conditions-generales-vente",
        "camille-rousseau",
        "completed",
        52,
        "card",
        addons=(0,),
        started=18,
        deliveries=(
            handed(
                160,
                """
                Bonjour Camille, vous trouverez les conditions générales, leur version pour la boutique en ligne et la
                notice. J'ai durci l'acompte et assoupli la clause de casse : votre pratique le permettait.
                """,
                "conditions-generales-atelier-lumen.docx",
                "notice-application.pdf",
            ),
        ),
        accepted=205,
        review=rated(
            206,
            5,
            """
            Maître Traoré a lu nos litiges avant d'écrire, et cela se voit. La notice est devenue le document de
            référence de nos deux commerciales. Nos acomptes sont enfin réglés à la commande.
            """,
            "Merci Camille. Vos exemples concrets ont beaucoup facilité la rédaction.",
        ),
        brief="""
            Vente à des hôtels et à des particuliers par notre boutique en ligne. Deux litiges récents : une lampe
            cassée au transport et un acompte jamais versé.
        """,
        messages="""
            B 4 [devis-et-factures.pdf] | Bonjour, voici trois devis, trois factures et l'historique des deux
              litiges.
            E 18.5 | Bonjour Camille. Qui supporte aujourd'hui le risque du transport, dans vos documents ?
            B 22 | Justement, ce n'est écrit nulle part.
            E 24 | C'est donc par là que je commence.
        """,
    ),
    story(
        "lumen-tva",
        "question-tva",
        "camille-rousseau",
        "completed",
        24,
        "card",
        started=3,
        deliveries=(
            handed(
                21,
                """
                Bonjour Camille. La réponse tient en une page : exonération à la livraison dans l'Union si votre client
                est identifié, à condition de conserver la preuve de transport. La mention à copier est encadrée.
                """,
                "reponse-tva-hotel-belge.pdf",
            ),
        ),
        accepted=40,
        review=rated(
            41,
            4,
            """
            Réponse précise et rapide, avec la phrase à recopier sur la facture. J'aurais aimé un mot de plus sur le
            montage des lampes sur place, obtenu ensuite en une précision.
            """,
        ),
        brief="""
            Nous livrons quarante appliques à un hôtel de Bruges, société belge avec numéro de TVA. Le transport est à
            notre charge, le montage est fait par un artisan belge. Quelle TVA sur notre facture ?
        """,
        messages="""
            E 3.1 | Bonjour Camille, le montage est-il facturé par vous ou directement par l'artisan ?
            B 4 | Directement par lui à l'hôtel.
            E 4.4 | Alors c'est plus simple. Je vous réponds demain matin.
        """,
    ),
    story(
        "delcourt-entrainement",
        "appel-defendre-chiffres",
        "antonin-delcourt",
        "completed",
        29,
        "paypal",
        started=22,
        deliveries=(
            handed(
                50,
                """
                Merci pour cet échange, Antonin. Voici mon relevé : vos trois réponses les plus solides, les deux à
                raccourcir, et le chiffre à connaître par cœur avant jeudi.
                """,
                "releve-entretien-delcourt.pdf",
            ),
        ),
        accepted=52,
        review=rated(
            53,
            5,
            """
            Une heure exigeante. Les questions posées par Claire sont tombées presque mot pour mot le jour de la
            présentation. Je reprendrai rendez-vous avant le prochain tour.
            """,
        ),
        brief="""
            Je présente une offre de reprise à trois investisseurs. Je bafouille dès qu'on parle de valorisation.
        """,
        messages="""
            B 3 [presentation-reprise.pdf] | Bonjour, voici la présentation. Ma bête noire : la page neuf.
            E 22.2 | Bonjour Antonin, nous commencerons donc par la page neuf. À demain, 10 heures.
            B 23 | Merci, à demain.
        """,
    ),
    story(
        "vidal-tresorerie",
        "plan-tresorerie-glissant",
        "thomas-vidal",
        "completed",
        44,
        "card",
        addons=(2,),
        started=3,
        deliveries=(
            handed(
                26,
                """
                Bonjour Thomas, le plan est prêt. Votre point bas tombe la semaine du 14, à 6 300 €. La cause est
                simple : deux chantiers facturés à la fin alors que le bois est payé au début.
                """,
                "tresorerie-menuiserie-vidal.xlsx",
                "notice-lundi.pdf",
            ),
        ),
        accepted=50,
        review=rated(
            51,
            5,
            """
            Livré en une journée, clair et sans fioritures. Pour la première fois, je sais quand ça va coincer et
            pourquoi. J'ai demandé un acompte sur deux chantiers dès le lendemain.
            """,
        ),
        brief="""
            Dix-neuf salariés, chantiers de trois semaines à quatre mois. J'ai souvent des creux que je ne vois pas
            venir.
        """,
        messages="""
            B 1 [balance-clients.xlsx; echeancier.xlsx] | Bonjour, les deux balances et mes échéances. Une somme
              m'inquiète : 41 000 € attendus d'un promoteur.
            E 3.2 | Bonjour Thomas. Je la place en probable et non en certain, vous verrez l'effet d'un retard.
            E 26.2 | C'est livré. Regardez la ligne rouge avant tout.
            B 49 | Je comprends enfin mon mois de septembre. Merci !
        """,
    ),
    story(
        "benhamou-devis",
        "comparatif-devis",
        "sarah-benhamou",
        "completed",
        27,
        "card",
        addons=(2,),
        started=2,
        deliveries=(
            handed(
                23,
                """
                Bonjour Sarah, le comparatif est joint. Votre préféré est aussi le mien, à condition de faire écrire le
                nombre de retouches. Le moins cher n'inclut pas la reprise des images, soit environ 2 000 €.
                """,
                "comparatif-site-benhamou.pdf",
                "grille-devis.xlsx",
            ),
        ),
        accepted=30,
        review=rated(
            31,
            5,
            """
            Trois devis incomparables sont devenus un tableau limpide en vingt-quatre heures. La question sur la reprise
            des images nous a évité une très mauvaise surprise.
            """,
        ),
        brief="""
            Refonte du site de l'agence, 240 projets avec images. Trois devis de 9 800 à 16 400 €.
        """,
        messages="""
            B 0.5 [trois-devis.pdf] | Bonjour Sandrine, celui qui me tente est le premier : ils ont visité nos
              bâtiments.
            E 2.1 | Bonjour Sarah, c'est une bonne raison. Voyons si le reste suit.
            E 23.2 | C'est livré. Posez la question des images à tous les trois, par écrit.
        """,
    ),
    story(
        "salvi-google",
        "campagne-google-ads",
        "bruno-salvi",
        "completed",
        48,
        "card",
        started=12,
        deliveries=(
            handed(
                96,
                """
                Bonjour Bruno, la campagne est en ligne depuis ce matin, limitée à trente kilomètres autour de Grenoble.
                Je fais le réglage gratuit dans quinze jours, en supprimant ce qui ne sert à rien.
                """,
                "campagne-salvi.pdf",
            ),
        ),
        accepted=240,
        review=rated(
            242,
            3,
            """
            Campagne bien expliquée et bien montée, mais les appels arrivent surtout pour de petits travaux que nous ne
            faisons pas. Le réglage des quinze jours a amélioré les choses.
            """,
            """
            Merci de votre retour, Bruno. J'ai ajouté douze mots à exclure et relevé le montant annoncé : n'hésitez pas
            à me dire ce que cela donne.
            """,
        ),
        brief="""
            Isolation et plâtrerie pour des rénovations de plus de 8 000 €. Budget 400 € par mois. Je ne veux plus
            d'appels pour reboucher un trou.
        """,
        messages="""
            B 4 | Bonjour Leïla, l'appel que je veux : « Nous rénovons une maison de 120 m². »
            E 12.3 | Bonjour Bruno, j'annoncerai un montant minimum dans les annonces, cela filtre bien.
            B 180 | Nous recevons encore des demandes pour de petites réparations.
            E 186 | Je viens d'exclure vingt mots de plus. Laissons passer une semaine.
        """,
    ),
    story(
        "passerelles-formation",
        "plan-competences",
        "marie-anne-hoarau",
        "completed",
        57,
        "transfer",
        started=19,
        deliveries=(
            handed(
                200,
                """
                Bonjour Marie-Anne, voici le plan et les cinq demandes de prise en charge. Trois formations sont
                remplacées par du tutorat : vos encadrants ont le savoir, il leur manquait le cadre.
                """,
                "plan-competences-passerelles.pdf",
                "suivi-formations.xlsx",
            ),
        ),
        accepted=238,
        review=rated(
            240,
            5,
            """
            Fatou a compris notre public en un entretien. Les demandes ont été acceptées en trois semaines et le
            tutorat a changé l'ambiance des ateliers.
            """,
            "Merci, c'était un bonheur d'échanger avec vos encadrants.",
        ),
        brief="""
            Vingt-huit salariés en insertion et cinq encadrants. Nous devons former au permis, à la sécurité et à la
            lecture de consignes, avec un budget très serré.
        """,
        messages="""
            B 6 | Bonjour Fatou. La compétence qui changerait tout : lire une fiche d'intervention sans demander.
            E 19.2 | Bonjour Marie-Anne, c'est très clair. Puis-je parler à deux encadrants ?
            B 25 | Oui, Jean-Yves et Nadine. Ils ont hâte.
            E 96 | Entretiens passionnants. Je vous propose de former trois tuteurs plutôt que d'acheter trois stages.
            B 99 | Excellente idée, allons-y.
        """,
    ),
    story(
        "forez-cession",
        "appel-ceder-entreprise",
        "stephane-brunet",
        "completed",
        36,
        "card",
        started=40,
        deliveries=(
            handed(
                66,
                """
                Merci pour votre confiance, Stéphane. Voici le compte rendu : un calendrier sur trente mois, deux sujets à
                régler d'abord, et la liste des personnes à prévenir, dans l'ordre.
                """,
                "compte-rendu-transmission.pdf",
            ),
        ),
        accepted=90,
        review=rated(
            92,
            5,
            """
            Une heure avec quelqu'un qui a vendu sa propre entreprise vaut tous les guides. J'ai surtout compris ce qu'il
            ne fallait pas faire cette année.
            """,
        ),
        brief="""
            J'ai 59 ans, deux cadres capables de reprendre et aucune idée de l'ordre des choses.
        """,
        messages="""
            B 5 | Bonjour Bertrand, ma seule question : faut-il en parler à mes cadres maintenant ?
            E 40.1 | Bonjour Stéphane. Nous y consacrerons les quinze premières minutes.
            B 41 | Merci, à mercredi.
        """,
    ),
    story(
        "quemener-elections",
        "elections-cse",
        "erwan-quemener",
        "completed",
        110,
        "card",
        started=16,
        deliveries=(
            handed(
                170,
                """
                Bonjour Erwan, le dossier complet est joint : calendrier, courriers, affichages et projet de protocole. La
                première date à tenir est l'affichage de lundi.
                """,
                "dossier-elections-cse.pdf",
                "calendrier-electoral.xlsx",
            ),
        ),
        accepted=215,
        review=rated(
            216,
            4,
            """
            Tout s'est déroulé sans contestation. Les documents étaient prêts à signer et Yann répondait vite. Le
            calendrier mériterait d'être plus lisible pour un non-initié.
            """,
            "Merci Erwan, j'ai depuis ajouté une version d'une page au dossier.",
        ),
        brief="""
            Soixante-deux salariés, deux collèges probables. Les mandats se terminent en novembre.
        """,
        messages="""
            B 3 [liste-personnel.xlsx] | Bonjour, la liste avec entrées et sorties. Onze intérimaires réguliers.
            E 16.3 | Bonjour Erwan, ils comptent dans l'effectif au prorata : vous passez bien à deux collèges.
            B 180 | Premier affichage fait. Que dois-je répondre au syndicat qui demande une réunion ?
            E 181 | Recevez-le, c'est obligatoire, et je vous envoie le modèle d'ordre du jour.
        """,
    ),
)
