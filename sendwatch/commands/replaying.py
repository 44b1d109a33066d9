"""``replay``: what other rules of relevance would have done. Asks no publisher, changes and mails nothing."""

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from pipeline.model.changes import Evidence, Relevance
from pipeline.model.documents import Part, Record
from pipeline.steps.replay import Rejudged, Replay
from pipeline.text.words.dates import LONDON
from sendwatch.commands.moments import Moment
from sendwatch.commands.opening import opened_store


@click.command()
@click.option("--since", type=Moment(), required=True, help="From this day or moment on (London time).")
@click.option(
    "--lexicon",
    "path",
    type=click.Path(path_type=Path),
    help="The rules to try; without it those of SENDWATCH_LEXICON, or those that come with sendwatch.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def replay(since: datetime, path: Path | None, as_json: bool) -> None:
    """Run what was seen since a date through (changed) rules: which alerts would be gained and lost.

    Each is listed with the verdict and score of then and of now, and the strongest reason of both. What was
    judged is as the ledger has it, so that --lexicon may be left out after a file has been changed in place.
    The editors' labels are counted, too: how many were met then, and how many these rules meet.

    Nothing is changed and nothing is mailed. A daemon may go on watching meanwhile.

    Exit code 78 when the lexicon is wrong, with file, line and key.
    """
    from pipeline.steps.replay import replay as judge_again
    from pipeline.text.relevance.judge import judge_relevance
    from pipeline.text.relevance.lexicon import load_lexicon
    from sendwatch.household import read_lexicon

    lexicon = load_lexicon(path) if path else read_lexicon()

    def judge(record: Record, parts: Sequence[Part]) -> Relevance:
        return judge_relevance(record, parts, lexicon)

    with opened_store() as db:
        done = judge_again(db, since, judge, _progress)
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)
    if as_json:
        click.echo(json.dumps(_json(since, path, done), ensure_ascii=False))
    else:
        click.echo("\n".join(_text(since, done)))


def _progress(words: str) -> None:
    if sys.stderr.isatty():
        width = max(20, shutil.get_terminal_size().columns - 1)
        click.echo(f"\r\033[K{words[:width]}", nl=False, err=True)


def _text(since: datetime, done: Replay) -> Iterator[str]:
    yield f"{len(done.rejudged)} changes since {since.astimezone(LONDON):%Y-%m-%d %H:%M} were judged again."
    if done.let_go:
        yield f"{done.let_go} more could not be: retention has let their text go (SENDWATCH_KEEP)."
    for words, found in (
        ("Alerts gained", done.gained),
        ("Alerts lost", done.lost),
        ("Another verdict, and no alert more or less", done.other),
    ):
        yield ""
        yield f"{words}: {len(found) or 'none'}"
        for one in found:
            yield from _lines(one)
    score = done.labels
    if not score.judged + score.unread:
        return
    yield ""
    yield f"Labels: {score.judged} with a text; then {score.right_then} were met, now {score.right_now} are."
    if score.unread:
        yield f"  {score.unread} more have no text: those documents were never seen, or were let go."
    for label, now in score.wrong_now:
        yield f"  judged {now.value}, labelled {label.label.value}: {label.title or label.url}"


def _lines(one: Rejudged) -> Iterator[str]:
    change = one.line.change
    verdicts = f"{_verdict(one.then)} → {_verdict(one.now)}"
    kind = change.kind.value.replace("_", " ")
    yield f"  {change.seen_at.astimezone(LONDON):%Y-%m-%d %H:%M}  {verdicts:30}  {kind:20}  {one.line.title}"
    yield f"      {one.line.url}"
    yield f"      then: {_reason(one.then)}"
    yield f"      now:  {_reason(one.now)}"


def _verdict(relevance: Relevance) -> str:
    return f"{relevance.verdict.value} {relevance.score:g}"


def _reason(relevance: Relevance) -> str:
    found = _main(relevance)
    return f"{found.term} ({found.where}): {found.quote}" if found else "no word of SEND"


def _main(relevance: Relevance) -> Evidence | None:
    """What held the verdict back, if anything did; else the strongest reason."""
    limits = (reason for reason in relevance.evidence if reason.weight < 0)
    return next(limits, None) or next(iter(relevance.evidence), None)


def _json(since: datetime, path: Path | None, done: Replay) -> dict[str, object]:
    score = done.labels
    return {
        "since": since.isoformat(timespec="seconds"),
        "lexicon": str(path) if path else "",
        "judged": len(done.rejudged),
        "let_go": done.let_go,
        "gained": [_row(one) for one in done.gained],
        "lost": [_row(one) for one in done.lost],
        "other": [_row(one) for one in done.other],
        "labels": {
            "judged": score.judged,
            "right_then": score.right_then,
            "right_now": score.right_now,
            "unread": score.unread,
            "wrong_now": [
                {"url": label.url, "label": label.label.value, "verdict": now.value}
                for label, now in score.wrong_now
            ],
        },
    }


def _row(one: Rejudged) -> dict[str, object]:
    change = one.line.change
    return {
        "when": change.seen_at.isoformat(timespec="seconds"),
        "kind": change.kind.value,
        "title": one.line.title,
        "url": one.line.url,
        "then": _side(one.then),
        "now": _side(one.now),
    }


def _side(relevance: Relevance) -> dict[str, object]:
    found = _main(relevance)
    reason = {"term": found.term, "where": found.where, "quote": found.quote} if found else None
    return {"verdict": relevance.verdict.value, "score": round(relevance.score, 3), "reason": reason}
