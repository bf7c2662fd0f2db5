from __future__ import annotations

import pytest

from handouts.standards.sentences import is_figure, letters_in, sentences_of, words_of


@pytest.mark.parametrize(
    ("language", "text", "parted"),
    [
        ("en", "Call the team. Ask for help! Who can help?", ["Call the team.", "Ask for help!", "Who can help?"]),
        (
            "en",
            "A boy has one X. If it is changed, he has no other.",
            ["A boy has one X.", "If it is changed, he has no other."],
        ),
        (
            "en",
            "Dr. Lee saw 1.5 million people, e.g. in the U.S. last year.",
            ["Dr. Lee saw 1.5 million people, e.g. in the U.S. last year."],
        ),
        (
            "en",
            "Say: “There is a change. It can be tested.” Then wait.",
            ["Say: “There is a change.", "It can be tested.”", "Then wait."],
        ),
        ("ar", "اتصلوا بالفريق. هل لديكم أسئلة؟ اسألوا.", ["اتصلوا بالفريق.", "هل لديكم أسئلة؟", "اسألوا."]),
        ("ur", "ٹیم کو فون کریں۔ کیا سوال ہے؟", ["ٹیم کو فون کریں۔", "کیا سوال ہے؟"]),
        ("hi", "टीम को बुलाएँ। क्या कोई सवाल है? पूछें।", ["टीम को बुलाएँ।", "क्या कोई सवाल है?", "पूछें।"]),
        ("zh", "请打电话。您有问题吗？请问医生！", ["请打电话。", "您有问题吗？", "请问医生！"]),
        ("el", "Καλέστε την ομάδα. Έχετε ερωτήσεις; Ρωτήστε.", ["Καλέστε την ομάδα.", "Έχετε ερωτήσεις;", "Ρωτήστε."]),
        ("am", "ሐኪም ይጠይቁ። ይደውሉ።", ["ሐኪም ይጠይቁ።", "ይደውሉ።"]),
        ("fr", "Qui peut aider ? Demandez à l’équipe.", ["Qui peut aider ?", "Demandez à l’équipe."]),
        ("ru", "Позвоните врачу, т.е. в клинику. Спросите.", ["Позвоните врачу, т.е. в клинику.", "Спросите."]),
        ("de", "Rufen Sie an, z.B. Nr. 12. Fragen Sie.", ["Rufen Sie an, z.B. Nr. 12.", "Fragen Sie."]),
    ],
)
def test_a_paragraph_is_cut_at_the_full_stops_of_its_script(language: str, text: str, parted: list[str]) -> None:
    """Where sentences run together or fall apart, every figure of the language is wrong."""
    assert list(sentences_of(text, language)) == parted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Your child’s body (the lungs) – it’s well-known.",
            ["Your", "child’s", "body", "the", "lungs", "it’s", "well-known"],
        ),
        ("टीम को बुलाएँ।", ["टीम", "को", "बुलाएँ"]),  # vowel signs stay with their letters
        ("About 1 in 2,500 …", ["About", "1", "in", "2,500"]),
        ("« Hyper » ?", ["Hyper"]),
        ("", []),
    ],
)
def test_words_stand_between_spaces_without_the_marks_around_them(text: str, words: list[str]) -> None:
    """A dash that counts as a word, or a vowel sign that cuts one in two, bends the mean."""
    assert list(words_of(text)) == words


def test_scripts_without_spaces_are_measured_in_characters() -> None:
    """Marks are not read, so they make no sentence longer."""
    assert letters_in("请打电话，现在。") == 6


@pytest.mark.parametrize(
    ("word", "figure"), [("2,500", True), ("۲۵۰۰", True), ("1", True), ("CD40", False), ("one", False)]
)
def test_a_figure_is_a_number_without_letters(word: str, figure: bool) -> None:  # noqa: FBT001  pytest passes it by name
    """A name with a digit in it, such as a gene's, is no number."""
    assert is_figure(word) is figure
