"""A locked row keeps others from changing it, not from pointing at it: a foreign key that waits closes circles."""

import ast
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction

from orders.models import OrderEvent
from payments.models import Payment

OURS = ("accounts", "offers", "orders", "payments", "disputes", "messaging", "missions", "marketplace")


def locks() -> list[tuple[str, ast.Call]]:
    """Where the code asks for locked rows."""
    files = [path for app in OURS for path in sorted(Path(settings.BASE_DIR, app).rglob("*.py"))]
    return [
        (f"{path.relative_to(settings.BASE_DIR)}:{node.lineno}", node)
        for path in files
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "select_for_update"
    ]


def test_every_lock_leaves_those_who_point_at_the_row_alone():
    found = locks()
    assert len(found) > 50
    strict = [
        place
        for place, call in found
        if not any(
            word.arg == "no_key" and isinstance(word.value, ast.Constant) and word.value.value is True
            for word in call.keywords
        )
    ]
    assert strict == []


@pytest.mark.django_db(transaction=True)
def test_a_locked_row_can_be_pointed_at_and_not_be_changed(active_order):
    done: list[object] = []

    def beside():
        acts = (
            lambda: OrderEvent.objects.create(
                order=active_order, kind=OrderEvent.Kind.PAUSED, actor=active_order.expert
            ),
            lambda: Payment.objects.filter(pk=active_order.payment_id).update(description="Autre"),
        )
        for act in acts:
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '1s'")
                    act()
                done.append("written")
            except OperationalError as error:
                done.append("lock timeout" in str(error))
        connection.close()

    with transaction.atomic():
        active_order.locked()
        active_order.payment.locked()
        other = threading.Thread(target=beside)
        other.start()
        other.join(20)

    assert done == ["written", True]
