"""Forms: which part of a pasted form has which answer."""

import itertools

import pytest

from massharm.clinical.forms import Answer, rows


def _read(text: str) -> list[tuple[str, str]]:
    """Return the rows with content, each with its answer, or `family`, or nothing."""
    found = []
    for row in rows(text):
        content = " ".join(text[row.start : row.end].strip(" \t\n,.;:|-•=–/").split())
        if content:
            found.append((content, "family" if row.of_family else str(row.answer or "")))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Labels with a sign before the answer.
        ("Gout: no", [("Gout", "no")]),
        ("Gout: Yes", [("Gout", "yes")]),
        ("Gout = N", [("Gout", "no")]),
        ("Gout - nil", [("Gout", "no")]),
        ("Gout – yes", [("Gout", "yes")]),
        ("Gout......no", [("Gout", "no")]),
        ("Gout\tN\nStroke\tY", [("Gout", "no"), ("Stroke", "yes")]),
        ("Gout    no\nStroke    yes", [("Gout", "no"), ("Stroke", "yes")]),
        ("Gout: none known", [("Gout", "no")]),
        ("Gout: not that I know of", [("Gout", "no")]),
        ("Gout: n/a", [("Gout", "no")]),
        ("Gout: no no", [("Gout", "no")]),
        ("Gout: 0", [("Gout", "no")]),
        ("Allergies: NKDA", [("Allergies", "no")]),
        ("Gout: not any more", [("Gout", "past")]),
        ("Gout: not at the moment", [("Gout", "past")]),
        ("Gout: not sure", [("Gout", "unsure")]),
        ("Gout: yes, since May", [("Gout", "yes"), ("since May", "")]),
        ("Gout: No, but had a stroke", [("Gout", "no"), ("but had a stroke", "")]),
        ("Gout: 2019", [("Gout: 2019", "")]),
        ("Gout: no change", [("Gout: no change", "")]),
        ("Gout nil", [("Gout", "no")]),
        ("fits none known, gout", [("fits", "no"), ("gout", "")]),
        # What the answer belongs to.
        ("takes warfarin, gout: no", [("takes warfarin", ""), ("gout", "no")]),
        ("gout, stroke or asthma: no", [("gout, stroke or asthma", "no")]),
        ("gout/stroke: no", [("gout/stroke", "no")]),
        ("heart trouble (stent, valve): no", [("heart trouble (stent, valve)", "no")]),
        ("Takes warfarin. Gout: no", [("Takes warfarin", ""), ("Gout", "no")]),
        ("had a patch test, all negative", [("had a patch test, all", "no")]),
        ("Tell me if you have gout: none of these", [("Tell me if you have gout", "no")]),
        ("Gout:  no   fits   yes  asthma", [("Gout", "no"), ("fits", "yes"), ("asthma", "")]),
        # Answers that do not fit their labels are no answers.
        ("Gout  Fits  Cramp\nyes  no", [("Gout Fits Cramp", "")]),
        ("Gout  Fits\nyes  no  no", [("Gout Fits", ""), ("yes", "no")]),
        (
            "1 gout\n2 fits\n3 cancer\n4 asthma\nno no yes",
            [("1 gout", ""), ("2 fits", ""), ("3 cancer", ""), ("4 asthma", ""), ("no no yes", "")],
        ),
        (
            "1 gout\n2 fits\n3 cancer\n9 asthma\n1 no\n2 no\n3 yes\n9 yes",
            [(line, "") for line in ["1 gout", "2 fits", "3 cancer", "9 asthma", "1 no", "2 no", "3 yes", "9 yes"]],
        ),
        ("Condition Yes No\nGout [x] [x]\nFits [ ] [x]", [("Gout", ""), ("Fits", "no")]),
        # As many answers below as questions above, in their order.
        (
            "Any gout?\nAny fits?\nno\nyes, since May",
            [("Any gout?", "no"), ("Any fits?", "yes"), ("yes, since May", "")],
        ),
        ("Any gout?\nAny fits?\nno, only one\nno", [("Any gout?", "unsure"), ("Any fits?", "no"), ("no", "")]),
        (
            "Any gout?\nAny fits?\nAny cough?\nno\nyes",
            [("Any gout?", "unsure"), ("Any fits?", "unsure"), ("Any cough?", "unsure"), ("yes", "")],
        ),
        ("Any gout?\nAny fits?\nno", [("Any gout?", ""), ("Any fits", "no")]),
        ("Gout: past [x] present [ ]", [("Gout", "past")]),
        ("Gout: past [ ] present [x]", [("Gout", "yes")]),
        (
            "Boxes ticked: 1, 3\n1 gout 2 fits 3 asthma",
            [("Boxes ticked: 1, 3", ""), ("gout", "yes"), ("fits", "no"), ("asthma", "yes")],
        ),
        ("Phone: 123. Has gout. Fits: no", [("Phone: 123", "family"), ("Has gout", ""), ("Fits", "no")]),
        ("Gout: N, changed to Y", [("Gout", "unsure"), ("changed to Y", "")]),
        ("Gout: no, not since May", [("Gout", "unsure"), ("not since May", "")]),
        ("Gout: no, just the toe", [("Gout", "unsure"), ("just the toe", "")]),
        # An answer heads a list only where nothing stands directly before it.
        ("Gout\nno\n- fits", [("Gout", ""), ("no", ""), ("fits", "")]),
        # Questions.
        ("Do you have gout, asthma or fits? No", [("Do you have gout, asthma or fits", "no")]),
        ("Any gout? No. Pregnant? Yes, 20 weeks", [("Any gout", "no"), ("Pregnant", "yes"), ("20 weeks", "")]),
        ("on warfarin, any gout? no", [("on warfarin", ""), ("any gout", "no")]),
        ("Broken any bones? Yes", [("Broken any bones", "yes")]),
        ("Gout?\nNo\nStroke?\nYes, 2019", [("Gout", "no"), ("Stroke", "yes"), ("2019", "")]),
        ("Gout? – No. Fits? – Yes.", [("Gout", "no"), ("Fits", "yes")]),
        ("1. Gout? Ans: no", [("1", ""), ("Gout", "no")]),
        ("Q5 Gout in the foot, ever? Ans: no never", [("Q5 Gout in the foot, ever", "no")]),
        ("Q: Have you ever had a gout attack or TIA? A: No", [("Q: Have you ever had a gout attack or TIA", "no")]),
        ("Part A: Have you had gout or a TIA? No", [("Part A", ""), ("Have you had gout or a TIA", "no")]),
        ("Has the gout gone? No", [("Has the gout gone", "")]),
        ("Chemo finished? No", [("Chemo finished", "")]),
        ("Chemo finished? Yes", [("Chemo finished", "yes")]),
        ("Why is my gout so bad? No idea", [("Why is my gout so bad? No idea", "")]),
        ("Asked about gout, she said no", [("Asked about gout", "no")]),
        (
            "Anything to tell, e.g. gout or fits? Only asthma",
            [("Anything to tell, e.g. gout or fits?", "none"), ("Only asthma", "")],
        ),
        # Answers behind labels without a sign.
        ("Gout Y Stroke N", [("Gout", "yes"), ("Stroke", "no")]),
        ("Gout Y, Heart trouble N, Fits N", [("Gout", "yes"), ("Heart trouble", "no"), ("Fits", "no")]),
        ("Health: gout none fits yes", [("Health", ""), ("gout", "no"), ("fits", "yes")]),
        ("no gout no", [("no gout no", "")]),
        ("has gout. Stroke no", [("has gout", ""), ("Stroke", "no")]),
        ("a long sentence of many words that ends with no", [("a long sentence of many words that ends with no", "")]),
        ("Gout,N\nStroke,Y", [("Gout", "no"), ("Stroke", "yes")]),
        # Answers before what they answer.
        ("No: gout, fits / Yes: stroke", [("gout, fits", "no"), ("stroke", "yes")]),
        ("Negative for: gout, fits. Positive for: stroke", [("gout, fits", "no"), ("stroke", "yes")]),
        (
            "No:\n- gout\n- fits\nYes:\n- stroke\n\n- asthma",
            [("gout", "no"), ("fits", "no"), ("stroke", "yes"), ("asthma", "")],
        ),
        ("No to: gout, fits\nYes to: stroke", [("gout, fits", "no"), ("stroke", "yes")]),
        ("N/k/c/o: gout, fits", [("gout, fits", "no")]),
        ("k/c/o: gout", [("gout", "yes")]),
        ("gout, fits, stroke: no, yes, no", [("gout", "no"), ("fits", "yes"), ("stroke", "no")]),
        ("gout / fits - n / y", [("gout", "no"), ("fits", "yes")]),
        ("gout, fits, stroke: no, yes", [("gout, fits, stroke: no, yes", "")]),
        ("Not a k/c/o: gout, fits", [("gout, fits", "no")]),
        ("Gout: not needed", [("Gout", "no")]),
        ("Port: never had one", [("Port", "no")]),
        ("Gout: never again", [("Gout: never again", "")]),
        ("( N ) Gout   ( Y ) Fits", [("Gout", "no"), ("Fits", "yes")]),
        ("[N] Gout [Y] Fits", [("Gout", "no"), ("Fits", "yes")]),
        ("gout (n), fits (y)", [("gout", "no"), ("fits", "yes")]),
        (
            "Today: gout\nI will tell my therapist if I develop a fever, fits or gout. Has asthma",
            [
                ("Today: gout", ""),
                ("I will tell my therapist", ""),
                ("if I develop a fever, fits or gout", "none"),
                ("Has asthma", ""),
            ],
        ),
        ("Gout: No (controlled on tablets)", [("Gout", "unsure"), ("(controlled on tablets)", "")]),
        ("Is the stent out? No", [("Is the stent out", "")]),
        ("Off the insulin? No", [("Off the insulin", "")]),
        (
            "Stop and call us if the client has a fit. Gout",
            [("Stop and call us", ""), ("if the client has a fit", "none"), ("Gout", "")],
        ),
        (
            "Not suitable for people with gout or fits. Stroke",
            [("Not suitable for people with gout or fits", "none"), ("Stroke", "")],
        ),
        ("Massage is not suitable with my gout.", [("Massage is not suitable with my gout", "")]),
        (
            "Tell us if you have any of the following: gout / fits\nAnswer: none of these\nStroke",
            [("gout / fits", "no"), ("Answer", "no"), ("Stroke", "")],
        ),
        ("Tick all that apply: gout / fits\n  ✔ None of the above", [("gout / fits", "no")]),
        ("Tick all that apply: gout / fits\nNo stroke", [("Tick all that apply: gout / fits", ""), ("No stroke", "")]),
        (
            "Tick all that apply: ☑ gout ☐ fits\nNone",
            [("Tick all that apply", ""), ("gout", "yes"), ("fits", "no"), ("None", "")],
        ),
        ("Pregnant: I am not", [("Pregnant", "no")]),
        ("Gout: she doesn't", [("Gout", "no")]),
        (
            "If I develop a fever I will tell you. Gout",
            [("If I develop a fever I will tell you", "none"), ("Gout", "")],
        ),
        ("Should he get fits please send him back", [("Should he get fits please send him back", "none")]),
        ("If I stop, the gout goes", [("If I stop, the gout goes", "")]),
        ("If I walk I must stop because of gout", [("If I walk I must stop because of gout", "")]),
        ("If I lie flat I have to call my wife, fits", [("If I lie flat I have to call my wife, fits", "")]),
        ("Tell me if I have to cancel, gout today", [("Tell me if I have to cancel, gout today", "")]),
        ("If I get fits I will tell my nurse", [("If I get fits I will tell my nurse", "none")]),
        ("Tell her when I get gout it hurts", [("Tell her when I get gout it hurts", "")]),
        ("I tell you if I get gout I use ice", [("I tell you if I get gout I use ice", "")]),
        ("If I get fits, please call help, had two today", [("If I get fits, please call help, had two today", "")]),
        ("Not suitable for deep work, has gout", [("Not suitable for deep work, has gout", "")]),
        ("Massage contraindicated in gout of the foot", [("Massage contraindicated in gout of the foot", "")]),
        ("Tell him I have gout if he asks", [("Tell him I have gout if he asks", "")]),
        ("Call my GP if you like, I have gout", [("Call my GP if you like, I have gout", "")]),
        ("should I see a doctor about my gout", [("should I see a doctor about my gout", "")]),
        ("Refer back if any fits", [("Refer back", ""), ("if any fits", "none")]),
        ("See a doctor. Told to ring if any fits", [("See a doctor. Told to ring", ""), ("if any fits", "none")]),
        ("If she has fits what should I do", [("If she has fits what should I do", "")]),
        ("If she has fits should I call 999?", [("If she has fits should I call 999?", "")]),
        # Boxes.
        ("Gout: [x]\nFits: [ ]", [("Gout", "yes"), ("Fits", "no")]),
        ("Gout\n( ) Yes (x) No\nFits\n(x) Yes ( ) No", [("Gout", "no"), ("Fits", "yes")]),
        ("Gout?\n[ ] Yes\n[x] No\nFits:\n[ ] Yes\n[ ] No", [("Gout?", "no"), ("Fits", "none")]),
        ("Gout ✗\nFits ☐", [("Gout", "unsure"), ("Fits", "none")]),
        ("Gout: ✗\nFits: ✓", [("Gout", "no"), ("Fits", "yes")]),
        ("Gout: yes ✗ no ☐", [("Gout", "yes")]),
        ("Gout ☐ yes ✗ no", [("Gout", "no")]),
        ("Gout ✓ yes ✗ no", [("Gout", "yes")]),
        ("[x] Gout [ ] Stroke", [("Gout", "yes"), ("Stroke", "no")]),
        ("☑ Gout\n☐ Stroke\n☒ Fits", [("Gout", "yes"), ("Stroke", "no"), ("Fits", "yes")]),
        ("✓ Gout\n✗ Stroke", [("Gout", "yes"), ("Stroke", "no")]),
        ("Gout [x]   Stroke [ ]", [("Gout", "yes"), ("Stroke", "no")]),
        ("Gout: [ ] yes [x] no", [("Gout", "no")]),
        ("Gout ☑ yes ☐ no, since May", [("Gout", "yes"), ("since May", "")]),
        ("Gout ☐ yes ☐ no", [("Gout", "none")]),
        ("Conditions: [x] gout [ ] fits", [("Conditions", ""), ("gout", "yes"), ("fits", "no")]),
        # Tables.
        (
            "            Yes   No\nGout         x\nStroke             x\nFits",
            [("Gout", "yes"), ("Stroke", "no"), ("Fits", "none")],
        ),
        (
            "| | Yes | No |\n|---|---|---|\n| Gout | x | |\n| Fits | | x |\n| Stroke | | |",
            [("Gout", "yes"), ("Fits", "no"), ("Stroke", "none")],
        ),
        ("Condition,Y,N\nGout,x,\nFits,,x", [("Gout", "yes"), ("Fits", "no")]),
        ("Condition  Yes  No\nGout    yes\nFits    no\n\nstroke", [("Gout", "yes"), ("Fits", "no"), ("stroke", "")]),
        ("Gout | yes | no", [("Gout", "none")]),
        ("Gout YES no", [("Gout", "yes")]),
        ("Gout yes / NO", [("Gout", "no")]),
        ("Gout Y / N   N", [("Gout", "no")]),
        ("Gout Y / N   Y - since May", [("Gout", "yes"), ("since May", "")]),
        ("Gout yes/no since May", [("Gout", ""), ("since May", "")]),
        ("[ ] Gout\n[ ] Fits", [("Gout", "none"), ("Fits", "none")]),
        ("[ ] Gout - since May\n[x] Fits", [("Gout - since May", ""), ("Fits", "yes")]),
        # Tables of people.
        (
            "| Illness | You | Family | Details |\n|--|--|--|--|\n| Gout | No | Yes | father |\n| Fits | Yes | No |",
            [("Gout", "no"), ("father", ""), ("Fits", "yes")],
        ),
        ("Illness | Me | My wife\nGout | no | yes\nFits | x |", [("Gout", "no"), ("Fits", "yes")]),
        (
            "            Self    Family\nGout        no      yes\nFits                x",
            [("Gout", "no"), ("Fits", "none")],
        ),
        ("Illness,Client,Mother\nGout,since May,no", [("Gout", ""), ("since May", "")]),
        ("Illness,Client,Mother\nGout,,since May", [("Gout", "none"), ("since May", "family")]),
        # Families.
        ("Family history: gout, stroke\nFits: yes", [("gout, stroke", "family"), ("Fits", "yes")]),
        (
            "Family history:\n- gout (father)\nmother: stroke\n\nFits",
            [("gout (father)", "family"), ("mother: stroke", "family"), ("Fits", "")],
        ),
        ("Family history:\n- gout\nMedication: aspirin", [("gout", "family"), ("Medication: aspirin", "")]),
        ("F/H: father gout", [("father gout", "family")]),
        (
            "Section B – Family history (parents)\nGout: father\nSection C – Your own history\nFits",
            [("Gout: father", "family"), ("Section C – Your own history", ""), ("Fits", "")],
        ),
        ("FH: gout. Own history: stroke", [("gout", "family"), ("Own history: stroke", "")]),
        ("family history of gout", [("family history of gout", "")]),
        # Series of labels with answers.
        ("gout no; fits yes; stroke no", [("gout", "no"), ("fits", "yes"), ("stroke", "no")]),
        ("Gout no. Fits no.", [("Gout", "no"), ("Fits", "no")]),
        ("Gout, yes. Fits, no.", [("Gout", "yes"), ("Fits", "no")]),
        ("Gout still no. Fits yes, since May", [("Gout", "no"), ("Fits", "yes"), ("since May", "")]),
        ("I said no. Takes warfarin", [("I said no. Takes warfarin", "")]),
        ("Stroke        Yes     Gout       No", [("Stroke", "yes"), ("Gout", "no")]),
        ("Gout/fits: no. Stroke/TIA: no/yes.", [("Gout/fits", "no"), ("Stroke", "no"), ("TIA", "yes")]),
        ("Y/N/Y for gout/fits/stroke", [("gout", "yes"), ("fits", "no"), ("stroke", "yes")]),
        ("Y/N for gout/fits/stroke", [("for gout/fits/stroke", "")]),
        ("No   Gout     Yes  Fits", [("Gout", "no"), ("Fits", "yes")]),
        ("yes ........ Gout\nno ......... Fits", [("Gout", "yes"), ("Fits", "no")]),
        ("Gout ... no Fits ... yes Stroke ... no", [("Gout", "no"), ("Fits", "yes"), ("Stroke", "no")]),
        ("gout → no; fits → yes", [("gout", "no"), ("fits", "yes")]),
        ("Heart: no  Hips checked: yes, click", [("Heart", "no"), ("Hips checked", "yes"), ("click", "")]),
        ("-ve: gout, fits. +ve: stroke", [("gout, fits", "no"), ("stroke", "yes")]),
        ("Negatives: gout.\nPositives: fits.", [("gout", "no"), ("fits", "yes")]),
        # Lists of which nothing is there.
        ("Gout, fits, stroke: none of these. Asthma: yes", [("Gout, fits, stroke", "no"), ("Asthma", "yes")]),
        ("Gout, fits - all no apart from the gout", [("Gout, fits", "no"), ("apart from the gout", "")]),
        ("Gout, fits: I have none of them.", [("Gout, fits", "no")]),
        ("I have gout, fits: none of these help", [("I have gout, fits: none of these help", "")]),
        ("Call 999", [("Call 999", "")]),
        ("Gout\nFits\nAll of the above: no", [("Gout", "no"), ("Fits", "no"), ("All of the above", "no")]),
        ("Gout: yes\nFits\nAll of the above: no", [("Gout", "yes"), ("Fits", "no"), ("All of the above", "no")]),
        # Lists below an answer, answers below a list, numbers.
        ("NO\n- gout\n- fits\nYES\n- stroke", [("gout", "no"), ("fits", "no"), ("stroke", "yes")]),
        ("Gout?\nNo\n- fits", [("Gout", "no"), ("fits", "")]),
        (
            "| gout | fits | stroke |\n|---|---|---|\n| no | yes | no |",
            [("gout", "no"), ("fits", "yes"), ("stroke", "no"), ("no", "none")],
        ),
        (
            "1 gout 2 fits 3 stroke\n1 no 2 yes 3 no",
            [("gout", "no"), ("fits", "yes"), ("stroke", "no"), ("1 no 2 yes 3 no", "")],
        ),
        (
            "1. gout 2. fits 3. stroke\nYes: 2. No: 1, 3.",
            [("fits", "yes"), ("gout", "no"), ("stroke", "no"), ("2", "yes"), ("1, 3", "no")],
        ),
        ("1 gout 2 fits 3 stroke\nN Y N", [("gout", "no"), ("fits", "yes"), ("stroke", "no"), ("N", "none")]),
        ("1 gout 2 fits 3 stroke\nN Y", [("1 gout 2 fits 3 stroke", "")]),
        ("Gout *\nNo\nFits *\nYes", [("Gout", "no"), ("Fits", "yes")]),
        (
            "1 gout 2 fits 3 stroke. Which apply? 2 only, none of the others",
            [("gout", "no"), ("fits", "yes"), ("stroke. Which apply?", "no")],
        ),
        (
            'gout,fits,stroke,asthma,notes\nN,N,Y,N,"no pain; vomits"',
            [("gout", "no"), ("fits", "no"), ("stroke", "yes"), ("asthma", "no"), ('"no pain; vomits"', "")],
        ),
        ("Gout, fits?\nNo to both", [("Gout, fits", "no")]),
        ("Any of these: gout, fits, stroke?\nNo to all three.", [("Any of these", ""), ("gout, fits, stroke", "no")]),
        ("Client confirms she has none of the following:\nGout\nFits", [("Gout", "no"), ("Fits", "no")]),
        ("Signs NOT present:\n- gout\n- fits", [("gout", "no"), ("fits", "no")]),
        ("Gout: strongly disagree\nFits: agree", [("Gout", "no"), ("Fits", "yes")]),
        ("Heart attack / stroke / gout: NO", [("Heart attack / stroke / gout", "no")]),
        ("Gout: No / Fits: No / Stroke: Yes", [("Gout", "no"), ("Fits", "no"), ("Stroke", "yes")]),
        ("No  - Gout?\nYes  - Fits?", [("Gout?", "no"), ("Fits?", "yes")]),
        ("Gout N  Fits Y  Stroke N/A", [("Gout", "no"), ("Fits", "yes"), ("Stroke", "no")]),
        # Marks.
        (
            "         NEVER  PAST  NOW\nGout      [ ]    [ ]   [X]\nStroke    [ ]    [X]   [ ]\nFits  [X]  [ ]  [ ]",
            [("Gout", "yes"), ("Stroke", "past"), ("Fits", "no")],
        ),
        (
            "P = past, F = family, N = no\nGout: F\nFits: N",
            [("P = past, F = family", ""), ("N", "no"), ("Gout", "none"), ("Fits", "no")],
        ),
        ("Gout __N__  Fits __Y__", [("Gout", "no"), ("Fits", "yes")]),
        ("Gout  Y (N)\nFits  (Y) N", [("Gout", "no"), ("Fits", "yes")]),
        ("Gout -\nFits +\n(+ = yes, - = no)", [("Gout", "no"), ("Fits", "yes"), ("(+", "yes")]),
        ("1=yes 0=no | gout 0 | fits 1", [("gout", "no"), ("fits", "yes")]),
        ("Y N\n- X  Gout\nX -  Fits", [("Gout", "no"), ("Fits", "yes")]),
        # What stands behind a no.
        (
            "Gout: no, it is fine as long as I take my tablets",
            [("Gout", "unsure"), ("it is fine as long as I take my tablets", "")],
        ),
        ("Gout: No, only the left foot", [("Gout", "unsure"), ("only the left foot", "")]),
        ("Gout - no - I mean yes", [("Gout", "unsure"), ("I mean yes", "")]),
        ("Is the baby moving as usual? No", [("Is the baby moving as usual", "no")]),
        # A heading in the middle of a line.
        (
            "PMH: gout. FH: father stroke, mother fits. SH: fits",
            [("PMH: gout", ""), ("father stroke, mother fits", "family"), ("SH: fits", "")],
        ),
        # No form.
        ("gout and a stroke", [("gout and a stroke", "")]),
        ("no gout", [("no gout", "")]),
        ("", []),
    ],
)
def test_rows_of_a_form(text: str, expected: list[tuple[str, str]]) -> None:
    """Each label has its own answer, and nothing of the text is lost but the answers."""
    assert _read(text) == expected


def test_rows_stand_in_order_and_do_not_overlap() -> None:
    """So that each word is read once."""
    text = "Gout: no\n[x] Fits [ ] Stroke\nFamily history: asthma\n| a | Yes | No |\n| b | x | |\n\nAny pain? No, none"
    spans = [(row.start, row.end) for row in rows(text)]
    assert all(start <= end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


def test_answers_are_words_of_a_form() -> None:
    """What a form may answer."""
    assert [*Answer] == ["yes", "no", "past", "unsure", "over", "none"]
