"""A hundred and fifty short reviews to populate the ratings of the catalogue.

Each fits any offer of its category and kind. `category` is a slug, or "" for any category; `kind` is
"job", "call" or "question". One author never appears twice.
"""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.demo.model import french, lines


@dataclass(frozen=True)
class ShortReview:
    """A review by a past client. rating: 3 to 5."""

    category: str
    kind: str
    rating: int
    author: str
    company: str
    text: str


def _reviews(category: str, kind: str, notes: str) -> tuple[ShortReview, ...]:
    """Reviews from notes, one a line: rating | author | company | text."""
    out = []
    for row in lines(notes):
        rating, author, company, text = (part.strip() for part in row.split("|"))
        out.append(ShortReview(category, kind, int(rating), author, french(company), text))
    return tuple(out)


REVIEWS: tuple[ShortReview, ...] = (
    *_reviews(
        "finance-gestion",
        "job",
        """
        5 | Hélène Maurin | Scierie du Lac | Des chiffres clairs, expliqués un par un. La banque n'a posé que deux questions, nous avions les réponses.
        5 | Franck Oudin | Oudin Froid | Livré avec un jour d'avance. Le classeur est simple et je le mets à jour seul depuis deux mois.
        4 | Solène Bachelet | Les Ruches de Brière | Travail sérieux. J'aurais aimé un peu plus de graphiques, mais tout ce qui compte y est.
        5 | Rachid Amrani | Amrani Bâtiment | Enfin quelqu'un qui parle trésorerie sans me faire sentir idiot. Je recommande.
        4 | Pierre-Yves Caron | Caron Paysage | Très bonne analyse. Une retouche pour un oubli de charges, corrigée le lendemain.
        5 | Estelle Vigneron | Domaine Vigneron | Les hypothèses sont sourcées, c'est ce qui a convaincu notre comité. Merci.
        3 | Denis Lacombe | Lacombe Optique | Le fond est bon mais le document est un peu long pour un commerce de notre taille.
        5 | Mariam Coulibaly | Afritex | Une écoute rare et un livrable que nos associés ont compris dès la première lecture.
        5 | Gilles Tanguy | Conserverie Tanguy | Nous pensions perdre de l'argent sur une gamme, c'était sur une autre. Étude très utile.
        4 | Audrey Lemoine | Studio Mésange | Bon travail, dans les délais. Les notes de méthode mériteraient d'être plus courtes.
        5 | Jean-Marc Pouget | Garage Pouget | Précis, poli, rapide. Je n'ai eu qu'à signer et à déposer.
        5 | Carole Vasseur | Crèche Les Pommiers | Notre conseil d'administration a compris la situation en dix minutes. C'était inespéré.
        4 | Mickaël Fournier | Fournier Levage | Utile et bien présenté. Le vocabulaire reste technique par endroits.
        3 | Sylvie Barthe | Barthe Immobilier | Correct, mais il a fallu relancer une fois pour obtenir la version définitive.
        5 | Adrien Kowalski | Kowalski Usinage | Le meilleur achat de l'année. Nous savons enfin quel produit gagne de l'argent.
        """,
    ),
    *_reviews(
        "ressources-humaines",
        "job",
        """
        5 | Laurence Piquet | Pharmacie Piquet | Des documents que mes managers utilisent vraiment. Rien de superflu.
        5 | Ousmane Ba | Propreté Atlantique | Une grande qualité d'écoute avec les équipes. Le résultat leur ressemble.
        4 | Claire Thévenot | Imprimerie Thévenot | Très complet. J'ai dû simplifier deux pages pour l'atelier, sans difficulté.
        5 | Vincent Aubry | Aubry Charpente | Nous étions en retard sur tout, nous sommes en règle et cela n'a pas été douloureux.
        4 | Nadège Roussel | Hôtel des Remparts | Bonne connaissance de notre convention collective, réponses rapides.
        5 | Cyril Benoist | Benoist Nautique | Trois candidates sérieuses en dix jours, contre aucune en deux mois. Tout est dit.
        3 | Florence Mallet | Mallet Décor | Contenu utile, présentation un peu austère. La retouche a amélioré les choses.
        5 | Isabelle Cordier | Cabinet Cordier | Exactement ce qu'il nous fallait, avec les bons mots pour les moments difficiles.
        5 | Teddy Marie-Louise | Transit Caraïbes | Délai tenu malgré le décalage horaire. Travail impeccable.
        4 | Anne-Laure Gicquel | Serres de l'Odet | Efficace et bienveillante. Il nous reste à tout mettre en place.
        5 | Patrick Dufresne | Dufresne Métal | Une erreur de paie repérée qui durait depuis deux ans. Rentabilisé au premier mois.
        5 | Samia Bouzid | École Montaigu | Nos enseignants ont participé volontiers, ce qui n'était pas gagné.
        4 | Éric Charpentier | Charpentier TP | Du concret. J'aurais voulu un peu plus de temps pour la restitution.
        """,
    ),
    *_reviews(
        "management-freelances",
        "job",
        """
        5 | Jonathan Meyer | Agence Nébuleuse | En une semaine, nous avons une méthode. Avant, chacun avait la sienne.
        5 | Valérie Sauvage | Sauvage Éditions | Un regard neutre et des documents prêts à signer. Nos indépendants sont ravis aussi.
        4 | Kevin Rault | Rault Digital | Très bon contenu, à adapter à notre petite taille.
        5 | Delphine Carrel | Musée du Textile | La mission était mal partie, elle s'est bien terminée. Merci pour votre calme.
        4 | Olivier Sanchez | Sanchez Ingénierie | Les modèles sont solides. Une réunion de lancement m'aurait aidé.
        5 | Inès Boulanger | Boulanger Studio | Nos dossiers étaient loin d'être en règle. Tout est classé, avec les dates à surveiller.
        3 | Mathieu Pons | Pons Logiciels | Utile, mais j'attendais davantage d'exemples dans notre secteur.
        5 | Chantal Rivoire | Coopérative du Vercors | Le comparatif nous a évité une erreur coûteuse. Clair et honnête.
        5 | Damien Leclair | Leclair Vidéo | On voit que cela vient de l'expérience. Rien de théorique.
        4 | Nora Saïdi | Festival des Quais | Bon accompagnement, livraison à l'heure, une seule retouche.
        """,
    ),
    *_reviews(
        "commercial-marketing",
        "job",
        """
        5 | Lionel Perret | Perret Horlogerie | Deux rendez-vous la première semaine avec les messages fournis. Je n'y croyais plus.
        5 | Émilie Garnier | Savonnerie Garnier | Un travail soigné, des conseils francs et aucun jargon.
        4 | Hakim Zitouni | Zitouni Auto | La visibilité progresse doucement, comme annoncé. Explications très claires.
        5 | Sophie Delage | Delage Mobilier | Nos vendeurs se sont approprié le document en un jour. C'est la première fois.
        3 | Benoît Rigaud | Rigaud Piscines | Bonne qualité, mais quelques tournures ne correspondaient pas à notre clientèle.
        5 | Laetitia Fabre | Fleurs de Garrigue | Les ventes en ligne ont augmenté dès le mois suivant. Merci !
        4 | Xavier Noël | Noël Emballages | Analyse fine et utile. Le plan demande du temps, nous avançons pas à pas.
        5 | Margot Lesage | Lesage Cosmétiques | Très à l'écoute, très rapide. Le résultat dépasse mes attentes.
        5 | Fabien Trouillet | Trouillet Granulés | Nous avons remporté l'appel d'offres. Le mémoire était d'une clarté remarquable.
        4 | Céline Astruc | Gîtes d'Aubrac | Tout fonctionne. J'aurais aimé une petite vidéo d'explication.
        5 | Arthur Boissière | Boissière & Fils | La hausse de prix est passée sans perdre un client important. Chapeau.
        3 | Karine Lebrun | Lebrun Sols | Le rendu est bon, mais le premier envoi ne tenait pas compte de nos couleurs.
        5 | Nabil Cherif | Cherif Import | Étude complète, sources vérifiables, recommandation nette.
        4 | Virginie Costes | Costes Équitation | Très professionnelle. Délai respecté au jour près.
        """,
    ),
    *_reviews(
        "juridique",
        "job",
        """
        5 | Alexis Bertin | Bertin Robotique | Des clauses lisibles, une note d'une page qui dit l'essentiel. Parfait.
        5 | Dominique Hamel | Hamel Formation | Réponse rapide et argumentée. Nous avons signé sereinement.
        4 | Sabrina Lopes | Lopes Nettoyage | Très bon travail. Un appel de présentation complète utilement le document.
        5 | Guillaume Steiner | Steiner Laser | Nous avons renégocié trois articles grâce à ces annotations.
        5 | Mireille Pascal | Maison de retraite Bellevue | Enfin un registre que nous comprenons et que nous tenons à jour.
        4 | Yoann Guégan | Guégan Voiles | Précis et pédagogue. Un peu de retard sur la seconde version, annoncé à l'avance.
        3 | Corinne Delattre | Delattre Traduction | Bon fond, présentation dense. La synthèse aurait pu être plus courte.
        5 | Bilal Mansouri | Mansouri Sécurité | Un risque que personne n'avait vu, expliqué simplement.
        5 | Agathe Renaud | Renaud Jouets | La marque est déposée, le nom était libre, tout a été clair du début à la fin.
        4 | Hugues Lambert | Lambert Énergie | Analyse solide et chiffrée. Je recommande.
        """,
    ),
    *_reviews(
        "strategie",
        "job",
        """
        5 | Béatrice Langlois | Langlois Biscuits | Nous avons enfin renoncé à deux projets. C'était le plus difficile et le plus utile.
        5 | Philippe Granier | Granier Béton | Un regard extérieur sans complaisance, toujours respectueux.
        4 | Muriel Tison | Tison Textile | Très riche. Il nous faut maintenant le temps de tout appliquer.
        5 | Frédéric Aubert | Aubert Cycles | Le processus affiché au mur, tout le monde a compris où nous perdions du temps.
        5 | Leïla Mebarki | Mebarki Frères | Bilan sérieux, incertitudes expliquées, actions réalistes.
        4 | Serge Monnier | Monnier Outillage | Bonne méthode, restitution un peu rapide.
        5 | Anne Quintard | Quintard Semences | Nos réunions durent une heure et demie et l'on décide. Merci !
        3 | Régis Balland | Balland Menuiserie | Des idées pertinentes, certaines difficiles à mettre en œuvre chez nous.
        5 | Clotilde Perrin-Masson | Masson Santé | Les économies proposées ne dégradent rien, c'est assez rare pour être dit.
        """,
    ),
    *_reviews(
        "informatique-data",
        "job",
        """
        5 | Julien Teyssier | Teyssier Distribution | Le tableau se met à jour seul. Deux heures gagnées chaque semaine.
        5 | Patricia Hoareau | Hoareau Logistique | Tout est documenté, notre stagiaire a pu reprendre la suite.
        4 | Marc-Antoine Ricci | Ricci Marine | Très efficace. Il a fallu préciser deux règles de calcul.
        5 | Séverine Blanchard | Blanchard Santé | Rapport clair pour la direction et précis pour l'informaticien.
        5 | Thierry Aumont | Aumont Papeterie | 588 doublons retrouvés, aucune fiche perdue. Bravo.
        4 | Wassim Trabelsi | Trabelsi Mobile | Bon travail, échanges agréables, délai tenu.
        5 | Élise Chauvin | Chauvin Architecture | Une sauvegarde que nous croyions bonne ne l'était pas. Audit salutaire.
        3 | Laurent Besson | Besson Négoce | Le résultat convient, mais la documentation manque d'exemples.
        5 | Camille Verdier | Verdier Apiculture | Explications patientes et fichier robuste. Je sais enfin ce que je vends.
        4 | Ludovic Hertz | Hertz Automatismes | Cahier des charges très complet, les éditeurs l'ont salué.
        5 | Farida Belkacem | Belkacem Analyses | Les deux logiciels se parlent, plus de double saisie. Équipe soulagée.
        """,
    ),
    *_reviews(
        "communication",
        "job",
        """
        5 | Aurélien Marchetti | Marchetti Guitares | Un texte dans lequel je me reconnais. Mes clients m'en parlent.
        5 | Rose-Marie Payet | Payet Vanille | Quatre articles dans la presse locale et une émission de radio. Merci !
        4 | Gaël Kerbrat | Kerbrat Océan | Belle identité, bien expliquée. La seconde piste aurait mérité plus d'audace.
        5 | Sonia Marques | Marques Carrelage | Le film dure une minute et tout le monde le regarde jusqu'au bout.
        5 | Pascal Voisin | Voisin Théâtre | Maquette superbe, fichiers impeccables, imprimeur ravi.
        4 | Ambre Colin | Colin Optométrie | Un ton juste et un calendrier tenable. Il faut juste s'y mettre.
        3 | Grégory Pinel | Pinel Motoculture | Bonne qualité générale, mais deux visuels étaient à refaire.
        5 | Hortense de Vaugelas | Fondation Vaugelas | Une plume sobre et précise. Nos donateurs ont répondu.
        5 | Tony Ferreira | Ferreira Façades | Simple, beau, et mes équipes s'en servent.
        4 | Zoé Lambotte | Lambotte Chocolats | Très réactive, une seule retouche. Je reviendrai.
        """,
    ),
    *_reviews(
        "",
        "call",
        """
        5 | Christophe Barrault | Barrault Toitures | Une demi-heure très dense. J'ai raccroché avec une décision.
        5 | Mélanie Pruvost | Pruvost Conseil | Préparation sérieuse, questions justes, compte rendu reçu dans la soirée.
        4 | Ibrahim Touré | Touré Transit | Très bon échange. J'aurais volontiers continué vingt minutes.
        5 | Stéphanie Lorrain | Lorrain Bijoux | Franche et chaleureuse à la fois. Je sais quoi faire lundi.
        5 | Arnaud Peyret | Peyret Viandes | Mieux que trois réunions. Merci.
        4 | Catherine Schaeffer | Schaeffer Vins | Conseils concrets, adaptés à ma petite structure.
        5 | Romuald Grondin | Grondin Énergie | Ponctuel, préparé, et une vraie expérience du sujet.
        3 | Ophélie Martel | Martel Coiffure | Intéressant, mais une partie des conseils visait de plus grandes entreprises.
        5 | David Sarfati | Sarfati Optique | J'étais inquiet, je ne le suis plus. Les trois formulations m'ont servi dès le lendemain.
        5 | Juliette Kerhoas | Kerhoas Yoga | Une écoute attentive et une page de synthèse très claire.
        4 | Maurice Éboué | Éboué Location | Rendez-vous décalé d'un quart d'heure, rattrapé par la qualité de l'échange.
        5 | Lætitia Hubert | Hubert Paysage | Je conseille cet appel à tous ceux qui hésitent.
        5 | Bastien Clerc | Clerc Menuiserie | Droit au but. On sent que ces situations ont été vécues.
        4 | Amina Derradji | Derradji Couture | Bonne méthode et beaucoup de tact.
        5 | Nicolas Weill | Weill Instruments | Très utile avant un rendez-vous important, qui s'est bien passé.
        """,
    ),
    *_reviews(
        "",
        "question",
        """
        5 | Jérôme Pichon | Pichon Plomberie | Réponse le jour même, avec le texte et la marche à suivre.
        5 | Sandra Oliveira | Oliveira Beauté | Clair, court, sans détour. Exactement ce qu'il me fallait.
        4 | Gérard Moulin | Moulin Céréales | Bonne réponse. J'ai demandé une précision, obtenue dans l'heure.
        5 | Ninon Chevallier | Chevallier Céramique | Les sources sont citées, notre conseil habituel a confirmé.
        5 | Fouad Rahmani | Rahmani Transport | J'ai évité une erreur qui m'aurait coûté cher.
        4 | Blandine Roche | Roche Orthopédie | Rapide et précis. Un exemple chiffré de plus aurait été parfait.
        5 | Loïc Abgrall | Abgrall Pêche | Une page, et tout est dit. Je garde l'adresse.
        3 | Évelyne Sabatier | Sabatier Fleurs | Réponse correcte, mais assez générale sur mon cas particulier.
        5 | Maxence Duhamel | Duhamel Escalade | Le modèle de courrier joint m'a fait gagner une soirée.
        5 | Aïssata Cissé | Cissé Traduction | Pédagogique et rassurant.
        4 | Bernard Joly | Joly Ambulances | Très bien pour le prix. Délai respecté.
        5 | Manon Ricard | Ricard Apithérapie | On m'a même signalé une question que je n'avais pas posée. Merci.
        """,
    ),
    *_reviews(
        "",
        "job",
        """
        5 | Sébastien Loiseau | Loiseau Acoustique | Cadrage clair, livraison à l'heure, échanges agréables.
        5 | Fanny Debray | Debray Pâtisserie | Je n'avais jamais commandé ainsi. Je recommencerai sans hésiter.
        4 | Alain Prigent | Prigent Ostréiculture | Bon livrable. Les premières questions étaient nombreuses, mais justifiées.
        5 | Nathanaël Simon | Simon Prothèses | Tout ce qui était annoncé a été fait, et bien fait.
        3 | Martine Coste | Coste Mercerie | Le travail est là, mais j'attendais davantage d'explications.
        5 | Rodolphe Nguema | Nguema Audit | Sérieux, ponctuel, et un vrai sens du service.
        4 | Gwenaëlle Roudaut | Roudaut Cidres | Très satisfaite. Une retouche demandée, livrée le lendemain.
        5 | Éloïse Tournier | Tournier Recyclage | Le document sert tous les jours. C'est la meilleure preuve.
        5 | Hervé Blanchet | Blanchet Serrurerie | Enfin un expert qui répond aux questions qu'on lui pose.
        4 | Malika Ferhat | Ferhat Services | Bonne relation, bonne qualité, petit retard annoncé à l'avance.
        5 | Quentin Delorme | Delorme Skis | Efficace du premier message à la livraison.
        3 | Josiane Petitjean | Petitjean Chauffage | Résultat satisfaisant après deux retouches.
        5 | Raphaël Ohayon | Ohayon Lunettes | Une compétence évidente et beaucoup de simplicité.
        4 | Tiphaine Morvan | Morvan Conserves | Contenu très utile, mise en page à améliorer.
        5 | Ludivine Bonnefoy | Bonnefoy Cirque | Nous avons compris ce que nous achetions, et nous l'avons reçu.
        4 | Emmanuel Picard | Picard Étanchéité | Bien, clair, au bon prix.
        5 | Salomé Attal | Attal Parfums | Des livrables soignés et une vraie disponibilité.
        5 | Yves Castaing | Castaing Conserves | Je ne changerais pas une ligne.
        4 | Rémi Jacquot | Jacquot Vélos | Rien à redire sur le fond, un peu plus de visuels m'aurait plu.
        5 | Kadiatou Barry | Barry Traiteur | Un grand merci : tout était compréhensible, même pour moi qui déteste les chiffres.
        5 | Florent Maillard | Maillard Bois | Deuxième commande, même qualité.
        4 | Diane Lefranc | Lefranc Galerie | Une belle rencontre professionnelle. Délai serré, mais tenu.
        5 | Cédric Haon | Haon Cordages | Question posée le soir, réponse au petit matin. Livrable excellent.
        3 | Bruno Esposito | Esposito Marbres | Utile, quoique moins détaillé que je ne l'imaginais.
        5 | Charlène Dupuy | Dupuy Assainissement | Professionnalisme du début à la fin.
        4 | Jean-Philippe Rey | Rey Fromages | Conforme à la description. Je recommande.
        5 | Assia Lounes | Lounes Médical | Nous gagnons du temps chaque semaine grâce à ce travail.
        5 | Matthieu Sorin | Sorin Charpentes | Explications limpides. Mes associés ont dit oui tout de suite.
        4 | Pauline Escoffier | Escoffier Tables | Très bon rapport qualité-prix.
        5 | Dimitri Vasseur-Klein | Klein Imprimerie | Une vraie valeur ajoutée, au-delà de ce qui était promis.
        5 | Noëlle Cazenave | Cazenave Laines | Sobre, exact, élégant.
        """,
    ),
)
