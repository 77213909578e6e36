# ruff: noqa: D102, PT009 - unittest is all that this environment has
"""The components by themselves, in Rasa's environment: `python -m unittest discover tests`."""

import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import scipy.sparse

sys.path.insert(0, str(Path(__file__).parents[1]))

from components import heads, heads_file, remembered
from components.clauses import ClauseWords, cut
from components.labels import Label, read_label
from components.plain import plain
from components.tokens import TOKEN


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
        for name in made:
            before, after = (h[name].probabilities(self.views) for h in (made, kept))
            np.testing.assert_allclose(before, after, atol=0.01)
            np.testing.assert_allclose(after.sum(axis=1), 1, atol=1e-4)
        shop = kept["sector"].labels.index("shop")
        self.assertGreater(kept["sector"].probabilities(self.views)[:30, shop].mean(), 0.8)


class Memory(unittest.TestCase):
    """Vectors survive a byte for each number."""

    def test_bytes(self) -> None:
        row = np.random.RandomState(1).normal(size=(1, 384))
        row /= np.linalg.norm(row)
        back = remembered.in_bytes(row).astype(float)
        self.assertGreater((back / np.linalg.norm(back) @ row.T).item(), 0.999)


if __name__ == "__main__":
    unittest.main()
