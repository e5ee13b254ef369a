"""Messages to the team of the demo world, and the answers it gives often."""

CANNED: list[dict[str, str]] = [
    {
        "title": "Délai de remboursement",
        "body_fr": "Le remboursement est parti de chez nous. Selon votre banque, il apparaît sous cinq à dix jours sur le moyen de paiement utilisé.",
        "body_en": "The refund has left us. Depending on your bank it shows within five to ten days on the means of payment you used.",
    },
    {
        "title": "Contestation à ouvrir depuis la commande",
        "body_fr": "Ouvrez une contestation depuis la page de la commande : l’argent est gelé aussitôt, et notre équipe lit les deux parties avant de décider.",
        "body_en": "Open a dispute from the order’s page: the money freezes at once, and our team reads both sides before it decides.",
    },
    {
        "title": "Devenir expert",
        "body_fr": "Créez un compte expert, complétez votre profil et envoyez vos justificatifs. Nous vous répondons avec nos raisons.",
        "body_en": "Create an expert account, complete your profile and send your papers. We answer with our reasons.",
    },
]

REQUESTS: list[dict[str, str | int | bool]] = [
    {
        "name": "Hélène Marchand",
        "email": "helene.marchand@exemple.test",
        "language": "fr",
        "topic": "question",
        "body": "Bonjour,\nJe prépare un dossier bancaire pour une reprise de boulangerie. Vos experts peuvent-ils travailler à partir d’un bilan de l’ancien exploitant ?",
        "hours": 30,
        "answer": "",
        "taken": True,
    },
    {
        "name": "Oliver Brandt",
        "email": "oliver.brandt@example.test",
        "language": "en",
        "topic": "payment",
        "body": "Hello,\nOur bank asks for the name of the account that receives the transfer before we can order. Could you confirm it?",
        "hours": 5,
        "answer": "",
        "taken": False,
    },
    {
        "name": "Karim Benali",
        "email": "karim.benali@exemple.test",
        "language": "fr",
        "topic": "abuse",
        "body": "Une offre de logo semble reprendre une réalisation que j’ai faite pour un client l’an dernier. Comment vous transmettre l’original ?",
        "hours": 2,
        "answer": "",
        "taken": False,
    },
    {
        "name": "Julie Aubert",
        "email": "julie.aubert@exemple.test",
        "language": "fr",
        "topic": "account",
        "body": "Je change d’employeur et souhaite garder mon compte avec une autre adresse e-mail. Est-ce possible ?",
        "hours": 76,
        "answer": "Oui : dans vos réglages, choisissez « Modifier l’adresse ». Un code est envoyé à la nouvelle adresse, puis vos commandes vous suivent.",
        "taken": True,
    },
]
