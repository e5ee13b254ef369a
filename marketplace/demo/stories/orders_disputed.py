"""Orders disputed or ruled by the team."""

from __future__ import annotations

from marketplace.demo.stories.model import Story, contested, handed, rework, story

STORIES: tuple[Story, ...] = (
    story(
        "kaci-publications",
        "mois-de-publications",
        "yasmine-kaci",
        "disputed",
        14,
        "card",
        addons=(0,),
        started=6,
        brief="""
            Traiteur à Marseille, mariages et entreprises. Je veux des publications qui donnent faim et qui parlent de
            nos producteurs, pas de citations sur le bonheur.
        """,
        deliveries=(
            handed(
                118,
                """
                Bonjour Yasmine, les douze publications sont prêtes, avec les deux vidéos. Tout est programmé à partir
                de lundi, sauf les trois que vous m'avez demandé de garder pour décembre.
                """,
                "publications-kaci.pdf",
                "visuels-kaci.png",
            ),
            handed(
                212,
                """
                Voici la reprise : six textes réécrits et de nouveaux visuels pour les producteurs. J'ai conservé les
                autres, qui me paraissent répondre à votre demande.
                """,
                "publications-kaci-v2.pdf",
            ),
        ),
        revisions=(
            rework(
                140,
                "Les deux vidéos sont réussies et le calendrier me convient.",
                "Les textes parlent de convivialité et de partage, exactement ce que je voulais éviter. Les producteurs "
                "ne sont cités qu'une fois.",
                "Une publication par producteur, avec son nom, son village et ce qu'il cultive.",
            ),
        ),
        dispute=contested(
            262,
            "buyer",
            "unsuitable",
            statement="""
                J'ai demandé dès le départ des textes sur nos producteurs, avec leurs noms. Après une reprise, la moitié
                des publications sont toujours générales et deux producteurs sont mal orthographiés. Je ne peux pas les
                mettre en ligne en l'état.
            """,
            wished="Un remboursement de la moitié, en gardant les deux vidéos.",
            answer="""
                Les six textes demandés ont été réécrits. La liste des producteurs ne m'a été transmise qu'après la
                première livraison, et deux noms étaient orthographiés ainsi dans le message reçu. Je propose de corriger
                les noms et de réécrire trois textes de plus.
            """,
        ),
        messages="""
            B 2 [photos-cuisine.pdf] | Bonjour Mehdi, une partie des photographies. La question qu'on me pose tout
              le temps : « Faites-vous aussi les petits mariages ? »
            E 6.2 | Bonjour Yasmine, parfait, j'ai déjà une idée de vidéo avec les assiettes.
            B 60 | Pensez bien aux producteurs, j'y tiens beaucoup.
            E 62 | C'est noté. Pouvez-vous m'envoyer leurs noms et leurs villages ?
            B 141 | Je viens de demander une retouche. Je vous envoie la liste des sept producteurs.
            E 150 | Bien reçu, je reprends les textes concernés.
            B 258 | Je suis déçue de la seconde version. Je vais demander l'avis de l'équipe de la plateforme.
        """,
    ),
    story(
        "delcourt-hubspot",
        "mise-en-place-hubspot",
        "antonin-delcourt",
        "resolved",
        38,
        "transfer",
        addons=(0,),
        started=10,
        brief="""
            Quatre consultants, 2 400 contacts dans trois fichiers. Nous voulons suivre nos affaires et savoir qui
            relancer le lundi.
        """,
        deliveries=(
            handed(
                150,
                """
                Bonjour Antonin, tout est en place : six étapes, trois tableaux de bord, 2 212 contacts importés après
                dédoublonnage. La formation est enregistrée, le lien figure dans le document.
                """,
                "guide-hubspot-delcourt.pdf",
                "contacts-importes.csv",
            ),
        ),
        revisions=(
            rework(
                175,
                "Les étapes et les tableaux de bord conviennent.",
                "Les échanges de courriels ne remontent pas pour deux consultants sur quatre.",
                "La connexion des deux messageries, prévue dans l'option.",
            ),
        ),
        dispute=contested(
            360,
            "buyer",
            "too_slow",
            statement="""
                La connexion des messageries, que j'ai payée en option, ne fonctionne toujours pas pour deux personnes,
                huit jours après ma demande de retouche. Le reste est bien fait.
            """,
            wished="Le remboursement de l'option et d'une partie de la commande.",
            answer="""
                Les deux boîtes en question sont gérées par un autre prestataire, qui n'a pas ouvert l'accès malgré deux
                demandes. J'ai fourni la procédure. J'accepte de rembourser l'option.
            """,
            hours_ruled=430,
            winner="buyer",
            refund_percent=15,
            ruling="""
                La prestation principale est livrée et conforme. L'option de connexion à la messagerie n'a été rendue
                que pour moitié, sans faute établie de l'expert. Nous remboursons 15 % du total au client, le solde est
                versé à l'expert.
            """,
        ),
        messages="""
            B 4 [contacts-2026.csv] | Bonjour Antoine, voici les trois fichiers réunis. Les doublons sont nombreux.
            E 10.1 | Bonjour Antonin, 188 doublons évidents. Je vous propose d'enrichir plutôt que d'écraser.
            B 176 | Deux de mes collègues ne voient pas leurs courriels dans l'outil. Pouvez-vous regarder ?
            E 190 | Leurs boîtes sont gérées par votre hébergeur, il doit autoriser l'accès. Voici la marche à suivre.
            B 300 | Toujours rien. L'hébergeur dit que la demande ne lui est pas parvenue.
            E 305 | Je la lui renvoie avec vous en copie.
        """,
    ),
    story(
        "salvi-achats",
        "diagnostic-achats",
        "bruno-salvi",
        "resolved",
        46,
        "card",
        started=30,
        brief="""
            Nous achetons pour 1,1 M€ par an : plaques, isolants, location de matériel. J'ai l'impression que tout a
            augmenté deux fois plus que nos prix.
        """,
        deliveries=(
            handed(
                236,
                """
                Bonjour Bruno, voici le diagnostic. Neuf économies pour 41 000 €, dont 17 000 € faciles. Les fiches de
                négociation sont prêtes pour vos cinq premiers fournisseurs.
                """,
                "diagnostic-achats-salvi.pdf",
                "depenses-classees.xlsx",
            ),
            handed(
                290,
                """
                Voici la version complétée avec le détail de la location de matériel et les sources de prix.
                """,
                "diagnostic-achats-salvi-v2.pdf",
            ),
        ),
        revisions=(
            rework(
                258,
                "La partie sur les plaques est très utile.",
                "La location de matériel est traitée trop vite et je ne vois pas d'où viennent les prix de comparaison.",
                "Le détail par machine et les sources.",
            ),
        ),
        dispute=contested(
            340,
            "buyer",
            "unsuitable",
            statement="""
                Je ne suis pas d'accord avec les conclusions sur mon fournisseur principal. Je le connais depuis vingt
                ans et le rapport laisse entendre qu'il me facture trop cher.
            """,
            wished="Un remboursement complet.",
            answer="""
                Le constat repose sur 312 lignes de facture, jointes au classeur. Je n'ai porté aucun jugement sur la
                personne et j'ai proposé une négociation mesurée, ou de ne rien changer.
            """,
            hours_ruled=412,
            winner="expert",
            refund_percent=0,
            ruling="""
                Le livrable correspond à l'offre, la retouche demandée a été faite et les conclusions sont documentées. Un
                désaccord sur une conclusion ne rend pas le travail inadapté. La commande est versée à l'expert.
            """,
        ),
        messages="""
            B 6 [factures-fournisseurs.csv] | Bonjour Arnaud, l'export des factures. Le fournisseur à ne pas
              froisser, c'est le premier de la liste.
            E 30.4 | Bonjour Bruno, noté. J'en parlerai avec tact, mais je dirai ce que montrent les chiffres.
            B 260 | Je demande un complément sur la location de matériel.
            E 291 | C'est fait, avec les sources en annexe.
            B 338 | Je ne partage pas vos conclusions sur les plaques, je vais le signaler.
        """,
    ),
)
