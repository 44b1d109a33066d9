"""What a sentence makes of the sentences after it: an example, a report, a wish, a rule for some. Pure.

Part of force.py. The sentence itself may be the publisher's own ("Critics told the inquiry another story."),
what follows is not. Never looks at what follows; in doubt takes more for less than it may be.
"""

import re
from functools import lru_cache

from pipeline.text.papers.force_words import Force
from pipeline.text.words.patterns import pattern

_OURS = (
    r"(?:I|We|You|Your (?:child|council|school)|It|This|That|These|There|(?:The|the) (?:(?:UK )?government"
    r"|[Dd]epartment|Department for Education|law|Act|[Rr]egulations|code|guidance|court|judge|tribunal"
    r"|letter)"
    r"|Ministers?|Ofsted)\b"
)
_SPOKE = (
    r"(?:said|argued|complained|warned|claimed|insisted|submitted|contended|alleged|maintained|pleaded"
    r"|demanded|described|recommended|recommends|argues|asked that|suggested|called for|calls for)"
)
_REPORTED = pattern(
    rf"^(?!{_OURS}|As )(?![^.]*\b(?:I|we)(?:[’']ve| have)? (?:have )?said\b)(?![^.]*\b(?:Minister"
    rf"|Secretary)\b)[^.“:;]{{3,110}}?(?<!\b(?:be"
    rf"|is)) (?<!\bare )(?<!\bwas )"
    rf"(?<!\bwere )(?<!\bthe )(?<!\bas ){_SPOKE}\b(?! (?:by|in|at|as)\b|:| ?[’”])"
    r"|\b(?:told|tell|tells|told \w+|tell \w+|have|had|gave|painted) (?:me |us )?(?:a |an |his |her "
    r"|their |\w+ )"
    r"?(?:very |quite )?(?:different |other |another )?(?:story|ideas|view|views|picture|demands"
    r"|suggestions)\.$"
    rf"|^(?!{_OURS})[^.]{{3,80}}\b(?:is|are|was|were) (?:very |quite |absolutely )?(?:clear|adamant|certain"
    r"|convinced|blunt|firm)\.$"
    r"|^(?:The )?(?:cynics|sceptics|doubters|opponents|critics|pessimists|some|others) (?:will |would |may )?"
    r"(?:tell|say|claim)\b"
    r"|\b(?:as follows|included the following)[.:]$"
    r"|\b(?:asked|urged|pressed|put to|suggested to|advised) (?:me|us) (?:to|that|whether|if)\b"
    r"|^(?:It has been (?:suggested|said|claimed|argued|put to)|There (?:have been|has been|are|were"
    r"|is) (?:calls?"
    r"|rumours?|claims?|suggestions?|fears?|talk|a (?:rumour|claim|fear|view|suggestion)))\b"
    r"|^(?:In the (?:view|opinion|eyes|words) of|(?:For|According to) (?!example|instance|all|each|every"
    r"|more|many"
    r"|parents|families|children|pupils|schools|councils|those|the)[A-Z]\w+ [A-Z]\w+,)"
    r"|^(?:Members|The (?:board|panel|committee|group|meeting)|A member) (?:discussed|considered|raised"
    r"|heard|debated)\b"
    r"|^(?:There are|We heard) (?:two|three|several|many|different) views\b"
    r"|^The reader may\b|^(?:I|We) (?:was|were|have been|had been) (?:also )?(?:asked|told|urged)\b"
    r"|^(?:[\w’ ]{1,40}) would (?:lose|gain|close|end|be cut)\b.*\bsaid\b"
    r"|\b(?:made|makes|making) (?:\w+ )?recommendations?\.$|^Recommendation \d+\b"
    r"|^Your (?:\w+ )?(?:question|recommendation|request|concern|complaint|suggestion)s?\b"
    r"|^Your (?:committee|union|group|report|letter|campaign|petition)\b[^.]*\b(?:asks|asked|said|says|argued"
    r"|recommended|wrote|proposed)\b"
    r"|^(?:It|They|He|She|The (?:leaflet|post|e-?mail|poster|message|article|video|website|campaign|petition"
    r"|rumou?r)) (?:also |wrongly )?(?:says?|said|claims?|claimed|states?|stated|asserts?|alleges?)\b"
    r"|^(?:You|Many of you|Some of you) (?:may|might|will) (?:also )?have (?:read|heard|seen|been told)\b"
)
_READS = pattern(
    r"^(?!.*\b(?:law|[Aa]ct|[Rr]egulations?|[Cc]ode|[Ss]ection|[Pp]aragraph"
    r"|[Gg]uidance)\b[^.:]*:)[^.:“]{3,120}"
    r"\b(?:told you|reads?|says|claims|claimed|wrote|states|goes|tells [a-z]+): [^“]"
)
_IT_SAYS = pattern(
    r"^(?:It|They|The (?:leaflet|post|e-?mail|poster|message|article|video|website|campaign|petition"
    r"|rumou?r)) (?:also |wrongly )?(?:says?|said|claims?|claimed|states?|stated|asserts?|alleges?) that\b"
)
_ANNOUNCES = pattern(
    r"\b(?:(?:do|did|be|of) the following|following is [\w ]{3,20}|as follows|the following)\.$"
)
_TRUE_OF_SOME = (
    r"^To qualify\b|^If your (?:child|son|daughter|young person|family) (?:is|are|has"
    r"|lives?)\b[^,]*, (?:read|ignore"
    r"|look|go|use)\b|\bmust live in\b|\bif I had my way\b|\b(?:are|is) (?:paid )?(?:only )?rare(?:ly)?\b"
    r"|^In rare cases\b"
    r"|^If (?:the|this) trend continues\b|\bthis section is a draft\b|\b(?:is|are) for (?:children|pupils"
    r"|people|families)"
    r" (?:under|over|aged|in|with|who)\b|\b(?:is|are) closed to\b"
    r"|\b(?:appl(?:y|ies)|is|are|open|holds?) (?:only|solely) (?:to|for|where|when|in)\b"
    r"|\b(?:is|are) (?:only )?for [\w ’'-]{3,60} only\.$|^Only [\w ’'-]{3,80}\b(?:is|are) (?:covered"
    r"|eligible)\b"
    r"|^(?:The (?:paragraphs?|rules?|dut(?:y|ies)|sections?) (?:below|that follow|in this section)"
    r"|This (?:section"
    r"|part|chapter)|These (?:duties|rules|paragraphs|sections)) (?:is|are|appl(?:y|ies)) (?:for|to) "
    r"(?!all\b|every|both\b|parents|carers|families|young people|England|you\b)"
    r"|\b(?:different|other|special|separate) (?:rules|arrangements|law) appl(?:y|ies)\b"
    r"|\bthe (?:position|rules?|law|answer|process) (?:changes?|differs?|(?:is|are) (?:different"
    r"|not the same))\b"
    r"|\b(?:is|are) not yet (?:in force|law|in place|decided|agreed|confirmed)\b"
    r"|^(?:[\w ]{1,30} )?(?:areas|schools|councils|authorities|partnerships) (?:are|will be"
    r"|have been) (?:now |also )?"
    r"(?:testing|trialling|piloting)\b"
    r"|\bdo the following\.$"
)
_NOT_YET = (
    r"\bBill\b[^.]{0,60}\b(?:before Parliament|contains?|includes?|proposes?|sets? out|introduced"
    r"|these measures)\b|^(?:Clause|Schedule) \d+\b"
    r"|^If (?:we|I|ministers|the government|Parliament)\b[^.,]{0,40}\b(?:wins?|gets?|secures?|gains?"
    r"|(?:re-?)?elected"
    r"|succeeds?|votes?|support)\b"
    r"|\b(?:[Ii]n (?:our|my|this) (?:vision|ideal)|(?:our|my|the government[’']s) (?:vision|dream) (?:is"
    r"|for))\b"
    r"|\b(?:our|my|the government[’']s) (?:long-term )?ambition is\b"
    r"|\b(?:we|[Gg]overnment|[Dd]epartment|Department for Education|[Mm]inisters?"
    r"|councils?) hopes? (?:that|to)\b"
    r"|\bin the event (?:that|of)\b"
)
_OPTIONS = (
    r"\b(?:minded to|exploring|starting point is|in principle|be asked to consider|been asked to consider)\b"
    r"|^Depending on\b|\bit would be (?:helpful|good|better|useful|welcome)\b|"
    r"\b(?:another|one|a (?:second|third|further)|the other|an alternative) (?:approach|option|way|idea"
    r"|possibility"
    r"|model) (?:is|would|might|could)\b|\b(?:two|three|four|five|six|several|other) (?:ways to do|options"
    r"|approaches"
    r"|possibilities|models)\b|^the (?:first|second|third|fourth|last) (?:is to|option|approach|would)\b"
    r"|\b(?:we|government|department|ministers?) (?:also )?(?:might\b(?! not\b)|could (?:also|instead"
    r"|then|ask|require|make|change|end|limit|introduce|remove)\b)"
)
_EXAMPLE = (
    r"\b(?:is|was|as) an? (?:good |real |typical )?example\b|^(?:Take|Consider|Picture) (?:an?|the case of"
    r"|one)\b"
    r"|^(?:Let us|Let[’']s) (?:say|take|suppose|imagine)\b|^Say (?:that )?an? \w+|^Imagine\b|^(?:My"
    r"|Our) wish list\b"
)
_DENIED = (
    r"^None of (?:the following|these things)\b|\b(?:does|do|did|would) not mean (?:any of )?(?:this|that"
    r"|these"
    r"|the following)\b|^(?:True or false|Fact or fiction|Myth or fact)\b|^In theory\b|^On paper\b"
    r"|\bin error\b|\bnot do (?:any of )?(?:these|the following)\b"
    r"|\b(?:wrongly|mistakenly|incorrectly|falsely|erroneously|in error)\b|^Contrary to\b"
    r"|\b(?:gave|had|contained|printed|included) (?:a |the |an )?(?:wrong|mistaken|incorrect|error)\b"
    r"|\bI (?:used to|once) (?:think|believe)\b|^\[[^\]]*\b(?:to be confirmed|TBC|draft)\b"
    r"|^For [“\"'‘]?\w+[”\"'’]? read\b"
)
_PAST = (
    r"^(?:In|From|Until|Before) (?:19\d\d|200\d)\b(?![-–/]\d| (?:to|and) \d)"
    r"|\b(?:last|previous|former) (?:[Gg]overnment|administration|[Mm]inister|version|guidance|code)\b"
)
_OVER = pattern(
    r"^(?:This|The) [\w ]{0,50}\b(?:(?:is|are) (?:now )?(?:out of date|no longer (?:current|in force"
    r"|available"
    r"|open|being updated))|(?:has |have )?(?:now )?closed (?:on|in|to)\b|(?:has|have) (?:now )?(?:closed"
    r"|ended"
    r"|expired|lapsed))\b(?![^.]*\b(?:consultation|call for evidence)\b)"
)
_DRAFT = pattern(r"^(?:DRAFT\b|This (?:document|version|text|paper)? ?is an? (?:\w+ )?draft\b)")
_RULES = tuple(
    (force, pattern(words, flags))
    for force, words, flags in (
        (Force.DENIED, _DENIED, 0),
        (Force.EXAMPLE, _EXAMPLE, 0),
        (Force.PAST, _PAST, 0),
        (Force.PROPOSED, _OPTIONS, re.I),
        (Force.CONDITIONAL, _NOT_YET, 0),
        (Force.CONDITIONAL, _TRUE_OF_SOME, 0),
    )
)
_FAR = pattern(
    r"\b(?:paragraphs? below|that follow|[Tt]hese (?:duties|rules|paragraphs|sections)|rules appl(?:y|ies)"
    r"|[Tt]his (?:section|part|chapter)|measures|following|below|testing|ways to do|options|approaches"
    r"|version)\b"
)
_WISHES = pattern(
    r"\b(?:I|We|we) want (?:an? |to see |to build |every |all |our )|\b(?:our|my) (?:vision|ambition"
    r"|dream) (?:is|for)\b"
)
_BOUND = pattern(r"\b(?:I|[Ww]e|must|will|should|shall|cannot|can|may|have to|has to|is required)\b|£")


@lru_cache(maxsize=1024)  # dates, facts and points each look at a text
def opened_by(sentence: str) -> Force:
    """The force that ``sentence`` gives to what follows it; OWN where it opens nothing."""
    if len(sentence) > 600:
        return Force.OWN
    for force, words in _RULES:
        if words.search(sentence):
            return force
    return Force.REPORTED if heard_from_others(sentence) or _READS.search(sentence) else Force.OWN


def heard_from_others(sentence: str) -> bool:
    """Whether somebody other than the publisher speaks in the sentence, and may speak on after it."""
    return bool(_REPORTED.search(sentence))


def cut_short(sentence: str) -> bool:
    """Whether the sentence only announces what stands after it: "You must do the following."."""
    return bool(_ANNOUNCES.search(sentence))


def retold(sentence: str) -> bool:
    """Whether the sentence repeats, without marks, what a post or a leaflet says: "A post reads: ..."."""
    return bool(_READS.search(sentence) or _IT_SAYS.search(sentence))


def reaches(sentence: str) -> bool:
    """Whether what ``sentence`` opens lasts to the next heading, and not to the end of its block."""
    return bool(_FAR.search(sentence))


def over(sentence: str) -> Force:
    """PAST or PROPOSED where the sentence says that of the whole text: "This scheme closed on ..."."""
    if _DRAFT.search(sentence):
        return Force.PROPOSED
    return Force.PAST if _OVER.search(sentence) else Force.OWN


def wished(before: str, sentence: str, *, going_on: bool) -> bool:
    """Whether ``sentence`` goes on with a wish: "We want a fair system. Every child gets help."."""
    return (going_on or bool(_WISHES.search(before))) and not _BOUND.search(sentence)
