"""A plan as Telegram messages in Telegram's HTML.

Each message stays under the limit once parsed; long texts are split before they are escaped, so a
tag is never cut. A line is a list of spans: a text and the tag around it, if any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from advisor.render.direction import line as directed
from advisor.render.view import PlanView
from advisor.render.view.types import ActionView, AreaView, DraftView, MoneyLine

MOST_UNITS = 3500
"""Of Telegram's 4096 UTF-16 units; the rest is room for what the conversation adds."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line; `tag` is b, i, code (which a tap copies) or nothing."""

    text: str
    tag: str = ""

    @property
    def html(self) -> str:
        """Escaped, in its tag."""
        text = escape(self.text, quote=False)
        return f"<{self.tag}>{text}</{self.tag}>" if self.tag and self.text else text


Line = Sequence[Span]
BLANK: Line = (Span(""),)


def plan_messages(view: PlanView) -> list[str]:
    """The plan in a few messages: what stands out, areas, money, the first action in full, then
    all actions by week. Each action in full is `action_messages`."""
    about = (summary, word, amended, areas, money, start, weeks, rest)
    sections = [section(view) for section in about]
    return [text for section in sections for text in packed(view.language, section)]


def brief_message(view: PlanView) -> str:
    """What an owner reads first: what stands out, and the first step. The rest is `part_messages`,
    for whoever asks for it."""
    return packed(view.language, brief(view))[0]


def part_messages(view: PlanView, part: str) -> list[str]:
    """A part of the plan by its name in PARTS, in full. Raises KeyError."""
    return packed(view.language, PARTS[part](view))


def action_messages(view: PlanView, action: str) -> list[str]:
    """One action in full. Raises KeyError for an action that the plan doesn't hold."""
    return packed(view.language, action_lines(view, view.action(action)))


def draft_messages(view: PlanView, action: str) -> list[str]:
    """The drafts of an action: about each a message, and then its text as a message of its own,
    so that copying it takes nothing else along. Raises KeyError as above."""
    messages: list[str] = []
    for number, draft in enumerate(view.action(action).drafts):
        text = [(Span(row),) for row in draft.text.split("\n")]
        about = [*about_draft(view, draft), *([] if number else noted(view))]
        messages += packed(view.language, about)
        messages += packed(view.language, text)
    return messages


def about_draft(view: PlanView, draft: DraftView) -> Iterator[Line]:
    """What a draft is for, what to see to first, and its subject."""
    words = view.words["action"]
    yield bold(draft.name)
    yield (Span(draft.channel_name, "i"),)
    yield from headed(words["draft_checks"], [bullet(check) for check in draft.checks])
    if draft.subject:
        yield from headed(words["draft_subject"], [(Span(draft.subject, "code"),)])


def noted(view: PlanView) -> list[Line]:
    """What holds for all drafts, said with the first."""
    return [BLANK, (Span(view.words["action"]["drafts_note"], "i"),)]


def summary(view: PlanView) -> Iterator[Line]:
    """Title, whose it is, how much it asks for, and the insights."""
    yield bold(view.title)
    yield (Span(view.prepared),)
    yield BLANK
    yield (Span(view.size),)
    if view.insights:
        yield BLANK
        yield bold(view.words["headings"]["insights"])
        yield from (bullet(insight) for insight in view.insights)


def brief(view: PlanView) -> Iterator[Line]:
    """The summary in a few lines, and today's step."""
    yield bold(view.title)
    yield (Span(view.size),)
    if view.word:
        yield Span(view.words["headings"]["word"], "i"), Span(f": {view.word.signed}", "i")
    if view.changed_by:
        yield (Span(view.changed_by, "i"),)
    if view.insights:
        yield BLANK
        yield bold(view.words["headings"]["insights"])
        yield from (bullet(insight) for insight in view.insights)
    if view.first is not None:
        yield BLANK
        yield bold(view.words["headings"]["start"])
        yield (Span(f"{view.first.name} ({view.first.hours}, {view.first.cost})"),)
        yield from ((Span(step),) for step in view.first.steps[:1])


def areas(view: PlanView) -> Iterator[Line]:
    """The seven areas."""
    yield bold(view.words["headings"]["areas"])
    yield (Span(view.words["areas_note"], "i"),)
    for area in view.areas:
        yield BLANK
        yield from area_lines(area)


def area_lines(area: AreaView) -> Iterator[Line]:
    """One area."""
    stand = ", ".join(filter(None, (area.level, area.score_label)))
    yield (Span(area.name, "b"), Span(f": {stand}"))
    yield from (bullet(observation) for observation in area.observations)
    more = f". {area.one_more}" if area.one_more else ""
    yield (Span(f"{area.confidence}{more}", "i"),)


def money(view: PlanView) -> Iterator[Line]:
    """The sums, and where the sources disagree."""
    yield bold(view.words["headings"]["money"])
    yield (Span(view.money_note, "i"),)
    for row in view.sums:
        yield BLANK
        yield from money_lines(row)
    if view.dispute:
        yield BLANK
        yield bold(view.words["headings"]["print"])
        yield from ((Span(sentence),) for sentence in view.dispute)


def money_lines(row: MoneyLine) -> Iterator[Line]:
    """One sum."""
    interval = f" ({row.interval})" if row.interval else ""
    yield Span(row.name), Span(": "), Span(row.value, "b"), Span(interval)
    yield (Span(row.reckoning, "i"),)


def start(view: PlanView) -> Iterator[Line]:
    """The first action in full."""
    if view.first is not None:
        yield bold(view.words["headings"]["start"])
        if view.first.first:
            yield (Span(view.start_note, "i"),)
        yield BLANK
        yield from action_lines(view, view.first)


def weeks(view: PlanView) -> Iterator[Line]:
    """All actions under the week in which they start."""
    if not view.actions:
        return
    yield bold(view.words["headings"]["weeks"])
    week = 0
    for action in view.actions:
        if action.start_week != week:
            week = action.start_week
            yield BLANK
            yield bold(view.words["weeks"]["week"].format(n=week))
        yield (Span(f"{action.number}. {action.name} ({action.hours}, {action.cost})"),)


def word(view: PlanView) -> Iterator[Line]:
    """What the consultant who sent it wrote."""
    if view.word:
        yield bold(view.words["headings"]["word"])
        yield from ((Span(paragraph),) for paragraph in view.word.paragraphs)
        yield (Span(view.word.signed, "i"),)


def amended(view: PlanView) -> Iterator[Line]:
    """What consultants changed."""
    if view.amendments:
        yield bold(view.words["headings"]["amended"])
        yield (Span(view.words["amended"]["note"], "i"),)
    for amendment in view.amendments:
        yield BLANK
        yield bullet(amendment.text)
        yield (Span(amendment.signed, "i"),)


def rest(view: PlanView) -> Iterator[Line]:
    """What is for later, and what isn't known."""
    headings = view.words["headings"]
    if view.later:
        yield bold(headings["later"])
        yield from (titled(action.name, action.does) for action in view.later)
        yield BLANK
    if view.unknowns:
        yield bold(headings["unknowns"])
        yield from (titled(row.title, " ".join((row.why, *row.effects))) for row in view.unknowns)
        yield BLANK
    yield from ((Span(sentence, "i"),) for sentence in view.about)


PARTS: Mapping[str, Callable[[PlanView], Iterator[Line]]] = {
    "word": word,
    "amended": amended,
    "areas": areas,
    "money": money,
    "weeks": weeks,
    "rest": rest,
}
"""What the brief message leaves out."""


def titled(title: str, text: str) -> Line:
    """A line of a list with what it is about before it."""
    return Span("• "), Span(title, "b"), Span(f". {text}")


def action_lines(view: PlanView, action: ActionView) -> Iterator[Line]:
    """An action in full."""
    words = view.words["action"]
    yield bold(f"{action.number}. {action.name}")
    yield (Span(f"{action.when} · {action.hours} · {action.cost}", "i"),)
    if action.does:
        yield (Span(action.does),)
    if action.after:
        yield (Span(action.after, "i"),)
    yield from ((Span(change, "i"),) for change in action.changes)
    yield from headed(words["why"], [(Span(reason),) for reason in action.reasons])
    yield from headed(words["because"], [bullet(answer.line) for answer in action.because])
    gates = [(Span(gate.name, "b"), Span(f": {gate.text}")) for gate in action.gates]
    yield from headed(words["gates"], gates)
    steps = [(Span(f"{n}. {step}"),) for n, step in enumerate(action.steps, 1)]
    yield from headed(words["steps"], steps)
    yield from headed(words["measure"], measure_lines(view, action))
    yield from headed(words["evidence"], [(Span(proof.told),) for proof in action.evidence])
    yield BLANK
    yield (Span(action.rows_line, "i"),)


def measure_lines(view: PlanView, action: ActionView) -> list[Line]:
    """What to measure, from where to where, and when to stop."""
    words = view.words["action"]
    return [(Span(words[label], "i"), Span(f": {text}")) for label, text in action.measured]


def headed(heading: str, lines: Sequence[Line]) -> Iterator[Line]:
    """Lines under a heading; nothing where there are none."""
    if lines:
        yield BLANK
        yield bold(heading)
        yield from lines


def bold(text: str) -> Line:
    """A heading."""
    return (Span(text, "b"),)


def bullet(text: str) -> Line:
    """A line of a list."""
    return (Span(f"• {text}"),)


def packed(language: str, lines: Iterable[Line]) -> list[str]:
    """Lines put into as few messages as hold them."""
    messages: list[list[str]] = [[]]
    used = 0
    for row in lines:
        for part in parts(with_direction(language, row)):
            size = units(part) + 1
            if used + size > MOST_UNITS:
                messages.append([])
                used = 0
            messages[-1].append("".join(span.html for span in part))
            used += size
    texts = ["\n".join(message).strip("\n") for message in messages]
    return [text for text in texts if text]


def with_direction(language: str, row: Line) -> Line:
    """The line with a mark before it where it would read in the wrong direction."""
    text = "".join(span.text for span in row)
    mark = directed(language, text).removesuffix(text) if text else ""
    return (Span(mark), *row) if mark else row


def parts(row: Line) -> Iterator[Line]:
    """The line itself, or pieces of it that each fit in a message."""
    part: list[Span] = []
    room = MOST_UNITS - 1
    for span in row:
        text = span.text
        while text:
            piece = cut(text, room - units(part))
            part.append(Span(piece, span.tag))
            text = text[len(piece) :]
            if text:
                yield tuple(part)
                part = []
    yield tuple(part)


def cut(text: str, most: int) -> str:
    """The beginning of a text that has at most that many UTF-16 units."""
    while len(text.encode("utf-16-le")) // 2 > most:
        text = text[: max(1, min(len(text) - 1, most))]
    return text


def units(row: Line) -> int:
    """UTF-16 units, as Telegram counts."""
    return sum(len(span.text.encode("utf-16-le")) // 2 for span in row)
