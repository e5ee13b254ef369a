"""All cents accounted for, whatever the price."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.money import share
from missions.amounts import Part, amended, ending, instalments, line_total, total_ttc, under_regime

PERCENTS = [30, 30, 40]


@given(st.integers(100_00, 500_000_00), st.sampled_from([0, 2_000]))
def test_instalments_add_up_and_the_first_always_bears_the_whole_commission(ht, vat_bp):  # E75, K53, K54, K59
    parts = instalments(ht, percents=PERCENTS, vat_bp=vat_bp, commission_bp=1_500)

    assert sum(part.ht_cents for part in parts) == ht
    assert [part.vat_cents for part in parts] == [share(part.ht_cents, vat_bp) for part in parts]
    assert abs(total_ttc(parts) - ht - share(ht, vat_bp)) <= 1
    assert [part.commission_ht_cents for part in parts] == [share(ht, 1_500), 0, 0]
    assert parts[0].commission_ht_cents * 120 < parts[0].ttc_cents * 100


@given(st.integers(100_00, 500_000_00), st.sampled_from([0, 2_000]), st.integers(0, 100), st.integers(1, 3))
def test_an_early_end_gives_back_or_asks_never_both_and_leaves_the_price_of_the_work_done(
    ht, vat_bp, percent, paid_count
):
    paid = instalments(ht, percents=PERCENTS, vat_bp=vat_bp, commission_bp=1_500)[:paid_count]

    sums = ending(ht, percent_done=percent, paid=paid, commission_bp=1_500)

    assert sums.refund_cents == 0 or sums.balance_ht == 0
    assert 0 <= sums.refund_cents <= total_ttc(paid)
    assert sums.due_ht == share(ht, percent * 100)
    kept = total_ttc(paid) - sums.refund_cents + sums.balance_ht + share(sums.balance_ht, vat_bp)
    assert abs(kept - sums.due_ht - share(sums.due_ht, vat_bp)) <= (2 if vat_bp else 0)
    assert sums.commission_ht == share(sums.due_ht, 1_500)
    assert 0 <= sums.commission_ht <= paid[0].commission_ht_cents


def test_the_examples_of_the_price_list():
    taxed = instalments(5_000_00, percents=PERCENTS, vat_bp=2_000, commission_bp=1_500)
    assert [part.ttc_cents for part in taxed] == [1_800_00, 1_800_00, 2_400_00]
    assert taxed[0].commission_ht_cents == 750_00

    exempt = instalments(1_234_57, percents=PERCENTS, vat_bp=0, commission_bp=1_500)
    assert exempt == [Part(370_37, 0, 185_19), Part(370_37, 0, 0), Part(493_83, 0, 0)]


def test_a_line_is_rounded_once():
    assert line_total(33, 1_01) == 33
    assert line_total(50, 1) == 1
    with pytest.raises(ValueError, match="done"):
        ending(1, percent_done=101, paid=[], commission_bp=0)


@given(
    st.integers(100_00, 500_000_00),
    st.lists(st.integers(100_00, 500_000_00), min_size=1, max_size=4),
    st.sampled_from([0, 2_000]),
    st.sampled_from([1, 2]),
)
def test_amendments_account_for_every_cent_and_leave_the_past_alone(ht, totals, vat_bp, past_count):
    """After any sequence of amendments the parts add up to the last total, and the commission to its own."""
    parts = instalments(ht, percents=PERCENTS, vat_bp=vat_bp, commission_bp=1_500)
    past, coming = parts[:past_count], parts[past_count:]
    total = ht
    for wished in totals:
        try:
            coming = amended(
                wished, past=past, weights=PERCENTS[past_count:], vat_bp=vat_bp, commission_bp=1_500
            )
        except ValueError:
            assert wished - sum(part.ht_cents for part in past) < 100 * len(coming)
            continue
        total = wished

    assert sum(part.ht_cents for part in [*past, *coming]) == total
    assert all(part.ht_cents > 0 for part in coming)
    taken = sum(part.commission_ht_cents for part in [*past, *coming])
    assert taken == max(parts[0].commission_ht_cents, share(total, 1_500))
    assert all(part.commission_ht_cents * 120 <= part.ttc_cents * 100 for part in coming)


@given(st.integers(1_00, 500_000_00))
def test_a_new_regime_never_raises_what_the_client_pays(ht):
    exempt, taxed = Part(ht, 0, 0, 0), Part(ht, share(ht, 2_000), 0, 2_000)

    assert under_regime(exempt, 2_000).ttc_cents == exempt.ttc_cents
    assert under_regime(taxed, 0) == Part(ht, 0, 0, 0)
    assert under_regime(taxed, 2_000) is taxed
