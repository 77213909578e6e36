"""What a turn did, in the past tense. Stored as they are; replaying them gives the state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from advisor.amendments import Amendment
from advisor.model import Answer
from advisor.whatif import Supposition

Wording = Literal["ask", "again", "brief", "buttons", "tick", "held"]
Going = Literal["done", "under_way", "not_started", "dropped"]
How = Literal["asked", "volunteered", "corrected"]


@dataclass(frozen=True, slots=True)
class InterviewStarted:
    language: str
    type: Literal["interview_started"] = "interview_started"


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    language: str
    type: Literal["language_chosen"] = "language_chosen"


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A slot's question went out; `ticked` are the options chosen so far, `undoable` the
    volunteered slots that one tap takes back."""

    slot: str
    wording: Wording
    ticked: tuple[str, ...] = ()
    undoable: tuple[str, ...] = ()
    type: Literal["question_asked"] = "question_asked"


@dataclass(frozen=True, slots=True)
class AnswerAccepted:
    answer: Answer
    how: How
    type: Literal["answer_accepted"] = "answer_accepted"


@dataclass(frozen=True, slots=True)
class AnswerUndone:
    """A volunteered answer was taken back; `restored` is what stood there before."""

    slot: str
    restored: Answer | None
    type: Literal["answer_undone"] = "answer_undone"


@dataclass(frozen=True, slots=True)
class AnswerCleared:
    """An answer no longer stands because `because`, on which it depends, changed."""

    slot: str
    because: str
    type: Literal["answer_cleared"] = "answer_cleared"


@dataclass(frozen=True, slots=True)
class OptionTicked:
    slot: str
    option: str
    on: bool
    type: Literal["option_ticked"] = "option_ticked"


@dataclass(frozen=True, slots=True)
class MessageMissed:
    """A message wasn't understood; `step` counts such messages on this question from 1."""

    step: int
    type: Literal["message_missed"] = "message_missed"


@dataclass(frozen=True, slots=True)
class ValueRejected:
    """A value was understood but can't be right; the old answer, if any, stands."""

    slot: str
    reason: Literal["too_low", "too_high", "above_hundred"]
    low: float
    high: float
    type: Literal["value_rejected"] = "value_rejected"


@dataclass(frozen=True, slots=True)
class ReadingsOffered:
    """Which of these was meant? One: is this what was meant?"""

    answers: tuple[Answer, ...]
    how: How
    type: Literal["readings_offered"] = "readings_offered"


@dataclass(frozen=True, slots=True)
class ConfirmationAsked:
    what: Literal["restart", "forget"]
    type: Literal["confirmation_asked"] = "confirmation_asked"


@dataclass(frozen=True, slots=True)
class ContradictionAsked:
    id: str
    slots: tuple[str, ...]
    type: Literal["contradiction_asked"] = "contradiction_asked"


@dataclass(frozen=True, slots=True)
class TargetAsked:
    """Which earlier answer is to be changed? One page of the answered slots."""

    slots: tuple[str, ...]
    more: bool
    page: int
    type: Literal["target_asked"] = "target_asked"


@dataclass(frozen=True, slots=True)
class MessageRead:
    """What a typed message was taken for, without its words: `question` is the slot that was asked
    about, `confidence` 0-1, and `away` says that the model wasn't there to read it. Changes
    nothing; learning from use looks it up."""

    message: str
    question: str | None
    act: str | None
    target: str | None
    confidence: float
    away: bool
    type: Literal["message_read"] = "message_read"


@dataclass(frozen=True, slots=True)
class ConsentAsked:
    """May misread messages be kept to learn from? `after_plan`: in place of the menu, which comes
    with the answer or with whatever the owner does instead; otherwise because the owner asked."""

    after_plan: bool
    type: Literal["consent_asked"] = "consent_asked"


@dataclass(frozen=True, slots=True)
class ConsentAnswered:
    given: bool
    type: Literal["consent_answered"] = "consent_answered"


@dataclass(frozen=True, slots=True)
class InsightReached:
    """The first insight: what was believed about churn against what the counts say."""

    id: str
    type: Literal["insight_reached"] = "insight_reached"


@dataclass(frozen=True, slots=True)
class AreaChosen:
    area: str
    type: Literal["area_chosen"] = "area_chosen"


@dataclass(frozen=True, slots=True)
class PlanRequested:
    """A plan is due: the path is done, an area deepened, an answer changed, or it was asked for."""

    cause: Literal["finished", "asked", "deepened", "changed"]
    type: Literal["plan_requested"] = "plan_requested"


@dataclass(frozen=True, slots=True)
class MenuShown:
    """What to do after the plan; `areas` still hold questions. `going`: a plan was sent that the
    owner didn't agree to yet; `person` is whom an answer would reach."""

    areas: tuple[str, ...]
    going: bool = False
    person: str | None = None
    type: Literal["menu_shown"] = "menu_shown"


@dataclass(frozen=True, slots=True)
class Paused:
    type: Literal["paused"] = "paused"


@dataclass(frozen=True, slots=True)
class Resumed:
    type: Literal["resumed"] = "resumed"


@dataclass(frozen=True, slots=True)
class Returned:
    """The owner opened the chat again; what stands is said again, however often it was before."""

    type: Literal["returned"] = "returned"


@dataclass(frozen=True, slots=True)
class Restarted:
    type: Literal["restarted"] = "restarted"


@dataclass(frozen=True, slots=True)
class DataForgotten:
    type: Literal["data_forgotten"] = "data_forgotten"


@dataclass(frozen=True, slots=True)
class DataExported:
    type: Literal["data_exported"] = "data_exported"


@dataclass(frozen=True, slots=True)
class HumanRequested:
    type: Literal["human_requested"] = "human_requested"


@dataclass(frozen=True, slots=True)
class ComfortOffered:
    type: Literal["comfort_offered"] = "comfort_offered"


@dataclass(frozen=True, slots=True)
class Supposed:
    """A "what if" was asked; it is answered from the answers as they stand, and stores none.
    `missing` are the slots whose answers that takes."""

    supposition: Supposition
    missing: tuple[str, ...] = ()
    type: Literal["supposed"] = "supposed"


@dataclass(frozen=True, slots=True)
class NumberOffered:
    """The answers that a "what if" takes may be given now, one of them after the other."""

    slots: tuple[str, ...]
    type: Literal["number_offered"] = "number_offered"


@dataclass(frozen=True, slots=True)
class ExamplesOffered:
    """Which "what if" can be asked: ids of examples."""

    examples: tuple[str, ...]
    type: Literal["examples_offered"] = "examples_offered"


@dataclass(frozen=True, slots=True)
class VersionsCompared:
    """What changed in the plan since a version (the one before the last, where none is named)."""

    since: int | None
    type: Literal["versions_compared"] = "versions_compared"


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder went out, the so-manieth of a silence (from 1); what stood, stands."""

    step: int
    type: Literal["reminded"] = "reminded"


@dataclass(frozen=True, slots=True)
class RemindersTurned:
    """Whether we may write first. `stopped`: not until the owner writes again."""

    on: bool
    stopped: bool = False
    type: Literal["reminders_turned"] = "reminders_turned"


@dataclass(frozen=True, slots=True)
class CheckinAsked:
    """How is the first of these `actions` of a plan going? The others come after it; `step` is the
    action that the coming week begins with. `opening`: the week's check-in begins with it."""

    plan: str
    week: int
    actions: tuple[str, ...]
    step: str | None = None
    opening: bool = False
    type: Literal["checkin_asked"] = "checkin_asked"


@dataclass(frozen=True, slots=True)
class MeasureAsked:
    """What does the measure of an action that is done say? `then` is asked afterwards."""

    action: str
    then: CheckinAsked
    type: Literal["measure_asked"] = "measure_asked"


@dataclass(frozen=True, slots=True)
class ProgressReported:
    """What the owner told of an action, with its measure's value where that is told."""

    action: str
    state: Going
    value: float | None = None
    type: Literal["progress_reported"] = "progress_reported"


@dataclass(frozen=True, slots=True)
class Told:
    """A short answer that changes nothing: a key of the replies."""

    topic: str
    slot: str | None = None
    type: Literal["told"] = "told"


@dataclass(frozen=True, slots=True)
class AnswerRevised:
    """A consultant corrected an answer: `before` is what stood, `by` whose name the owner reads."""

    answer: Answer
    before: Answer | None
    by: str
    practice: str
    reason: str
    type: Literal["answer_revised"] = "answer_revised"


@dataclass(frozen=True, slots=True)
class PlanAmended:
    """A consultant changed the plan, or took a change back."""

    amendment: Amendment
    type: Literal["plan_amended"] = "plan_amended"


@dataclass(frozen=True, slots=True)
class PlanApproved:
    """A consultant stands for a version of the plan."""

    version: int
    by: str
    type: Literal["plan_approved"] = "plan_approved"


@dataclass(frozen=True, slots=True)
class PlanSent:
    """A consultant sent a version to the owner, with a personal `word` (empty for none)."""

    version: int
    by: str
    practice: str
    word: str
    type: Literal["plan_sent"] = "plan_sent"


@dataclass(frozen=True, slots=True)
class PlanSigned:
    """The owner goes with the version that was sent."""

    version: int
    type: Literal["plan_signed"] = "plan_signed"


@dataclass(frozen=True, slots=True)
class WordSent:
    """A consultant wrote to the owner."""

    by: str
    practice: str
    text: str
    type: Literal["word_sent"] = "word_sent"


@dataclass(frozen=True, slots=True)
class WordReturned:
    """The owner answered a consultant: with a message of the transcript."""

    message: str
    to: str
    type: Literal["word_returned"] = "word_returned"


@dataclass(frozen=True, slots=True)
class PersonWaits:
    """A consultant waits to hear what the owner thinks: of the plan (`about` is "plan"), of the
    answer to a slot that was corrected, or of a word. Whatever is no answer lets it drop."""

    by: str
    about: Literal["plan", "answer", "word"]
    slot: str | None = None
    type: Literal["person_waits"] = "person_waits"


@dataclass(frozen=True, slots=True)
class WordAwaited:
    """The owner's next message goes to a consultant."""

    to: str
    type: Literal["word_awaited"] = "word_awaited"


Event = (
    InterviewStarted
    | LanguageChosen
    | QuestionAsked
    | AnswerAccepted
    | AnswerUndone
    | AnswerCleared
    | OptionTicked
    | MessageMissed
    | ValueRejected
    | ReadingsOffered
    | ConfirmationAsked
    | ContradictionAsked
    | TargetAsked
    | MessageRead
    | ConsentAsked
    | ConsentAnswered
    | InsightReached
    | AreaChosen
    | PlanRequested
    | MenuShown
    | Paused
    | Resumed
    | Returned
    | Restarted
    | DataForgotten
    | DataExported
    | HumanRequested
    | ComfortOffered
    | Supposed
    | NumberOffered
    | ExamplesOffered
    | VersionsCompared
    | AnswerRevised
    | PlanAmended
    | PlanApproved
    | PlanSent
    | PlanSigned
    | WordSent
    | WordReturned
    | PersonWaits
    | WordAwaited
    | Reminded
    | RemindersTurned
    | CheckinAsked
    | MeasureAsked
    | ProgressReported
    | Told
)
