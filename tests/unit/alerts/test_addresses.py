"""Addresses as people type them."""

import pytest

from alerts.addresses import NO_ADDRESS, NOTHING, OTHER_SCRIPT, read_address


def test_small_letters_and_the_form_that_mail_servers_take() -> None:
    assert read_address(" Joe.Bloggs@School.Example ").address == "joe.bloggs@school.example"
    assert read_address("joe+send@münchen.example").address == "joe+send@xn--mnchen-3ya.example"
    assert read_address("mailto:joe@school.example").address == "joe@school.example"


@pytest.mark.parametrize(
    "typed", ["joe", "joe@school", "joe@localhost", "joe@printer.local", "joe@x.test", "@"]
)
def test_what_no_mail_server_takes_is_refused_in_plain_words(typed: str) -> None:
    assert read_address(typed).fault == NO_ADDRESS
    assert read_address("").fault == NOTHING
    assert read_address("jö@school.example").fault == OTHER_SCRIPT


def test_a_domain_for_trying_out_is_taken_where_the_allow_list_names_it() -> None:
    named = frozenset({"@x.test", "joe@mailhost"})
    assert read_address("anna@x.test", named).address == "anna@x.test"
    assert read_address("joe@mailhost", named).address == "joe@mailhost"
    assert read_address("ben@mailhost", named).address == ""
