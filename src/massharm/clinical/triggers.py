"""Triggers: the tables of words that say something of a concept beside them.

The kinds of words are those of NegEx (Chapman WW et al., J Biomed Inform 2001;34:301-310,
doi:10.1006/jbin.2001.1029) and ConText (Harkema H et al., J Biomed Inform 2009;42:839-851,
doi:10.1016/j.jbi.2009.05.002). The words are folded, as `massharm.text.fold` gives them.
"""

from itertools import product

from massharm.clinical.contractions import contracted

Words = tuple[str, ...]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def phrases(text: str) -> frozenset[Words]:
    """Return phrases that stand between semicolons, each as its words."""
    return frozenset(tuple(part.split()) for part in contracted(text).split(";"))


# Denials

NEGATION_TRIGGERS = _words(
    """
    no not never without denies denied deny nor neither isnt arent hasnt havent doesnt dont didnt wasnt werent nil zero
    nae
    """
)
"""Words that deny the concept that follows."""
OF_THINGS = _words("no nae never without denies denied deny nor neither nil zero")
"""Triggers that deny what somebody has, and not what they can do."""
DEVICES = _words("icd aicd defib defibrillator device pacemaker alarm box")
"""What goes off: it rings or fires. A pain that has not gone off is there."""
LOOKS = _words(
    "yellow jaundiced red hot blue pale swollen tender numb dizzy faint feverish breathless confused itchy clammy"
)
"""How somebody is: behind "not" each is denied by itself."""
BEFORE_DENIED = _words("have got get any real actual obvious visible new sign signs of more much")
"""Words between a trigger and what it denies: "I don't have any real swelling"."""
IS_NOT = _words("not isnt arent wasnt werent")
"""Words behind which how somebody looks is denied."""
HAS_NOT = _words("not hasnt havent didnt never")
CHANGED = _words("grown changed increased spread worsened enlarged ruptured burst")
"""What has happened to something: behind one of the words before it is denied by itself: "it hasn't grown"."""
ATTACKS = _words("attack attacks seizure seizures fit fits episode episodes")
"""What "non-epileptic" says a kind of: they are there."""
INSTEAD = phrases("rather than; instead of; opposed to; negative for; neg for; rules out")
"""Phrases that deny what follows."""
NOBODY = phrases("nobody; no one; none of us; neither of us")
"""Subjects of a sentence that denies what it says that they have."""
HAS = _words("has have had suffers")
"""The verbs of such a sentence."""
BARE_TRIGGERS = _words("no nil zero")
"""Triggers that no finite verb can follow: in "no, takes warfarin" the denial is of what stands before."""
FINITE = _words("has takes uses gets is are am was were on took used got")
"""Verbs, and "on", with which a new statement begins."""
PSEUDO_TRIGGERS = _words(
    """
    sure certain know only just yet whether if able like long longer better worse improved improving controlled well
    unlike unusual uncommon uncontrolled untreated unmanaged great good happy
    change changes changed problem problems trouble troubles issues complaints improvement difference doubt idea
    worry mind bother fret panic
    """
)
"""Words that, directly after a trigger, express a doubt or an unchanged state, not a denial."""
LIKE_THIS = frozenset({("like", "this"), ("like", "that"), ("like", "these"), ("bad", "as")})
AS_BEFORE = frozenset(
    product(("as", "like"), ("it", "before", "yesterday", "last", "on", "they", "usual", "normal", "bad", "much"))
)
"""Words behind a denial that compares with another time: "not swollen as it was"."""
"""Words behind a denial of anything like it before: it is there now."""
UNCHANGED = _words("longer better worse improved improving improvement different difference change changes changed")
"""Those of them by which what stands before is there: "asthma no worse"."""
INABILITY = _words(
    """
    feeling sensation pulse urine wee pee water pass passing stool movement movements motion vision sight control
    strength power grip appetite sleep memory breath air balance voice speech taste smell hearing response reflexes
    periods kicks use feel feels move moves moving see sees hear lift stand walk talk speak swallow breathe wake eat
    feed drink close open bend straighten stop stops stopped stopping settle heal healed healing cope think remember
    sleeping eating drinking feeding responding breathing walking talking waking energy smile words buzz
    buzzing thrill hum humming bruit
    """
)
"""Words that, directly after a trigger, express a lost function, not a denial."""
POWERS = _words("will would can could do does did want wants to")
WORKING = _words("work move lift bend function respond grip hold")
"""Two words by which "neither of my legs will move" tells of a lost power."""
ENDING_ITSELF = _words("stop stops stopped stopping settle settled settling gone going go away")
"""What has not happened to something that goes on: "has not stopped bleeding"."""
TROUBLE = _words(
    "trouble problem problems difficulty difficulties issue issues loss disturbance disturbances impairment"
)
"""Words behind a function by which a denial is one again: "no speech trouble"."""
FILLERS = _words(
    """
    a an any the of on for to or h o ever her his my their your have has had having be been being is are was were take
    takes taking taken took use uses using used get gets got known current currently previous previously prior past
    recent recently active chronic medical history hx pmh pmhx family evidence touched touch sign signs symptom symptoms
    diagnosis diagnosed obvious single significant actual suffer suffers suffered suffering from with
    """
)
"""Words that may stand between a trigger and the concept that it reaches."""
TERMINATORS = _words("and with plus who also then")
"""Words that end a scope; they join the two conditions of a name such as "cancer and a blood clot"."""
MANAGEMENT = _words(
    """
    medication medications medicine medicines meds tablets pills drugs treatment treatments therapy treated help
    operation surgery checkup checkups check control follow followup monitoring specialist doctor appointment care
    dressing insulin review relief cure cover
    """
)
"""Words for what is done about a condition: "no treatment for her diabetes" says that she has it."""
RELIEF = _words("relieve relieves relieved ease eases eased help helps helped touches shift shifts away")
"""Words that, near a trigger, say that nothing relieves a complaint: it is there."""
EXCEPTIONS = phrases(
    "except; excepting; apart from; other than; besides; but; bar; barring; save for; aside from; excluding; beyond; "
    "only; until; till; til; unless; since"
)
"""Words for an exception: what was denied before them is not denied altogether."""
UNTIL = _words("until till til")
"""Words before the time at which what was not there came."""
DOUBTS = _words(
    """
    cant cannot couldnt wouldnt shouldnt doubt doubts doubtful unsure uncertain unclear unlikely unconvinced impossible
    rarely seldom hardly barely scarcely lying lie wrong
    """
)
"""Words that turn a denial after them round: "cannot say that she has no fever"."""
NOT_YET = _words(
    """
    until till yet if unless want wants wanted wanting need needs needed get gets getting hoping hope hopes waiting
    awaiting would could should might must trying tries
    """
)
"""Words before "ruled out" that say that it has not been done."""
UNDONE = NOT_YET | NEGATION_TRIGGERS | DOUBTS | _words("be being to nobody none")
"""Words before "ruled out" that say so of what stands behind it."""
DENYING = _words("denies denied deny denying ruled excluded")
"""Triggers whose list "and" may close."""
ADJECTIVES = _words("diabetic asthmatic epileptic hypertensive pregnant anaemic anemic osteoporotic arthritic obese")
"""What somebody is, rather than has: behind "denies pain" a statement of its own."""
TAKEN_BACK = phrases(
    "i had one in; ive had one; i have had one; it did twice; it did once; i take it at; i take it in; i take them at; "
    "i take them in; "
    "by mistake; in error; wrongly; should be yes; should say yes; ignore that; scratch that; was wrong; is wrong; "
    "thats wrong; not true; then confirmed; later confirmed; since confirmed; now confirmed; but confirmed; "
    "its official; it is official; turned out; turns out; found out; correction; changed my mind; "
    "only gets it; only get it; only when; only comes; only on exertion; only on the stairs; only on stairs; "
    "only on hills; barring the; "
    "scrap that; disregard that; forget that; hang on; came back positive; tested positive"
)
"""Words behind a denial, in its part or in one of the next, that take it back."""
UNTRUE = phrases(
    "not true; isnt true; not right; i say no; well i say that; misread the line; misread it; misread that; "
    "read that wrong; read it wrong"
)
"""Words of a part behind a denial that take it back, and deny something themselves."""
CONTRASTS = phrases("unlike me; unlike myself; only me; just me; but me; could say the same; not me; apart from me")
"""Words behind a denial of somebody's illness that say that the client has it."""
DENIED_BEHIND = frozenset(
    (who, *lack, *end)
    for who, lack, end in product(
        ("i", "ive", "she", "shes", "he", "hes", "they", "we"),
        phrases(
            "never had; have never had; has never had; never got; "
            "have not; havent; has not; hasnt; dont have; do not have; doesnt have; does not have; havent got; "
            "hasnt got"
        ),
        ((), ("too",), ("either",), ("at", "all")),
    )
)
"""Phrases that deny what stands before them: "gout I have not"."""
ASKING = _words("asked asks asking")
FORMS_ASKING = _words("asks")
ADDED_TO_NO = _words("lol haha no thanks thank god of course im not i am")
"""A verb of what asks somebody, and words that may stand behind the no."""
ANSWERED_NO = frozenset(
    ("and", who, said, *whom, no)
    for who, said, whom, no in product(
        ("i", "she", "he", "they"),
        ("told", "said", "answered", "replied"),
        ((), ("her",), ("him",), ("them",), ("you",)),
        ("no", "nope", "never"),
    )
)
"""What stands behind a question that is told of, and denies it: "asked had I passed blood and I told her no"."""
NOT_GIVEN = frozenset(product(("not", "never", "wasnt", "isnt"), ("indicated", "required", "needed", "prescribed")))
"""Phrases that deny a medicine before them: "warfarin not indicated"."""
LATELY = phrases("today; yesterday; tonight; this morning; this afternoon; this week; last night; so far; yet")
"""Times at which a medicine was missed that is taken."""
TICKED = _words("ticked circled marked checked")
"""What somebody did to a form, and how it was an error."""
MISTAKEN = phrases(
    "was a mix up; was a clerical mix up; was a clerical error; was a clerical mistake; "
    "is an error; was an error; is a mistake; was a mistake; is wrong; was wrong; is not mine"
)
"""Words behind a condition on a form or a file that somebody else has."""
ERRORS = phrases("by mistake; in error; by accident; by error; accidentally; wrongly; mistakenly")
ENDING_AS_MINE = frozenset(product(("i", "we"), ("do", "did", "am", "have"))) | frozenset(
    (
        ("it", "did"),
        *product(("she", "he", "who"), ("does", "is", "has")),
        ("do", "i"),
        ("have", "it"),
        ("has", "it"),
        ("got", "it"),
    )
)
"""The last words of a part that says that what was denied before is there."""
ELLIPSES = _words(
    """
    i she he it we they there is am are has have do does did was now though still again actually but today tonight this
    morning afternoon evening since yesterday
    """
)
"""The words of a part such as "is now" or "I do", which says that what was denied before is there."""
TAGS = phrases("do you; have you; are you; does she; does he; has she; has he; is she; is he; did you; were you")
"""Questions behind a statement that ask whether it is so."""
ELSEWHERE = _words(
    """
    risk risks screening awareness prevention research charity society foundation fundraiser pillow cushion bait
    uk book leaflet documentary association trust ward unit clinic class nurse team
    """
)
"""Words behind a condition that make something else of it: a risk of stroke is no stroke."""
SERVICES = _words("nurse team clinic unit")
SERVED = _words("me my her his him")
"""Those of them who care for people with it, and words for one of these."""
TESTED = _words("test tests swab swabs screen screening")
"""Words behind a condition for a test of it."""
FORMS = _words("tablets tablet pills capsules course courses cream medicine medication implant injections gel patch")
"""Words for the form of a medicine, behind its name: "the antiviral tablets finished in 2021"."""
AUXILIARIES = _words("was were been has have had is are now already")
"""Words between what was looked for and the result."""
TESTS = _words("test tests tested scan scans xray swab swabs biopsy")
"""Words for an examination that may find nothing."""
CLEAR = _words("negative neg clear normal")
"""What an examination that found nothing is."""
NEGATIVE = _words("negative neg")
"""What a test is that found no sign of what it looks for; "clear" may be said of a scan after a cancer."""
ORGANS = _words("thyroid sugar sugars")
"""Organs whose name alone is a condition in a list: "thyroid is fine" says that it is none."""
WELL = _words("fine normal ok okay good clear")
OF_WELL = (
    WELL | ORGANS | _words("is are was were all both and kidney kidneys liver bloods levels tests too thanks also")
)
"""Words of which a statement is made that an organ is well."""
OF_RESULTS = CLEAR | _words(
    "all both came come back was were is are has been have and the so it they which twice once times result results"
)
"""Words of which a sentence about clear results is made."""

SUPPOSED = (
    _words(
        "thought think suspected suspect queried wondered checked investigated called diagnosed misdiagnosed said told "
        "feared assumed assume assumes assuming reckoned convinced look looking looked searched thinking"
    )
    | TESTS
)
"""Words for what somebody supposed, which may have turned out to be something else."""
REFUTED = phrases(
    "answered that it isnt; answered it isnt; disproved it; the mri disproved it; the scan disproved it; "
    "took back his words; took it back; turned out there was zilch; turned out there was nothing; "
    "turned out there was none; there was zilch; "
    "it isnt; it isnt that; it wasnt; it wasnt that; it is not; it is not that; it was not; it was not that; "
    "that was wrong; that turned out wrong; they were wrong; he was wrong; she was wrong; that was a mistake; "
    "it turned out not to be; "
    "the scan said no; scan said no; mri said no; the mri said no; the doctor said no; "
    "turned out it wasnt; it turned out it wasnt; it turned out it was not; it was ruled out; that was ruled out; "
    "it was a misdiagnosis; that was a misdiagnosis; was ruled out; has been ruled out; it has been ruled out; "
    "since ruled out; later ruled out; ruled out; there wasnt one; there was not one; there was none; there isnt one; "
    "i never had one; ive never had one; i have never had one; ive never had one in my life; ive never had it; "
    "i have never had it; i never had it; i dont have it; i do not have it"
)
"""What a description says behind such a supposition that was wrong."""
CLEARED = frozenset(
    (*whose, *test, *came, result)
    for whose, test, came, result in product(
        ((), ("the",)),
        phrases("mri; ct; scan; scans; ultrasound; biopsy; test; tests"),
        ((), ("came", "back"), ("was",), ("were",)),
        ("clear", "negative"),
    )
)
"""What a description says of the test behind one that is over; blood tests alone may have missed it."""
REFUTING = phrases("put paid to; crossed it out; came to nothing; thats off the cards; that is off the cards")
"""Words of a part behind such a supposition that refute it, whatever else it says."""
WHO_KNOWS = _words("doctor gp nurse consultant specialist hospital neurologist cardiologist midwife dr")
OF_WHO_KNOWS = _words("the her his my their chest heart skin family eye bone")
SAYS_NO = frozenset(product(("says", "said"), ("no", "not"), ("", "never was", "it never was")))
"""Who says that it is none, words before them, and how they say so, with what may follow."""
ADDED = _words("after all in the end thankfully luckily though at")
"""Words that may stand behind a refutation."""
# Fears and possibilities

_WORRIED = _words(
    """
    worried worries worrying worry afraid scared frightened fear fears fearful fearing anxious nervous terrified
    concerned paranoid petrified panicking obsessed
    """
)
_FEARED_THING = (("about",), ("of",), ("over",), ("by",), ("getting",), ("catching",), ("developing",))
_WANTING = (("want",), ("wants",), ("wanting",), ("wish",))
_GETTING = (("to", "get"), ("to", "catch"), ("to", "develop"), ("to", "end", "up", "with"), ("to", "become"))
FEARS = (
    frozenset((word, *link) for word, link in product(_WORRIED, _FEARED_THING))
    | frozenset((*want, *get) for want, get in product(_WANTING, _GETTING))
    | phrases(
        "obsessed with; to avoid; to prevent; prevent; preventing; avoid; avoiding; prevention of; risk of; "
        "protect against; read about; heard about; googled; googling; phobia of; dread; dreads; dreading; fears; "
        "fearing"
    )
)
"""Phrases for a fear of what follows; with "my" or "the" after them it is there."""
OWNERS = _words("my her his their our")
"""Words that say whose something is."""
OF_SUPPOSING = FILLERS - OWNERS - {"the"} | _words(
    "about it its that i id ive she shed he hed they theyd me him up as might could may some slight mild"
)
"""Words that may stand between a word of supposing and what was supposed: not "thought my cancer was gone"."""
FEARED = (FILLERS - OWNERS - {"the"}) | _words("getting catching developing be in to end ending up become about")
"""Words that may stand between a fear and what is feared."""
POSSIBILITIES = phrases(
    "query; queried; possible; possibly; probable; probably; suspected; suspect; suspects; suspecting; suspicion of; "
    "might be; might have; may be; may have; could be; could have; maybe; perhaps; think; thinks; thought; wonder; "
    "wondering; rule out; r o; awaiting; waiting for; tested for; tests for; investigated for; investigation for; "
    "investigations for; not sure; unsure; unclear; whether; borderline; suggestive of; looks like; seems like; ddx; "
    "differential; chance of"
) | frozenset(
    (word, *link, *who)
    for word, link, who in product(
        _WORRIED, ((), ("that",)), (("she",), ("he",), ("i",), ("they",), ("it",), ("its",), ("im",), ("ive",))
    )
)
"""Phrases that leave open whether what follows is there."""
POSSIBLE = FILLERS | _words("she he i they it might may could will")
"""Words that may stand between a possibility and what is possible."""

# Medicines

STOPPED = phrases(
    "stopped; weaned and stopped; tapered and stopped; weaned off; tapered off; came off; come off; coming off; "
    "finished; off; until; ended; completed; discontinued; quit; gave up; took me off; took her off; took him off; "
    "taken off; took me off the; taken off the; refused; declined"
)
"""Words for a medicine that was stopped, which may be yesterday."""
STOPPED_IT = phrases(
    "came off it; come off it; stopped it; quit it; cut it; dropped it; stopped taking it; gave it up; took me off it; "
    "took her off it; took him off it; came off them; stopped them; stopped taking them; came off that; stopped that"
)
"""Words of the part behind a medicine that say that it was stopped."""
ALL_GOOD = _words("all good fine ok okay normal well clear no issues problems nothing")
"""Words of a value that says that no complaint of its label is there."""
OF_ANYTHING = _words("anything any other else odd symptoms problems complaints issues")
"""Words of the last name of a list of complaints, whose value holds for all of them."""
STOPPING = _words(
    "nosebleed nosebleeds bleeding lochia spotting discharge vomiting diarrhoea diarrhea cough rash itching"
)
"""Troubles that are over when they have stopped."""
WEANED = _words("weaned tapered")
"""How a medicine was stopped."""
NONE_SINCE = phrases("none since; not since; nothing since; nil since; never since")
STOPPED_BEHIND = _words("stopped discontinued ended finished completed ceased refused declined")
"""Words behind a medicine that was stopped."""
FOR_GOOD = phrases(
    "for good; permanently; not restarted; never restarted; never again; nothing now; none now; nil now; not now; "
    "not on it now; not on them now; not on anything now; not on any now; dont take it now; dont take them now"
)
"""Words behind a medicine that was stopped which say, where nothing follows, that it is not taken again."""
NEVER_TAKEN = frozenset(
    (*who, "never", took, it)
    for who, took, it in product(
        ((), ("i",), ("she",), ("he",), ("have",), ("ive",)),
        ("took", "taken", "started", "filled", "used"),
        ("it", "them", "any"),
    )
)
"""Parts behind a medicine which say that it was only prescribed."""
NO_MORE = phrases("not any more; not anymore; not now; none now; nothing now; no more; not any longer; no longer")
"""Parts behind a medicine that was taken which say that it is taken no longer."""
HALFWAY = _words("halfway being tapering weaning gradually slowly phasing")
"""Words by which one medicine is still taken beside the next."""
REPLACED = phrases(
    "no longer; used to; not any more; not anymore; switched from; changed from; swapped from; switched her from; "
    "switched him from; switched me from; changed her from; changed him from; changed me from; swapped her from; "
    "swapped him from; swapped me from"
)
"""Words for a medicine that is taken no longer."""
DOSES = _words("times once twice daily mg mcg micrograms tds bd tid bid qds")
"""Words for a dose or how often it is taken."""
ALLERGIES = phrases(
    "allergic to; allergy to; allergies to; allergies; allergies include; allergies are; couldnt tolerate; "
    "cant tolerate; could not tolerate; cannot tolerate; intolerant of; intolerant to"
)
"""Words for a medicine to which somebody is allergic, and so does not take."""
ACCUSTOMED = _words("is am are was were be being get gets getting got im shes hes")
"""Words before "used to" with which it tells of a habit."""

# The past

HISTORY = phrases(
    "history of; hx of; h o; previous; previously; past; prior; former; used to; once had; old; childhood; no longer"
)
"""Words before what is over."""
HISTORY_BEHIND = phrases(
    "in the past; as a baby; in childhood; when young; not any more; not anymore; long ago; in the distant past"
)
"""Words behind what is over."""
ONGOING = _words(
    """
    since still now again ongoing currently today tonight yesterday diagnosed dx constant constantly recurring recurrent
    back continues continuing worse worsening remains persistent
    """
)
"""Words that say that what is past goes on."""
OF_NOW = _words("now today tonight yesterday again still currently tomorrow")
"""Words that tell of now."""
NEWS = OF_NOW | _words(
    """
    new newly started suddenly sudden worse worsening more this just morning afternoon evening night lunch lunchtime
    breakfast hour hours minute minutes monday tuesday wednesday thursday friday saturday sunday weekend
    """
)
"""Words by which a part tells of now beside what is old."""
RECENTLY = _words("day days week weeks fortnight recent recently lately newborn postnatal postpartum")
"""Words by which a description tells of days or weeks."""
CHRONIC = phrases("chronic; long standing; longstanding")
LONG_STANDING = phrases(
    "since birth; from birth; for years; for many years; for decades; since childhood; since a stroke; "
    "since the stroke; since my stroke; since her stroke; since his stroke"
)
"""Words before what is old, and words behind it."""
SINCE_BIRTH = phrases("since birth; from birth")
"""Those of a birth."""
OF_LATE = _words(
    """
    this morning afternoon evening night hour hours minute minutes day days week weeks month months weekend monday
    tuesday wednesday thursday friday saturday sunday started starting starts began begun new newly just another more
    bad recent recently lately come comes coming when whenever if always often sometimes occasionally usually every
    daily has have is are gets get
    """
)
"""Words by which what is told may be of late, or goes on."""
PAST_TENSE = _words(
    "took had was were went got lost couldnt woke ended needed came fell felt broke spent never did gave saw made"
)
"""Verbs of the past that may go on with a statement."""
TOLD_OF_THE_PAST = _words("had was were came fell broke hit last once happened did knew got went")
"""Words that tell of the past."""
AGAIN = phrases(
    "this one; this time; same again; same now; same thing now; again now; again today; again tonight; its back; "
    "same picture; same as then; just like then; like back then; happening again; came back; come back; coming back; "
    "has returned; is back; started again; until last; "
    "had another; another one; one today; one tonight; one yesterday; one this; "
    "until today; until this; until yesterday; until now; till last; till today; till this; till yesterday"
)
"""Words behind what is past that say that the same is there now."""
LAST_ONE = phrases(
    "last one; last attack; last fit; last seizure; last episode; last bout; last event; last time; last flare; "
    "last faint; last blackout; last dizzy spell; last fall; most recent one; most recent attack; most recent seizure"
)
"""Words for the last of what comes and goes."""
SINCE_THEN = phrases(
    "nothing this time; none this time; not this time; "
    "not a twinge since; not a thing since; nothing since; none since; nothing like it since; not once since; "
    "nothing like that since; "
    "no trouble since; no problem since; no problems since; no issues since; no bother since; "
    "never came back; never come back; hasnt come back; not come back; never had it again; never had one again; "
    "long behind me; all behind me; came back to normal; full recovery; fully recovered; recovered fully"
)
"""Words that say that what was told of long ago has not come back."""
WELL_OR_NOT = _words("no none nothing not never nil fine well good ok okay clear")
OF_NO_MORE = WELL_OR_NOT | _words(
    "since then complaint complaints problem problems trouble issue issues symptom symptoms bother ive has have been "
    "it all ever more any very and that"
)
"""Words of a value that only says that something has not come back: "since then no complaints"."""
WELL_SINCE = phrases("fine ever since; good ever since; well ever since; fine for years; well for years")
"""Words that say that somebody has long been well: what the same sentence told in the past tense is over."""
PRESENT_TENSE = _words(
    "is am are has have feel feels hurts hurt aches ache keeps keep gets get goes comes takes take cannot cant wont im "
    "ive shes hes its theres"
)
"""Verbs of the present."""
OF_BIRTHS = _words("baby babies son daughter twins labour labor delivery forceps ventouse caesarean breastfeeding")
"""Words of a description whose birth may be one that the client gave."""
UNCHANGING = _words("same unchanged stable static")
YEARS = _words("year years yrs decade decades")
OF_LONG_TIMES = (YEARS | FILLERS) | _words(
    """
    chronic longstanding long standing since from birth childhood many last past over more than about and one two
    three four five six seven eight nine ten twenty thirty x no change
    """
)
"""Words of a part that says no more than that something has been as it is for years: "same for over a year"."""
USUAL = phrases(
    "as he always is; as she always is; as i always am; as it always is; no different from last week; "
    "no different from usual; same as always; same as ever; same as usual; as always; as usual; as ever; "
    "as per usual; not new; "
    "always like that; always been like that; been like that for years; usual for me; usual for her; usual for him; "
    "same every summer; same every winter; same every year; same every month; same every time"
)
"""Words that say that something is not new."""
UNUSUAL = phrases("not as; not the; not same; isnt as; isnt the; not like; worse than")
"""Words that turn these round: "not as usual"."""
RETURNS = _words(
    "again back still restarted restart restarting resumed resume recommenced reinstated continues continuing ongoing"
)
"""Words that say that what was stopped is taken again."""
CAUSES_OF_LOSS = _words(
    """
    stroke strokes cva tia polio myelitis palsy paraplegic paraplegia tetraplegic tetraplegia quadriplegic hemiplegia
    hemiplegic hemiparesis sclerosis ms
    """
)
"""Illnesses that may leave a weakness or a numbness behind."""
OF_NERVES = _words("neuropathy neuropathies neuropathic")
"""Words for a numbness or a weak sense that is known."""
OF_WRISTS = _words("carpal cts")
"""Words for a numbness of the hands that is known."""
THINKING = phrases(
    "what was it; when was it; let me think; let me see; i think; i believe; was it; hmm; now when was it"
)
"""Words of somebody who thinks when something was: "in, what was it, 2011"."""
_OF_DATES = _words(
    """
    in at about around approximately roughly circa early late mid summer winter spring autumn january february march
    april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
    """
)
OF_A_TIME = _OF_DATES | _words("the last this week month year on ago yesterday today first initially originally")
"""Words, beside numbers, that say no more than when a test was."""
BEFORE_A_TIME = (
    FILLERS
    | _OF_DATES
    | _words(
        """
    scare that this same left right both side leg legs arm arms knee knees hip hips shoulder ankle wrist foot hand neck
    back calf thigh lung
    treated fixed repaired removed fitted done operated replaced pinned plated healed happened occurred only over
    out taken once twice broke x
    tibia fibula femur radius ulna humerus rib ribs pelvis clavicle collarbone vertebra spine lt rt l r finger toe
    """
    )
)
"""Words that may stand between what is past and the time when it was."""
ENDING = _words(
    """
    last one finished stopped ended completed discontinued ceased quit reversed resolved recovered gone healed cleared
    settled tapered
    """
)
"""Words that may stand before a time, and with it after a comma: when something ended, or was there last."""
AFTER_A_TIME = FILLERS | _words(
    "i she he we client patient they in my suspected possible query left right l r lt rt both total"
)
"""Words that may stand between a time and what was then."""

# Other people

ANIMALS = _words(
    """
    dog cat puppy kitten horse pony mare foal rabbit hamster parrot tortoise spaniel labrador terrier poodle collie
    retriever dachshund whippet greyhound lurcher cockapoo labradoodle tomcat gelding budgie parakeet ferret goldfish
    donkey
    """
)
"""Words for animals, which are never the client."""
RELATIVES = (
    _words(
        """
    bro sis mother mum mom mam mama mummy mommy dad daddy father papa parent parents brother brothers sister sisters
    sibling siblings neighbour neighbor colleague coworker workmate boss flatmate roommate uncle aunt auntie aunty
    cousin nephew niece grandmother grandfather granny gran nan nana nanna grandma grandpa grandad granddad grandparent
    grandparents grandmothers grandfathers aunts uncles cousins nieces nephews husband hubby wife missus
    partner spouse boyfriend girlfriend fiance fiancee son daughter mammy stepson stepdaughter stepmum stepmother
    stepdad stepfather friend inlaw inlaws
    """
    )
    | ANIMALS
)
"""Words for people other than the client, unless the client is one of them, and for animals."""
CHILDREN = _words("lad lass boy girl kid kids toddler child children")
"""Words for a child, who is somebody's relative behind "my" or "her"."""
COMING = _words("coming booked booking wants needs having collapsed here client patient")
"""Words that say of a relative that they are the client."""
MATES = _words("mate pal bestie buddy roommates housemate")
"""Words for a friend, who is somebody's behind "my"; without it people call the reader so: "mate, I had a fit"."""
NOT_THEIRS = phrases("not his; not hers; not mine; not theirs; not her own; not his own; not ours")
"""Words behind a condition or a medicine, each a part of its own, that say that somebody else has it."""
NOT_CLIENT = phrases(
    "not her; not him; not me; me not; i not; not mine; not pt; pt not; pt isnt; not the client; not client; "
    "client not; client isnt; not the patient; not patient; patient not; not this client; not being treated"
)
"""Words behind what somebody else has that say that the client has not."""
KINDS_OF_RELATIVE = _words(
    "late own old older younger big elderly ex poor dear best close good step grand maternal paternal little wee "
    "youngest eldest oldest middle"
)
"""Words before a relative that say which."""
FAMILY = phrases(
    "family history; family histroy; family hist; family hystory; family hx; fam hx; fhx; fh; family history of"
)
"""Words before the illnesses of a family."""
FAMILY_BEHIND = phrases(
    "in the family; in my family; in her family; in his family; in our family; mothers side; fathers side; "
    "maternal side; paternal side"
)
"""Words behind the illnesses of a family."""
HAVING = _words(
    """
    has had have having got gets takes took take taking is am was were are with on died suffers suffered suffering dies
    passed lost survived uses used use lived lives developed develops also needs need broke fractured fell caught
    expired went
    """
)
"""Words that say that somebody has, had or takes something."""
FAILING = _words(
    "fainted collapsed choked choking gasping gasps wheezing wheezes limping limps bleeding bled vomited vomiting"
)
"""What an animal does that would be a sign of people: "our cat fainted at the vet's"."""
OVER = _words("broke had died took passed lost survived used was suffered expired went")
"""Those that tell of the past."""
TELLING = _words(
    """
    noticed notices noticing says said saying thinks thought worried worries concerned anxious reports reported told
    tells gives giving gave helps helping manages managed found finds asked asks booked books brought brings seen saw
    sees drives drove rang called phoned wants wanted made makes bought carer suggested recommended insisted
    """
)
"""What a relative does for or says of the client."""
THEIRS = _words("her his their my")
"""Words directly before what the client has, where a relative is told of."""
SELVES = _words("own herself himself client patient lady gentleman")
"""Words for the client, where a relative was named first."""
SUBJECTS = _words("i im ive she shes he hes they theyre we")
"""Words with which a statement begins."""
TAKEN_OVER = _words(
    """
    take takes took taking taken given ate swallowed use used using tried borrowed have has had got get caught
    inherited share carry with
    """
)
"""Words before what was somebody else's that make it the client's: "I took my husband's tablets"."""
SPEAKERS = _words("i im ive")
"""Words of somebody who speaks of themselves."""
SELF_TOO = phrases(
    "me same; me the same; same here; now me; me too; and me; so do i; so did i; so have i; so am i; me as well; "
    "myself too; including me; one too; it too; skip me; miss me; spare me; me also; as do i; as did i; i do too; "
    "ive got it as well; ive got it too; i got it too; ive got it now; now i have it; i got it from; ive inherited it; "
    "i inherited it; ive got the same; i have the same; i have too; i did too; both of us; us both; "
    "i have it as well; i have it too; i have one too; i do as well; ive caught it; i have caught it; i caught it; "
    "caught it too; given it to me; gave it to me; passed it on to me; passed it to me; "
    "then i did; so is mine; so are mine; so was mine; mine came; mine hasnt; mine has not; mine isnt; mine is too; "
    "mine are too; mine is the same; mine is worse; mine is still; mine is also; "
    "her youll; him youll; its her who; its him who; she is the client; he is the client; shes the client; "
    "hes the client; same as me; had it myself; have it myself; had one myself; have one myself; found mine; "
    "is your client; one who is coming; one whos coming; one having the massage; one youre massaging"
)
"""Words that say that another person's illness is the client's too."""
CARERS = _words("carer care caring cares caregiver cared")
"""Words for who cares for somebody."""
PEOPLE = _words("man woman lady gentleman person patient patients client clients child boy girl") | RELATIVES
"""Words for somebody who is cared for."""
BOOKING_FOR = phrases(
    "booking for; booked for; book for; booking it for; booking this for; writing for; filling this in for; "
    "filling in for; booking on behalf of"
)
"""Words of a clause that says that the person named just before it is the client: "my dad, who I'm booking for"."""
ASKED_FOR = phrases(
    "can she; can he; could she; could he; may she; may he; should she; should he; would she; would he; is she ok; "
    "is he ok; is it safe for her; is it safe for him; massage for her; massage for him; treat her; treat him; "
    "cancel her; cancel his; her appointment; his appointment; her booking; his booking; her session; his session; "
    "he is the one coming; hes the one coming; she is the one coming; shes the one coming; for his massage; "
    "for her massage; "
    "ok for him; ok for her; okay for him; okay for her; he is here for; hes here for; she is here for; shes here for; "
    "needs his; needs her; massage her; massage him; she would like; he would like; she wants; he wants; see her; "
    "see him; "
    "fit her in; fit him in"
)
"""Words by which somebody asks for a massage of a relative of whom they told before."""
FOR_TWO = phrases(
    "couples massage; couples treatment; couples session; two of us; the pair of us; for us both; both booked; "
    "joint booking"
)
"""Words by which more than one person is the client."""
BOOKINGS = phrases(
    "for my; for his; for her; for our; for a; for the; behalf of; behalf of my; booking for; book for; booked for; "
    "appointment for; massage for; session for; treatment for; writing for; bringing my; bring my; brought my; "
    "bringing in"
)
"""Words before the person who is the client; who cares for somebody is the client."""

OF_CONTEXT = frozenset(
    word
    for table in (
        FEARS,
        POSSIBILITIES,
        FAMILY,
        FAMILY_BEHIND,
        HISTORY,
        HISTORY_BEHIND,
        EXCEPTIONS,
        BOOKINGS,
        STOPPED,
        REPLACED,
        ALLERGIES,
    )
    for phrase in table
    for word in phrase
) | (PSEUDO_TRIGGERS | FILLERS | DOUBTS | RELATIVES | NEGATION_TRIGGERS | {"none"})
"""The words of these tables that say something of concepts, and are none themselves."""
