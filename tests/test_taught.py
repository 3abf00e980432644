"""What is taught: signs of lessons, papers and fiction raise no alarm, and those of people do; the real file."""

import pytest

from massharm import KnowledgeBase
from massharm.clinical.screening import Plan, screen
from massharm.kb.vocabulary import Urgency

TAUGHT = (
    "On our anatomy course we learned that saddle numbness is an emergency",
    "Case study for my exam: 'A 45 year old man has crushing chest pain and goes grey'",
    "Case study 3: a 54-year-old man gets crushing chest pain on the table",
    "Module 4 quiz: list five signs of a stroke",
    "Name the signs of a stroke",
    "Quiz question 7: face drooping, itchy scalp",
    "In today's CPD we were told never to massage a hot swollen calf",
    "We learned about crushing chest pain on the course",
    "Lecture notes: a fever in a baby under three months is an emergency",
    "I am writing an essay on crushing chest pain",
    "In the CPD lecture I learned that crushing chest pain is an emergency",
    "Poster for the staff room: crushing chest pain",
    "Writing an essay on crushing chest pain",
    "Role play: Anna plays a client with slurred speech",
    "First aid refresher covers choking, cardiac arrest and bleeding",
    "First aid course: how to respond when someone mentions suicide",
    "Policy 4.2: if a client reports chest pain, the therapist stops",
    "All staff must know how to act when a client faints",
    "The therapist in the TV series collapsed on the floor",
    "In the film a man collapsed",
    "The main character collapsed",
)
OF_PEOPLE = (
    "First aid refresher covers the morning, I have crushing chest pain",
    "Course covers the morning, client has crushing chest pain",
    "In today's lecture a man collapsed, he is not breathing",
    "Exam notes: left facial droop",
    "She came from the quiz: crushing chest pain",
    "Read the poster on strokes: crushing chest pain",
    "First aid refresher covers choking, crushing chest pain on the stairs all week long",
    "She says the course covers choking, crushing chest pain",
    "Client at the seminar on backs collapsed",
    "Workshop on cupping and the client collapsed",
    # The sign stands before the lesson, or the client, a day or another work is named.
    "Chest pain during training on Monday",
    "Crushing chest pain in the lecture on necks",
    "Client fainted in the lecture on anatomy",
    "At training client told me of crushing chest pain",
    "Staff called when a client collapsed",
    "My teacher said face was drooping on one side",
    "Lady in the book club collapsed",
    "Woman in the film club collapsed",
    "Actor from the film set collapsed",
    "The character of the pain: crushing chest pain",
    "Poster in the hall fell on my head, vomiting",
    "Seminar on Friday, crushing chest pain",
    "In the workshop on cupping she collapsed",
    "Homework stress, face drooping on one side",
    "Homework: done\nface drooping on one side",
    "Fell asleep in class, face drooping on one side",
    "Neuro exam: left facial droop and slurred speech",
    "On exam: foot drop on the left",
    "Read a leaflet on strokes, my face is drooping",
    "Reading a poster on strokes and my face is drooping",
    "Chest pain since the course on yoga",
    "Collapsed during training, told to rest",
    "Was watching a film, crushing chest pain",
    "On our course we learned that saddle numbness is an emergency and I have it",
    "In the lecture we were told about crushing chest pain and that is mine",
    "On the course a client collapsed and is not breathing",
    "The poster says face drooping, and hers is",
    "The woman in the waiting room collapsed",
    "Case study? No, real: crushing chest pain",
    "Client on the course of antibiotics: throat closing",
    "Quiz night: crushing chest pain and grey",
    "Essay deadline - crushing chest pain",
    "Exam week: crushing chest pain",
    "Quiz question 7: crushing chest pain now",
    "What is our policy, a client has chest pain",
    "Staff training is on Monday, when the client faints again call me",
    "Man in reception collapsed watching the film",
    "I collapsed in the film",
    "Her husband in the film collapsed",
)


@pytest.mark.parametrize("text", TAUGHT)
def test_what_is_taught_raises_no_alarm(kb: KnowledgeBase, text: str) -> None:
    """A course, an examination paper, a policy or a film tells of nobody."""
    assert [part for part in screen(kb, text, Plan()).alarms if part.urgency is not Urgency.SOON] == []


@pytest.mark.parametrize("text", OF_PEOPLE)
def test_what_people_have_raises_one(kb: KnowledgeBase, text: str) -> None:
    """Beside a course or a film, of now, of what is somebody's own, or where the words only look like one."""
    assert any(part.urgency is not Urgency.SOON for part in screen(kb, text, Plan()).alarms)
