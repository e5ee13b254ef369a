"""A catalogue many times the demo world's, for benchmarks: made by PostgreSQL in bulk, from the offers of the demo.

Each new offer takes the words of a demo offer, with a trade and a town of its own, another price and another past.
Same number, same catalogue: nothing is drawn by chance.
"""

from typing import Any

from django.db import connection, models, transaction

from accounts.models import ExpertProfile, User
from marketplace.kernel import rules
from offers.models import Offer
from offers.queries import forget, vocabulary

MARK = "scale-"
"""How the addresses and names of the experts made here begin."""
STEP = 20_000
TRADES = [
    "artisans",
    "restaurants",
    "start-up",
    "associations",
    "cabinets",
    "boutiques",
    "industriels",
    "transporteurs",
    "hôtels",
    "pharmacies",
    "architectes",
    "écoles",
    "agences",
    "éditeurs",
    "agriculteurs",
    "garages",
    "cliniques",
    "notaires",
    "imprimeurs",
    "brasseries",
]
TOWNS = [
    "Lyon",
    "Nantes",
    "Lille",
    "Bordeaux",
    "Rennes",
    "Toulouse",
    "Nice",
    "Strasbourg",
    "Montpellier",
    "Dijon",
    "Angers",
    "Reims",
    "Metz",
    "Tours",
    "Brest",
    "Limoges",
    "Rouen",
    "Caen",
    "Nancy",
    "Orléans",
    "Pau",
    "Annecy",
    "Poitiers",
    "Amiens",
    "Besançon",
]


def fill(target: int) -> int:
    """Bring the catalogue to ``target`` offers on sale. Returns how many were added; none when it is large enough."""
    present = Offer.objects.published().count()
    missing = target - present
    if missing <= 0 or not present:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_user WHERE email LIKE %s", [f"{MARK}%"])
        first = cursor.fetchone()[0]
    for begin in range(0, missing, STEP):
        with transaction.atomic():
            _step(first + begin // rules.MAX_OFFERS, min(STEP, missing - begin))
    with connection.cursor() as cursor:
        for table in (
            "accounts_user",
            "accounts_expertprofile",
            "offers_offer",
            "offers_searchentry",
            "offers_term",
        ):
            cursor.execute(f"ANALYZE {table}")
    vocabulary.count_terms()
    forget()
    return missing


def _step(first_expert: int, number: int) -> None:
    """Write this many offers, five an expert, and their rows in lists."""
    experts = -(-number // rules.MAX_OFFERS)
    last = first_expert + experts - 1
    mark = f"'{MARK}' || n"
    _copy(
        User,
        "(SELECT * FROM accounts_user WHERE is_expert AND is_active ORDER BY id LIMIT 1) model",
        {
            "email": f"{mark} || '@jalon.example'",
            "public_id": "gen_random_uuid()",
            "password": "'!'",
            "avatar": "''",
            "is_staff": "false",
            "is_superuser": "false",
        },
        f"generate_series({first_expert}, {last}) n",
    )
    _copy(
        ExpertProfile,
        "(SELECT * FROM accounts_expertprofile WHERE status = 'approved' ORDER BY id LIMIT 1) model",
        {
            "user_id": "u.id",
            "slug": mark,
            "rating_sum": "0",
            "rating_count": "0",
            "usual_reply_minutes": "(n * 37) % 2000",
            "languages": "CASE WHEN n % 3 = 0 THEN '{Français,Anglais}'::text[] ELSE '{Français}'::text[] END",
        },
        f"generate_series({first_expert}, {last}) n JOIN accounts_user u ON u.email = {mark} || '@jalon.example'",
    )
    title = f"left(model.title, 60) || ' · ' || ({_array(TRADES)})[1 + g % {len(TRADES)}] || ' ' || ({_array(TOWNS)})[1 + g / 7 % {len(TOWNS)}]"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE offers_offer DISABLE TRIGGER offers_inserted_found")
    _copy(
        Offer,
        "(SELECT *, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS models FROM offers_offer "
        f"WHERE status = 'published' AND slug NOT LIKE '{MARK}%%') model",
        {
            "public_id": "gen_random_uuid()",
            "expert_id": "u.id",
            "title": title,
            "slug": f"'{MARK}' || g",
            "description": "left(model.description, 400)",
            "price_cents": f"greatest({rules.MIN_PRICE_CENTS}, least({rules.MAX_PRICE_CENTS}, "
            "model.price_cents * (50 + g * 13 % 120) / 100 / 100 * 100))",
            "delivery_days": "1 + g * 11 % 21",
            "category_id": "(SELECT c.id FROM offers_category c ORDER BY (c.id * 7 + g) % 31, c.id LIMIT 1)",
            "rating_count": "g * 17 % 60",
            "rating_sum": "g * 17 % 60 * 5 - g * 17 % 60 * (g % 4) / 4",
            "completed_count": "g * 17 % 60 + g % 40",
            "published_at": "now() - (g % 400) * interval '1 day'",
        },
        f"""generate_series({first_expert * rules.MAX_OFFERS}, {first_expert * rules.MAX_OFFERS + number - 1}) g
            JOIN accounts_user u ON u.email = '{MARK}' || g / {rules.MAX_OFFERS} || '@jalon.example'""",
        on="ON model.place = g % model.models",
    )
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE offers_offer ENABLE TRIGGER offers_inserted_found")
        cursor.execute(
            "SELECT array_agg(o.id) FROM offers_offer o LEFT JOIN offers_searchentry e ON e.offer_id = o.id "
            "WHERE e.offer_id IS NULL AND o.slug LIKE %s",
            [f"{MARK}%"],
        )
        fresh = cursor.fetchone()[0]
        cursor.execute(
            "SET LOCAL plan_cache_mode = force_custom_plan"
        )  # else each number is sought in a list of 20,000
        cursor.execute("SELECT offers_refresh(%s), offers_learn(%s)", [fresh, fresh])


def _copy(
    model: type[models.Model], source: str, other: dict[str, str], numbers: str, on: str = "ON true"
) -> None:
    """Insert one row a number, like the source row but for some columns."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and not getattr(field, "generated", False)
    ]
    columns = [str(field.column) for field in fields]
    values: list[Any] = [other.get(column, f"model.{column}") for column in columns]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "
            f"SELECT {', '.join(values)} FROM {numbers} JOIN {source} {on}".replace("%%", "%")
        )


def _array(words: tuple[str, ...] | list[str]) -> str:
    return "ARRAY[" + ", ".join(f"'{word}'" for word in words) + "]"
