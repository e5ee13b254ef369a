"""The people of a run: pairs of a buyer and an expert, and what each expert sells. Prints them as JSON.

python -m tests.faults.world NUMBER_OF_PAIRS
"""

import json
import sys


def main(pairs: int) -> None:
    from marketplace.local.prepare import prepare

    prepare()

    from django.core.management import call_command

    from tests import factories

    call_command("pages", verbosity=0)
    factories.make_category()
    people = []
    for number in range(pairs):
        buyer = factories.make_user("Thomas", f"Girard {number}", email=f"buyer{number}@faults.test")
        expert = factories.make_expert("Claire", f"Fontaine {number}", email=f"expert{number}@faults.test")
        people.append(
            {
                "buyer": buyer.email,
                "expert": expert.email,
                "job": factories.make_offer(expert).pk,
                "question": factories.make_offer(
                    expert, kind="question", title="Une question précise", delivery_days=2
                ).pk,
                "call": factories.make_call(expert).pk,
            }
        )
    json.dump(people, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]))
