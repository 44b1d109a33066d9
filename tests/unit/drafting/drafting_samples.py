"""Invented letters, guidance and news for the drafting tests. No person or body here exists as told."""

from datetime import UTC, datetime

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.documents import ChangeNote, Part, PartKind, Person, Record

DFE = "Department for Education"
PAGE_URL = "https://www.gov.uk/government/publications/sample"


def blocks_from(text: str, *, part: str = "", pages: bool = False) -> tuple[Block, ...]:
    """Blocks of a small notation: ``# `` heading, ``- `` list item, ``| `` table row, ``=== `` next page."""
    found: list[Block] = []
    page, anchor = 1, ""
    for paragraph in text.strip().split("\n\n"):
        for line in (
            paragraph.split("\n") if paragraph.startswith(("- ", "| ")) else [" ".join(paragraph.split("\n"))]
        ):
            line = line.strip()
            if line.startswith("==="):
                page += 1
                continue
            kind, level = BlockKind.PARAGRAPH, 0
            if line.startswith("#"):
                level = len(line) - len(line.lstrip("#"))
                kind, line = BlockKind.HEADING, line.lstrip("# ")
                anchor = "#" + "-".join(line.lower().split()[:5])
            elif line.startswith("- "):
                kind, level, line = BlockKind.LIST_ITEM, 1, line[2:]
            elif line.startswith("| "):
                kind, line = BlockKind.TABLE_ROW, line[2:]
            found.append(Block(kind, line, level, f"page={page}" if pages else anchor, part))
    return tuple(found)


def a_part(
    text: str,
    *,
    kind: PartKind = PartKind.FILE,
    title: str = "Letter (PDF)",
    status: ReadStatus = ReadStatus.READ,
) -> Part:
    is_file = kind is PartKind.FILE
    key = "" if kind is PartKind.PAGE else title
    url = (
        PAGE_URL
        if kind is PartKind.PAGE
        else f"https://assets.publishing.service.gov.uk/media/1/{'a.pdf' if is_file else 'a'}"
    )
    return Part(
        kind=kind,
        key=key,
        url=url,
        title="" if kind is PartKind.PAGE else title,
        status=status,
        sha256="0" * 64,
        size=1000,
        blocks=blocks_from(text, part=key, pages=is_file) if text.strip() else (),
        format="pdf" if is_file else "html",
        filename="a.pdf" if is_file else "",
    )


def a_record(title: str, **more: object) -> Record:
    fields: dict[str, object] = {
        "url": PAGE_URL,
        "title": title,
        "content_id": "c-1",
        "document_type": "correspondence",
        "public_updated": datetime(2026, 9, 3, 8, 30, tzinfo=UTC),
        "publishers": (DFE,),
    }
    return Record(**{**fields, **more})  # type: ignore[arg-type]


RETURN_LETTER = """
Maren Oakfield MP
Parliamentary Under-Secretary of State for Children and Families

Sanctuary Buildings 20 Great Smith Street London SW1P 3BT tel: 0370 000 2288

2 September 2026

Dear colleagues,

I am writing to you about support for children and young people with special educational needs and
disabilities as they return to school and college this month.

I recognise that this is an anxious and challenging time for many parents and carers. I would like to
thank everyone who works in schools and colleges for the preparations they have made over the summer.
Thank you for everything you do.

# Welcoming every pupil back

We know that most pupils will be glad to see their friends again. Schools should plan a phased welcome
only where it is in the best interests of the pupil. A phased welcome must not be used to keep a pupil
with SEND away from full-time education.

# Behaviour and exclusion

Schools’ behaviour policies and their powers to discipline pupils, including exclusion, remain in place.
Permanent exclusion should only be used as a last resort and must be lawful, reasonable and fair.
Off-rolling – the practice of removing a pupil from the school roll without a permanent exclusion, when
this is mainly in the interests of the school – is unlawful and remains unacceptable. This includes
putting pressure on parents to take their child off the roll to home educate.

=== 2

# Risk assessments

We have heard that some schools use risk assessments to decide whether a pupil may attend. A risk
assessment should help a pupil to attend, and it should be written with the parents. Further detail is in
the guidance that we published in July.

# Visits from specialists

Therapists, educational psychologists and other specialists should be able to visit schools as they
normally would. We expect local authorities and health bodies to deliver the provision that is set out in
education, health and care plans in full.

# Face coverings

Pupils who cannot wear a face covering because of a disability are exempt, and they must not be refused
education for that reason.

# Mental health and wellbeing

We are making £8 million available for training, so that staff can help pupils who are worried about
coming back.

=== 3

# Support in hospital schools

Hospital schools should continue to provide as full an education as the child’s health allows.

# Attendance

Fines should not be used where a pupil cannot attend because the support in their plan is not in place.

If you have any queries about this letter, please contact the team at send.letters@education.example.uk.

Yours sincerely,

Maren Oakfield MP
Parliamentary Under-Secretary of State for Children and Families
"""

TWO_MINISTERS = """
To: Chief executives of integrated care boards and directors of children’s services in England

14 October 2026

Dear colleague

SHORT BREAKS AND THERAPIES FOR DISABLED CHILDREN

We are writing jointly to set out what we expect local areas to do before the end of the financial year.

Too many families have told us that they wait more than 30 weeks for speech and language therapy. From 1
January 2027, every local area must publish its waiting times for therapies on its local offer, every
three months. We will publish a national summary in April 2027.

We are also providing a further £45 million for short breaks in 2027 to 2028. Councils can apply from 2
November 2026, and the deadline for applications is 11 December 2026. The money may be used for overnight
stays, holiday clubs and help at home.

The law has not changed. A council must still provide everything that is specified in section F of an EHC
plan, and it cannot refuse because its budget has run out. Integrated care boards must arrange the health
care provision that is specified in a plan.

You should send your plan to us by 30 November 2026.

We look forward to working with you. Together we can make sure that our children thrive.

Yours sincerely

Idris Penhallow MP
Minister of State for School Standards

Helga Strand MP
Minister of State for Care
"""

GUIDANCE = """
# Introduction

This guidance is for governing bodies, headteachers and local authorities in England.

# 1. What schools must do

Schools must:

- make reasonable adjustments for disabled pupils
- appoint a qualified SENCO
- tell parents when they are making special educational provision for their child

Governing bodies should review the school’s SEN information report at least once a year. See Annex A for a
template.

# 2. Part-time timetables

A part-time timetable must not be used to manage a pupil’s behaviour. In very exceptional circumstances, a
pupil may need a part-time timetable for a short time. A pupil of compulsory school age is entitled to a
full-time education, and the parents must agree to a part-time timetable before it starts. It should have
an end date.

# 3. How parents can disagree

Parents can complain to the school, and then to the governing body. If a child has an EHC plan, parents
can ask the local authority for an early review at any time. Parents who disagree with a decision about a
plan can appeal to the SEND Tribunal within 2 months of the decision.

# 4. Funding

Schools are expected to meet the first £6,000 of the cost of extra support from their own budget. The
guidance on the notional SEN budget explains how this is worked out.

# Annex A

A template.

# Further information

Contact us at help@example.gov.uk.
"""

CONSULTATION = """
We are seeking views on changes to home-to-school transport for young people aged 16 to 19 with SEND.

# Why we are consulting

The current rules date from 2014. Many families have told councils that decisions come too late to plan
for September.

# What we propose

We propose that councils must decide every application by 31 May each year. Parents would have the right
to ask for a review of a decision within 20 working days. Councils would no longer be able to charge
families on low incomes.

# Who this is for

This consultation is for parents, young people, councils and colleges.

# Equality impact

We have considered how the proposals would affect disabled young people.
"""

PRESS = """
The Department for Education has today (12 May 2026) announced £31 million for new places in special
schools and in units in mainstream schools.

The money will create more than 1,200 places in 28 council areas from September 2027. Families will no
longer have to travel long distances to find a suitable place.

Minister for Children and Families, Maren Oakfield MP, said:

Our reforms put parents at the heart of the system. We are determined that no child is left waiting.

I have met families who travel 40 miles each day.

Edda Fairweather, chief executive of the Open Lanes charity, said:

This is a vital step. Families have waited for years and our helpline hears from them each day.

# Background

Councils have until 17 July 2026 to apply for a share of the funding. The Department for Education will
name the successful areas in November 2026.
"""

STATEMENT = """
Today I am announcing the high needs funding that local authorities in England will receive in 2027 to 2028.

High needs funding will rise by £760 million, which is 6.5% more than in 2026 to 2027. Every local
authority will see an increase of at least 5% for each child and young person.

High needs funding pays for the support of children and young people with SEND, and for alternative
provision for pupils who cannot be educated in a school. I can also confirm that the safety valve
agreements with 34 local authorities will stay in place.

We will publish the final allocations in December 2026.
"""


def the_return_letter() -> tuple[Record, tuple[Part, ...]]:
    record = a_record(
        "Letter to schools and colleges about support for children with SEND",
        description="A letter from Maren Oakfield MP to schools and colleges about the return to school.",
        people=(
            Person("Maren Oakfield MP", "Parliamentary Under-Secretary of State for Children and Families"),
        ),
    )
    page = a_part("A letter to schools and colleges in England.", kind=PartKind.PAGE)
    return record, (page, a_part(RETURN_LETTER))


def the_joint_letter() -> tuple[Record, tuple[Part, ...]]:
    record = a_record(
        "Short breaks and therapies: letter to local areas",
        publishers=(DFE, "Department of Health and Social Care"),
    )
    return record, (a_part("", kind=PartKind.PAGE), a_part(TWO_MINISTERS))


def the_guidance(**more: object) -> tuple[Record, tuple[Part, ...]]:
    fields: dict[str, object] = {
        "document_type": "guidance",
        "description": "Guidance for schools and local authorities on supporting pupils with SEND in"
        " mainstream schools.",
        "facts": (("national_applicability", "England"),),
        "change_notes": (
            ChangeNote(datetime(2026, 9, 1, 9, 0, tzinfo=UTC), "Added a section on part-time timetables."),
        ),
    }
    record = a_record("SEND support in mainstream schools", **{**fields, **more})
    page = a_part("Guidance for schools.", kind=PartKind.PAGE)
    return record, (page, a_part(GUIDANCE, kind=PartKind.CHILD, title="SEND support in mainstream schools"))


def the_consultation() -> tuple[Record, tuple[Part, ...]]:
    record = a_record(
        "Home-to-school transport for young people with SEND",
        document_type="open_consultation",
        description="Seeking views on changes to home-to-school transport for young people aged 16 to 19"
        " with SEND.",
        facts=(("closing_date", "2026-11-20T23:59:00+00:00"), ("opening_date", "2026-09-01T08:00:00+00:00")),
    )
    return record, (a_part(CONSULTATION, kind=PartKind.PAGE),)


def the_press_release() -> tuple[Record, tuple[Part, ...]]:
    record = a_record(
        "£31 million for new special school places",
        document_type="press_release",
        description="New places in special schools and units will open from September 2027.",
        people=(Person("Maren Oakfield MP", "Minister for Children and Families"),),
    )
    return record, (a_part(PRESS, kind=PartKind.PAGE),)


def the_statement() -> tuple[Record, tuple[Part, ...]]:
    record = a_record(
        "High needs funding for 2027 to 2028",
        document_type="written_statement",
        description="Written ministerial statement by Idris Penhallow MP about high needs funding in"
        " 2027 to 2028.",
        people=(Person("Idris Penhallow", "Minister of State for School Standards"),),
    )
    return record, (a_part(STATEMENT, kind=PartKind.PAGE),)
