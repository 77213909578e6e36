# ruff: noqa: D102, PT009 - unittest is all that this environment has
"""The components by themselves, in Rasa's environment: `python -m unittest discover tests`."""

import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import scipy.sparse

sys.path.insert(0, str(Path(__file__).parents[1]))

from components import heads, heads_file
from components.breaks import breaks
from components.clauses import ClauseWords, cut
from components.encoder import REMARK, Encoder, row_in, said_in
from components.labels import Label, name_of, read_label
from components.plain import plain
from components.tokens import TOKEN
from examples import Example, joined_examples
from messages import Told, parts_of, read_messages, remarks, statements


class Clauses(unittest.TestCase):
    """Messages are cut where another statement begins."""

    def pieces(self, text: str) -> list:
        return [clause.alone for clause in cut(text, ClauseWords())]

    def test_a_single_statement(self) -> None:
        self.assertEqual(self.pieces("phones and emails"), [])
        self.assertEqual(self.pieces("גם פרטיים וגם עסקים"), [])
        self.assertEqual(self.pieces("about 1,200 shekels"), [])

    def test_the_joining_word_is_left_out(self) -> None:
        self.assertEqual(
            self.pieces("we sell to shops and they pay late"), ["we sell to shops", "they pay late"]
        )
        self.assertEqual(
            self.pieces("אנחנו מוכרים בחנות ועושים משלוחים"),
            ["אנחנו מוכרים בחנות", "עושים משלוחים"],
        )

    def turned(self, text: str, *words: str) -> list:
        turns = [text.index(word) for word in words]
        return [clause.text for clause in cut(text, ClauseWords(), turns)]

    def test_a_topic_turns_where_a_statement_can_end(self) -> None:
        text = "a small garage we lost a third"
        self.assertEqual(self.turned(text, "we"), ["a small garage", "we lost a third"])
        self.assertEqual(self.turned("a shop in the Galilee", "the"), [])
        self.assertEqual(self.turned("I cut hair for a living", "living"), [])
        self.assertEqual(
            self.turned("we lost a third 12 left", "12"), ["we lost a third", "12 left"]
        )

    def test_places_are_those_of_the_message(self) -> None:
        text = "closed since May, but we have a website"
        for clause in cut(text, ClauseWords()):
            self.assertEqual(text[clause.start : clause.end], clause.text)


class Texts(unittest.TestCase):
    """One way of writing, labels taken apart, tokens that stay whole."""

    def test_plain(self) -> None:
        self.assertEqual(plain("שָׁלוֹם ״ABC״ ٤٠ soooooo"), 'שלום "abc" 40 sooo')

    def test_labels(self) -> None:
        self.assertEqual(read_label("change.employees"), Label("change", target="employees"))
        self.assertEqual(
            read_label("advertising.print+social"),
            Label("advertising", options=("print", "social")),
        )
        self.assertEqual(read_label("employees"), Label("employees"))

    def test_tokens(self) -> None:
        self.assertEqual(
            [m.group() for m in TOKEN.finditer('30% של ש"ח, 1,200.')],
            ["30%", "של", 'ש"ח', ",", "1,200", "."],
        )


class Heads(unittest.TestCase):
    """Heads learn, keep and give probabilities."""

    def setUp(self) -> None:
        rows = np.random.RandomState(0).normal(size=(60, 8)).astype(np.float32)
        rows[:30, 0] += 6
        self.views = heads.Views(rows, scipy.sparse.csr_matrix(np.abs(rows)))
        self.labels = [Label("sector", options=("shop",))] * 30
        self.labels += [Label("sector", options=("events",))] * 10
        self.labels += [Label("change", target=t) for t in ("sector", "-")] * 5
        self.labels += [Label("language", target=t) for t in ("he", "en")] * 5

    def test_learned_and_kept(self) -> None:
        made = heads.train(self.views, self.labels, heads.Strength())
        with tempfile.TemporaryDirectory() as folder:
            heads_file.save(made, Path(folder))
            kept = heads_file.load(Path(folder))
        before, after = (heads.Together(h).probabilities(self.views) for h in (made, kept))
        for name in made:
            np.testing.assert_allclose(before[name], after[name], atol=0.01)
            np.testing.assert_allclose(after[name].sum(axis=1), 1, atol=1e-4)
        shop = kept["sector"].labels.index("shop")
        self.assertGreater(after["sector"][:30, shop].mean(), 0.8)


class Encoding(unittest.TestCase):
    """The encoder that ships: rows of meaning, and topics of pieces."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.encoder = Encoder()

    def test_what_means_the_same_lies_near(self) -> None:
        rows = self.encoder.rows_of(
            ["we lost a third of our customers", "שליש מהלקוחות עזבו", "הספק מאחר בשבועיים", ""]
        )
        np.testing.assert_allclose(np.linalg.norm(rows[:3], axis=1), 1, atol=1e-4)
        self.assertGreater(rows[0] @ rows[1], rows[0] @ rows[2] + 0.2)
        self.assertEqual(float(np.abs(rows[3]).sum()), 0)

    def test_a_row_does_not_depend_on_its_neighbours(self) -> None:
        texts = ["price", "they found somebody cheaper around the corner last year", "מחיר"]
        together, alone = self.encoder.rows_of(texts), [self.encoder.rows_of([t]) for t in texts]
        for row, (single,) in zip(together, alone, strict=True):
            self.assertGreater(float(row @ single), 0.98)

    def test_a_long_text_is_cut(self) -> None:
        row, pieces = self.encoder.read("many words " * 500)
        self.assertEqual(row.shape, (1, self.encoder.size))
        self.assertLessEqual(len(pieces), 64)

    def test_a_message_breaks_where_the_topic_changes(self) -> None:
        text = "we lost a third of our customers our supplier is two weeks late"
        _, pieces = self.encoder.read(text)
        self.assertTrue(breaks(text, pieces))

    def test_words_tell_whose_they_are_where_they_stand(self) -> None:
        text = "30 percent of the customers left, my nephew built it, we have no website"
        _, pieces = self.encoder.read(text)
        for words, topic in (
            ("30 percent of the customers left", "churn_share"),
            ("my nephew built", REMARK),
            ("have no website", "digital_tools"),
        ):
            start = text.index(words)
            said = said_in(pieces, start, start + len(words))
            self.assertEqual(self.encoder.topics[int(said.argmax())], topic)

    def test_the_row_of_words_where_they_stand(self) -> None:
        _, pieces = self.encoder.read("closed since May")
        self.assertAlmostEqual(float(np.linalg.norm(row_in(pieces, 0, 6))), 1, places=4)
        self.assertIsNone(row_in(pieces, 100, 110))

    def test_one_statement_does_not_break(self) -> None:
        for text in ("we run a small restaurant", "איבדנו בערך שליש מהלקוחות שלנו"):
            self.assertEqual(breaks(text, self.encoder.read(text)[1]), [])


class Messages(unittest.TestCase):
    """Messages with marked statements."""

    def test_parts(self) -> None:
        told = Told("en", None, tuple(parts_of("so [we closed](status.closed), sadly")))
        self.assertEqual(told.text, "so we closed, sadly")
        (one,) = statements([told])
        self.assertEqual((one.text, name_of(one.label)), ("we closed", "status.closed"))
        self.assertEqual(
            remarks([told, Told("en", None, (("my old dad", None),))], "en"), ["my old dad"]
        )

    def test_every_label_has_its_name(self) -> None:
        for name in ("change.employees", "advertising.print+social", "employees"):
            self.assertEqual(name_of(read_label(name)), name)

    def test_those_of_the_project(self) -> None:
        found = read_messages(Path(__file__).parents[1])
        self.assertGreater(len(found), 800)
        for message in found:
            self.assertTrue(any(label for _, label in message.parts), message.text)


class Joined(unittest.TestCase):
    """Examples of two options at once."""

    def test_pairs(self) -> None:
        def made(option: str, text: str) -> Example:
            return Example("en", text, read_label(f"advertising.{option}"))

        rows = [made("print", "flyers."), made("social", "facebook"), made("none", "nothing")]
        rows.append(Example("en", "both", read_label("advertising.print+social")))
        found = joined_examples(rows)
        self.assertEqual(set(found), {"advertising.print+social"})
        for text in found["advertising.print+social"]:
            self.assertIn("flyers", text)
            self.assertIn("facebook", text)
            self.assertNotIn("flyers. ", text)


if __name__ == "__main__":
    unittest.main()
