"""Labels of a form that ask for what the body does: no to them tells of a loss, and no to a trouble denies it."""

import pytest

from massharm.clinical.forms import Answer
from massharm.clinical.functions import lost
from massharm.clinical.segments import segments
from massharm.search.analysis import analyse


@pytest.mark.parametrize(
    ("label", "loss"),
    [
        ("Feeling in both legs", "no feeling in both legs"),
        ("any feeling around my bottom", "no feeling around my bottom"),
        ("Normal feeling when wiping", "no feeling when wiping"),
        ("Control of the bladder", "no control of the bladder"),
        ("Bladder under control", "no bladder under control"),
        ("Urine passed today", "no urine passed today"),
        ("Pulse in the foot", "no pulse in the foot"),
        ("R arm power", "r arm no power"),
        ("Baby's movements", "baby no movements"),
        ("Wet nappies today", "no wet nappies today"),
        ("Wakes normally", "wont wake"),
        ("Both sides of the face move", "both sides of the face cannot move"),
        ("Spots fade under a glass", "spots doesnt fade under a glass"),
        ("Knows where she is", "doesnt know where she is"),
        ("Do you notice when your bladder is full", "doesnt notice when your bladder is full"),
        ("Takes the breast", "wont take the breast"),
        ("Lift the right foot", "cannot lift the right foot"),
        ("Toes warm and pink in the cast", "toes cold in the cast"),
        ("Speech clear", "speech not clear"),
        ("Reliever easing the wheeze", "reliever not easing the wheeze"),
        ("Nosebleed stopped", "nosebleed not stopped"),
        ("Fistula buzzing as usual", "fistula not buzzing"),
        ("Baby moving as usual", "baby not moving"),
        ("Is your baby feeding normally", "baby not feeding"),
        ("Passing urine", "not passing urine"),
        ("Moving both arms", "not moving both arms"),
        ("Can you breathe", "cannot breathe"),
        ("Are you able to pass urine", "cannot pass urine"),
        ("Finish a sentence in one breath", "cannot finish a sentence in one breath"),
        ("Feel the seat under you", "cannot feel the seat under you"),
        ("Passing wind", "not passing wind"),
        ("Keeping drinks down", "not keeping drinks down"),
        ("Do you feel safe on your own", "feel not safe on your own"),
        ("Tummy soft", "tummy hard"),
        ("Calf soft and painless", "calf hard painless"),
        ("Feel your toes", "cannot feel your toes"),
        ("Feel the paper when wiping", "cannot feel the paper when wiping"),
        ("Feel your legs giving way", ""),
        ("Feel the heart racing", ""),
        ("Feel a knot in the calf", ""),
        ("After the fall moving both legs", "after the fall not moving both legs"),
        ("Stand normally", "cannot stand"),
        ("Can you feel pain when breathing", ""),
        ("Pain in the soft calf", ""),
        ("Feel sick", ""),
        ("Feel unwell", ""),
        ("See floaters", ""),
        ("Stools soft", ""),
        ("Pain passing urine", ""),
        ("Blood when passing urine", ""),
        ("Do you choke when you swallow", ""),
        ("Rash when passing urine", ""),
        ("Worse when you swallow", ""),
        ("Takes insulin", ""),
        ("Working from home", ""),
        ("Knows English", ""),
        ("Lift heavy things", ""),
        ("Power of attorney", ""),
        ("Asthma under control", ""),
        ("Sleeping well", ""),
        # What may ask for a trouble, or for something else.
        ("Breathing", ""),
        ("Vision", ""),
        ("Breast feeding", ""),
        ("Pulse normal", ""),
        ("Vision normal", ""),
        ("Trouble passing urine", ""),
        ("Loss of feeling in the legs", ""),
        ("No feeling in the legs", ""),
        ("Movement of the neck painful", ""),
        ("Feeling of pressure in the chest", ""),
        ("Could you be pregnant", ""),
        ("Do you feel well", ""),
        ("Asthma", ""),
        ("Are you", ""),
    ],
)
def test_a_label_tells_of_a_loss(label: str, loss: str) -> None:
    """As the words that would tell of it in a sentence."""
    assert " ".join(token.folded for token in lost(analyse(label))) == loss


@pytest.mark.parametrize(
    ("text", "words", "answer"),
    [
        ("Baby moving as usual: no", "baby not moving", None),
        ("Baby moving as usual: not any more", "baby not moving", None),
        ("Baby moving as usual: not sure", "baby not moving", None),
        ("Baby moving as usual: yes", "baby moving as usual", Answer.YES),
        ("Don't have: feeling around my bottom", "no feeling around my bottom", None),
        ("Trouble passing urine: no", "trouble passing urine", Answer.NO),
        ("Feeling between the legs: none since Sunday", "no feeling between the legs", None),
    ],
)
def test_an_answer_tells_whether_it_is_lost(text: str, words: str, answer: Answer | None) -> None:
    """A loss is stated, whatever the answer that tells of it."""
    found = segments(text)[0]
    assert (" ".join(token.folded for token in found.tokens), found.answer) == (words, answer)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Feeling in both legs: none since Sunday", "Feeling in both legs: none"),
        ("Can you feel your toes? No", "Can you feel your toes? No"),
        ("Feeling in both legs: yes", "Feeling in both legs"),
        ("No: feeling in both legs", "feeling in both legs"),
    ],
)
def test_a_loss_is_quoted_with_its_answer(text: str, quoted: str) -> None:
    """As it was typed, so that a reader sees why it is one."""
    assert quoted in [part.quoted for part in segments(text)]
