from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0004_own_accounts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="gatewaycall",
            name="kind",
            field=models.CharField(
                choices=[
                    ("customer", "Customer"),
                    ("checkout", "Payment page"),
                    ("checkout_expiry", "Closing of a payment page"),
                    ("refund", "Refund"),
                    ("payee", "Expert's account"),
                    ("payout_schedule", "Payouts by hand"),
                    ("transfer", "Transfer to the expert"),
                    ("transfer_reversal", "Transfer taken back"),
                    ("payout", "Payout"),
                    ("own_payout", "Our own money to our bank"),
                    ("paypal_payout", "Payout by PayPal"),
                    ("paypal_return", "Unclaimed PayPal payout taken back"),
                    ("evidence", "Evidence"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="withdrawal",
            name="rail",
            field=models.CharField(
                choices=[
                    ("connect", "Payout of the provider, from the expert's account there"),
                    ("direct", "Payout of the provider"),
                    ("sepa", "SEPA transfer from our bank"),
                    ("paypal", "PayPal"),
                    ("payouts", "PayPal, sent by itself once approved"),
                ],
                max_length=8,
                verbose_name="rail",
            ),
        ),
    ]
