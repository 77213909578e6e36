"""The interview driven through arbitrary sequences: no dead end, no lost answer, replay agrees."""

from collections import Counter

from drawn import examples
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from advisor.catalog import load_catalog
from advisor.interview import (
    Edited,
    Heard,
    Interview,
    Noticed,
    Opened,
    Pressed,
    Reading,
    begin,
    replay,
    turn,
)
from advisor.interview import events as happened
from advisor.interview.inputs import Input, Measured, Silence, Unreadable, WeekOver
from advisor.interview.sprint import MISSES_BEFORE_SKIP
from advisor.interview.state import Waiting
from advisor.model import Answer, AnswerState, Kind, Money, Slot, Value

CATALOG = load_catalog()
SLOTS = sorted(CATALOG.slots)
ACTIONS = sorted(CATALOG.actions)
ACTS = [act for act in CATALOG.acts if act not in ("inform", "change", "language")]
WAITS = Waiting | happened.QuestionAsked | happened.Reminded
LATER = happened.Told("not_now")
"""The buttons of the reminder stay."""
WIPES = happened.Restarted | happened.DataForgotten


def values(slot: Slot) -> st.SearchStrategy[Value]:
    """Values of a slot's type, believable or not."""
    low, high = slot.range or (0, 100)
    numbers = st.integers(int(low) - 5, int(high) + 5)
    return {
        Kind.CHOICE: lambda: st.sampled_from(slot.options),
        Kind.CHOICES: lambda: st.sets(st.sampled_from(slot.options), min_size=1).map(
            lambda chosen: tuple(sorted(chosen))
        ),
        Kind.YESNO: st.booleans,
        Kind.TEXT: lambda: st.text(min_size=1, max_size=20),
        Kind.MONEY: lambda: st.builds(Money, numbers, st.sampled_from(["ILS", "USD"])),
        Kind.PERCENT: lambda: numbers,
        Kind.COUNT: lambda: numbers,
        Kind.DURATION: lambda: numbers,
    }[slot.kind]()


@st.composite
def answers(draw: st.DrawFn, slot: str | None = None) -> Answer:
    """An answer to a slot."""
    chosen = CATALOG.slots[slot or draw(st.sampled_from(SLOTS))]
    return Answer(chosen.id, AnswerState.KNOWN, draw(values(chosen)))


class InterviewMachine(RuleBasedStateMachine):
    """Anything that an owner may do, in any order."""

    @initialize(language=st.sampled_from(["he", "en"]))
    def start(self, language: str) -> None:
        self.state = Interview(language=language)
        self.log: list[happened.Event] = []
        self.in_same_words: Counter[tuple[str, str]] = Counter()
        self.asked_for = False
        self.take_in(begin(CATALOG, language))

    def take_in(self, events: list[happened.Event]) -> None:
        assert events, "every turn does something"
        assert isinstance(events[-1], WAITS) or events[-1] == LATER, (
            "every turn ends in a next step"
        )
        self.log += events
        self.before, self.state = self.state, replay(self.state, events)
        self.last = events

    def do(self, received: Input) -> None:
        self.take_in(turn(CATALOG, self.state, received))

    def answers_stay(self, before: Interview) -> None:
        """All of them; only the question that stood may be left open, once no wording is unused."""
        after = self.state.answers
        assert {slot: after[slot] for slot in before.answers} == before.answers
        new = set(after) - set(before.answers)
        assert new <= {before.current}
        assert not any(after[slot].known for slot in new)

    @rule(data=st.data())
    def answer_the_question(self, data: st.DataObject) -> None:
        answer = data.draw(answers(self.state.current))
        self.do(Heard(Reading("inform", {answer.slot: answer})))

    @rule(found=st.lists(answers(), min_size=1, max_size=3))
    def volunteer(self, found: list[Answer]) -> None:
        self.do(Heard(Reading("inform", {answer.slot: answer for answer in found})))

    @rule(answer=answers(), with_value=st.booleans())
    def correct(self, answer: Answer, with_value: bool) -> None:
        value = {answer.slot: answer} if with_value else {}
        self.do(Heard(Reading("change", value, target=answer.slot)))

    @rule()
    def correct_something(self) -> None:
        self.do(Heard(Reading("change")))

    @rule(act=st.sampled_from(ACTS))
    def act(self, act: str) -> None:
        self.do(Heard(Reading(act)))

    @rule(times=st.integers(1, 5))
    def come_back(self, times: int) -> None:
        """What stands stays, however often."""
        for _ in range(times):
            standing = (self.state.current, self.state.paused or self.state.waiting)
            self.do(Opened())
            now = (self.state.current, self.state.waiting)
            assert now == ((standing[0], None) if standing[1] is True else standing)

    @rule(wanted=st.sampled_from([None, "he", "en"]))
    def switch_language(self, wanted: str | None) -> None:
        self.do(Heard(Reading("language", target=wanted)))

    @rule(data=st.data(), two=st.booleans())
    def write_nonsense(self, data: st.DataObject, two: bool) -> None:
        current = self.state.current
        offered = (data.draw(answers(current)), data.draw(answers(current))) if two else ()
        self.do(Heard(Reading(None, alternatives=offered if current else ())))

    @rule(topic=st.sampled_from(["empty", "too_long", "not_text", "other_script"]))
    def send_what_cannot_be_read(self, topic: str) -> None:
        self.do(Unreadable(topic))

    @rule(topic=st.sampled_from(["sent_voice", "edit_late"]), times=st.integers(1, 4))
    def send_what_holds_nothing_to_read(self, topic: str, times: int) -> None:
        """No question is left open for it, however often."""
        for _ in range(times):
            before = self.state
            self.do(Noticed(topic))
            assert self.state.answers == before.answers
            assert self.state.misses == before.misses
            assert self.state.current == before.current

    @rule(data=st.data(), act=st.sampled_from(["inform", "change", None, "greet"]))
    def edit_an_earlier_message(self, data: st.DataObject, act: str | None) -> None:
        """What it answered is corrected; what isn't said anew stays, and so does the question."""
        if not self.state.answers:
            return
        slot = data.draw(st.sampled_from(sorted(self.state.answers)))
        answer = data.draw(answers(slot))
        reading = Reading(act, {slot: answer} if act in ("inform", "change") else {})
        before = self.state
        self.do(Edited(reading, slot, (slot,), "message-9"))
        if not reading.answers:
            self.answers_stay(before)
        if before.current not in self.state.answers and before.current is not None:
            assert self.state.current == before.current or self.state.waiting is not None

    @rule(step=st.sampled_from([1, 2]))
    def hear_from_us_first(self, step: int) -> None:
        """A reminder changes nothing."""
        before = self.state
        self.do(Silence(step))
        assert self.state == before

    @rule(control=st.sampled_from(["resume", "later", "mute", "remind", "stop"]))
    def answer_a_reminder(self, control: str) -> None:
        before = self.state
        self.do(Pressed(f"/{control}"))
        self.answers_stay(before)

    @rule(actions=st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=3, unique=True))
    def be_asked_how_it_goes(self, actions: list[str]) -> None:
        self.do(WeekOver("plan-1", 1, tuple(actions), None))
        assert isinstance(self.state.waiting, happened.CheckinAsked)

    @rule(going=st.sampled_from(["done", "under_way", "not_started", "dropped"]))
    def say_how_it_goes(self, going: str) -> None:
        before = self.state
        self.do(Pressed(f"/did:{going}"))
        if isinstance(before.waiting, happened.CheckinAsked):
            told = [e for e in self.last if isinstance(e, happened.ProgressReported)]
            assert [e.action for e in told] == [before.waiting.actions[0]]
            self.answers_stay(before)
        if isinstance(self.state.waiting, happened.MeasureAsked):
            self.do(Measured(7))
            assert not isinstance(self.state.waiting, happened.MeasureAsked)

    @rule(data=st.data(), known=st.booleans())
    def press_an_option(self, data: st.DataObject, known: bool) -> None:
        current = CATALOG.slots.get(self.state.current or "")
        options = current.options if current and known else ("price", "restaurant", "no-such")
        if options:
            self.do(Pressed(data.draw(st.sampled_from(options))))

    @rule(
        control=st.sampled_from(
            [
                "done",
                "skip",
                "unsure",
                "yes",
                "no",
                "keep",
                "continue",
                "more",
                "reading:0",
                "reading:1",
                "reading:none",
                "area:churn",
                "area:profile",
                "undo:sector",
                "plan",
                "fix:churn_share",
                "target:sector",
                "change",
                "pause",
                "back",
                "nonsense",
            ]
        )
    )
    def press_a_control(self, control: str) -> None:
        self.do(Pressed(f"/{control}"))

    def teardown(self) -> None:
        """What was written down gives the same state: once, as it is read from the beginning."""
        if hasattr(self, "log"):
            assert replay(Interview(), self.log) == self.state

    @invariant()
    def something_is_waited_for(self) -> None:
        if hasattr(self, "state"):
            assert self.state.waiting is not None or self.state.current in CATALOG.slots

    @invariant()
    def no_answer_is_lost(self) -> None:
        """Only a wipe, an undo, or a change of what it rests on takes an answer away."""
        if not hasattr(self, "before") or any(isinstance(e, WIPES) for e in self.last):
            return
        taken = {
            event.slot
            for event in self.last
            if isinstance(event, happened.AnswerCleared | happened.AnswerUndone)
        }
        assert set(self.before.answers) - set(self.state.answers) <= taken
        for slot, answer in self.before.answers.items():
            if answer.known and slot in self.state.answers:
                assert self.state.answers[slot].known

    @invariant()
    def misses_lead_on(self) -> None:
        if hasattr(self, "state") and self.state.waiting is None:
            assert self.state.misses <= MISSES_BEFORE_SKIP

    @invariant()
    def no_question_stands_a_third_time_in_the_same_words(self) -> None:
        """Unless the owner came back to it: answered before, gone back to, or changed."""
        if not hasattr(self, "state"):
            return
        for slot, used in self.state.used.items():
            if slot not in self.state.answers:
                assert all(n <= 2 for wording, n in used.items() if wording != "tick"), (slot, used)


TestInterview = InterviewMachine.TestCase
TestInterview.settings = settings(max_examples=examples(100), stateful_step_count=60, deadline=None)
