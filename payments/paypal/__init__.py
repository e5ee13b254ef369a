"""PayPal Payouts: withdrawals that our own PayPal account sends to experts'. Buyers' payments never come here."""
