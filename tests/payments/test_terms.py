"""The commission, to the cent, for every amount."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from marketplace.kernel.money import Taxed
from payments.terms import HT, TTC, CommissionTerms

AMOUNTS = st.integers(min_value=1, max_value=1_000_000)


@pytest.mark.parametrize(
    ("terms", "gross", "commission"),
    [
        (CommissionTerms(1_000), 120_00, Taxed(10_00, 2_00)),
        (CommissionTerms(2_000), 99_99, Taxed(16_67, 3_33)),
        (CommissionTerms(1_000), 80_00, Taxed(6_67, 1_33)),
        (CommissionTerms(1_000), 35_00, Taxed(2_92, 58)),
        (CommissionTerms(1_500, base=HT), 6_000_00, Taxed(750_00, 150_00)),
        (CommissionTerms(1_500, base=HT, seller_vat_bp=0), 1_234_57, Taxed(185_19, 37_04)),
    ],
)
def test_the_commission_of_the_worked_examples(terms, gross, commission):
    assert terms.commission_on(gross) == commission


@given(
    gross=AMOUNTS,
    rate_bp=st.integers(0, 5_000),
    base=st.sampled_from([TTC, HT]),
    vat_bp=st.sampled_from([0, 2_000]),
)
@example(gross=1, rate_bp=5_000, base=TTC, vat_bp=2_000)
@example(gross=1, rate_bp=5_000, base=HT, vat_bp=0)
def test_the_parts_add_up_and_none_is_negative(gross, rate_bp, base, vat_bp):  # E75
    commission = CommissionTerms(rate_bp, base=base, seller_vat_bp=vat_bp).commission_on(gross)

    assert commission.ht >= 0
    assert commission.vat >= 0
    assert 0 <= commission.ttc <= gross, "an expert never owes for being paid"


@given(gross=AMOUNTS)
def test_an_offer_leaves_the_expert_ninety_percent_to_the_cent(gross):
    net = gross - CommissionTerms(1_000).commission_on(gross).ttc

    assert abs(net * 10 - gross * 9) <= 5


@pytest.mark.parametrize("wrong", [{"rate_bp": -1}, {"rate_bp": 5_001}, {"rate_bp": 1_000, "base": "net"}])
def test_terms_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError, match="commission"):
        CommissionTerms(**wrong)
