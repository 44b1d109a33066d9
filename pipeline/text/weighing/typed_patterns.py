"""The patterns of words that carry weight, as typed_words.py looks for them. Pure; data only.

Every repeat is bounded or cannot overlap with what follows it, so that a search is linear in the text.
Written for normalised text (straight quotation marks, plain hyphens) in British English.
"""

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_COUNT = (
    rf"(?:{_TENS}(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|(?:four|six|seven|eight|nine)teen"
    r"|thirteen|fifteen|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand)"
)
_BE = r"(?:is|are|be|was|were)"
_SPAN = r"(?: ?(?:to|-|and) ?\d{1,3})?"
# A sign or a comparison belongs to its number: -£200, +5%, ≤ 50.
_MARK = r"(?:[<>≤≥]=? ?)?[-+±]?"
# Alone, May is a month only after these: "in May", "by May".
_INTO_MAY = "|".join(
    rf"(?<=\b{word} )"
    for word in ("in", "by", "of", "from", "until", "since", "during", "late", "early", "next", "last")
)

DATE = (
    rf"(?:{_WEEKDAY},? )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}\b(?:,? \d{{4}})?"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|{_MONTH},? \d{{4}}"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}"
    r"|(?:early |late |mid-)?(?:spring|summer|autumn|winter)(?: term)? \d{4}"
    r"|20\d\d(?: to |/|-)(?:20)?\d\d|\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m|midday|midnight"
    r"|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
    rf"|{_WEEKDAY}s?"
    r"|(?:January|February|March|April|June|July|August|September|October|November|December)"
    rf"|(?:{_INTO_MAY})(?-i:May)"
)
# About the page and not of it: "Last updated 3 May 2026" alone, or "this page was updated in May". Never
# "will be published in May 2027", which is news.
_WHEN = rf"(?:{DATE})(?:,?(?: at)? (?:{DATE}))?"
_STAMPED = rf"(?:updated|reviewed|published|modified|amended|printed|checked)(?: on| in|:)? {_WHEN}"
STAMP = (
    rf"this page (?:was |has been )(?:last )?{_STAMPED}"
    rf"|^(?:first |last |(?:web ?)?page (?:last )?|date (?:last )?)?{_STAMPED}\.?$"
    rf"|^next review(?: due| date)?(?: on| in|:)? {_WHEN}\.?$"
    # What the site counts, and not what the page says.
    r"|^(?:estimated )?(?:reading|read) time:? \d{1,3} min(?:ute)?s?\.?$|^\d{1,3}[ -]min(?:ute)?s?[ -]read$"
    r"|^shared \d[\d,]{0,12} times?$|^\d[\d,]{0,12} (?:comments?|views?|shares?|likes?)$"
    r"|^page \d{1,4} of \d{1,4}$"
)
EMAIL = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
# An address with its host, or a path on the site itself: /guidance/school-meals.
LINK = r"(?:https?://|www\.)[^\s<>\"]{1,2000}|/[a-z][\w-]{1,80}(?:/[\w-]{1,300}){1,8}(?:#[\w-]{1,80})?"
PHONE = r"\+44 ?(?:\(0\) ?)?\d{2,4} ?\d{3,4} ?\d{3,4}|\(?0\d{2,4}\)? ?\d{3,4} ?\d{3,6}"
MONEY = (
    rf"{_MARK}[£€$] ?\d(?:[\d,]*\d)?(?:\.\d+)?(?: ?(?:million|billion|thousand|bn|m|k))?"
    rf"|{_MARK}\d{{1,3}} ?p(?:ence)?"
)
PERCENT = rf"{_MARK}(?:\d+(?:\.\d+)?|\.\d+) ?(?:%|per ?cent|percentage points?)"
AGE = (
    rf"(?:aged? |ages )\d{{1,3}}{_SPAN}|\d{{1,3}}{_SPAN}[ -]years?[ -]olds?|key stages? \d{_SPAN}|KS ?\d"
    rf"|years? (?:groups? )?\d{{1,2}}{_SPAN}|(?:under|over) \d{{1,3}}s?"
)
PERIOD = (
    rf"(?:\d+|{_COUNT}|one|a)[ -](?:(?:working|school|calendar|full|academic|consecutive) )?"
    r"(?:day|week|month|year|term|hour|minute)s?"
)
LAW = (
    r"(?:sections?|regulations?|articles?|schedules?|clauses?|rules?) \d+[A-Z]{0,2}(?:\(\w{1,4}\)){0,4}"
    r"|(?:Act|Regulations|Order|Rules) \d{4}"
)
PAGE = r"(?:pages?|footnotes?) \d{1,4}(?: (?:to|and) \d{1,4})?"
PLACE = (
    r"(?:annex(?:es)?|appendix) (?:\d{1,3}|[A-Z])"
    r"|(?:paragraphs?|chapters?|parts?|tables?|figures?|steps?) \d{1,4}(?:\.\d{1,4}){0,5}"
    r"(?: (?:to|and) \d{1,4}(?:\.\d{1,4}){0,5})?"
)
NUMBER = rf"{_MARK}\d(?:[\d,]*\d)?(?:\.\d+)*(?:\+(?!\d))?|{_COUNT}|half|twice|double|triple"
DUTY = (
    r"(?:must|shall|may|should|will|would|could|might|can) not|cannot|can't|mustn't|shouldn't|won't"
    r"|wouldn't|couldn't"
    r"|(?:do|does|did)(?: not|n't) (?:have|need) to|need not|needn't"
    rf"|{_BE} (?:not )?(?:required|expected|obliged|encouraged|entitled|able|allowed|permitted) to"
    r"|(?:is|are|be) (?:not )?(?:strongly )?(?:asked|urged|advised|invited|recommended|encouraged) to"
    r"|ha(?:s|ve) a (?:legal |statutory )?(?:duty|right) to|ha(?:s|ve) to|needs? to|ought to"
    r"|must|shall|should|will|would|may|might|can|could"
)
NOT = r"no longer|not|no|never|none|neither|nor|without|\w{2,12}n't"
LIMIT = (
    r"only|all|every|each|any|at least|at most|up to|no more than|no later than|more than|fewer than"
    r"|less than|unless|except(?: for)?|(?:in)?eligible|entitled|entitlement|qualif(?:y|ies)"
    r"|qualified(?= for\b)"
    r"|mandatory|compulsory|statutory|optional|voluntary|before|after|until|within|immediately|always"
    r"|(?:un)?lawful|(?:il)?legal|exempt|prohibited|banned|abolished|suspended|required|requires?|right to"
)
# Names of bodies stand in capitals, so this one alone looks at them: (?-i:...).
_NAMED = r"(?:(?:[A-Z][\w'&-]{1,30}|of|for|and|the|&|in) ){0,7}"
BODY = (
    r"(?-i:Ofsted|Ofqual|Ofcom|DfE|DHSC|DWP|ESFA|EFA|CQC|HMCTS|HMRC|MoJ|NICE|UKHSA|NHS England|NHS"
    r"|SENDIASS|SENDIST|EHRC|LGSCO|STA|TRA|ICBs?|CCGs?"
    rf"|(?:Department|Ministry) (?:for|of) [A-Z][\w'-]{{1,30}}(?:(?:,| and|,? &) [A-Z][\w'-]{{1,30}}){{0,3}}"
    r"|Secretary of State(?: for [A-Z][\w'-]{1,30}(?: and [A-Z][\w'-]{1,30}){0,2})?"
    r"|(?!The |An? |This |That |These |Your |Our |Any |Each |Every |If |When |Contact |Ask |Tell |See |Call )"
    rf"[A-Z][\w'&-]{{1,30}} {_NAMED}"
    r"(?:Department|Agency|Tribunal|Council|Service|Services|Authority"
    r"|Commission|Commissioner|Ombudsman|Committee|Inspectorate|Board|Trust|Office|Panel|Partnership"
    r"|Association|Foundation|College|University|Court))"
)
