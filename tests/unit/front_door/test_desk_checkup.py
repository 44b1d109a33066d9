"""What doctor says of the digests and those who read them."""

from sendwatch.commands.desk_checkup import lost_readers


def test_readers_of_a_digest_that_was_renamed_are_not_forgotten_in_silence() -> None:
    (found,) = lost_readers({"weekly": 4_210, "monthly": 3}, ["every-week", "monthly"])
    assert found.state == "wrong"
    assert "4,210 people chose 'weekly'" in found.words
    assert "keep its key" in found.advice


def test_readers_of_digests_that_are_declared_are_no_finding() -> None:
    assert not list(lost_readers({"weekly": 1}, ["weekly", "monthly"]))
    assert not list(lost_readers({}, []))
