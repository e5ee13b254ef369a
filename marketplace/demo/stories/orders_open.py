"""Orders under way: awaiting payment, not started, running, late, reworking."""

from __future__ import annotations

from marketplace.demo.stories.model import Story, handed, rework, story

STORIES: tuple[Story, ...] = (
    story(
        "lumen-business-plan",
        "business-plan-complet",
        "camille-rousseau",
        "running",
        2.3,
        "card",
        addons=(1, 2),
        started=5,
        brief="""
            Atelier Lumen fabrique des luminaires en série courte pour l'hôtellerie. Nous sommes six, nous réalisons
            620 000 € de chiffre d'affaires et nous voulons ouvrir un second atelier à l'automne.

            Le business plan doit servir à deux rendez-vous : notre banque pour 180 000 €, puis deux investisseurs
            privés. Le point que je maîtrise mal est le besoin en fonds de roulement : nos clients hôteliers paient
            tard et nos fournisseurs italiens demandent 40 % à la commande.
        """,
        messages="""
            B 1.2 [bilans-2024-2025.pdf; devis-second-atelier.pdf] | Bonjour Claire, voici les bilans et les trois
              devis de l'atelier. Le loyer n'est pas encore signé, comptez 2 900 € par mois.
            E 5.1 | Merci Camille, tout est lisible. Je commence. Une question tout de suite : vos délais de
              règlement clients, ce sont bien 62 jours en moyenne, ou est-ce un mauvais payeur qui fausse tout ?
            B 7 | Un groupe hôtelier paie à 90 jours, les autres tournent autour de 45. Ce groupe représente 30 %
              des ventes.
            E 23.5 [questionnaire-atelier-lumen.xlsx] | Alors je le traite à part, ce sera plus juste. Voici le
              questionnaire, avec quatorze points au lieu de quarante puisque vos documents sont complets.
            B 31 [questionnaire-rempli.xlsx] | Rempli ! J'ai laissé deux cases vides, sur l'énergie et sur
              l'assurance, je n'ai pas encore les chiffres.
            E 33 | Parfait, je mets une hypothèse prudente et je la signale. Je vous envoie la structure demain
              matin pour que vous puissiez réagir avant la rédaction complète.
        """,
    ),
    story(
        "lumen-prospection",
        "sequence-prospection",
        "camille-rousseau",
        "pending_payment",
        0.8,
        "transfer",
        addons=(0,),
        brief="""
            Nous visons les architectes d'intérieur qui travaillent pour des hôtels de 30 à 120 chambres, en France
            et en Suisse romande. Nous avons déjà équipé onze établissements et nous pouvons les citer.
        """,
    ),
    story(
        "lumen-identite",
        "identite-visuelle",
        "camille-rousseau",
        "reworking",
        12,
        "card",
        addons=(0,),
        brief="""
            Notre logo date d'un concours étudiant et ne passe plus au laser. Nous voulons une identité sobre, qui
            tienne sur une lampe, un devis et l'enseigne du futur atelier.
        """,
        started=9,
        deliveries=(
            handed(
                196,
                """
                Bonjour Camille, voici les deux pistes. La première part de la pince du filament, la seconde de
                l'ombre portée. Regardez-les d'abord en petit, à la dernière page, avant de lire mes explications.
                """,
                "atelier-lumen-deux-pistes.pdf",
                "mises-en-situation.png",
            ),
        ),
        revisions=(
            rework(
                221,
                "La seconde piste est la bonne, toute l'équipe est d'accord. L'enseigne est superbe.",
                "Le mot Lumen devient difficile à lire sur la gravure au dos des lampes, à douze millimètres.",
                "Une version simplifiée pour la gravure, et un essai avec un gris plus chaud.",
            ),
        ),
        messages="""
            B 2 [images-que-j-aime.pdf] | Bonjour Lucie, voici cinq images que j'aime, dont une affiche de
              gare. Et pour ce que je déteste : tout ce qui ressemble à une ampoule.
            E 9.2 | Message reçu, aucune ampoule. Une question : votre nom est-il gravé, imprimé ou collé sur
              vos lampes ?
            B 12 | Gravé au laser, au dos, sur douze millimètres de large. C'est une vraie contrainte.
            E 197 | J'ai tenu compte des douze millimètres pour la première piste, un peu moins pour la seconde,
              je préfère vous le dire.
            E 226 | Très bonne remarque. Je redessine les lettres pour la gravure au lieu de les réduire, et je
              vous envoie un essai à taille réelle à imprimer.
            B 228 | Parfait, notre graveur pourra faire un essai dès réception.
        """,
    ),
    story(
        "canal-relecture",
        "relecture-business-plan",
        "lucas-moreau",
        "not_started",
        0.3,
        "card",
        addons=(0,),
        brief="""
            Brasserie du Canal, deux ans d'activité. Nous voulons acheter une ligne d'embouteillage d'occasion à
            74 000 €. La première banque a refusé sans explication. J'aimerais comprendre avant d'aller en voir une
            autre, dans trois semaines.
        """,
        messages="""
            B 0.6 [business-plan-canal-v4.docx; tableaux-canal.xlsx] | Bonjour, voici le document refusé et les
              tableaux. Soyez franche, j'ai la peau dure.
            B 3 | J'ajoute une précision : mon associé sort en mars, et ce n'est écrit nulle part dans le dossier.
            E 4.5 | Bonjour Lucas, merci pour cette franchise. La sortie de votre associé explique peut-être le refus à
              elle seule : je commence ma lecture demain matin, avec cette question en tête.
        """,
    ),
    story(
        "tisane-credit",
        "dossier-credit-bancaire",
        "pauline-guerin",
        "reworking",
        9,
        "paypal",
        addons=(0,),
        started=4,
        brief="""
            Maison Tisane souhaite financer une ensacheuse et six mois de stock, soit 95 000 €. Notre banque nous suit
            depuis la création mais notre chargée d'affaires a changé en septembre.
        """,
        deliveries=(
            handed(
                132,
                """
                Bonjour Pauline, voici la note et le prévisionnel. J'ai présenté le stock comme un investissement de
                croissance, car vos ventes d'hiver le justifient. La liste des pièces est en dernière page.
                """,
                "note-maison-tisane.pdf",
                "previsionnel-maison-tisane.xlsx",
            ),
        ),
        revisions=(
            rework(
                158,
                "La note est très claire, ma nouvelle chargée d'affaires l'a déjà parcourue.",
                "Le scénario prudent ne tient pas compte de la perte du magasin de Rennes, annoncée lundi.",
                "Un scénario sans Rennes à partir de janvier, et deux lignes qui l'expliquent.",
            ),
        ),
        messages="""
            B 1 [liasses-2024-2025.pdf] | Bonjour Claire, les liasses sont jointes. L'ensacheuse coûte 61 000 €,
              le reste est du stock.
            E 4.2 | Merci. Votre saisonnalité est spectaculaire : 58 % des ventes entre octobre et janvier. Nous
              allons en faire un argument plutôt qu'un défaut.
            B 6 | C'est exactement ce que je n'arrivais pas à dire !
            B 157 | Mauvaise nouvelle ce matin : le magasin de Rennes ferme. Je demande une retouche, désolée.
            E 160 | Ne soyez pas désolée, mieux vaut l'écrire nous-mêmes que de laisser la banque l'apprendre. Je
              reprends le scénario aujourd'hui.
        """,
    ),
    story(
        "forez-previsionnel",
        "previsionnel-trois-ans",
        "stephane-brunet",
        "late",
        6.5,
        "transfer",
        started=20,
        brief="""
            Nous avons trois activités : pièces de série, prototypes, maintenance. Je veux savoir ce que devient
            l'entreprise si notre premier client réduit ses commandes d'un tiers en 2027.
        """,
        messages="""
            B 3 [balance-2025.xlsx; carnet-commandes.xlsx] | Bonjour, balance et carnet de commandes. La
              maintenance n'est pas séparée en comptabilité, je le regrette.
            E 20.3 | Bonjour Stéphane, je la reconstitue à partir des factures. C'est faisable mais cela demande
              un jour de plus que prévu.
            B 26 | Entendu. Gardez surtout la question du premier client, c'est elle qui m'empêche de dormir.
            E 122 | Je vous préviens honnêtement : je livrerai avec du retard. Les factures de maintenance de mars
              portaient deux taux de main-d'œuvre et j'ai dû tout reprendre.
            B 126 | Merci de prévenir. Quand pensez-vous livrer ?
            E 127 | Demain soir au plus tard, avec les deux scénarios complets. Je préfère un jour de retard à un
              tableau faux.
        """,
    ),
    story(
        "lefort-audit-paie",
        "audit-paie",
        "nathalie-lefort",
        "running",
        3,
        "card",
        addons=(2,),
        started=11,
        brief="""
            Transport routier, 48 salariés dont 36 conducteurs. J'ai un doute sur les heures d'équivalence et sur la
            garantie annuelle. Notre gestionnaire de paie est nouvelle et très volontaire, elle participera.
        """,
        messages="""
            B 2 [dix-bulletins-masques.pdf] | Bonjour, voici dix bulletins, noms masqués : six conducteurs longue
              distance, deux régionaux, une assistante, une sortie.
            E 11.4 | Merci, choix excellent. Il me manque les relevés de chronotachygraphe d'octobre pour les deux
              conducteurs régionaux.
            B 28 [releves-octobre.pdf] | Les voici.
            E 52 | Premier constat, sans attendre le rapport : la prime de repas unique est versée deux fois les
              jours de découché. Ce n'est pas grave, mais cela se répète depuis février.
        """,
    ),
    story(
        "benhamou-conformite",
        "audit-conformite-freelances",
        "sarah-benhamou",
        "not_started",
        1.1,
        "transfer",
        addons=(0,),
        brief="""
            L'agence travaille avec quatorze indépendants : dessinateurs, économistes, un photographe. Certains sont
            là depuis trois ans, dans nos bureaux, avec une adresse à notre nom. Je voudrais une photographie honnête
            avant la fin de l'année.
        """,
        messages="""
            B 1.5 | Bonjour Aurélie, je prépare les dix dossiers. Faut-il inclure une personne dont la mission
              vient de se terminer ?
            E 6 | Bonjour Sarah, oui, excellente idée : les fins de mission apprennent beaucoup. Je démarre dès
              que le dixième dossier est déposé.
            B 22 [dossiers-1-a-7.pdf] | En voici sept, les trois derniers suivent demain.
        """,
    ),
    story(
        "pins-registre",
        "registre-rgpd",
        "linh-pham",
        "running",
        4,
        "card",
        started=14,
        brief="""
            Clinique vétérinaire, neuf personnes. Un logiciel de consultation, un logiciel de caisse, des rappels par
            SMS et des photographies d'animaux sur les réseaux. Personne ne s'est jamais occupé de ces questions.
        """,
        messages="""
            B 3 [liste-logiciels.xlsx] | Bonjour, j'ai listé tout ce que nous utilisons. Le carnet papier de
              l'accueil compte-t-il ?
            E 14.2 | Bonjour Linh, oui, s'il est classé par nom de propriétaire. Ajoutez-le, il n'y a aucun reproche
              à craindre de ma part.
            B 20 | Les trois interlocuteurs sont Julie à l'accueil, le docteur Marsan et moi-même.
            E 70 | Entretiens terminés, merci à tous les trois. Le point à traiter en premier sera l'envoi de SMS
              par un prestataire hors de l'Union européenne.
        """,
    ),
    story(
        "quemener-carbone",
        "bilan-carbone",
        "erwan-quemener",
        "running",
        8,
        "transfer",
        addons=(1,),
        started=26,
        brief="""
            Chantier naval de 62 personnes, deux hangars, un seul site. Le conseil régional demande un bilan pour
            notre dossier d'agrandissement, mais nous voulons surtout savoir où agir : résines, acier, énergie.
        """,
        messages="""
            B 5 | Bonjour Hélène. Notre référent sera Gaëlle, aux achats. Elle connaît tout le monde et aime les
              tableaux.
            E 26.5 [tableau-de-collecte.xlsx] | Parfait, bonjour Gaëlle ! Voici le tableau de collecte. Les onglets
              verts d'abord, ils représentent déjà 70 % du résultat.
            B 98 [tableau-de-collecte-v2.xlsx] | Onglets verts remplis. Pour les résines, nous avons des litres,
              pas des kilogrammes.
            E 101 | Aucun souci, je convertis avec les fiches techniques. Premier ordre de grandeur : l'acier pèse
              plus que tout le reste réuni.
            B 120 | Cela ne m'étonne qu'à moitié. L'atelier avec les salariés va être animé.
        """,
    ),
    story(
        "quemener-freelance",
        "appel-premier-freelance",
        "erwan-quemener",
        "not_started",
        0.5,
        "card",
        brief="""
            Nous envisageons de confier nos plans d'électricité à un indépendant, deux jours par semaine pendant six
            mois. C'est une première pour nous.
        """,
        messages="""
            B 0.8 | Bonjour Samuel. Vous demandez à quoi nous verrons que c'est réussi : au fait que l'atelier ne
              nous pose plus de questions sur les plans.
            E 2.1 | Bonjour Erwan, voilà une excellente définition. Nous partirons de là.
            B 3 | Merci. J'aurai aussi une question sur l'assurance, car ces plans servent à bord.
        """,
    ),
    story(
        "salvi-evaluation",
        "evaluation-pme",
        "bruno-salvi",
        "pending_payment",
        1.6,
        "transfer",
        brief="""
            Je fais entrer mon chef de chantier au capital l'an prochain. Il nous faut une valeur que nous puissions
            accepter tous les deux.
        """,
    ),
)
