"""Orders delivered and waiting for the buyer, cancelled or declined."""

from __future__ import annotations

from marketplace.demo.stories.model import Story, handed, story

STORIES: tuple[Story, ...] = (
    story(
        "lumen-tableau-bord",
        "tableau-bord-excel",
        "camille-rousseau",
        "delivered",
        6,
        "card",
        started=3,
        brief="""
            Chaque vendredi, je passe deux heures à recopier les commandes dans un tableau. J'aimerais déposer deux
            fichiers et obtenir : commandes de la semaine, retards, marge par client.
        """,
        deliveries=(
            handed(
                112,
                """
                Bonjour Camille, le tableau est prêt. Déposez vos deux exports dans le dossier, cliquez sur Actualiser,
                c'est tout. J'ai vérifié les six dernières semaines : un seul écart, dû à un avoir saisi deux fois.
                """,
                "tableau-de-bord-lumen.xlsx",
                "mode-emploi-tableau-de-bord.pdf",
            ),
        ),
        messages="""
            B 1 [suivi-actuel.xlsx; exports-octobre.csv] | Bonjour Hugo, voici mon tableau actuel. Ne jugez pas
              l'onglet « essai final 3 ».
            E 3.1 | Bonjour Camille, tout le monde a son « essai final 3 ». La cellule que vous regardez en premier,
              c'est laquelle ?
            B 4 | Le total des retards, en rouge, en haut à droite.
            E 112.2 | Il est toujours en haut à droite. Prenez le temps d'essayer avec les chiffres de cette semaine.
        """,
    ),
    story(
        "lefort-credit",
        "dossier-credit-bancaire",
        "nathalie-lefort",
        "delivered",
        5.2,
        "transfer",
        addons=(2,),
        started=2,
        brief="""
            Renouvellement de quatre tracteurs routiers, 420 000 €. Le comité de la banque se tient jeudi prochain.
            Nous avons un crédit-bail en cours et deux emprunts qui se terminent en 2027.
        """,
        deliveries=(
            handed(
                49,
                """
                Bonjour Nathalie, le dossier est complet. J'ai mis en avant la baisse de consommation des nouveaux
                véhicules : elle couvre un cinquième de l'échéance. Relisez surtout la page quatre avant de transmettre.
                """,
                "dossier-transports-lefort.pdf",
                "ratios-transports-lefort.xlsx",
            ),
        ),
        messages="""
            B 0.7 [liasses-lefort.pdf; devis-tracteurs.pdf] | Bonjour Claire, tout y est, sauf le tableau
              d'amortissement du crédit-bail que j'attends du bailleur.
            E 2.1 | Bonjour Nathalie. Je démarre sans lui et je laisse la ligne en jaune. L'échéance du comité est
              notée.
            B 21 [tableau-credit-bail.pdf] | Le voici.
            E 49.3 | Intégré. Bonne lecture, je reste disponible jusqu'à jeudi si une question arrive de la banque.
        """,
    ),
    story(
        "passerelles-video",
        "video-60-secondes",
        "marie-anne-hoarau",
        "delivered",
        9,
        "card",
        addons=(1,),
        started=8,
        brief="""
            Passerelles emploie des personnes éloignées de l'emploi dans le maraîchage et la réparation de vélos. Le
            film sera montré à des entreprises qui pourraient nous confier des commandes.
        """,
        deliveries=(
            handed(
                170,
                """
                Bonjour Marie-Anne, voici le film dans ses trois formats et les deux extraits. J'ai gardé le rire de
                Jean-Yves à la fin, il dit tout. La licence de la musique est dans le dossier.
                """,
                "apercu-film-passerelles.png",
                "licence-musique.pdf",
            ),
        ),
        messages="""
            B 3 | Bonjour Mehdi, nous avons filmé l'atelier au lever du jour. Certains salariés préfèrent ne pas
              montrer leur visage.
            E 8.3 | Bonjour Marie-Anne, aucun problème : les mains racontent très bien ce travail. Voici la liste des
              plans, douze en tout.
            B 74 | Les douze plans sont déposés, plus un treizième que Jean-Yves a insisté pour tourner.
            E 76 | Le treizième est le meilleur. Je commence le montage.
        """,
    ),
    story(
        "canal-question",
        "question-droit-travail",
        "lucas-moreau",
        "delivered",
        1.5,
        "card",
        started=2,
        brief="""
            Mon serveur en contrat à durée indéterminée depuis quatorze mois ne vient plus depuis mardi et ne répond
            pas. Convention des hôtels, cafés et restaurants, huit salariés. Je ne lui ai rien écrit. Que dois-je faire
            et dans quel ordre ?
        """,
        deliveries=(
            handed(
                19,
                """
                Bonjour Lucas. La réponse est jointe, avec le calendrier jour par jour et la lettre de mise en demeure.
                Ne parlez pas de démission dans vos messages : la procédure obéit à des règles précises et l'absence
                peut avoir un motif médical.
                """,
                "reponse-absence-injustifiee.pdf",
                "lettre-mise-en-demeure.docx",
            ),
        ),
        messages="""
            E 2.2 | Bonjour. Une précision avant d'écrire : avait-il demandé un congé ou évoqué un problème de santé
              ces dernières semaines ?
            B 3 | Il avait demandé sa semaine, que j'ai refusée à cause du marché de Noël. Rien sur sa santé.
            E 3.5 | Merci, cela change la rédaction de la lettre. Je vous réponds demain matin.
        """,
    ),
    story(
        "delcourt-annulation",
        "presentation-12-pages",
        "antonin-delcourt",
        "cancelled",
        15,
        "paypal",
        addons=(2,),
        ended=7,
        reason="""
            Le client que nous devions rencontrer reporte le rendez-vous au printemps. Je préfère annuler avant le
            démarrage et revenir vers vous à ce moment-là.
        """,
        brief="""
            Douze pages pour un comité de direction dans l'assurance, avec notre méthode en trois temps.
        """,
        messages="""
            B 1 [trame-delcourt.pdf] | Bonjour Sophie, voici notre trame. Le rendez-vous est dans neuf jours.
            E 3 | Bonjour Antonin, reçue. J'ai une place demain matin, je démarre à ce moment-là.
            B 7 | Le rendez-vous vient d'être reporté au printemps, j'annule la commande. Merci de votre réactivité.
        """,
    ),
    story(
        "pins-declin",
        "audit-cyber-express",
        "linh-pham",
        "declined",
        11,
        "card",
        ended=20,
        reason="""
            Une urgence chez un client m'occupe toute la quinzaine et je ne pourrais pas vous rendre un travail sérieux
            dans le délai. Je préfère décliner tout de suite : vous êtes intégralement remboursée.
        """,
        brief="""
            Neuf postes, un serveur dans le local technique, un prestataire qui passe quand il peut. Notre assureur
            demande un audit avant le 31 décembre.
        """,
        messages="""
            B 2 [questionnaire-assureur.pdf] | Bonjour, voici le questionnaire de l'assureur. La dernière
              restauration ? Honnêtement, jamais.
            B 5 | J'oubliais : le prestataire est d'accord pour participer, il répondra à vos questions ici même.
            E 20 | Bonjour Linh, merci de votre franchise. Je dois malheureusement décliner : une attaque chez un
              client me retient. En attendant, faites copier vos dossiers sur un disque que vous débranchez le soir.
        """,
    ),
)
