"""Events to messages: short notes go in front of what is asked next, longer ones on their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from advisor.catalog import Catalog
from advisor.facts import derive
from advisor.interview import Interview, remaining
from advisor.interview import events as happened
from advisor.interview.events import Event
from advisor.interview.sprint import same
from advisor.interview.state import Waiting, apply
from advisor.model import Answer, Kind
from advisor.render import direction
from advisor.render.direction import isolate
from advisor.render.echoes import echo
from advisor.render.formats import format_number, join
from advisor.render.letters import filled, plan_letter, revision_letter, word_letter
from advisor.render.wording import Teller
from advisor.store import Unit
from bot import asides, privacy
from bot.documents import PlanMade
from bot.followup import saying
from bot.keyboards import Keyboards
from bot.messages import Option, Reply
from bot.phrasing import Phrasing
from bot.questions import asked, told_progress
from bot.versions import NO_VERSIONS, Versions

ALONE = frozenset({"welcome", "help", "bot_challenge", "why_all", "forgotten"})
"""Topics too long to stand in front of a question."""
ABOUT_EARLIER = {
    "left_open": ("left_open_kept", "left_open"),
    "going_back": ("going_back_value", "going_back"),
    "correcting": ("correcting", "correcting_open"),
    "edit_unclear": ("edit_unclear", "edit_unclear_open"),
}
"""Topics that show the answer that stands, and their texts with one and without."""


def replies(
    catalog: Catalog,
    before: Interview,
    events: Sequence[Event],
    plan: PlanMade | None = None,
    document: str | None = None,
    contact: str = "",
    notice: str | None = None,
    versions: Versions = NO_VERSIONS,
) -> list[Reply]:
    """What the owner is told of a turn. `plan` and `document` are the plan and the export that the
    events call for; `contact` is how to reach a person, where the deployment has one; `notice` is
    the text that goes in front of all."""
    for event in events:
        if isinstance(event, happened.LanguageChosen):
            before = apply(before, event)  # all of the turn is said in the language it ends in
    speaker = Speaker(catalog, before, plan, document, contact, versions)
    if notice is not None:
        speaker.say(speaker.text(notice))
    for event in events:
        speaker.hear(event)
    return speaker.done()


async def queue_replies(
    unit: Unit, chat_id: str, interview_id: str | None, said: Sequence[Reply], at: datetime
) -> None:
    """Put what is said into the outbox, and note it in the transcript."""
    for reply in said:
        await unit.add_message(
            chat_id, interview_id, "out", reply.text, None, reply.question, None, at
        )
        unit.queue_with_turn(chat_id, asdict(reply), at)


class Speaker:
    """Turns events into replies, one by one, in the language of the moment."""

    def __init__(
        self,
        catalog: Catalog,
        state: Interview,
        plan: PlanMade | None,
        document: str | None,
        contact: str,
        versions: Versions,
    ) -> None:
        self.catalog = catalog
        self.state = state
        self.plan = plan
        self.document = document
        self.contact = contact
        self.versions = versions
        self.notes: list[str] = []
        self.out: list[Reply] = []

    @property
    def language(self) -> str:
        """The language that the owner has chosen by now."""
        return self.state.language

    @property
    def words(self) -> Phrasing:
        """The wording in that language."""
        return Phrasing(self.catalog, self.language)

    def text(self, key: str, **fields: object) -> str:
        """A reply with its fields filled."""
        return self.words.text(key, **fields)

    def hear(self, event: Event) -> None:
        """Say what happened."""
        earlier = self.state
        self.state = apply(self.state, event)
        match event:
            case happened.QuestionAsked():
                self.ask(event)
            case happened.AnswerAccepted(answer=answer, how=how):
                self.echo(answer, how, earlier)
            case happened.AnswerCleared(slot=slot):
                self.notes.append(self.text("cleared", labels=self.words.label(slot)))
            case happened.MessageMissed():
                self.miss()
            case happened.ValueRejected():
                self.reject(event)
            case happened.InsightReached(id=name):
                self.add(Reply("say", self.with_notes(self.tell_with_figures("insights", name))))
            case happened.PlanRequested(cause=cause):
                self.show_plan(cause)
            case happened.Resumed() if earlier.paused:
                self.notes.append(self.text("resumed"))
            case happened.Restarted():
                self.notes.append(self.text("restarted"))
            case happened.DataForgotten():
                self.say(self.text("forgotten"))
            case happened.DataExported():
                self.flush()
                self.add(Reply("export", self.text("exported"), document=self.document))
            case happened.HumanRequested():
                key = "human_contact" if self.contact else "human"
                self.say(self.text(key, contact=self.contact))
            case happened.Reminded():
                options = Keyboards(self.catalog, self.language).reminder()
                text = saying.reminder(self.words, self.state, event)
                self.add(Reply("wait", text, options=options))
            case happened.ProgressReported():
                self.notes += filter(None, [saying.noted(self.words, event)])
            case happened.Supposed():
                self.suppose(event, earlier)
            case happened.VersionsCompared():
                self.say(asides.compared(self.catalog, self.language, self.versions))
            case happened.Told(topic=topic, slot=slot):
                self.tell(topic, slot, earlier)
            case happened.AnswerRevised():
                self.word(revision_letter(self.catalog, self.language, event))
            case happened.WordSent():
                self.word(word_letter(self.catalog, self.language, event))
            case happened.PlanSent():
                self.send_plan(event)
            case happened.ComfortOffered():
                self.say(self.text("comfort"))
                self.wait(event, self.text("comfort_wait"))
            case happened.Paused():
                self.say(self.text("paused"))
                self.wait(event, self.text("paused_wait"))
            case (
                happened.ReadingsOffered()
                | happened.ConfirmationAsked()
                | happened.ContradictionAsked()
                | happened.TargetAsked()
                | happened.MenuShown()
                | happened.ConsentAsked()
                | happened.NumberOffered()
                | happened.ExamplesOffered()
                | happened.PersonWaits()
                | happened.WordAwaited()
                | happened.CheckinAsked()
                | happened.MeasureAsked()
            ):
                self.wait(event, self.waiting_text(event))
            case _:
                pass

    def done(self) -> list[Reply]:
        """All replies; notes that nothing followed stand alone."""
        self.flush()
        return self.out

    def add(self, reply: Reply) -> None:
        """One more message, in the right direction and language."""
        lines = reply.text.split("\n")
        text = "\n".join(direction.line(self.language, line) for line in lines)
        self.out.append(replace(reply, text=text, language=self.language))

    def flush(self) -> None:
        """Notes so far as a message of their own."""
        if self.notes:
            self.add(Reply("say", " ".join(self.notes)))
            self.notes = []

    def say(self, text: str) -> None:
        """A message of its own."""
        self.flush()
        self.add(Reply("say", text.strip()))

    def with_notes(self, text: str) -> str:
        """What is asked, with the notes in front."""
        lead = " ".join(self.notes)
        self.notes = []
        return f"{lead}\n\n{text}" if lead else text

    def ask(self, event: happened.QuestionAsked) -> None:
        """A question with its buttons."""
        done, total = remaining(self.catalog, self.state)
        answered = event.slot in self.state.answers
        self.add(
            Reply(
                "ask",
                self.with_notes(asked(self.words, event)),
                question=event.slot,
                options=(*Keyboards(self.catalog, self.language).question(event), *self.since()),
                progress=(min(total, done + (not answered)), total),
            )
        )

    def echo(self, answer: Answer, how: str, earlier: Interview) -> None:
        """What was understood, in a few words; nothing for a button that changed nothing."""
        before = earlier.answers.get(answer.slot)
        if not answer.known or before == answer:
            return
        value = self.words.value(answer)
        if before is not None and same(before, answer):
            note = self.text("noted_before", label=self.words.label(answer.slot), value=value)
        elif how == "corrected" or (before is not None and before.known):
            note = self.text(
                "corrected", label_start=self.words.label_start(answer.slot), value=value
            )
        elif how == "volunteered":
            note = self.text("also_noted", label=self.words.label(answer.slot), value=value)
        else:
            note = self.text("noted", value=echo(self.catalog, self.language, answer))
        self.notes.append(note)

    def miss(self) -> None:
        """Not understood: said so, unless the reason was given already."""
        if not self.notes:
            self.notes.append(self.text("missed"))

    def reject(self, event: happened.ValueRejected) -> None:
        """Why a value can't be right, with the bounds."""
        kind = self.catalog.slots[event.slot].kind
        shown = Kind.COUNT if kind is Kind.MONEY else kind
        low, high = (
            format_number(self.catalog, self.language, shown, bound)
            for bound in (event.low, event.high)
        )
        self.notes.append(self.text(event.reason, low=low, high=high))

    def tell_with_figures(self, file: str, name: str) -> str:
        """A text with the owner's answers and facts filled in."""
        teller = Teller(self.catalog, self.language, self.state.answers, derive(self.state.answers))
        return teller.tell(str(teller.text(file, name)))

    def show_plan(self, cause: str) -> None:
        """The plan, with what changed since the last one."""
        assert self.plan is not None, "a plan was requested, so the conversation made one"
        key = {"finished": "plan_ready", "asked": "plan_ready"}.get(cause, "plan_changed")
        if cause == "asked" and not self.state.planned:
            key = "plan_so_far"
        if key == "plan_changed" and self.plan.same:
            key = "plan_same"
        lines = [*self.notes, self.text(key)]
        self.notes = []
        if cause in ("changed", "deepened") and not self.plan.same:
            lines += self.plan.changes
        if self.plan.done:
            names = [saying.name(self.words, action) for action in self.plan.done]
            lines.append(self.text("plan_done", names=join(self.catalog, self.language, names)))
        self.add(Reply("plan", "\n".join(lines), plan=self.plan.id, done=self.plan.done))

    def word(self, text: str) -> None:
        """What a consultant writes or did."""
        self.flush()
        self.add(Reply("word", text))

    def send_plan(self, event: happened.PlanSent) -> None:
        """The plan that a consultant sends, below their word."""
        assert self.plan is not None, "whoever sends a plan has one"
        changes = () if self.plan.same else self.plan.changes
        self.word(plan_letter(self.catalog, self.language, event, changes))
        self.add(Reply("plan", self.text("plan_from_person"), plan=self.plan.id))

    def suppose(self, event: happened.Supposed, earlier: Interview) -> None:
        """A "what if": its answer as a message of its own, or a note of what that lacks."""
        if event.missing:
            self.notes.append(asides.lacking(self.catalog, earlier, event))
        else:
            text = asides.supposed(self.catalog, self.state, event)
            self.add(Reply("say", self.with_notes(text)))

    def since(self, menu: bool = False) -> list[Option]:
        """Buttons for versions of the plan."""
        keyboard = Keyboards(self.catalog, self.language)
        return asides.version_buttons(keyboard, self.versions, menu)

    def tell(self, topic: str, slot: str | None, earlier: Interview) -> None:
        """A short answer that changes nothing."""
        if topic == "progress":
            self.notes.append(told_progress(self.words, self.state))
        elif topic == "why" and slot is not None:
            self.notes.append(str(self.catalog.question(self.language, slot)["why"]))
        elif topic in ABOUT_EARLIER and slot is not None:
            self.notes.append(self.about_earlier(topic, earlier.answers.get(slot)))
        elif topic == "undone" and slot is not None:
            self.notes.append(self.text(topic, label=self.words.label(slot)))
        elif topic == "privacy":
            self.say(privacy.in_full(self.words))
        elif topic in ALONE:
            self.say(self.text(topic))
        else:
            self.notes.append(self.text(topic))

    def about_earlier(self, topic: str, answer: Answer | None) -> str:
        """A note that shows the answer that stands, where there is one."""
        known = answer is not None and answer.known
        key = ABOUT_EARLIER[topic][0 if known else 1]
        return self.text(
            key, value=self.words.value(answer) if answer is not None and known else ""
        )

    def wait(self, event: Waiting, text: str) -> None:
        """Something other than a question, with its buttons."""
        keyboard = Keyboards(self.catalog, self.language)
        options = (*keyboard.waiting(event), *self.since(isinstance(event, happened.MenuShown)))
        self.add(Reply("wait", self.with_notes(text), options=options))

    def waiting_text(self, event: Waiting) -> str:
        """What is waited for, in words."""
        match event:
            case happened.ConfirmationAsked(what=what):
                return self.text(f"confirm_{what}")
            case happened.ReadingsOffered(answers=(answer,), how="corrected"):
                return self.text(
                    "readings_instead",
                    label_start=self.words.label_start(answer.slot),
                    value=self.words.value(answer),
                )
            case happened.ReadingsOffered(answers=answers) if len(answers) == 1:
                return self.text("readings_one", value=self.words.value(answers[0]))
            case happened.ReadingsOffered():
                return self.text("readings_two")
            case happened.ContradictionAsked(id=name):
                return self.contradiction(name)
            case happened.TargetAsked():
                return self.text("which_target")
            case happened.ConsentAsked(after_plan=after_plan):
                return self.text("consent_after_plan" if after_plan else "consent_asked")
            case happened.NumberOffered():
                return str(asides.wording(self.catalog, self.language)["offer"])
            case happened.ExamplesOffered():
                return str(asides.wording(self.catalog, self.language)["examples"]["ask"])
            case happened.PersonWaits(by=by, about=about):
                asks = self.words.texts["person"]["asks"][about]
                return self.words.filled(str(asks), by=isolate(self.language, by))
            case happened.WordAwaited(to=to):
                return filled(self.catalog, self.language, "awaited", to=to)
            case happened.CheckinAsked():
                return saying.question(self.words, event)
            case happened.MeasureAsked():
                return saying.measure(self.words, event)
            case happened.MenuShown(areas=areas):
                return self.text("menu" if areas else "menu_done")
            case _:
                raise AssertionError(f"no text for {event.type}")

    def contradiction(self, name: str) -> str:
        """A kind question about two answers that seldom go together."""
        return self.tell_with_figures("contradictions", name)
