"""The words that show whose words others are, and in what force: of headings, openings and sentences. Pure.

Part of force.py: patterns alone, most telling first. Never looks at more than the one text that it is given.
"""

import re
from enum import StrEnum

from pipeline.text.words.patterns import pattern


class Force(StrEnum):
    OWN = "own"  # the publisher's own words, in force now
    CONDITIONAL = "conditional"  # holds only if something else comes to pass, or for some alone
    PROPOSED = "proposed"
    REPORTED = "reported"  # somebody else's words
    EXAMPLE = "example"
    PAST = "past"
    ELSEWHERE = "elsewhere"  # another nation's
    DENIED = "denied"


_NATION = r"(?:Wales|Welsh|Scotland|Scottish|Northern Ireland|Northern Irish)"
_OTHERS = (
    r"(?:critics|campaigners|opponents|respondents|consultees|stakeholders|the union|unions|a union"
    r"|(?:some|many|most|other|several|one|a few) (?:parents?|people|schools|councils|respondents"
    r"|families|carers"
    r"|local authorities|teachers|heads|head ?teachers|charities)|some|others|many|one|a parent"
    r"|one head ?teacher|a head ?teacher|the council)"
)
_SAYS = (
    r"(?:say|says|said|wrote|writes|told|tells|claim|claims|claimed|argue|argues|argued|fear|fears"
    r"|feared|think"
    r"|thinks|thought|believe|believes|believed|felt|feel|suggested|suggest|called for|want|wants"
    r"|wanted|asked"
    r"|raised|commented|warned|warn)"
)
_HEADINGS = (
    (
        Force.DENIED,
        (
            r"\bmyths?\b|misconception|misunderstanding"
            r"|\b(?:should|must|can|do|cannot|may) ?(?:not|never) do\b"
            r"|\bdon[’']?ts?\b(?!\w| [a-z])|\bunlawful\b|\billegal\b|\b(?:poor|bad|wrong) practice"
            r"|\brejected\b|\bnot taking forward\b|\bnot to do\b|\bfake\b|\bscam|\bhoax|\bfalse\b"
            r"|\bthings to avoid\b"
            r"|\bwhat to avoid\b|\bwe (?:ruled out|decided against)\b|\bdiscounted\b"
        ),
    ),
    (
        Force.PAST,
        (
            r"\bold (?:rules?|law|system|process|arrangements|advice|guidance)\b|\bwithdrawn\b|\bsuperseded\b"
            r"|^(?:before|until|up to) (?:\d|[A-Z][a-z]+ \d{4})"
            r"|\bused to\b|\bprevious(?:ly)? (?:rules?|law|system|arrangements|advice|guidance|position"
            r"|used|said)"
            r"|^previously\b|\bno longer (?:in force|applies|apply|current)\b|\bformer (?:rules|law|system)\b"
            r"|\bhow it (?:was|worked)\b|^(?:old|former)$|\bin the past\b"
        ),
    ),
    (
        Force.EXAMPLE,
        (
            r"\bcase stud(?:y|ies)\b|\bexamples?\b|\bscenarios?\b|\bmodel (?:polic(?:y|ies)|letter|clause"
            r"|wording|form)"
            r"|\btemplates?\b|\bdraft (?:clauses?|letter|wording|polic)|\bsample\b|\bfictional\b|\billustrat"
            r"|\b[A-Z][a-z]+[’']s story\b|\bvignette"
        ),
    ),
    (
        Force.REPORTED,
        (
            r"\b(?:critics|campaigners|respondents|you|others|people|they|parents|families|stakeholders"
            r"|unions?)\b.{0,20}"
            r"\b(?:say|said|told us|tell us|think|thought|argued?|saying|fear|heard)\b|\bwhat we (?:heard"
            r"|were told)\b"
            r"|\bviews of\b|\b(?:respondents|consultees)[’']|^reactions?\b|\bsummary of responses\b"
            r"|\bcriticisms?\b|\b(?:themes|feedback) from\b"
        ),
    ),
    (
        Force.PROPOSED,
        (
            r"\bproposals?\b|\bpropos(?:ed|ing|e)\b|^options? [A-Z\d]\b|\boptions (?:considered|for)\b"
            r"|\balternatives\b"
            r"|^(?:consultation )?questions? \d|\bideas for\b"
            r"|\bwhat (?:would|could|might) (?:happen|change)\b"
            r"|\bwe are (?:considering|consulting)\b|\bdraft bill\b"
        ),
    ),
    (
        Force.CONDITIONAL,
        (
            r"^(?:if|should|subject to|were|unless|in the event|only (?:if|when|where)"
            r"|depending on)\b(?!.*\?)"
            r"|\bpilots?\b|\btesting in\b|\btrials?\b|\bif (?:Parliament|the Bill)\b"
            r"|\bfrom (?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October"
            r"|November|December) 20\d\d\b"
        ),
    ),
    (Force.ELSEWHERE, rf"\b{_NATION}\b"),
)
_NEUTRAL = pattern(
    r"\b(?:not chang|stay(?:s|ing)? the same|response to|responding to|our response|how we (?:will"
    r"|are))|^England\b"
    r"|^why (?:we|the|are)\b"
    r"|^if (?:you|parents|families) (?:still )?(?:disagree|want|need|have a (?:problem|complaint)|are (?:not"
    r" happy|unhappy))"
    r"|\bavoid(?:ing)? (?:delay|harm)|\bprevent|\bchalleng|\bappeal|\bhow to complain|\?$",
    re.I,
)
_DENYING = (
    r"\bno longer (?:true|the case|applies|apply)\b|\bnot (?:true|the case|the law|correct"
    r"|right) that\b|\bis a myth\b"
    r"|\bit would be wrong\b|\b(?:I|we) (?:have )?never said\b|\bnot going ahead\b"
    r"|\bwill not (?:go ahead|take [\w ]{1,30}"
    r"forward|proceed)\b|\b(?:we|I|ministers) (?:have )?(?:rejected|ruled out|decided against|abandoned)\b"
    r"|\bdecided against\b|\bfake\b|\bhoax\b|\bfalse (?:e-?mail|letter|claim|rumour|message)\b|\bmyth:"
    r"|\b(?:must|should|may|can) (?:not|never) do any of\b|\b(?:I|we) (?:would|do) not (?:want|accept"
    r"|believe)\b"
    r"|\bI am not asking\b|\b(?:I|we) (?:strongly )?disagree\b|\bas if\b"
)
_WAS = (
    r"(?<!\bbe )(?<!\bis )(?<!\bare )(?<!\bbeing )(?<!\bcriteria )(?<!\bformula )(?<!\bmethod )"
    r"(?<!\bmethods )(?<!\bdata )(?<!\bfactors )(?<!\bmeasures )\bused to\b|\bhad to\b|^(?:previously"
    r"|formerly"
    r"|in the past|historically)\b|\bhad (?:planned"
    r"|proposed|promised)\b"
    r"|\bold (?:rule|deadline|law)s?\b|\b(?:was|were) (?:withdrawn|superseded|repealed)\b|\bpredecessor\b"
    r"|\bis no longer current\b"
)
_IFS = (
    r"\b(?:if|once|when|until|unless|after) (?:Parliament(?! (?:returns|resumes|rises) (?:in|after"
    r"|from|on)\b)|the (?:Bill|law|plan|proposal|reform"
    r"|legislation)\b[^,]{0,30}"
    r"\b(?:pass|agree|approv|become)|the Bill)|\bsubject to (?:Parliament|consultation|legislation"
    r"|agreement|funding"
    r"|the (?:passage|outcome|approval|Bill|spending))|\bwere the (?:Bill|law|plan)|^should (?:funding"
    r"|Parliament|the)\b"
    r"|^(?:imagine|suppose|assume)\b|^only (?:if|when|where)\b|\bpilot\b[^.]{0,40}\bonly\b"
    r"|\bonly\b[^.]{0,20}\bpilot\b"
    r"|^\*"
)
_PROPOSING = (
    r"\b(?:we|I|government|department|ministers?|council|consultation|paper|it) (?:are |is |was |were "
    r"|had |has |have |also )*"
    r"(?:propos|consider(?:ing|ed)\b(?! (?:the |all |over |these |your )*(?:\d+ )?(?:findings?|views"
    r"|responses|report"
    r"|evidence|advice)\b)|consulting on)|\bproposals?\b|\bwould (?:have to|be able to"
    r"|be required|no longer|need to"
    r"|also have|have a)\b|\bunder (?:this|these|the|our) (?:plans?|proposals?|options?)\b"
    r"|^(?:question \d+|do you agree|should we|under the (?:first|second|third|fourth))\b"
)
_SAYING = (
    rf"^(?:\d+% of )?{_OTHERS}(?: \w+)?,? (?:also |have |has |had |\w+ )?{_SAYS}\b",
    rf"\b{_OTHERS} (?:have |has |had |also )*{_SAYS} (?:me |us |you )?(?:and said )?that\b",
    rf" (?:it is said|they (?:are told|say)|{_OTHERS} {_SAYS}|say {_OTHERS})\.$",
    r"\baccording to\b|^[^.“]{0,60}\bviews?: |^you may think\b",
    r"\b(?:respondents|others|critics)\b[^.]{0,30}\b(?:points|differently|comments|included)\b",
    r"\b(?:believe|think) that\b.{0,60}\bmyth\b|\bor so [\w ]{1,30} (?:think|thought|seem to think)\b",
)
_SENTENCE = tuple(
    (force, pattern(words, re.I))
    for force, words in (
        (Force.DENIED, _DENYING),
        (Force.PAST, _WAS),
        *((Force.REPORTED, saying) for saying in _SAYING),
        (Force.CONDITIONAL, _IFS),
        (Force.PROPOSED, _PROPOSING),
    )
)
_HEADING = tuple(
    (force, pattern(words, 0 if force is Force.ELSEWHERE else re.I)) for force, words in _HEADINGS
)
_TO_COME = pattern(  # proposals that nobody has made yet: what follows cannot be their content
    r"\b(?:will|shall|hopes? to|plans? to|intends? to) (?:\w+ ){0,2}(?:[^.;:]{0,160} and )?"
    r"(?:set out|put forward|bring forward|publish|receive) (?:[\w’]+,? ){0,5}proposals?\b"
    r"(?! (?:to \w|that\b|which\b|below|here\b|in (?:this|the|chapter|section|annex)\b))"
)
_ABROAD = pattern(rf"\b(?:[Ii]n|[Aa]cross|of|for) (?:{_NATION}|both Wales)\b|^{_NATION}\b")
_ENGLAND = pattern(r"\bEngland\b|\bEnglish\b")


_KEEPS = pattern(  # what is not to change holds, whatever else is proposed
    r"\b(?:we|government|department|ministers?) (?:do|does|are|is) not (?:propos\w+|consulting on"
    r"|considering) (?:to |any )?chang",
    re.IGNORECASE,
)


def heading_force(heading: str) -> Force:
    """The force that a heading gives to what stands below it."""
    if _NEUTRAL.search(heading) or len(heading) > 200:
        return Force.OWN
    for force, words in _HEADING:
        if words.search(heading):
            return Force.OWN if force is Force.ELSEWHERE and _ENGLAND.search(heading) else force
    return Force.OWN


def sentence_force(sentence: str) -> Force:
    """The force that a sentence's own words give it; OWN where they say nothing."""
    if len(sentence) > 2000 or _KEEPS.search(sentence):
        return Force.OWN
    for force, words in _SENTENCE:
        if words.search(_TO_COME.sub(" ", sentence) if force is Force.PROPOSED else sentence):
            return force
    return Force.ELSEWHERE if _ABROAD.search(sentence) and not _ENGLAND.search(sentence) else Force.OWN
