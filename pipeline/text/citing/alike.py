"""Which words say the same: forms of one word, and plain words for stiff ones. Pure; part of the gate.

Two words are forms of one when they have a root in common, not when they begin alike: "publish" is no form of
"public", "transport" none of "transition". Plain words for stiff ones are pairs that hold in either direction
whatever is spoken of (start, begin; about, approximately); no pair joins two duties, two degrees of
certainty, two amounts or two kinds of people whose rights differ.
"""

from functools import lru_cache

_IRREGULAR = {
    form: base
    for base, forms in (
        line.split(":")
        for line in (
            "go:went gone goes", "give:gave given", "make:made", "pay:paid", "take:took taken",
            "get:got gotten", "begin:began begun", "withdraw:withdrew withdrawn", "keep:kept", "hold:held",
            "rise:rose risen", "fall:fell fallen", "find:found", "say:said says", "tell:told",
            "write:wrote written writing", "speak:spoke spoken speech", "choose:chose chosen choice",
            "teach:taught", "lead:led", "send:sent", "spend:spent", "mean:meant", "meet:met", "leave:left",
            "lose:lost loss", "win:won", "see:saw seen", "know:knew known", "think:thought", "bring:brought",
            "buy:bought", "build:built", "run:ran", "grow:grew grown growth", "show:shown", "become:became",
            "come:came", "feel:felt", "stand:stood", "understand:understood",
            "publish:publication publications", "child:children", "person:people", "long:length",
            "strong:strength", "high:height", "deep:depth", "wide:width", "true:truth",
            "advise:advice adviser advisor", "practise:practice", "describe:description", "receive:receipt",
            "decide:decision decisions", "explain:explanation",
            "apply:applied applies application applications", "require:requirement required",
            "respond:response responses", "prove:proof", "life:lives", "lawful:legal", "do:done did",
            "fail:failure", "complain:complaint complaints", "sell:sold sale", "wait:waits waiting",
            "remove:removal", "half:halve halved", "drive:drove driven", "draw:drew drawn",
            "break:broke broken", "catch:caught", "seek:sought", "fight:fought", "set:sets setting",
            "die:death", "able:ability", "poor:poverty", "free:freedom", "serve:service services",
            "analyse:analysis", "move:movement", "vary:various", "late:later", "good:better best",
            "use:usage used using uses",
            "stay:stays",
        )
    )
    for form in forms.split()
}  # fmt: skip
_INFLECTED = ("ies", "ied", "ings", "ing", "ed", "es", "s", "ly")
_DERIVED = (
    "ational", "ations", "ation", "itions", "ition", "ments", "ment", "ances", "ance", "ences", "ence",
    "ency", "ancy", "ness", "ions", "ion", "ively", "ive", "able", "ible", "ably", "ially", "ial",
    "ally", "al", "ers", "er", "ors", "or", "ees", "ee", "ity", "ities", "ary", "ship", "hood", "ic",
    "ical", "ures", "ure", "ists", "ist", "ily", "ier", "iest", "est", "ants", "ant", "ents", "ent",
    "y",
)  # fmt: skip
_TURNS = (("miss", "mit"), ("ens", "end"), ("ans", "and"), ("us", "ud"), ("is", "id"), ("ept", "eiv"))
_GROUPS = tuple(
    line.split()
    for line in (
        "start begin commence", "end finish conclude cease", "close end", "close shut", "closing deadline",
        "closes deadline", "publish issue release", "withdraw retract", "remove delete",
        "change alter amend", "change revise", "replace substitute", "cancel scrap abolish",
        "delay postpone defer", "extend prolong", "stop halt cease", "move transfer relocate",
        "restore reinstate", "suspend pause", "help support assist", "help aid", "council authority",
        "parent carer family", "child pupil student", "headteacher principal", "get receive obtain",
        "give provide supply offer", "give grant", "get =given =granted =awarded =offered =go",
        "send submit", "send issue", "ask request", "ask invite", "ask views consult", "tell inform notify",
        "tell say write", "speak talk discuss", "answer reply respond", "show demonstrate", "show indicate",
        "need require", "need necessary", "must require", "keep retain hold maintain", "buy purchase",
        "pay fund cost", "cost spend", "cost price", "use employ", "explain clarify", "explain reason",
        "about around approximately roughly", "about regarding concerning", "more additional extra further",
        "more over exceed", "more new additional", "new additional", "enough sufficient",
        "now current present", "now currently", "before prior", "after follow", "least minimum",
        "less fewer", "rise increase grow climb =up", "come =published", "make take", "fall decrease drop",
        "fall decline reduce", "cut reduce", "reduce lower decrease", "sure certain", "sure ensure",
        "ensure sure", "choose select", "check verify", "review examine", "look review", "find discover",
        "join attend", "live reside", "home house", "yearly annual", "year annual", "month monthly",
        "week weekly", "often frequent", "job employment", "work employment", "illness sick", "ill sick",
        "because due", "through because", "although though", "stop prevent",
        "let allow permit", "allow enable", "plan intend", "want wish", "try attempt", "try seek",
        "hard difficult", "difficulty problem", "easy simple", "quick fast rapid", "quick prompt",
        "big large", "small little", "main chief principal", "main key", "part section", "way method",
        "meet fulfil", "complete fill", "collect pick", "arrange organise", "arrange set",
        "establish set create", "build construct", "teach educate tuition", "lesson class", "learn study",
        "travel transport journey", "money fund", "money grant", "grow expand", "expand widen",
        "decide decision determine", "rule judgment", "rule regulation", "law legislation",
        "legal lawful statutory", "unlawful illegal", "appeal challenge", "disagree dispute",
        "think believe consider", "know recognise aware", "welcome pleased", "worry concern", "want hope",
        "vital crucial essential", "fair equitable", "shared joint", "together joint", "people person",
        "adult grown", "mum mother", "dad father", "expert specialist", "agree accept approve",
        "refuse reject decline", "happen occur", "last run", "long last", "wait delay", "record log",
        "number figure", "rest remain", "stay remain", "only solely", "also too", "like such",
        "person anyone someone", "anyone someone who", "instead replace", "cover include",
        "include contain", "visit inspect", "money spend", "invest spend", "earlier before", "later after",
        "soon shortly", "rarely seldom", "recent new", "yes agree", "written write",
    )
)  # fmt: skip


_NONE: set[str] = set()


@lru_cache(maxsize=8192)
def roots_of(word: str) -> frozenset[str]:
    """The beginnings that a form of the same word may share with it."""
    plain = word.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")
    plain = _IRREGULAR.get(plain, plain)
    found = {_bare(plain)}
    for ending in _INFLECTED:
        if plain.endswith(ending) and len(plain) - len(ending) > 2 and not plain.endswith("ss"):
            base = plain.removesuffix(ending) + ("y" if ending in {"ies", "ied"} else "")
            found.add(_bare(base))
            plain = base
            break
    if plain in _IRREGULAR or plain + "e" in _IRREGULAR:
        found.add(_bare(_IRREGULAR.get(plain) or _IRREGULAR[plain + "e"]))
    for ending in _DERIVED:
        if plain.endswith(ending) and len(plain) - len(ending) > 3:
            base = plain.removesuffix(ending)
            found.add(_bare(base))
            found.update(_bare(base.removesuffix(a) + b) for a, b in _TURNS if base.endswith(a))
            break
    return frozenset(found)


def _bare(stem: str) -> str:
    """Without a silent e, a doubled letter, or the difference of y and i."""
    if len(stem) > 3 and stem[-1] == "e":
        stem = stem[:-1]
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiousl":
        stem = stem[:-1]
    return stem[:-1] + "i" if stem[-1:] == "y" and len(stem) > 2 else stem


_MATES: dict[str, set[str]] = {}
_EXACTLY: dict[str, set[str]] = {}
for _group in _GROUPS:
    _plain = [word for word in _group if word[0] != "="]
    _sames = {root for word in _plain for root in roots_of(word)}
    for _root in _sames:
        _MATES.setdefault(_root, set()).update(_sames)
        _EXACTLY.setdefault(_root, set()).update(word[1:] for word in _group if word[0] == "=")


def says_the_same(word: str, roots: frozenset[str], words: frozenset[str]) -> bool:
    """Whether a form of the word, or a plain word for it, is among the roots and words of the passages."""
    own = roots_of(word)
    if own & roots:
        return True
    return any(_MATES.get(r, _NONE) & roots or _EXACTLY.get(r, _NONE) & words for r in own)
