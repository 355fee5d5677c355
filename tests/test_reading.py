"""Files -> speeches: header, turns, furniture, and what is wrong with a file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.errors import SpeechError, SpeechNotFound
from kgraph.model import TurnKind
from kgraph.reading import find_files, parse_speech, read, read_file
from kgraph.reading.dates import date_in_name, parse_date
from kgraph.reading.text import check_turns
from kgraph.reading.turns import find_label


def spoken(speech):
    return [(t.speaker, speech.text[t.start : t.end]) for t in speech.turns if t.kind is TurnKind.SPEECH]


def test_kremlin_page(seeds):
    speech = read_file(seeds / "2014-07-10-cis-intelligence-heads.txt")
    assert speech.title == "Meeting with heads of security and intelligence services of CIS states"
    assert (speech.date, speech.place, speech.speaker) == (
        "2014-07-10",
        "Novo-Ogaryovo, Moscow Region",
        "Vladimir Putin",
    )
    furniture = [speech.text[t.start : t.end] for t in speech.turns if t.kind is TurnKind.FURNITURE]
    assert furniture == ["July 10, 2014", "14:00", "2 of 4"]
    [(speaker, words)] = spoken(speech)
    assert speaker == "Vladimir Putin"
    assert words.startswith("Friends, colleagues,")


def test_agency_page(seeds):
    speech = read_file(seeds / "2022-10-26-cis-security-heads.txt")
    assert (speech.date, speech.speaker) == ("2022-10-26", "Vladimir Putin")
    narrated = [speech.text[t.start : t.end] for t in speech.turns if t.kind is TurnKind.NARRATION]
    assert narrated[0].startswith("TSAMTO, October 26.")
    assert speech.turns[-1].kind is TurnKind.FURNITURE  # <…>


def test_dialogue_has_a_speaker_for_each_turn():
    speech = parse_speech(
        "Title: Remarks by President Biden and Prime Minister Sunak in Joint Press Conference\nDate: 2023-06-08\n\n"
        "PRESIDENT BIDEN: We stand with Ukraine.\n\nQ Mr. President, will sanctions work?\n\n"
        "PRIME MINISTER SUNAK: They will.\n\n(Applause.)\n\nTHE PRESIDENT: Thank you."
    )
    assert [speaker for speaker, _ in spoken(speech)] == ["Biden", None, "Sunak", "Biden"]
    assert "(Applause.)" not in " ".join(words for _, words in spoken(speech))


def test_office_before_a_name_is_not_part_of_it():
    speech = parse_speech(
        "President of Russia Vladimir Putin: Colleagues.\n\n"
        "Defence Minister Sergei Shoigu: Yes.\n\nVladimir Putin: Good."
    )
    assert [speaker for speaker, _ in spoken(speech)] == ["Vladimir Putin", "Sergei Shoigu", "Vladimir Putin"]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("President of Russia Vladimir Putin: Friends", "President of Russia Vladimir Putin"),
        ("MS. JEAN-PIERRE: Good afternoon.", "MS. JEAN-PIERRE"),
        ("Q What will you do?", "Q"),
        ("Question: Why?", "Question"),
        ("But here is the deal: no.", None),
        ("Let me close with this: peace.", None),
        ("First of all: no.", None),
        ("Russia: a country", None),
    ],
)
def test_labels(line, label):
    assert find_label(line) == label


def test_title_before_a_statement_names_no_speaker_by_mistake():
    speech = parse_speech("Title: Statement of Iceland in the General Debate\nDate: 1998\n\nWe condemn terrorism.")
    assert speech.speaker is None
    assert spoken(speech) == [(None, "We condemn terrorism.")]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("July 10, 2014", "2014-07-10"),
        ("26 October 2022", "2022-10-26"),
        ("2017 (UNGA session 72)", "2017"),
        ("1st of May 2001", "2001-05-01"),
        ("2001-05", "2001-05"),
        ("no date", None),
        ("room 12345", None),
    ],
)
def test_dates(text, date):
    assert parse_date(text) == date


def test_date_in_file_name():
    assert date_in_name("kremlin_2016-04-14_51718.txt") == "2016-04-14"


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text):
    try:
        speech = parse_speech(text)
    except SpeechError:
        return
    assert speech.text == text
    check_turns(speech)


@given(
    st.lists(
        st.sampled_from(["Title: X", "Date: 2001", "", "MR. SMITH: Hello there.", "Q Why?", "<…>", "2 of 4", "We go."])
    )
)
def test_any_page_has_ordered_turns(lines):
    text = "\n".join([*lines, "Words."])
    check_turns(parse_speech(text))


def test_empty_binary_and_foreign_files(tmp_path):
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "binary.txt").write_bytes(b"\x7fELF\0\0\0")
    (tmp_path / "latin.txt").write_bytes("Élysée".encode("latin-1"))
    for name, word in (("empty.txt", "empty"), ("binary.txt", "binary"), ("latin.txt", "UTF-8")):
        with pytest.raises(SpeechError, match=word) as problem:
            read_file(tmp_path / name)
        assert name in str(problem.value)


def test_byte_order_mark_and_utf16(tmp_path):
    (tmp_path / "a.txt").write_bytes("\ufeffWe agree.".encode())
    (tmp_path / "b.txt").write_bytes("We agree.".encode("utf-16"))
    assert [speech.text for speech in read([tmp_path])] == ["We agree.", "We agree."]


def test_paths(tmp_path, seeds):
    with pytest.raises(SpeechNotFound, match="no such file"):
        find_files([tmp_path / "nothing.txt"])
    with pytest.raises(SpeechNotFound, match="no speeches"):
        find_files([tmp_path])
    assert [path.name[:4] for path in find_files([seeds])] == ["2014", "2022"]


def test_files_of_one_name_keep_apart(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "speech.txt").write_text("We agree.")
    assert [speech.doc for speech in read([tmp_path])] == ["a/speech.txt", "b/speech.txt"]
