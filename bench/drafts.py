"""Score drafts of real documents against what an editor would want to find in them.

    python -m bench.drafts [--quiet] [--shared DIR]

The documents are those of the shared corpus, which is not kept in the project; the key points are in
drafts_key_points.yaml. The floor, in the same run, is the first 200 words of the document. Exit code 1 when a
draft holds a fact that its passages do not, 2 when the corpus is not there.
"""

import argparse
import csv
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from alerts.render_draft import draft_text
from bench.drafts_language import find_harper, language_faults
from bench.drafts_sizes import sizes
from crawler.reading.files import read_file
from pipeline.model.blocks import Block
from pipeline.model.documents import Part, PartKind, Record
from pipeline.model.drafts import Draft
from pipeline.text.citing.gate import reasons
from pipeline.text.drafting.draft import draft_item
from pipeline.text.drafting.house import load_house
from pipeline.text.words.readability import reading_age
from pipeline.text.words.sentences import split_sentences

HERE = Path(__file__).resolve().parent
FLOOR_WORDS = 200


@dataclass(frozen=True)
class Score:
    """``points`` and ``floor`` are shares of the key points, ``cpu`` is in milliseconds."""

    name: str
    points: float
    floor: float
    words: int
    unsupported: tuple[str, ...]
    faults: tuple[str, ...] | None
    age: float
    cpu: float
    missed: tuple[str, ...]
    text: str


def main() -> int:
    """Print every draft, then the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--quiet", action="store_true", help="the table alone, without the drafts")
    options.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    given = options.parse_args()
    corpus = given.shared / "corpus"
    if not (corpus / "index.csv").exists():
        print(f"the corpus is not at {corpus}: name its folder with --shared", file=sys.stderr)
        return 2
    wanted: dict[str, list[object]] = yaml.safe_load((HERE / "drafts_key_points.yaml").read_text("utf-8"))
    with (corpus / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    harper = find_harper()
    house = load_house()
    draft_item(*_document(corpus, rows["001"]), house)  # what is loaded once is no part of a draft
    scores = []
    for key, points in wanted.items():
        record, parts = _document(corpus, rows[key])
        before = time.process_time()
        draft = draft_item(record, parts, house)
        cpu = (time.process_time() - before) * 1000
        scores.append(_score(rows[key]["file"], draft, parts[0].blocks, points, cpu, harper))
    if not given.quiet:
        for score in scores:
            print(f"{'=' * 100}\n{score.name}\n\n{score.text}\n")
    _table(scores, harper)
    sizes(house)
    return 1 if any(score.unsupported for score in scores) else 0


def _score(
    name: str, draft: Draft, blocks: tuple[Block, ...], points: list[object], cpu: float, harper: str
) -> Score:
    text = draft_text(replace(draft, standing=()))
    said = " ".join(s.text for s in draft.sentences)
    first = " ".join(" ".join(block.text for block in blocks).split()[:FLOOR_WORDS])
    missed = [point for point in points if not _found(point, said)]
    wrong = tuple(f"{s.text} ({'; '.join(reasons(s))})" for s in draft.sentences if reasons(s))
    sentences = [s.text for p in draft.pieces for s in p.sentences]
    return Score(
        name,
        1 - len(missed) / len(points),
        sum(_found(point, first) for point in points) / len(points),
        draft.words,
        wrong,
        language_faults("\n\n".join(_paragraphs(draft)), harper) if harper else None,
        reading_age(sentences),
        cpu,
        tuple(str(point) for point in missed),
        f"{text}\n\n(the first {FLOOR_WORDS} words: reading age {reading_age(split_sentences(first)):.0f})",
    )


def _found(point: object, text: str) -> bool:
    import re

    patterns = point if isinstance(point, list) else [point]
    return any(re.search(str(pattern), text, re.I) for pattern in patterns)


def _paragraphs(draft: Draft) -> list[str]:
    """Headline and whole sentences; the items of a list are no sentences."""
    return [draft.headline.text + ".", *(" ".join(s.text for s in p.sentences) for p in draft.pieces)]


def _document(corpus: Path, row: dict[str, str]) -> tuple[Record, tuple[Part, ...]]:
    body = (corpus / row["file"]).read_bytes()
    reading = read_file(body, filename=row["file"])
    publishers = tuple(p.strip() for p in row["publisher"].split(";") if p.strip())
    record = Record(row["url"], row["title"], document_type=row["document_type"], publishers=publishers)
    part = Part(PartKind.PAGE, "", row["url"], "", reading.status, "", len(body), reading.blocks, "html")
    return record, (part,)


def _table(scores: list[Score], harper: str) -> None:
    print(f"{'document':48} points  floor  words  unsupported  faults  reading age  CPU ms")
    for s in scores:
        faults = "-" if s.faults is None else str(len(s.faults))
        print(
            f"{s.name[:48]:48} {s.points:6.0%} {s.floor:6.0%} {s.words:6}  {len(s.unsupported):11}"
            f"  {faults:>6}  {s.age:11.1f}  {s.cpu:6.0f}"
        )
    number = len(scores)
    print(
        f"{f'mean of {number}':48} {sum(s.points for s in scores) / number:6.0%}"
        f" {sum(s.floor for s in scores) / number:6.0%} {sum(s.words for s in scores) / number:6.0f}"
    )
    for s in scores:
        for words in (*s.unsupported, *(s.faults or ())):
            print(f"{s.name[:3]}: {words}")
        if s.missed:
            print(f"{s.name[:3]}: missed {', '.join(s.missed)}")
    if not harper:
        print("language faults were not looked for: pip install 'sendwatch[bench]' brings harper")


if __name__ == "__main__":
    sys.exit(main())
