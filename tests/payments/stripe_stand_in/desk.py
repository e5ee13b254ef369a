"""What a request does."""

import time
from typing import Any

from tests.payments.stripe_stand_in.memory import Memory
from tests.payments.stripe_stand_in.schema import Refused


class Desk(Memory):
    """Every request the product makes, and what Stripe would refuse of it."""

    def act(self, verb: str, path: str, params: dict[str, Any], account: str) -> Any:
        parts = path.strip("/").split("/")[1:]
        expand = params.pop("expand", [])
        match (verb, *parts):
            case ("post", "customers"):
                return self._new("customer", "cus", **params)
            case ("get", "customers"):
                return self._list(row for row in self.all("customer") if row["email"] == params.get("email"))
            case ("post", "checkout", "sessions"):
                return self._open_page(params)
            case ("get", "checkout", "sessions"):
                intent = params.get("payment_intent")
                return self._list(
                    row for row in self.all("checkout.session") if intent in (None, row["payment_intent"])
                )
            case ("get", "checkout", "sessions", found):
                return self._expanded(self.rows[found], expand)
            case ("post", "checkout", "sessions", found, "expire"):
                session = self.rows[found]
                if session["status"] != "open":
                    raise Refused("", "Only open sessions can be expired.")
                session["status"] = "expired"
                self._tell("checkout.session.expired", session)
                return session
            case ("post", "payment_intents", found, "cancel"):
                self.rows[found]["status"] = "canceled"
                return self.rows[found]
            case (
                "get",
                "charges" | "payment_intents" | "refunds" | "disputes" | "transfers" | "payouts",
                found,
            ):
                return self.rows[found]
            case ("post", "refunds"):
                return self._refund(params)
            case ("get", "refunds"):
                return self._list(
                    row for row in self.all("refund") if row["payment_intent"] == params["payment_intent"]
                )
            case ("post", "transfers"):
                return self._transfer(params)
            case ("get", "transfers"):
                return self._list(
                    row for row in self.all("transfer") if row["transfer_group"] == params["transfer_group"]
                )
            case ("post", "transfers", found, "reversals"):
                return self._reverse(self.rows[found], params)
            case ("get", "transfers", found, "reversals"):
                return self._list(row for row in self.all("transfer_reversal") if row["transfer"] == found)
            case ("post", "payouts"):
                return self._pay_out(params, account)
            case ("get", "payouts"):
                return self._list(row for row in self.all("payout") if row["account"] == account)
            case ("post", "disputes", found):
                self.rows[found]["evidence"] = params["evidence"]
                self.rows[found]["status"] = "under_review"
                return self.rows[found]
            case ("get", "balance"):
                cents = self.balances.get(account, 0)
                return {
                    "object": "balance",
                    "livemode": False,
                    "available": [{"amount": cents, "currency": "eur"}],
                    "pending": [{"amount": 0, "currency": "eur"}],
                }
            case ("get", "balance_transactions"):
                return self._list(self.all("balance_transaction"))
            case ("post", "balance_settings"):
                self.settings[account] = params["payments"]["payouts"]["schedule"]["interval"]
                return {"object": "balance_settings", "payments": params["payments"]}
            case ("post", "core", "accounts"):
                return self._open_account(params)
            case ("get", "core", "accounts"):
                return {"data": self.all("v2.core.account"), "next_page_url": None, "previous_page_url": None}
            case ("get", "core", "accounts", found):
                return self.rows[found]
            case ("post", "core", "account_links"):
                link = params["use_case"]["account_onboarding"]
                self.rows[params["account"]]["return_url"] = link["return_url"]
                url = f"{self.hosted}/setup/{params['account']}"
                return {
                    "object": "v2.core.account_link",
                    "account": params["account"],
                    "url": url,
                    "use_case": params["use_case"],
                }
        raise Refused("", f"The stand-in does not know {verb} {path}")

    def _open_page(self, params: dict[str, Any]) -> Any:
        total = sum(
            int(line["price_data"]["unit_amount"]) * int(line["quantity"]) for line in params["line_items"]
        )
        if total < 50:
            raise Refused("line_items", "The total must be at least 0.50 euros.")
        wait = int(params["expires_at"]) - time.time()
        if not 1_800 <= wait <= 86_400:
            raise Refused("expires_at", "The page must stay open for 30 minutes to 24 hours.")
        if params["allowed_payment_method_types"] == ["customer_balance"] and "customer" not in params:
            raise Refused("customer", "A bank transfer needs a customer.")
        data = params.get("payment_intent_data", {})
        session = self._new(
            "checkout.session",
            "cs_test",
            status="open",
            payment_status="unpaid",
            amount_total=total,
            currency="eur",
            client_reference_id=params.get("client_reference_id"),
            customer=params.get("customer"),
            metadata=params.get("metadata", {}),
            methods=params["allowed_payment_method_types"],
            payment_intent=None,
            intent_data=data,
            success_url=params.get("success_url", "").replace("{CHECKOUT_SESSION_ID}", "cs_test"),
        )
        session["url"] = f"{self.hosted}/c/pay/{session['id']}"
        return session

    def _refund(self, params: dict[str, Any]) -> Any:
        intent, cents = self.rows[params["payment_intent"]], int(params["amount"])
        gone = sum(
            row["amount"]
            for row in self.all("refund")
            if row["payment_intent"] == intent["id"] and row["status"] not in ("failed", "canceled")
        )
        if intent["status"] != "succeeded" or gone + cents > intent["amount"]:
            raise Refused("amount", "Refund amount is greater than unrefunded amount on charge.")
        refund = self._new(
            "refund",
            "re",
            amount=cents,
            currency="eur",
            status="succeeded",
            payment_intent=intent["id"],
            charge=intent["latest_charge"],
            metadata=params.get("metadata", {}),
        )
        self._move("refund", -cents, 0, refund["id"])
        self._tell("refund.updated", refund)
        return refund

    def _transfer(self, params: dict[str, Any]) -> Any:
        charge, cents = self.rows[params["source_transaction"]], int(params["amount"])
        account = self.rows[params["destination"]]
        capability = account["configuration"]["recipient"]["capabilities"]["stripe_balance"][
            "stripe_transfers"
        ]
        if capability["status"] != "active":
            raise Refused("destination", "Your destination account needs to have the transfers capability.")
        used = sum(row["amount"] for row in self.all("transfer") if row["source_transaction"] == charge["id"])
        if used + cents > charge["amount"]:
            raise Refused("amount", "The sum of transfers cannot exceed the source charge's amount.")
        transfer = self._new(
            "transfer",
            "tr",
            amount=cents,
            amount_reversed=0,
            currency="eur",
            destination=account["id"],
            source_transaction=charge["id"],
            transfer_group=charge["transfer_group"],
            metadata=params.get("metadata", {}),
        )
        self._move("transfer", -cents, 0, transfer["id"])
        self.balances[account["id"]] = self.balances.get(account["id"], 0) + cents
        self._tell("transfer.created", transfer)
        return transfer

    def _reverse(self, transfer: dict[str, Any], params: dict[str, Any]) -> Any:
        cents, account = int(params["amount"]), transfer["destination"]
        if cents > transfer["amount"] - transfer["amount_reversed"] or cents > self.balances[account]:
            raise Refused("amount", "The connected account has too little to take this back.")
        transfer["amount_reversed"] += cents
        reversal = self._new(
            "transfer_reversal",
            "trr",
            amount=cents,
            currency="eur",
            transfer=transfer["id"],
            metadata=params.get("metadata", {}),
        )
        self.balances[account] -= cents
        self._move("transfer_refund", cents, 0, reversal["id"])
        self._tell("transfer.reversed", transfer)
        return reversal

    def _pay_out(self, params: dict[str, Any], account: str) -> Any:
        cents = int(params["amount"])
        if cents > self.balances.get(account, 0):
            raise Refused("amount", "You have insufficient funds in your Stripe account.")
        self.balances[account] -= cents
        payout = self._new(
            "payout",
            "po",
            amount=cents,
            currency="eur",
            status="pending",
            account=account,
            arrival_date=int(time.time()) + 2 * 86_400,
            failure_code=None,
            failure_message=None,
            metadata=params.get("metadata", {}),
        )
        self._tell("payout.created", payout, account=account)
        return payout

    def _open_account(self, params: dict[str, Any]) -> Any:
        return self._new(
            "v2.core.account",
            "acct",
            contact_email=params["contact_email"],
            display_name=params["display_name"],
            metadata=params.get("metadata", {}),
            closed=False,
            configuration={
                "recipient": {
                    "capabilities": {
                        "stripe_balance": {"stripe_transfers": {"status": "pending", "status_details": []}}
                    }
                }
            },
            requirements={"entries": [{"description": "identity.individual.id_numbers"}]},
        )

    def _expanded(self, session: dict[str, Any], expand: list[str]) -> dict[str, Any]:
        shown = dict(session)
        if expand and shown["payment_intent"]:
            intent = shown["payment_intent"] = dict(self.rows[shown["payment_intent"]])
            if intent["latest_charge"]:
                charge = intent["latest_charge"] = dict(self.rows[intent["latest_charge"]])
                if charge.get("balance_transaction"):
                    charge["balance_transaction"] = self.rows[charge["balance_transaction"]]
        return shown
