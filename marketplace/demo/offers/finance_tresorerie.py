"""Finance: cash and banks."""

from __future__ import annotations

from marketplace.demo.model import Offer, call, cover, job

CATEGORY = "finance-gestion"

OFFERS: tuple[Offer, ...] = (
    call(
        "appel-rendez-vous-bancaire",
        "nadia-mbaye",
        CATEGORY,
        "Préparer votre rendez-vous bancaire avec une directrice financière",
        75,
        30,
        includes="""
            Trente minutes d'échange, en visioconférence ou par téléphone
            Vos trois chiffres clés, formulés en une phrase chacun
            La réponse aux deux objections les plus probables
        """,
        description="""
            J'ai dirigé un centre d'affaires : je sais ce que votre interlocuteur a le droit de décider seul et ce
            qu'il devra défendre devant d'autres. En trente minutes, nous préparons votre demande pour qu'elle soit
            facile à transmettre.

            Nous choisissons les chiffres à mettre en avant, l'ordre des arguments et la position de repli. Vous
            raccrochez avec une trame d'une page, que je vous envoie dans l'heure.
        """,
        needs="""
            Votre dernier bilan ou une situation récente
            L'objet du rendez-vous en une phrase
        """,
        faq="""
            Puis-je vous appeler la veille du rendez-vous ?
            Oui, je garde des créneaux tôt le matin pour cela.
            Et si mes comptes sont mauvais ?
            Raison de plus. Nous préparons ce que vous direz avant qu'on ne vous le demande.
        """,
        opening="""
            Bonjour, votre créneau est réservé. Transmettez-moi simplement votre dernier bilan et la date de votre
            rendez-vous à la banque, je les lirai avant notre appel. À bientôt, Nadia.
        """,
        keywords="banque; rendez-vous; négociation; crédit; préparation",
        cover=cover(
            "call_card",
            "mist",
            "Préparer votre rendez-vous bancaire",
            "",
            "Vos chiffres clés; Les objections probables; La position de repli",
            "30 min|En visio ou par téléphone",
        ),
    ),
    job(
        "diagnostic-conditions-bancaires",
        "nadia-mbaye",
        CATEGORY,
        "Diagnostic de vos frais et conditions bancaires",
        340,
        6,
        includes="""
            L'analyse de douze mois de frais, ligne par ligne
            Une comparaison avec ce qui se pratique pour une entreprise de votre taille
            Une lettre de renégociation prête à envoyer
            Le gain annuel estimé, poste par poste
        """,
        description="""
            Commissions de mouvement, de plus fort découvert, dates de valeur, abonnements oubliés : ces lignes
            passent inaperçues parce qu'elles sont petites et nombreuses. J'ai fixé ces tarifs pendant quinze ans,
            je sais lesquels se négocient.

            Je reprends vos relevés et vos échelles d'intérêts, je recalcule et je compare. Vous recevez un tableau
            clair et une lettre courtoise, chiffrée, que votre chargé d'affaires pourra transmettre à sa hiérarchie.

            Il ne s'agit pas de se fâcher avec sa banque : une relation saine supporte très bien une question.
        """,
        needs="""
            Douze mois de relevés de compte, au format PDF ou CSV
            Les échelles d'intérêts et la convention de compte
            Les contrats de carte et de terminal de paiement
        """,
        addons=[
            ("Deuxième banque", "Le même travail sur un autre établissement.", 140, 2),
            ("Terminal de paiement", "Étude des commissions sur encaissement par carte.", 90, 1),
        ],
        faq="""
            Et si le diagnostic ne révèle rien ?
            Vous saurez que vos conditions sont correctes, ce qui a aussi de la valeur. Cela arrive une fois sur dix.
            Mes relevés contiennent des données sensibles, que deviennent-elles ?
            Elles sont consultées sur la plateforme et supprimées de mon poste à la livraison.
        """,
        opening="""
            Bonjour, merci de me confier cette analyse. Déposez vos relevés mois par mois ou dans une archive,
            comme vous préférez, avec la convention de compte si vous la retrouvez. Je vous signale dès le
            deuxième jour ce qui saute aux yeux. Nadia.
        """,
        keywords="frais bancaires; commissions; renégociation; découvert; économies",
        cover=cover(
            "form",
            "sky",
            "Frais bancaires 2026",
            "Relevé analysé, compte courant",
            "Commission de mouvement|3 842,10; Plus fort découvert|611,40; Frais de virement|288,00;"
            "Abonnements|540,00; Cartes|372,00; Terminal de paiement|2 106,35; Total|7 759,85",
            "−38 %|Taux renégociable; −180 €|Service inutilisé; −0,4 pt|Commission carte",
        ),
    ),
    call(
        "appel-renegocier-dette",
        "nadia-mbaye",
        CATEGORY,
        "Renégocier une dette ou un découvert : 45 minutes pour bâtir votre demande",
        110,
        45,
        includes="""
            Quarante-cinq minutes d'échange confidentiel
            Un ordre de priorité entre banques, Urssaf, fournisseurs et associés
            Une trame de courrier de demande d'étalement
        """,
        description="""
            Quand la trésorerie se tend, l'ordre dans lequel on appelle ses créanciers compte autant que ce qu'on
            leur dit. Nous dressons ensemble la carte de vos engagements, puis nous décidons qui prévenir, quand et
            avec quelle proposition.

            Je vous explique aussi ce que permettent la médiation du crédit, le mandat ad hoc ou la conciliation,
            sans dramatiser. Si votre situation relève d'un avocat, je vous le dis dans les dix premières minutes.
        """,
        needs="""
            La liste de vos dettes avec les échéances
            Votre solde de trésorerie à ce jour
        """,
        faq="""
            Mon appel reste-t-il confidentiel ?
            Oui, entièrement. Je n'échange avec personne sans votre accord écrit.
            Peut-on se rappeler ensuite ?
            Une question de suivi par écrit est comprise dans la semaine.
        """,
        opening="""
            Bonjour. Merci de votre confiance, je sais que ces sujets ne sont pas faciles à aborder. Si vous le
            pouvez, notez avant l'appel chaque dette, son montant et sa prochaine échéance. Le reste, nous le
            ferons ensemble. Nadia.
        """,
        keywords="dette; étalement; découvert; médiation du crédit; difficultés",
        cover=cover(
            "call_agenda",
            "sand",
            "Renégocier une dette sans se fâcher",
            "",
            "Carte des engagements|0 min; Ordre des appels|15 min; Votre proposition|25 min; Courrier type|40 min",
            "45 min|Échange confidentiel",
        ),
    ),
    job(
        "plan-tresorerie-glissant",
        "marc-delattre",
        CATEGORY,
        "Plan de trésorerie glissant sur 12 mois, prêt à piloter",
        320,
        3,
        includes="""
            Un classeur de suivi semaine par semaine sur trois mois, puis mensuel
            Une alerte dès que le solde passe sous votre seuil
            Vos encaissements recalés sur vos délais de paiement réels
            Une notice de mise à jour en vingt minutes
        """,
        description="""
            Un plan de trésorerie utile se lit debout. Le mien tient sur une page : ce qui entre, ce qui sort, le
            point bas et sa date. Les données viennent de vos échéanciers clients et fournisseurs, et non d'une
            règle de trois sur le chiffre d'affaires.

            Je calcule vos délais de paiement réels à partir de vos douze derniers mois, car un client à trente
            jours paie rarement à trente jours. Les échéances fiscales et sociales sont préremplies.

            Après la livraison, vous mettez à jour chaque lundi. Si vous butez la première fois, écrivez-moi : la
            seconde, vous n'aurez plus besoin de moi.
        """,
        needs="""
            Vos balances clients et fournisseurs âgées
            Vos échéances d'emprunts, de TVA et de charges
            Votre solde bancaire et vos lignes autorisées
        """,
        addons=[
            ("Version multisociété", "Jusqu'à trois sociétés consolidées.", 130, 2),
            ("Lecture du relevé bancaire", "Import CSV et affectation automatique.", 90, 1),
            ("Livraison le lendemain", "Pour une échéance immédiate.", 80, -2),
        ],
        faq="""
            Puis-je l'utiliser avec plusieurs banques ?
            Oui, jusqu'à quatre comptes, avec un solde par compte et un total.
            Faut-il une macro ?
            Aucune. Le classeur fonctionne sur Excel, LibreOffice et Google Sheets.
        """,
        opening="""
            Bonjour, bien reçu. Il me faut vos balances âgées clients et fournisseurs, ainsi que votre tableau
            d'emprunts. Un export brut convient parfaitement. Si une échéance vous empêche de dormir, dites-le-moi
            tout de suite, nous commencerons par elle. Marc.
        """,
        keywords="trésorerie; plan glissant; BFR; Excel; échéances; point bas",
        cover=cover(
            "cashflow",
            "sky",
            "Plan de trésorerie glissant",
            "Mise à jour du lundi",
            "Encaissements|142 000|151 000|138 000; Fournisseurs|−64 000|−71 000|−69 000;"
            "Salaires|−52 000|−52 000|−52 000; TVA et Urssaf|−18 000|−21 000|−17 000; Solde|8 000|7 000|0",
            "52 400 €|Point bas en août; |juil.; |août; |sept.",
        ),
    ),
    job(
        "plan-action-bfr",
        "marc-delattre",
        CATEGORY,
        "Plan d'action pour réduire votre besoin en fonds de roulement",
        690,
        10,
        includes="""
            La mesure de vos délais clients, fournisseurs et stocks sur deux ans
            Huit à douze actions chiffrées, avec un responsable et une date
            Un scénario de relance en quatre étapes et ses courriers
            Un indicateur mensuel à suivre en comité
        """,
        description="""
            L'argent que vous cherchez à emprunter est souvent déjà dans votre entreprise : dans une facture émise
            le 10 au lieu du 30, un stock dormant, un acompte que personne n'ose demander. Je le cherche avec vos
            chiffres, puis avec les personnes concernées.

            Trois entretiens de trente minutes suffisent en général : facturation, achats, commerce. J'en tire un
            plan dont chaque action porte un gain en euros et un degré de difficulté.

            L'expérience montre que deux tiers du gain viennent de trois actions. Je vous aide à les faire passer
            sans abîmer la relation avec vos clients.
        """,
        needs="""
            Vos grands livres clients et fournisseurs sur vingt-quatre mois
            L'état de vos stocks à deux dates
            Vos conditions de vente et trois factures types
        """,
        addons=[
            ("Formation à la relance", "Une heure avec vos assistantes, exercices compris.", 120, 0),
            ("Comparatif affacturage", "Trois offres lues et comparées à coût complet.", 180, 4),
        ],
        faq="""
            À partir de quelle taille est-ce pertinent ?
            À partir d'un million d'euros de chiffre d'affaires, ou dès que vous facturez à crédit.
            Contactez-vous mes clients ?
            Jamais. Je prépare les courriers et les appels, vos équipes les passent.
        """,
        opening="""
            Bonjour et merci. Je vous propose de commencer par les données, puis de caler trois entretiens courts.
            Pouvez-vous me dire qui, chez vous, émet les factures, passe les commandes et relance les clients ?
            Marc.
        """,
        keywords="BFR; relance clients; stocks; délais de paiement; acompte; cash",
        cover=cover(
            "funnel",
            "teal",
            "D'où vient le besoin",
            "Entreprise de négoce, 42 salariés",
            "Créances clients|618 k€; Stocks|402 k€; En-cours|164 k€; Litiges|71 k€; À libérer|185 k€",
            "−16 j|Délai client visé; 185 k€|Trésorerie à libérer",
        ),
    ),
    job(
        "procedure-fraude-virement",
        "marc-delattre",
        CATEGORY,
        "Procédure contre la fraude au virement, adaptée à votre équipe",
        240,
        4,
        includes="""
            Une procédure de trois pages : nouveaux bénéficiaires, changement de RIB, urgence
            Une fiche réflexe à afficher près de chaque poste
            Un test par faux courriel, avec compte rendu
        """,
        description="""
            Un faux fournisseur, un faux dirigeant, un vrai virement : la fraude vise les petites entreprises parce
            que tout y repose sur la confiance. J'ai vu passer des tentatives de 4 000 à 900 000 € ; presque toutes
            auraient été arrêtées par un contre-appel.

            J'écris des règles que votre comptable pourra opposer à n'importe qui, y compris à vous. Elles prennent
            deux minutes par semaine et tiennent compte de vos congés, de vos délégations et de votre banque en
            ligne.
        """,
        needs="""
            La liste des personnes habilitées à saisir et à valider un virement
            Le nom de vos banques et vos plafonds
        """,
        addons=[
            ("Sensibilisation de 45 minutes", "Pour toute l'équipe, en visioconférence.", 90, 0),
            ("Audit de la base fournisseurs", "Vérification de cinquante RIB.", 110, 3),
        ],
        faq="""
            Le faux courriel peut-il mettre mes salariés mal à l'aise ?
            Le compte rendu est anonyme et le ton pédagogique. Personne n'est désigné.
            Cela remplace-t-il une assurance ?
            Non, mais les assureurs demandent de plus en plus souvent une procédure écrite.
        """,
        opening="""
            Bonjour, vous faites bien de vous en occuper avant l'incident. Dites-moi qui saisit et qui valide les
            virements, et ce qui se passe lorsque l'une de ces personnes est absente : c'est là que tout se joue.
            Marc.
        """,
        keywords="fraude au virement; faux fournisseur; procédure; contrôle interne; RIB",
        cover=cover(
            "process",
            "ink",
            "Changement de RIB : que faire ?",
            "Six étapes, deux minutes, aucune exception",
            "Demande reçue|Ne rien modifier; Numéro connu|Chercher dans vos dossiers; Contre-appel|Parler à quelqu'un;"
            "Double avis|Une seconde personne; Virement test|Un euro d'abord; Archivage|Qui, quand, comment",
        ),
    ),
)
