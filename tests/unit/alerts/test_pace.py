"""Mail leaves at an even pace, and rests while the server asks for it."""

from alerts.pace import Gate, Pace


class Ticks:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_no_second_sees_more_mails_than_it_may() -> None:
    ticks = Ticks()
    pace = Pace(10, ticks)
    moments = []
    for _ in range(50):
        wait = pace.reserve()
        moments.append(ticks.now + wait)
        ticks.now += 0.01
    assert max(sum(1 for m in moments if start <= m < start + 0.999) for start in moments) <= 10


def test_after_a_rest_there_is_no_burst() -> None:
    ticks = Ticks()
    pace = Pace(10, ticks)
    pace.reserve()
    ticks.now += 3600
    assert [round(pace.reserve(), 3) for _ in range(3)] == [0, 0.1, 0.2]


def test_each_pause_is_longer_until_the_server_takes_mail_again() -> None:
    ticks = Ticks()
    gate = Gate(ticks, (1, 2, 4))
    pauses = []
    for _ in range(5):
        pauses.append(gate.shut())
        ticks.now += pauses[-1]
    assert pauses == [1, 2, 4, 4, 4]
    gate.served()
    assert gate.shut() == 1


def test_four_connections_that_hear_the_same_no_wait_once() -> None:
    ticks = Ticks()
    gate = Gate(ticks, (1, 2, 4))
    assert [gate.shut() for _ in range(4)] == [1, 1, 1, 1]
    assert gate.seconds_left() == 1
    ticks.now += 1
    assert not gate.seconds_left()
    assert gate.shut() == 2
