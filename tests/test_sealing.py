"""What is sealed is unreadable without a key, and stays readable when keys change."""

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.test import override_settings

from marketplace.kernel.sealing import seal, unseal


def test_a_sealed_text_hides_its_words_and_opens_again():
    sealed = seal("FR76 3000 6000 0112 3456 7890 189")

    assert "3000" not in sealed
    assert unseal(sealed) == "FR76 3000 6000 0112 3456 7890 189"
    assert seal("FR76 3000 6000 0112 3456 7890 189") != sealed, "the same text twice looks different"


def test_a_new_key_in_front_seals_and_the_old_one_still_opens():
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    with override_settings(SEALING_KEYS=[old]):
        before = seal("secret")
    with override_settings(SEALING_KEYS=[new, old]):
        assert unseal(before) == "secret"
        after = seal("secret")
    with override_settings(SEALING_KEYS=[new]):
        assert unseal(after) == "secret"
        with pytest.raises(InvalidToken):
            unseal(before)
