"""Write what was done at the desk into its audit log. Decides nothing, and writes no subscriber's address."""

from sqlalchemy import Connection

from alerts.desk.editors.guarding import Visit
from pipeline.model.desk import Act
from pipeline.store import desk


def noted(visit: Visit, what: str, about: str, details: str = "", *, tx: Connection | None = None) -> None:
    """One line: who did what to what. With ``tx`` in the transaction of the act itself."""
    act = Act(visit.now, visit.by, what, about[:120], details)
    if tx is not None:
        desk.note(tx, act)
        return
    with visit.desk.db.begin() as own:
        desk.note(own, act)
