"""Show where a text holds what was asked: the passage that holds most of it, marked. Pure; never HTML."""

from collections.abc import Iterable, Sequence

from pipeline.model.finding import Clause, Run
from pipeline.text.finding.tokens import Token, stems_and_forms, tokens_of

WORDS_BEFORE, WORDS_IN_ALL = 10, 40
MOST_READ = 2_000_000  # letters of one Version that are read for a snippet


def marked(text: str, clauses: Sequence[Clause]) -> tuple[Run, ...]:
    """The whole text with every place marked that a clause speaks of."""
    tokens = tokens_of(text)
    return _runs(text, 0, len(text), _places(tokens, clauses))


def snippet(texts: Iterable[str], clauses: Sequence[Clause]) -> tuple[Run, ...]:
    """About forty words round the first place in the text that holds the most of it; () when none does."""
    best: tuple[int, str] = (0, "")
    read = 0
    wanted = list(dict.fromkeys(clauses))
    whole = sum(_weight(clause) for clause in wanted)
    for text in texts:
        read += len(text)
        if read > MOST_READ:
            break
        likely = _may_hold(text, wanted)
        if sum(_weight(clause) for clause in likely) <= best[0]:
            continue
        stems, forms = stems_and_forms(text)
        held = sum(_weight(clause) for clause in likely if _rows(stems, forms, clause))
        if held > best[0]:
            best = (held, text)
        if held == whole:
            break
    if not best[0]:
        return ()
    return _window(best[1], wanted)


def _weight(clause: Clause) -> int:
    """A phrase says more than a word."""
    return len(clause.stems) + bool(clause.prefix)


def _window(text: str, clauses: Sequence[Clause]) -> tuple[Run, ...]:
    tokens = tokens_of(text)
    places = sorted(_places(tokens, clauses))
    first = next(n for n, token in enumerate(tokens) if token.start >= places[0][0])
    begin = max(0, min(first - WORDS_BEFORE, len(tokens) - WORDS_IN_ALL))
    end = min(len(tokens), begin + WORDS_IN_ALL)
    start = tokens[begin].start if begin else 0
    stop = tokens[end - 1].end if end < len(tokens) else len(text)
    runs = list(
        _runs(text, start, stop, [place for place in places if start <= place[0] and place[1] <= stop])
    )
    if begin:
        runs.insert(0, Run("… "))
    if end < len(tokens):
        runs.append(Run(" …"))
    return tuple(runs)


def _may_hold(text: str, clauses: Sequence[Clause]) -> list[Clause]:
    """A quick look: a word begins with most of its stem. Sections and accents are read with care."""
    low = text.lower()
    if not low.isascii() or "'" in low:
        return list(clauses)
    likely = []
    for clause in clauses:
        first = clause.stems[0] if clause.stems else clause.prefix
        if first == "section" or first[: max(1, len(first) - 1)] in low:
            likely.append(clause)
    return likely


def _places(tokens: Sequence[Token], clauses: Iterable[Clause]) -> list[tuple[int, int]]:
    """From and to, in letters, of each place that holds one of the clauses."""
    stems, forms = [token.stem for token in tokens], [token.form for token in tokens]
    rows = [row for clause in clauses for row in _rows(stems, forms, clause)]
    return [(tokens[first].start, tokens[last].end) for first, last in rows]


def _rows(stems: Sequence[str], forms: Sequence[str], clause: Clause) -> list[tuple[int, int]]:
    """The first and the last word, counted from 0, of each place that holds the clause."""
    row, prefix = list(clause.stems), clause.prefix
    if row and row[0] not in stems:
        return []
    found = []
    for start in range(len(stems)):
        if row and (stems[start] != row[0] or stems[start : start + len(row)] != row):
            continue
        after = start + len(row)
        if not prefix:
            found.append((start, after - 1))
        elif after < len(stems) and (stems[after].startswith(prefix) or forms[after].startswith(prefix)):
            found.append((start, after))
    return found


def _runs(text: str, start: int, stop: int, places: Sequence[tuple[int, int]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    at = start
    for begin, end in sorted(places):
        if end <= at:
            continue
        if begin > at:
            runs.append(Run(text[at:begin]))
        runs.append(Run(text[max(at, begin) : end], marked=True))
        at = end
    if at < stop:
        runs.append(Run(text[at:stop]))
    return tuple(run for run in runs if run.text)
