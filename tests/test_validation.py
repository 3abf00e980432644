import json
from pathlib import Path
from typing import Any

import pytest

from massharm import KnowledgeBase
from massharm.kb.store import load, read
from massharm.kb.validation import RULES, Finding, check
from tiny import DATA, File, Spoil, Write, citation, cited, harm, heavy, medicine, met, said, sign, tiny_file


def findings(path: Path) -> list[Finding]:
    """Give what is wrong in a file."""
    return list(check(KnowledgeBase(load(path)), read(path), "kb.json"))


def test_the_bundled_file_keeps_every_rule() -> None:
    """The data that people act on is clean."""
    assert findings(DATA) == []


def test_the_tiny_file_keeps_every_rule(tiny_path: Path) -> None:
    """The counter-examples below start from a file with nothing wrong."""
    assert findings(tiny_path) == []


def put(file: File, *sources: File) -> None:
    """Put citations in the places of those with their numbers, or, with new numbers, at the end, cited by a term."""
    for source in sources:
        if source["number"] < len(file["citations"]):
            file["citations"][source["number"]] = source
        else:
            file["citations"].append(source)
            file["terms"][0]["citations"].append(source["number"])


def article(number: int, **fields: Any) -> File:
    """Return a citation of an article in a journal."""
    return citation(number, **({"container": "A journal"} | fields))


def page(number: int, **fields: Any) -> File:
    """Return a citation of a page on the web."""
    page: File = {"kind_of_study": "web page", "publisher": "An office", "url": "https://example.org/page"}
    return citation(number, **(page | {"authors": None, "year": None, "seen_on": "2026-01-02"} | fields))


COUNTER_EXAMPLES: dict[str, tuple[str, Spoil, str, str]] = {
    "two records, one id": (
        "unique-ids",
        lambda file: file["terms"][0].update(id="heavy"),
        "heavy",
        "2 records have this id; rename all but one",
    ),
    "withdrawn id in use": (
        "unique-ids",
        lambda file: file["withdrawn"][0].update(id="ladder"),
        "ladder",
        "2 records have this id; rename all but one",
    ),
    "number used twice": (
        "unique-numbers",
        lambda file: file["citations"].append(citation(17, key="other")),
        "citation 17",
        "2 citations have this number; give the newer one the next free number",
    ),
    "a note is missing": (
        "notes-of-the-article",
        lambda file: file["citations"].pop(),
        "citation 29",
        "missing; the article and its 29 notes keep their numbers",
    ),
    "a comment is no report": (
        "notes-of-the-article",
        lambda file: cited(file, 3).update(kind_of_study="case report"),
        "citation 3",
        "this note of the article is commentary, not case report",
    ),
    "one publication twice": (
        "unique-publications",
        lambda file: [cited(file, number).update(pmid="123", doi=None) for number in (1, 2)],
        "author-2",
        "pmid 123 is that of citation 1 too; merge them and withdraw one key",
    ),
    "one PMCID twice": (
        "unique-publications",
        lambda file: [cited(file, number).update(pmcid="PMC7") for number in (1, 2)],
        "author-2",
        "pmcid PMC7 is that of citation 1 too; merge them and withdraw one key",
    ),
    "one DOI twice": (
        "unique-publications",
        lambda file: [cited(file, number).update(doi="10.1234/x") for number in (1, 2)],
        "author-2",
        "doi 10.1234/x is that of citation 1 too; merge them and withdraw one key",
    ),
    "one address twice": (
        "unique-publications",
        lambda file: [cited(file, number).update(url="https://example.org/x") for number in (1, 2)],
        "author-2",
        "url https://example.org/x is that of citation 1 too; merge them and withdraw one key",
    ),
    "a field from memory": (
        "fields-were-checked",
        lambda file: cited(file, 1).update(volume="7"),
        "author-1",
        "“volume” is filled, but no entry of “checked” says where it was seen",
    ),
    "a field seen and empty": (
        "fields-were-checked",
        lambda file: cited(file, 1).update(year=None),
        "author-1",
        "“checked” names “year”, which is empty or no bibliographic field",
    ),
    "no title": (
        "sources-are-named",
        lambda file: cited(file, 1).update(title=None),
        "author-1",
        "“title” is needed; where it was seen nowhere, “caution” must say so",
    ),
    "no author": (
        "sources-are-named",
        lambda file: cited(file, 1).update(authors=None),
        "author-1",
        "“authors” is needed; where it was seen nowhere, “caution” must say so",
    ),
    "a page without address": (
        "sources-are-named",
        lambda file: cited(file, 1).update(kind_of_study="web page", publisher="X", seen_on="2026-01-01"),
        "author-1",
        "“url” is needed; where it was seen nowhere, “caution” must say so",
    ),
    "a page seen at no time": (
        "sources-are-named",
        lambda file: put(file, page(1, seen_on=None)),
        "author-1",
        "“seen_on” is needed; where it was seen nowhere, “caution” must say so",
    ),
    "a page of nobody": (
        "sources-are-named",
        lambda file: put(file, page(1, publisher=None)),
        "author-1",
        "“publisher” is needed; where it was seen nowhere, “caution” must say so",
    ),
    "a PMCID twice": (
        "unique-publications",
        lambda file: [cited(file, number).update(pmcid="PMC123") for number in (1, 2)],
        "author-2",
        "pmcid PMC123 is that of citation 1 too; merge them and withdraw one key",
    ),
    "an address twice": (
        "unique-publications",
        lambda file: [cited(file, number).update(url="https://example.org/same") for number in (1, 2)],
        "author-2",
        "url https://example.org/same is that of citation 1 too; merge them and withdraw one key",
    ),
    "a DOI in capitals": (
        "dois-are-lower-case",
        lambda file: cited(file, 1).update(doi="10.1234/ABC"),
        "author-1",
        "the DOI is not in lower case: 10.1234/ABC",
    ),
    "a link to nothing": (
        "links-resolve",
        lambda file: harm(file).update(see_also=["no-such"]),
        "blue-thumb",
        "“see_also” names no-such, which is no record",
    ),
    "a link to the wrong kind": (
        "links-resolve",
        lambda file: harm(file).update(mechanisms=["ladder"]),
        "blue-thumb",
        "“mechanisms” names ladder, which is no mechanism",
    ),
    "a question of the intake about nothing": (
        "links-resolve",
        lambda file: file.update(intake=["no-such"]),
        "intake",
        "it names no-such, which is no sign and no precaution",
    ),
    "a link to itself": (
        "links-resolve",
        lambda file: harm(file).update(see_also=["blue-thumb"]),
        "blue-thumb",
        "“see_also” names the record itself",
    ),
    "a number of nobody": (
        "numbers-resolve",
        lambda file: file["lessons"][0].update(citations=[99]),
        "lesson-look",
        "cites 99, which is no citation",
    ),
    "an heir that is gone": (
        "links-resolve",
        lambda file: file["withdrawn"][0].update(heirs=["gone"]),
        "azure-thumb",
        "its heir gone does not exist",
    ),
    "an uncited statement": (
        "everything-cited",
        lambda file: harm(file).update(onset=[said("At once.")]),
        "blue-thumb",
        "uncited: “At once.”",
    ),
    "an uncited summary": (
        "everything-cited",
        lambda file: harm(file, 1).update(citations=[]),
        "broken-ladder",
        "uncited: “A ladder breaks under the patient.”",
    ),
    "an uncited warning sign": (
        "everything-cited",
        lambda file: sign(file).update(citations=[]),
        "creaking",
        "uncited: “See a clinician.”",
    ),
    "a number twice": (
        "everything-cited",
        lambda file: harm(file).update(onset=[said("At once.", 1, 1)]),
        "blue-thumb",
        "cites a number twice: “At once.”",
    ),
    "a term that cites a number twice": (
        "everything-cited",
        lambda file: file["terms"][0]["citations"].append(0),
        "ladder",
        "cites a number twice: “Two poles with rungs.”",
    ),
    "a region twice": (
        "lists-hold-each-word-once",
        lambda file: harm(file, 1).update(regions=["hand", "hand"]),
        "broken-ladder",
        "“regions” holds “hand” 2 times; keep one",
    ),
    "a sign twice": (
        "lists-hold-each-word-once",
        lambda file: harm(file).update(
            warning_signs=[{"sign": "falling", "link": link} for link in ("characteristic", "compatible")]
        ),
        "blue-thumb",
        "“warning_signs” holds “falling” 2 times; keep one",
    ),
    "a mechanism of nothing": (
        "everything-used",
        lambda file: harm(file, 1).update(mechanisms=[]),
        "weight",
        "no harm refers to it",
    ),
    "a citation nobody uses": (
        "everything-used",
        lambda file: file["citations"].append(citation(30)),
        "author-30",
        "nothing cites it; link its finding to a harm, a term or a precaution",
    ),
    "a harm nobody reported": (
        "harms-are-reported",
        lambda file: harm(file).update(findings=[]),
        "blue-thumb",
        "has neither a case nor a finding of a study",
    ),
    "a harm without doubt": (
        "harms-are-reported",
        lambda file: harm(file).update(uncertainty=[]),
        "blue-thumb",
        "“uncertainty” is empty; say what is not known",
    ),
    "a death called minor": (
        "severity-follows",
        lambda file: harm(file, 1).update(severity="minor"),
        "broken-ladder",
        "is minor, though death, surgery was reported; make it serious",
    ),
    "serious for nothing": (
        "severity-follows",
        lambda file: harm(file).update(severity="serious"),
        "blue-thumb",
        "is serious without an attributed outcome; say in “severity_basis” which source calls it so",
    ),
    "an outcome typed and told": (
        "nothing-typed-twice",
        lambda file: harm(file, 1).update(outcomes=met("surgery", "death")),
        "broken-ladder",
        "“outcomes” holds death, which follows from its cases; take it out",
    ),
    "a case typed as a study": (
        "nothing-typed-twice",
        lambda file: harm(file, 1).update(findings=[{"citation": 5, "bearing": "supports", "text": "He fell."}]),
        "broken-ladder",
        "“findings” repeats citation 5, which is one of its cases; take it out",
    ),
    "one alias, two harms": (
        "names-are-unambiguous",
        lambda file: (
            harm(file, 2)["aliases"].append({"text": "B.T.", "kind": "lay"})
            or harm(file)["aliases"].append({"text": "b t", "kind": "lay"})
        ),
        "blue-thumb",
        "“b t” names odd-feeling too; take it from one, or refer in “see_also”",
    ),
    "an alias twice": (
        "names-are-unambiguous",
        lambda file: harm(file)["aliases"].append({"text": "blue-thumb", "kind": "spelling"}),
        "blue-thumb",
        "“blue thumb” stands 2 times among its name and aliases",
    ),
    "an alias of one letter": (
        "names-are-unambiguous",
        lambda file: harm(file)["aliases"].append({"text": "B", "kind": "abbreviation"}),
        "blue-thumb",
        "the alias “b” is too short to be searched",
    ),
    "a phrase that is cut": (
        "phrases-are-unbroken",
        lambda file: harm(file)["aliases"].append({"text": "blue, all over", "kind": "phrase"}),
        "blue-thumb",
        "the phrase “blue, all over” is cut where its words are read; write it without the sign",
    ),
    "a term named like a harm": (
        "ids-leave-harms-their-words",
        lambda file: file["terms"][0].update(id="bt"),
        "bt",
        "is what blue-thumb is called; give it another id, as in term-bt",
    ),
    "a case of a comment": (
        "cases-are-reported",
        lambda file: file["cases"][0].update(citations=[3]),
        "author-5-ladder",
        "its first citation, 3, is a commentary; put the report first",
    ),
    "a case of nothing": (
        "cases-are-reported",
        lambda file: file["cases"][1].update(harms=[]),
        "anecdote-odd",
        "is a case of no harm; link it, or call it a near miss in its name",
    ),
    "a near miss with a harm": (
        "cases-are-reported",
        lambda file: file["cases"][1].update(name="Anecdote: a near miss"),
        "anecdote-odd",
        "is a near miss, in which no harm came about; take its harms out",
    ),
    "a code of another system": (
        "codes-are-formed",
        lambda file: harm(file).update(codes=[{"system": "ICD-10-CM", "code": "Blue", "name": "Blue"}]),
        "blue-thumb",
        "ICD-10-CM Blue “Blue” is not formed as that system's",
    ),
    "a month of another form": (
        "months-are-formed",
        lambda file: cited(file, 2).update(month="Jan/Feb"),
        "author-2",
        "“month” is Jan/Feb; write it as Jul, or a range as Apr-Jun",
    ),
    "a figure without a number": (
        "figures-are-counted",
        lambda file: harm(file)["frequency"][0].update(percent=None),
        "blue-thumb",
        "“a blue thumb on the next day” needs a “numerator” or else a “percent”, and not both",
    ),
    "a figure with two numbers": (
        "figures-are-counted",
        lambda file: harm(file)["frequency"][0].update(numerator=7),
        "blue-thumb",
        "“a blue thumb on the next day” needs a “numerator” or else a “percent”, and not both",
    ),
    "more than everybody": (
        "figures-are-counted",
        lambda file: harm(file)["frequency"][0].update(numerator=101, percent=None),
        "blue-thumb",
        "“a blue thumb on the next day” counts more than its denominator",
    ),
    "a figure of a lesson without a number": (
        "figures-are-counted",
        lambda file: file["lessons"][0].update(frequency=[harm(file)["frequency"][0] | {"percent": None}]),
        "lesson-look",
        "“a blue thumb on the next day” needs a “numerator” or else a “percent”, and not both",
    ),
    "a day that is none": (
        "days-exist",
        lambda file: harm(file).update(reviewed="2026-02-30"),
        "blue-thumb",
        "“reviewed” is 2026-02-30, which is no day of the calendar",
    ),
    "a review on no day": (
        "days-exist",
        lambda file: file.update(reviewed="9999-99-99"),
        "file",
        "“reviewed” is 9999-99-99, which is no day of the calendar",
    ),
    "a page seen on no day": (
        "days-exist",
        lambda file: cited(file, 1).update(seen_on="2020-13-45"),
        "author-1",
        "“seen_on” is 2020-13-45, which is no day of the calendar",
    ),
    "a retraction of no day": (
        "days-exist",
        lambda file: cited(file, 1).update(status={"state": "retracted", "looked_at": "2026-00-01"}),
        "author-1",
        "“looked_at” is 2026-00-01, which is no day of the calendar",
    ),
    "a look-up that found nothing nowhere": (
        "look-ups-are-told",
        lambda file: cited(file, 1).update(status={"looked_at": "2026-01-02"}),
        "author-1",
        "“status” holds neither what was found nor the place where it was looked for",
    ),
    "a gap in the numbers": (
        "numbers-without-gaps",
        lambda file: put(file, article(31)),
        "citation 31",
        "the number before it is 29; the next free number is 30",
    ),
    "a second gap": (
        "numbers-without-gaps",
        lambda file: put(file, article(30), article(33)),
        "citation 33",
        "the number before it is 30; the next free number is 31",
    ),
    "a DOI twice, once in capitals": (
        "unique-publications",
        lambda file: [cited(file, 1).update(doi="10.1234/a"), cited(file, 2).update(doi="10.1234/A")],
        "author-2",
        "doi 10.1234/A is that of citation 1 too; merge them and withdraw one key",
    ),
    "a source without a year": (
        "sources-are-dated",
        lambda file: put(file, article(30, year=None)),
        "author-30",
        "“year” is needed; where it was seen nowhere, “caution” must say so",
    ),
    "a source without a journal": (
        "sources-are-dated",
        lambda file: put(file, article(30, container=None)),
        "author-30",
        "“container” or “publisher” is needed; where none was seen, “caution” must say so",
    ),
    "an emergency without a response": (
        "emergencies-have-a-response",
        lambda file: harm(file, 1).update(response=[]),
        "broken-ladder",
        "has a characteristic emergency sign; let “response” begin with the emergency",
    ),
    "an emergency in the second place": (
        "emergencies-have-a-response",
        lambda file: harm(file, 1)["response"].insert(0, said("Stand back.", 5)),
        "broken-ladder",
        "has a characteristic emergency sign; let “response” begin with the emergency",
    ),
    "a sign of an emergency in no step": (
        "responses-cover-the-signs",
        lambda file: harm(file, 1)["response"][0].update(signs=[]),
        "broken-ladder",
        "no step of “response” covers falling (emergency-now); name it in the “signs” of one that does",
    ),
    "a sign of an emergency in a lesser step": (
        "responses-cover-the-signs",
        lambda file: (
            harm(file, 1)["response"].append(harm(file, 1)["response"][0] | {"urgency": "same-day"})
            or harm(file, 1)["response"][0].update(signs=[])
        ),
        "broken-ladder",
        "no step of “response” covers falling (emergency-now); name it in the “signs” of one that does",
    ),
    "a step that covers a sign of another harm": (
        "responses-cover-the-signs",
        lambda file: (
            harm(file)
            .setdefault("response", [])
            .append(said("Call for help.", 5) | {"urgency": "soon", "signs": ["falling"]})
        ),
        "blue-thumb",
        "a step of “response” covers falling, which is none of its warning signs; take it out",
    ),
    "a step that covers a sign and calls for no help": (
        "responses-cover-the-signs",
        lambda file: harm(file, 1)["response"].append(said("Stand back.", 5) | {"signs": ["falling"]}),
        "broken-ladder",
        "a step of “response” covers falling and has no urgency; give it one",
    ),
    "a lesser step before an emergency": (
        "responses-are-in-order",
        lambda file: (
            harm(file, 1)["response"].append(said("Call now.", 5) | {"urgency": "emergency-now"})
            or harm(file, 1)["response"].insert(1, said("Ask today.", 5) | {"urgency": "same-day"})
        ),
        "broken-ladder",
        "the steps of “response” are not in the order of their urgency; sort them",
    ),
    "a minor harm with an emergency of its own": (
        "emergencies-have-a-response",
        lambda file: harm(file).update(
            warning_signs=[{"sign": "falling", "link": "characteristic"}], response=harm(file, 1)["response"]
        ),
        "blue-thumb",
        "is minor and has a characteristic emergency sign; make the link compatible",
    ),
    "a serious harm without signs": (
        "serious-harms-are-answered",
        lambda file: harm(file, 1).update(warning_signs=[]),
        "broken-ladder",
        "is serious and has no “warning_signs”; add it, or say in “missing” why there is none",
    ),
    "a serious harm without a response": (
        "serious-harms-are-answered",
        lambda file: harm(file, 1).update(response=[]),
        "broken-ladder",
        "is serious and has no “response”; add it, or say in “missing” why there is none",
    ),
    "what is there explained as missing": (
        "serious-harms-are-answered",
        lambda file: harm(file, 1).update(missing=[{"section": "response", "reason": "None is known."}]),
        "broken-ladder",
        "“missing” explains response, which is there; take it out",
    ),
    "a section that is none": (
        "serious-harms-are-answered",
        lambda file: harm(file).update(missing=[{"section": "colour", "reason": "None."}]),
        "blue-thumb",
        "“missing” names colour, which is no field of a harm",
    ),
    "a basis where an outcome is attributed": (
        "severity-follows",
        lambda file: harm(file, 1).update(severity_basis=said("It is grave.", 5)),
        "broken-ladder",
        "“severity_basis” is for serious harms without an attributed outcome; take it out",
    ),
    "surgery at home": (
        "outcomes-are-coded",
        lambda file: file["cases"][0].update(outcomes=met("death", "surgery")),
        "author-5-ladder",
        "codes surgery without hospital; add hospital",
    ),
    "an outcome twice": (
        "outcomes-are-coded",
        lambda file: file["cases"][0].update(outcomes=met("death", "death")),
        "author-5-ladder",
        "codes death 2 times",
    ),
    "a sign of nothing": (
        "signs-lead-somewhere",
        lambda file: harm(file, 1)["warning_signs"].pop(0),
        "creaking",
        "is a sign of no harm; link it, or say in “instead” what it may be",
    ),
    "a sign that is raised to what it is": (
        "raised-urgencies-are-higher",
        lambda file: sign(file)["raised_by"][0].update(urgency="soon"),
        "creaking",
        "is raised to soon, which is no more urgent than soon",
    ),
    "a sign that nothing raises": (
        "raised-urgencies-are-higher",
        lambda file: sign(file)["raised_by"][0].update({"with": {}}),
        "creaking",
        "is raised by nothing; say in “with” by what",
    ),
    "a computed support": (
        "support-is-not-typed",
        lambda file: heavy(file)["harms"][0].update(support="case"),
        "heavy",
        "the link to broken-ladder holds the support “case”, which is computed; take it out",
    ),
    "a harm linked twice": (
        "support-is-not-typed",
        lambda file: heavy(file)["harms"].append(heavy(file)["harms"][0]),
        "heavy",
        "“harms” holds broken-ladder 2 times; keep one",
    ),
    "a narrower alias without an answer": (
        "narrower-aliases-are-answered",
        lambda file: heavy(file)["aliases"][1].update(answered_by="no-such"),
        "heavy",
        "nothing answers the narrower alias “very heavy client”; name a key in “answered_by”",
    ),
    "an alias that is only related": (
        "narrower-aliases-are-answered",
        lambda file: heavy(file)["aliases"][0].update(kind="related"),
        "heavy",
        "the alias “stout client” is only related; it belongs to a record of its own",
    ),
    "a key twice": (
        "narrower-aliases-are-answered",
        lambda file: heavy(file)["questions"][0].update(key="very-heavy"),
        "heavy",
        "the key very-heavy stands 2 times; rename one",
    ),
    "a number that nobody asks for": (
        "unknown-numbers-are-asked",
        lambda file: heavy(file).update(
            action={"level": "adapt", "text": "Use a low ladder.", "citations": [13]},
            advice=[
                heavy(file)["advice"][0],
                {"level": "local", "text": "Stay.", "when": {"ago": {"max": 3}}, "citations": [13]},
            ],
        ),
        "heavy",
        "no question asks for “ago”, on which advice depends: “Stay.”",
    ),
    "a brand of nothing": (
        "medicine-names-are-sound",
        lambda file: medicine(file)["names"][1].pop("generic"),
        "weight-gainers",
        "the brand Growmax names no generic",
    ),
    "a generic of two classes": (
        "medicine-names-are-sound",
        lambda file: file["medicines"].append(medicine(file) | {"id": "others", "name": "Others"}),
        "weight-gainers",
        "crescol is of others too; keep it in one class",
    ),
    "a reference that is not returned": (
        "links-are-mutual",
        lambda file: harm(file).update(see_also=[]),
        "blue-thumb",
        "“see_also” lacks broken-ladder, which refers to it; add it",
    ),
    "a sign that is none": (
        "links-resolve",
        lambda file: harm(file, 1)["warning_signs"][0].update(sign="heavy"),
        "broken-ladder",
        "“warning_signs” names heavy, which is no sign",
    ),
    "a harm of a precaution that is none": (
        "links-resolve",
        lambda file: heavy(file)["harms"][0].update(harm="ladder"),
        "heavy",
        "“harms” names ladder, which is no harm",
    ),
    "advice beside nothing": (
        "links-resolve",
        lambda file: heavy(file)["advice"][0].update(when={"records": ["no-such"]}),
        "heavy",
        "“advice” names no-such, which is no record",
    ),
    "an heir of the past that is none": (
        "links-resolve",
        lambda file: heavy(file).update(when_past={"heir": "ladder"}),
        "heavy",
        "“when_past” names ladder, which is no precaution",
    ),
    "a sign raised by nothing known": (
        "links-resolve",
        lambda file: sign(file)["raised_by"][0]["with"].update(records=["no-such"]),
        "creaking",
        "“raised_by” names no-such, which is no record",
    ),
    "a long instruction": (
        "advice-is-one-instruction",
        lambda file: harm(file, 1)["response"].append(said("Go " + "on and " * 10 + "on.", 5)),
        "broken-ladder",
        "an instruction has 22 words, more than 20: “Go on and on and on and on and on and on and on and on and o”",
    ),
    "no instruction": (
        "advice-is-one-instruction",
        lambda file: heavy(file)["questions"][0].update(then="The builder is asked."),
        "heavy",
        "no imperative; begin with the verb: “The builder is asked.”",
    ),
    "an instruction of a sign that is none": (
        "advice-is-one-instruction",
        lambda file: sign(file, 1)["instruction"].update(text="There is help."),
        "falling",
        "no imperative; begin with the verb: “There is help.”",
    ),
    "an action that is none": (
        "advice-is-one-instruction",
        lambda file: heavy(file)["action"].update(text="No ladder."),
        "heavy",
        "no imperative; begin with the verb: “No ladder.”",
    ),
    "nothing for patients": (
        "plain-texts-are-short",
        lambda file: heavy(file).update(plain=None),
        "heavy",
        "has no “plain” name and text for patients",
    ),
    "much for patients": (
        "plain-texts-are-short",
        lambda file: sign(file)["plain"].update(text="so " * 40 + "on."),
        "creaking",
        "its plain text has 41 words, more than 40",
    ),
    "provenance in a sentence": (
        "no-provenance",
        lambda file: harm(file).update(onset=[said("At once, the article says.", 1)]),
        "blue-thumb",
        "says “the article”, which is provenance: “At once, the article says.”",
    ),
    "a code of a sign": (
        "codes-are-formed",
        lambda file: sign(file).update(codes=[{"system": "ICD-10-CM", "code": "X", "name": "Creak"}]),
        "creaking",
        "ICD-10-CM X “Creak” is not formed as that system's",
    ),
    "a combination of no sign": (
        "combinations-say-signs",
        lambda file: file.update(combinations=[{"sign": "ladder", "parts": ["a rung|a step", "creaks"]}]),
        "combinations: ladder",
        "the combination names no sign; find the id with: massharm list sign",
    ),
    "a combination with an empty alternative": (
        "combinations-say-signs",
        lambda file: file.update(combinations=[{"sign": "creaking", "parts": ["a rung|", "creaks"]}]),
        "combinations: creaking",
        "“a rung|” has an alternative without a word; take it out",
    ),
    "a combination with an alternative twice": (
        "combinations-say-signs",
        lambda file: file.update(combinations=[{"sign": "creaking", "parts": ["rung|Rung", "creaks"]}]),
        "combinations: creaking",
        "“rung” stands 2 times in one part; keep one",
    ),
    "an abbreviation that names nothing": (
        "abbreviations-are-names",
        lambda file: file.update(ambiguous=[{"text": "XYZ", "meanings": ["something"]}]),
        "ambiguous",
        "XYZ is a name of nothing; add it to a record as an alias first",
    ),
    "an abbreviation listed twice": (
        "abbreviations-are-names",
        lambda file: file.update(ambiguous=[{"text": "heavy", "meanings": [word]} for word in ("loud", "dense")]),
        "ambiguous",
        "heavy is listed 2 times; keep one entry",
    ),
    "an abbreviation that means what it is read as": (
        "abbreviations-are-names",
        lambda file: file.update(ambiguous=[{"text": "left handed", "meanings": ["left-handed"]}]),
        "ambiguous",
        "left handed is read as “left-handed” already; name only what else it means",
    ),
    "a code of what is only recognised": (
        "codes-are-formed",
        lambda file: file["recognised"][0].update(code={"system": "MeSH", "code": "D1", "name": "Left"}),
        "recognised: left-handed",
        "MeSH D1 “Left” is not formed as that system's",
    ),
    "two signs of one wording": (
        "names-are-unambiguous",
        lambda file: sign(file)["aliases"].append({"text": "Falling from a height", "kind": "lay"}),
        "creaking",
        "“falling from a height” names falling too; take it from one",
    ),
    "a clinical review on no day": (
        "days-exist",
        lambda file: file.update(review={"clinician": "Somebody", "day": "2026-02-30"}),
        "file",
        "“review” is 2026-02-30, which is no day of the calendar",
    ),
    "an anecdote without its label": (
        "anecdotes-are-labelled",
        lambda file: file["cases"][1].update(name="Odd"),
        "anecdote-odd",
        "is an anecdote; begin its name with “Anecdote” or “Press”",
    ),
    "a report called an anecdote": (
        "anecdotes-are-labelled",
        lambda file: file["cases"][0].update(name="Press 2005: a ladder"),
        "author-5-ladder",
        "is a published case; do not begin its name with “Anecdote” or “Press”",
    ),
    "few aliases": (
        "harms-have-aliases",
        lambda file: harm(file, 2)["aliases"].pop(),
        "odd-feeling",
        "has 5 aliases; add some, up to 6 at least",
    ),
    "no everyday alias": (
        "harms-have-aliases",
        lambda file: [alias.update(kind="exact") for alias in harm(file, 2)["aliases"]],
        "odd-feeling",
        "has no everyday word among its aliases; add one of the kind lay or related",
    ),
    "a MeSH heading with a code": (
        "codes-are-formed",
        lambda file: harm(file).update(codes=[{"system": "MeSH", "code": "D001", "name": "Thumb"}]),
        "blue-thumb",
        "MeSH D001 “Thumb” is not formed as that system's",
    ),
    "a scale without its term": (
        "scales-are-defined",
        lambda file: [term.update(id="graveness") for term in file["terms"] if term["id"] == "severity"],
        "severity",
        "missing; the term defines the levels serious, moderate, minor",
    ),
    "a scale with a level too few": (
        "scales-are-defined",
        lambda file: [term["levels"].pop() for term in file["terms"] if term["id"] == "urgency"],
        "urgency",
        "its levels are not those of the scale, which are emergency-now, same-day, soon",
    ),
    "a level twice": (
        "scales-are-defined",
        lambda file: [term["levels"].append(["soon", "Twice."]) for term in file["terms"] if term["id"] == "urgency"],
        "urgency",
        "its levels are not those of the scale, which are emergency-now, same-day, soon",
    ),
    "a name of two lines": (
        "texts-are-trimmed",
        lambda file: harm(file, 1).update(name="Broken\nladder"),
        "broken-ladder",
        "stray white space in “Broken\nladder”",
    ),
    "a tab in an alias": (
        "texts-are-trimmed",
        lambda file: harm(file)["aliases"][0].update(text="thumb\thematoma"),
        "blue-thumb",
        "stray white space in “thumb\thematoma”",
    ),
    "a notice of two lines": (
        "texts-are-trimmed",
        lambda file: file.update(notice="For tests\nonly."),
        "file",
        "stray white space in “For tests\nonly.”",
    ),
    "a dose": (
        "no-doses",
        lambda file: harm(file).update(onset=[said("Two hours after 400 mg of a drug.", 1)]),
        "blue-thumb",
        "names a dose, 400 mg; leave it out",
    ),
    "a promise": (
        "no-promises",
        lambda file: harm(file).update(onset=[said("Rubbing is completely safe for you.", 1)]),
        "blue-thumb",
        "promises that something “is completely safe for you”; say what is known instead",
    ),
    "stray blanks": (
        "texts-are-trimmed",
        lambda file: harm(file, 1).update(name="Broken  ladder"),
        "broken-ladder",
        "stray white space in “Broken  ladder”",
    ),
    "no full stop": (
        "sentences-are-whole",
        lambda file: harm(file).update(onset=[said("At once", 1)]),
        "blue-thumb",
        "no full stop at the end: “At once”",
    ),
    "a sign with a full stop": (
        "sentences-are-whole",
        lambda file: sign(file).update(name="creaking."),
        "creaking",
        "the name ends with a full stop: creaking.",
    ),
    "a name with a full stop": (
        "sentences-are-whole",
        lambda file: harm(file, 2).update(name="Odd feeling."),
        "odd-feeling",
        "the name ends with a full stop: Odd feeling.",
    ),
    "an open summary": (
        "sentences-are-whole",
        lambda file: harm(file, 2).update(summary="Somebody feels odd"),
        "odd-feeling",
        "no full stop at the end of “Somebody feels odd”",
    ),
}


@pytest.mark.parametrize(("rule", "spoil", "place", "message"), COUNTER_EXAMPLES.values(), ids=COUNTER_EXAMPLES)
def test_each_rule_fires(write: Write, rule: str, spoil: Spoil, place: str, message: str) -> None:
    """One thing made wrong is found, at its place, with its repair."""
    file = tiny_file()
    spoil(file)
    assert Finding(place, rule, message) in findings(write(file))


def report_in_the_press(file: File) -> None:
    """Let the case of the tiny file rest on a newspaper."""
    put(file, page(5, kind_of_study="press report"))
    file["cases"][0].update(name="Press 2005: a ladder")


ALLOWED: dict[str, Spoil] = {
    "a caution for a missing author": lambda file: put(file, citation(1, authors=None, caution="Nobody is named.")),
    "a publisher for an author": lambda file: put(file, citation(1, authors=None, publisher="An office")),
    "a page on the web": lambda file: put(file, page(1)),
    "a caution for a day that is not known": lambda file: put(file, page(1, seen_on=None, caution="Seen once.")),
    "a page on the web without a year": lambda file: put(file, page(30)),
    "a publisher for a journal": lambda file: put(file, article(30, container=None, publisher="An office")),
    "a caution for a missing year and journal": lambda file: put(
        file, article(30, year=None, container=None, caution="Undated.")
    ),
    "a title with a dose": lambda file: put(file, citation(1, title="Relief by 400 mg of a drug")),
    "a title in brackets, which no page checked has": lambda file: cited(file, 1).update(
        title="[A description]",
        checked=[
            page | {"fields": [field for field in page["fields"] if field != "title"]}
            for page in cited(file, 1)["checked"]
        ],
    ),
    "a title with a promise": lambda file: put(file, citation(1, title="Why massage is safe for you")),
    "a concentration": lambda file: harm(file).update(onset=[said("Above 400 mg/l.", 1)]),
    "a review that tabulates the case and has its own finding": lambda file: [
        cited(file, 5).update(kind_of_study="systematic review"),
        harm(file, 1).update(findings=[{"citation": 5, "bearing": "supports", "text": "He fell."}]),
    ],
    "a report that speaks against the harm of its case": lambda file: harm(file, 1).update(
        findings=[{"citation": 5, "bearing": "against", "text": "He did not fall."}]
    ),
    "a word of two harms of which one refers to the other": lambda file: [
        harm(file, 1).update(aliases=[*harm(file, 1)["aliases"], {"text": "B T", "kind": "lay"}]),
    ],
    "a word of two harms, referred to from the other side": lambda file: [
        harm(file).update(aliases=[*harm(file)["aliases"], {"text": "step loss", "kind": "lay"}]),
    ],
    "an id that is only related to a harm": lambda file: harm(file)["aliases"].append(
        {"text": "ladder", "kind": "related"}
    ),
    "a serious harm that a source calls so": lambda file: harm(file).update(
        severity="serious",
        severity_basis=said("It can be fatal.", 1),
        missing=[
            {"section": "warning_signs", "reason": "No source gives one."},
            {"section": "response", "reason": "No source gives one."},
        ],
    ),
    "an outcome that is not attributed": lambda file: harm(file).update(outcomes=met("death", attributed=False)),
    "a sign outside massage": lambda file: [
        harm(file, 1)["warning_signs"].pop(0),
        sign(file).update(instead="May be the house."),
    ],
    "a near miss": lambda file: [
        file["cases"][1].update(name="Anecdote: a near miss", harms=[]),
        harm(file, 2).update(findings=[{"citation": 0, "bearing": "supports", "text": "Told once."}]),
    ],
    "a case of a newspaper": report_in_the_press,
    "a code of ICD-10-CM and a heading of MeSH": lambda file: harm(file).update(
        codes=[
            {"system": "ICD-10-CM", "code": "S60.0", "name": "Contusion of finger"},
            {"system": "ICD-10-CM", "code": "S60", "name": "Injury of hand"},
            {"system": "MeSH", "name": "Thumb"},
        ]
    ),
}


@pytest.mark.parametrize("spoil", ALLOWED.values(), ids=ALLOWED)
def test_rules_leave_alone_what_is_right(write: Write, spoil: Spoil) -> None:
    """What a rule excepts is not reported, by this rule or another."""
    file = tiny_file()
    spoil(file)
    assert findings(write(file)) == []


def test_no_rule_lacks_a_counter_example() -> None:
    """A rule that never fires is no rule."""
    assert {rule.__name__.replace("_", "-") for rule in RULES} == {rule for rule, *_ in COUNTER_EXAMPLES.values()}


def test_records_out_of_order_are_a_fault_of_layout(tiny_path: Path) -> None:
    """The order of records is part of the layout."""
    file = json.loads(tiny_path.read_text())
    file["harms"].reverse()
    tiny_path.write_text(json.dumps(file, indent=2, ensure_ascii=False) + "\n")
    assert [finding.rule for finding in findings(tiny_path)] == ["layout"]


def test_layout_names_the_line_and_the_repair(tmp_path: Path) -> None:
    """A file in another layout is told with the first line that differs and the command that mends it."""
    path = tmp_path / "kb.json"
    path.write_text(json.dumps(tiny_file()))
    assert findings(path) == [
        Finding("line 1", "layout", "not in the canonical layout; repair with: massharm validate --fix kb.json")
    ]


def test_a_repeated_key_is_found(tiny_path: Path) -> None:
    """JSON readers keep the last of two fields of one name: that is said, not lost."""
    text = tiny_path.read_text()
    tiny_path.write_text(text.replace('"name": "Blue thumb"', '"name": "Red thumb",\n"name": "Blue thumb"'))
    assert Finding("blue-thumb", "repeated-keys", "the field “name” stands 2 times; keep one") in findings(tiny_path)
