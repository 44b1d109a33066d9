"""How much a sentence matters to families of children with SEND: rights, next steps, money, deadlines.

Pure; rules about what sentences say, never about particular documents. Source: shared practice of SEND
charities (rights first, then what to do, money with its programme, dates, what has not changed).
"""

import re

from pipeline.text.words.patterns import Pattern, pattern


def _rule(weight: float, *patterns: str) -> tuple[float, Pattern]:
    return weight, pattern("|".join(patterns), re.I)


# fmt: off
_RULES = (
    # rights and duties
    _rule(3.0, r"\b(?:un)?lawful(?:ly)?\b", r"\billegal(?:ly)?\b",
          r"\blegal (?:duty|duties|right|rights|requirement)"),
    _rule(2.5, r"\b(?:rights?|entitled|entitlements?) (?:of|to|for|under)\b",
          r"\b(?:right|rights) (?:and|remain)", r"\bentitled\b", r"\bprotections?\b"),
    _rule(2.0, r"\bmust(?: not)?\b"),
    _rule(1.5, r"\b(?:must|should|may|can) (?:not|only|never)\b", r"\bcannot\b"),
    _rule(1.0, r"\bshould\b"),
    _rule(1.5, r"\b(?:statutory|legal|by law|in law|the law|duty|duties)\b"),
    _rule(3.0, r"\bexclu(?:sion|sions|de|ded)\b", r"\bsuspen(?:sion|sions|ded)\b", r"\boff[- ]?roll"),
    _rule(2.0, r"\bunacceptable\b", r"\b(?:never|not) acceptable\b", r"\blast resort\b",
          r"\bcannot be refused\b",
          r"\bnot be (?:refused|denied|turned away|asked|required|removed)"),
    _rule(2.0, r"\bappeals?\b", r"\btribunal\b", r"\bmediation\b", r"\bcomplain(?:t|ts)?\b",
          r"\bhome educat"),
    _rule(2.0, r"\bno (?:child|pupil|family|parent|young person|plan|one)\b", r"\bpart-time timetables?\b",
          r"\b(?:sent|sending|send|stay|stays|kept) (?:a (?:child|pupil) )?(?:at )?home\b"),
    # what stays the same
    _rule(2.5,
          r"\b(?:remain|remains) (?:in (?:force|place)|the same|unchanged|legal|unacceptable|responsible)",
          r"\bnot (?:be )?chang(?:e|ed|ing)\b", r"\bno change\b", r"\bunchanged\b",
          r"\bstill appl(?:y|ies)\b", r"\bcontinue to (?:apply|have|be|receive|meet)\b",
          r"\bwill not (?:lose|affect|change|be removed)"),
    # next steps and dates
    _rule(2.0,
          r"\b(?:by|before|until|from|on|after) (?:\d{1,2} )?(?:January|February|March|April|May|June"
          r"|July|August|September|October|November|December)\b"),
    _rule(1.5, r"\bdeadline", r"\bno later than\b",
          r"\bwithin \w+ (?:working |school )?(?:days|weeks|months)\b", r"\bcloses? on\b"),
    _rule(1.5,
          r"\b(?:parents|families|carers|young people) (?:can|will|may|should|must|have|do not|who|are)\b",
          r"\byou (?:can|have|do not|must)\b", r"\byour (?:child|council)\b"),
    _rule(1.0,
          r"\b(?:apply|request|respond|ask for|take part|have (?:your|their) say|consult(?:ed|ation)?)\b"),
    # money
    _rule(1.5, r"[£]\s?\d"),
    _rule(1.0, r"\d%|\bper cent\b"),
    _rule(2.0, r"\bfully[- ]funded\b", r"\bfree of charge\b", r"\bat no cost\b",
          r"\b(?:is|are) now available\b",
          r"\bfree (?:training|courses?|places?|meals?|support|help|advice|childcare|early education)\b"),
    # whom
    _rule(1.5, r"\bparents?\b", r"\bparent carers?\b", r"\bcarers\b", r"\bfamil(?:y|ies)\b"),
    _rule(0.5, r"\bchild(?:ren)?\b", r"\byoung (?:people|person)\b", r"\bpupils?\b"),
    # SEND terms
    _rule(2.0, r"(?-i:\bSEND?\b)", r"\bspecial educational needs\b", r"\bdisabilit(?:y|ies)\b",
          r"\bdisabled (?:child|pupil|young)"),
    _rule(2.0, r"\bEHC\b", r"\bEHCPs?\b", r"\beducation,? health and care\b"),
    _rule(1.5, r"\bannual reviews?\b", r"\breview meetings?\b", r"\bSENCOs?\b", r"(?-i:\bSEND?) support\b",
          r"\blocal offer\b", r"\bhigh needs\b", r"\bSENDIASS\b", r"\bspecial schools?\b",
          r"\balternative provision\b", r"\bspecialist provision\b", r"\breasonable adjustments?\b",
          r"\bEquality Act\b"),
    _rule(1.0, r"\b(?:school|home-to-school|home to school) transport\b", r"\brespite\b",
          r"\bshort breaks?\b", r"\btherap(?:y|ies|ists?)\b", r"\bassessments?\b", r"\bplacements?\b",
          r"\bwaiting\b", r"\bmental health\b", r"\battendance\b", r"\bpersonal budgets?\b",
          r"\bspecified in\b", r"\bprovision\b"),
    # what is new
    _rule(1.0, r"\bnew\b", r"\bfor the first time\b", r"\bincrease", r"\breplac(?:e|es|ing|ed)\b",
          r"\bintroduc(?:e|es|ing|ed)\b", r"\bchang(?:e|es|ing)\b", r"\bwill\b"),
    # away from families
    _rule(-9.0, r"\bputs? (?:families|children|parents|pupils) (?:first|at the heart)\b",
          r"\bbuilds? on the (?:government|department)", r"\bPlan for Change\b",
          r"\bbreak(?:ing|s)? down (?:the )?barriers\b", r"\bhighest[- ]ever\b",
          r"\brecord (?:investment|funding)\b",
          r"\bdeliver(?:ing|s)? on (?:its|the government)", r"\bworking tirelessly\b"),
    _rule(-2.5,
          r"\b(?:proud|delighted|thrilled|excited|fantastic|world[- ]class|inspiring|incredible"
          r"|tremendous|passionate|brilliant|pleased|congratulat)"),
    _rule(-2.0,
          r"\b(?:data return|spreadsheet|submi(?:t|ssion of) (?:data|returns?)|census|methodology"
          r"|confidence interval|procurement|tender|workbook|template|portal|log ?in|login|audit"
          r"|accounts?|bursary|payroll|invoice)\b"),
    _rule(-1.5,
          r"\b(?:evaluation|pilot study|literature|steering group|working group|stakeholders?"
          r"|framework document|governance)\b"),
    _rule(-1.5,
          r"\b(?:this|the) (?:guidance|document|letter|publication|report|statement|page"
          r"|advice) (?:is|was|has been|will be|explains|sets out|provides|replaces|contains|applies)\b"),
    _rule(-6.0, r"^The \w+ sets out (?:the|details|what)\b", r"^(?:The )?(?:[\w’]+ ){1,3}(?:is"
                r"|are) (?:announcing|writing|publishing"
                r"|setting out|making)\b"),
    # one place's story
    _rule(-3.5, r"(?-i:^(?:In|At) (?!England\b|Wales\b|January|February|March|April|May\b|June"
                r"|July|August|September"
          r"|October|November|December|Year\b|Reception\b)[A-Z][a-z]+,? )",
          r"(?-i:^One (?:of the |parent|mother|father))"),
    _rule(-2.0, r"\bfor (?:example|instance)\b", r"\bpathfinders?\b", r"\btrial(?:l?ing"
                r"|l?ed)?\b", r"\bgreat news\b"),
    _rule(-1.0,
          r"\b(?:previous government|last government|opposition|coalition|manifesto|prime minister)\b"),
    _rule(-3.0,
          r"\b(?:ignore|disregard) (?:all |any )?(?:previous|prior|above) (?:instructions?|prompts?)\b",
          r"\bsystem prompt\b", r"\bas an? (?:ai|language model)\b"),
)
# fmt: on
_ACKNOWLEDGING = pattern(
    r"\b(?:recognis|acknowledg|understand|thank|grateful|difficult|challenging|anxious|worr(?:y|ied)"
    r"|uncertain)",
    re.I,
)
_WHO = pattern(
    r"\b(?:parents?|carers?|famil(?:y|ies)|children|young people|staff|teachers|professionals"
    r"|schools|colleges)\b",
    re.I,
)
_SEND = pattern(
    r"\bSEND\b|\bSEN\b|\bSENCOs?\b|special educational needs|disabilit(?:y|ies)\b|disabled"
    r"|\bEHCP?s?\b|health and care (?:plan|needs)"
    r"|\bhigh[- ]needs\b|[Aa]lternative provision|[Ss]pecial schools?"
)
_STAYS = pattern(r"\bnot chang|\bunchanged\b|\b(?:stays?|remains?) the same\b|\bno change", re.I)


def interest(text: str) -> float:
    """A weight, about 0 to 12; each kind of reason counts once, long sentences pay for their length."""
    weight = sum(w for w, rule in _RULES if rule.search(text))
    length = len(text.split())
    return weight - max(0, length - 28) * 0.12 - (1.5 if length < 8 else 0.0)


def about_send(text: str) -> bool:
    """Whether the words are about SEND; "send" the verb is not."""
    return bool(_SEND.search(text))


def about_what_stays(heading: str) -> bool:
    """Whether a section is about what has not changed."""
    return bool(_STAYS.search(heading))


def acknowledges(text: str) -> bool:
    """Whether a reported sentence recognises what families carry, or thanks people for it."""
    return bool(_ACKNOWLEDGING.search(text) and _WHO.search(text))
