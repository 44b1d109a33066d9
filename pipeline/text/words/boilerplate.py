"""What is never news: addresses, contact details, courtesies, cookie notices, requests for other formats.

Pure. Also finds e-mail addresses and telephone numbers, which never go into a draft.
"""

import re

from pipeline.text.words.patterns import pattern

LONGEST = 2000  # letters; what is longer is no sentence, and is treated as unfit to print

_CONTACT = pattern(
    r"(?<![\w.+-])[\w.+-]{1,80}\s?@\s?[\w-]+\.[\w.-]+"
    r"|(?<![\d£,.])(?:\+44\s?\(?0?\)?|\(?0)(?:[\s()-]?\d){9,10}(?!\d)"
    r"|\b(?:tel|telephone|phone|mobile|fax|textphone|minicom)\b\.?:?\s*[\d(+]",
    re.I,
)
_REACH = pattern(
    r"(?<![\w£$€,.])(?:\+44|0\d{2,4})[ .\-]\d{3,4}[ .\-]?\d{3,4}\b"
    r"|\b\d{2}-\d{2}-\d{2}\b|\bsort code\b|\baccount (?:number |no\.? )?\d"
    r"|(?<![\w.])@\w{2,}|[(\[]\s?(?:at|dot)\s?[)\]]|\b(?:text|sms) [\w‘’“”\"']{1,20} to \d{3,}"
    r"|\b[a-z][a-z0-9-]+\.[a-z]{2,}/"
    r"|\b(?:oh|zero|nought)[- ](?:one|two|three|four|five|six|seven|eight|nine)\b",
    re.I,
)
_LONG_NUMBER = re.compile(r"(?<![\w£$€,.])\d{8,}(?![\d,])")
_MACHINE = pattern(
    r"\b(?:ignore|disregard|forget|override) (?:all |any |every |of |the |your |my )*(?:previous|prior"
    r"|above|earlier"
    r"|preceding|other|system)? ?(?:instructions|prompts?|rules)\b|\bsystem prompt\b"
    r"|\byou are (?:now )?an? (?:AI|assistant"
    r"|language model|chatbot)\b|<\|?\w+\|?>",
    re.I,
)
_ADDRESS = pattern(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\bSanctuary Buildings\b|\bGreat Smith Street\b"
    r"|^\d+[A-Za-z]? (?:[A-Z]\w+ ){1,3}(?:Street|Road|Avenue|Lane|Square|Place|Way)\b"
)
_WEB = pattern(r"https?://|www\.|\b[\w-]+\.(?:gov|org|co|ac|nhs)\.uk\b", re.I)
_PHRASES = pattern(
    r"\b(?:(?:ignore|disregard|forget) (?:all |any )?(?:of )?(?:the )?(?:previous|prior|above"
    r"|earlier|your) instructions"
    r"|cookies?|javascript|accessible (?:format|version)|alternative format|large print|braille"
    r"|hard cop(?:y|ies)"
    r"|print(?:ed)? cop(?:y|ies)|open government licence|crown copyright|all rights reserved"
    r"|privacy (?:notice|policy)"
    r"|subscribe|unsubscribe|sign up (?:to|for)|email alerts?|press office|media enquir|newsdesk"
    r"|notes? to editors?"
    r"|(?:any|further|general) (?:queries|enquiries|questions)|(?:have|got) (?:a|any) quer(?:y|ies)"
    r"|questions? about this"
    r"|please (?:do )?(?:contact|e-?mail|call|ring|get in touch"
    r"|write to (?!each|every|all|these|those|parents|families|the (?:parents|families|young)))"
    r"|do not hesitate|get in "
    r"touch|contact (?:us|details)"
    r"|for (?:more|further) (?:information|details)|further information (?:is|can be|about)|click (?:here|on)"
    r"|can be (?:found|viewed|accessed|downloaded)|is (?:also )?available (?:at|on|here|from)"
    r"|(?:more|further) information about [^.;:]{3,60} (?:is|are) (?:also )?available"
    r"|assistive technology"
    r"|placed in the (?:house )?librar|copy of this (?:letter|statement)|copied to|enclosure|this "
    r"file (?:may|is)"
    r"|request an? (?:accessible|alternative|different|large|braille|printed|easy|copy)"
    r"|see the (?:glossary|annex)|table of contents|page \d+ of \d+|reference number"
    r"|our ref\b|your ref\b)",
    re.I,
)
_COURTESY = re.compile(
    r"^(?:dear\b|yours\b|kind regards|best wishes|with (?:best|kind|warm)|thank you\b|thanks\b|good "
    r"(?:morning|afternoon)"
    r"|i (?:am|'m|’m) (?:writing|very grateful|grateful|proud|delighted to be|pleased to be|looking "
    r"forward)|i look forward"
    r"|i hope (?:this|that this|you|that you)|we hope (?:this|you)|once again|to conclude|finally, "
    r"(?:thank|i)"
    r"|ladies and gentlemen|it(?:’s|'s| is) (?:a|an|my|such a|really|great|wonderful) (?:\w+ "
    r")?(?:pleasure|honour|privilege|great)"
    r"|as you (?:will|may|know)|as ever|please accept|cc\b|enc\b|by e-?mail|sent by)",
    re.I,
)
_CROSS = pattern(
    r"\b(?:guidance|guide|document|page) (?:on|about) .{3,60} (?:explains|sets out|gives|has)\b"
    r"|^(?:(?:More|Further) i|I)nformation (?:about|on) .{3,100} (?:is|are) (?:in|on)\b|"
    r"\b(?:see|set out|described|listed|shown|given|outlined|mentioned|discussed|detailed|noted"
    r"|explained|referred to)"
    r" (?:in (?:the )?(?:table|annex|section|chapter|paragraph|figure|box|appendix)|below|above"
    r"|overleaf|earlier|at (?:annex|appendix))"
    r"|\b(?:below|above|overleaf)[.:;)]|\b(?:the )?(?:following|above|below) (?:table|list|section"
    r"|chart|figure|paragraph)"
    r"|\bas follows\b|\b(?:table|figure|box|annex|appendix|footnote) [A-Z\d]|\b(?:attached"
    r"|enclosed)\b|\(see\b|\bsee (?:section|page|para)"
    r"|\bthis (?:section|chapter|page|annex|paragraph|table|file)\b",
    re.I,
)


def has_contact_details(text: str) -> bool:
    """Whether the text holds an address, number or handle that people could be sent to, or pay into.

    Words that give orders to a machine count as such: they too must not be printed by us.
    """
    return len(text) > LONGEST or any(p.search(text) for p in (_CONTACT, _REACH, _LONG_NUMBER, _MACHINE))


def is_boilerplate(text: str) -> bool:
    """Whether the text is a courtesy, an address, contact details or a notice about the page itself."""
    return bool(
        len(text) > LONGEST
        or has_contact_details(text)
        or _ADDRESS.search(text)
        or _WEB.search(text)
        or _PHRASES.search(text)
        or _COURTESY.search(text)
    )


def points_elsewhere(text: str) -> bool:
    """Whether the text leans on a table, an annex or another place that a news item does not have."""
    return len(text) > LONGEST or bool(_CROSS.search(text))
