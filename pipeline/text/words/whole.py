"""Tell whole sentences from fragments, captions and texts that ran together. Pure.

Not a parser: rules that refuse too much rather than print half a sentence.
"""

import re

from pipeline.text.words.patterns import pattern
from pipeline.text.words.wording import word_count, word_set

SHORTEST, LONGEST = 5, 48
MOST_LETTERS = 700

_AUXILIARY = word_set(
    "am is are was were has have had will would can could must should may might shall cannot do does "
    "did isn’t aren’t"
    " can’t won’t don’t doesn’t didn’t wasn’t weren’t hasn’t haven’t hadn’t couldn’t shouldn’t "
    "wouldn’t isn't aren't"
    " can't won't don't doesn't didn't wasn't weren't hasn't haven't you’re they’re you’ll they’ll "
    "it’s it's they've"
)
_VERBS = word_set(
    "includes include applies apply says say said sets explains explain requires require means "
    "mean provides provide"
    " remains remain continues continue becomes become gives give allows allow covers cover takes "
    "take makes make"
    " helps shows show receives receive received announced published found gave took began became "
    "launched confirmed"
    " agreed increased rose fell replaces replace depends depend comes come came starts start "
    "begins begin expects"
    " expect recognises recognise proposes propose pays pay paid protects protect introduces "
    "introduced ensures ensure"
    " contains contain describes sees seen brings bring brought keeps keep "
    "wants want welcomes"
    " welcome thanks thank follows follow followed suggests suggest reveals tells tell told asks "
    "ask asked hears hear"
    " teach teaches live lets runs wrote writes made created believes believe urges "
    "encourages"
    " seeks reflects assesses hailed approved awarded closes opens stays stay goes go went"
    " keep lose loses attend attends decide decides meet meets wait waits agree agrees rises falls "
    "grows spends sends hold"
    " holds face faces know knows find finds feel feels thinks learn learns lead leads costs "
    "publish publishes appoint"
    " appoints arrange arranges consider considers reach reaches choose chooses refuse refuses "
    "exclude excludes specify"
    " specifies enable enables prevent prevents remove removes affect affects involve involves "
    "identify identifies"
    " deliver delivers carry carries recognise understand understands acknowledge acknowledges "
    "remind reminds warn warns"
    " launch launches open close play plays join joins share shares respond responds"
    " belongs lies consists date dates disagree happens differs varies"
)
_RELATIVE = word_set("that which who whose whom where when because if while whether how what why")
_TOKEN = re.compile(r"[A-Za-z][\w’'-]*|[,;:]")
_INTENDS = re.compile(r" (?:needs?|plans?|aims?|hopes?|wants?) to ")
_NEAR = 5
_FRAGMENT = re.compile(
    r"^(?:(?:Overview|Introduction|Background|Summary|Details|Contents|Conclusion"
    r"|Context) (?=[A-Z])|How|Why|Whether"
    r"|That|To [a-z]+"
    r"|Statement by|Please|Note|Remember|Not |Even if|As [A-Z]\w+ said|Just|Or|And|But|Yet|Which|Who"
    r"|All of which"
    r"|Whatever|Because|So that|Than|Read|See|Visit|Download|Find|Use|Click|Watch)\b"
)
_GLUED = pattern(
    r"[a-z)] (?:(?:This|These|An?|You|If|It|There|We|Your|For|They|When|Please|All|Some|To|Our|How"
    r"|What|Who|And|But|In|Most|Many|By|As|So|Follow|Make|Use|Check|Apply|Contact|Complain|Ask)"
    r"(?= [a-z])|The (?=\w)"
    r"|(?:Instead|However|Therefore|Firstly|Finally), )"
    r"|\b[a-z]{2,} (?:Parents|Carers|Families|Schools|Colleges|Councils|Headteachers|Teachers|Pupils|Children"
    r"|Providers|Settings|Governors|Directors|[A-Z][a-z]{3,}s) (?:may|must|can|will|cannot|should)\b"
)
_HEADED = re.compile(r"^[A-Z][a-z]+ [a-z ]{4,40} (?:First|Second|Third|Finally|Let me)\b,? ")
_FLAT_LIST = pattern(
    r"\b(?:to|for|of|include|includes|including|are|is|that|from|with|by|on|in|and|will|can|must"
    r"|should|if|contains"
    r"|contain|cover|covers|following|child|example): (?=[a-z])"
    r"|\bfollowing (?:[\w-]+ ){0,3}[\w-]+: (?=[A-Z])"
)
_MARKUP = re.compile(r"</?\w+[^<>]{0,80}>|\[[A-Za-z ]+:\d+\]|\{|\}|\|")


def is_whole(text: str) -> bool:
    """Whether ``text`` is one whole sentence of 5 to 48 words that ends as a sentence does."""
    if len(text) > MOST_LETTERS:
        return False
    if not SHORTEST <= word_count(text) <= LONGEST or not text.endswith((".", ".”", ".’", "!", ".)")):
        return False
    if not (text[0].isupper() or text[0].isdigit() or text[0] in "“‘£"):
        return False
    if text.count("“") != text.count("”") or text.count("(") != text.count(")") or text.count('"') % 2:
        return False
    if (
        _FRAGMENT.match(text)
        or _GLUED.search(text)
        or _FLAT_LIST.search(text)
        or _HEADED.match(text)
        or _MARKUP.search(text)
    ):
        return False
    words = text.split()
    blanks = len(text) - sum(map(len, words))
    letters = sum(map(str.isalpha, text))
    shouted = sum(len(word) > 1 for word in filter(str.isupper, words))
    return letters + blanks > 0.7 * len(text) and shouted < 0.4 * len(words) and has_main_verb(text)


def reads_glued(text: str) -> bool:
    """Whether a heading ran into the text that follows it."""
    return bool(_GLUED.search(text) or _MARKUP.search(text))


def has_main_verb(text: str) -> bool:
    """Whether some verb stands outside the first words after "that", "who", "if" and the like."""
    text = _INTENDS.sub(" must ", text)
    inside = 0  # words for which a subordinate clause may still await its verb
    for number, token in enumerate(_TOKEN.findall(text)):
        word = token.lower()
        if word in _RELATIVE:
            inside = _NEAR
        elif word in _AUXILIARY or (word in _VERBS and number > 0):
            if inside == 0:
                return True
            inside = 0
        elif inside and word.endswith("ed"):
            inside = 0
        elif inside and token not in {",", ";", ":"}:
            inside -= 1
    return False
