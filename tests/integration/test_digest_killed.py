"""Kill -9 in the midst of owing: the next run finishes it, without a repeat and without a gap."""

import random
import subprocess
import sys
import time
from pathlib import Path

from pipeline.store.database import open_database
from tests.support.newsroom import FRIDAY, Newsroom

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 200
PROGRAM = """
import sys
from datetime import datetime
from alerts.steps.digesting import Newsroom, gather_digests
from pipeline.store.database import open_database
from alerts.digest_page import Frame
from pipeline.model.plans import Plan, Rhythm
url, now = sys.argv[1], datetime.fromisoformat(sys.argv[2])
db = open_database(url)
print("ready", flush=True)
sys.stdin.readline()
room = Newsroom(("team@charity.example",), "charity.example", Frame("Open Lanes", (), "https://x.example"))
gather_digests(db, [Plan("weekly", "Every week", Rhythm.WEEK)], room, clock=lambda: now, chunk=5)
print("done", flush=True)
"""


def test_a_digest_that_is_killed_again_and_again_is_owed_to_each_person_once(database_url: str) -> None:
    room = Newsroom(open_database(database_url))
    room.gathers()
    room.crowd(PEOPLE // 2, topics='["LETTERS"]')
    room.crowd(PEOPLE // 2, plain=True)
    room.page("short breaks", "correspondence")
    room.approves("short breaks")
    chance, kills, done = random.Random(5), 0, False
    while not done:
        child = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, database_url, FRIDAY.isoformat()],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        child.stdin.write("\n")
        child.stdin.flush()
        if kills < 2:
            time.sleep(chance.uniform(0.02, 0.4))
            child.kill()
            kills += 1
        done = child.communicate(timeout=60)[0] == "done\n"
    with room.db.begin() as tx:
        rows, people = tx.exec_driver_sql(
            "SELECT count(*), count(DISTINCT subscriber_id) FROM digest_deliveries"
        ).one()
        items = tx.exec_driver_sql("SELECT count(*) FROM digest_items").scalar_one()
        mails = tx.exec_driver_sql("SELECT count(*) FROM digest_mails").scalar_one()
    assert (rows, people, items) == (PEOPLE, PEOPLE, 1)
    assert mails == 2, "one with HTML, one of text alone"
    assert room.digests() == [("weekly:2026-11-27", "sending")]
    room.db.close()
