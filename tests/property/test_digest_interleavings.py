"""Whatever happens between Monday and Friday, in whatever order, and whenever the power goes: never twice,
never lost, never unapproved, never empty.

Hypothesis makes up weeks of approvals, edits, rejections, digests and kills, over a real database; many more
of them are in bench/digest_weeks.py.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.support.digest_weeks import Week, a_begun_week, live_through, weeks


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_begun_week(tmp_path_factory.mktemp("begun"))


@given(week=weeks)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_never_twice_never_lost_never_unapproved_never_empty(begun: Path, week: Week) -> None:
    live_through(begun, week)
