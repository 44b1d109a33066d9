"""What the rewriter does when the store that its allowance is kept in cannot be written."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from pipeline.model.drafts import Citation, Draft, Piece, PieceKind, Sentence
from pipeline.store.database import open_database
from sendwatch.model_settings import ModelSettings
from sendwatch.rewriter import Rewriter
from tests.support.databases import fresh_sqlite

PASSAGE = Citation("Councils must reply to parents within 15 days.")
LEAD = Sentence("Councils must reply to parents within 15 days.", (PASSAGE,))
DRAFT = Draft(
    Sentence("Councils must reply to parents", (PASSAGE,)), (Piece(PieceKind.LEAD, (LEAD,)),), (), "u"
)
DEAD = ModelSettings("http://127.0.0.1:9/v1", "m", "", 1.0, 1000, 10)


def test_a_good_draft_is_not_lost_over_an_allowance_that_cannot_be_kept(tmp_path: Path) -> None:
    db = open_database(fresh_sqlite(tmp_path / "sendwatch.db"))
    with db.begin() as tx:
        tx.execute(text("DROP TABLE memory"))
    rewriter = Rewriter(DEAD, lambda: datetime(2026, 11, 24, tzinfo=UTC), db)
    assert rewriter.reword(DRAFT) == DRAFT
    assert rewriter.failure == "its allowance could not be kept"
    db.close()
