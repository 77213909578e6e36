"""An area of the plan in words."""

from __future__ import annotations

from advisor.model import Finding
from advisor.render.view.types import AreaView
from advisor.render.wording import Teller, begun

LEVELS = ((65, "danger"), (40, "weak"), (20, "watch"), (0, "sound"))
CALM = "sound"
ENOUGH = 1 / 3
"""Of an area's questions; with fewer answers, and nothing noticed, it isn't said to be sound."""
CONFIDENCES = ((2 / 3, "high"), (1 / 3, "medium"), (0.01, "low"), (0.0, "none"))


def area_view(teller: Teller, finding: Finding) -> AreaView:
    """How an area stands."""
    text, words = teller.text("findings", finding.area), teller.words
    level = level_of(finding)
    known = level != "unknown"
    missing = finding.missing
    return AreaView(
        id=finding.area,
        name=begun(text["name"]),
        score=finding.score,
        score_label=words["score"].format(score=finding.score) if known else "",
        level=words["levels"][level],
        confidence=begun(words["confidence"][named(CONFIDENCES, finding.confidence)]),
        observations=observations(teller, finding),
        one_more=missing and teller.tell(words["one_more"], label=teller.label(missing)),
    )


def observations(teller: Teller, finding: Finding) -> tuple[str, ...]:
    """The evidence in the order of content; else that it is sound, or that nothing is known."""
    text = teller.text("findings", finding.area)
    told = [teller.tell(text["observations"][item.id]) for item in finding.evidence]
    told = [sentence for sentence in told if sentence]
    return tuple(told) or (text["sound"] if is_known(finding) else text["unknown"],)


def level_of(finding: Finding) -> str:
    """How urgent it is; where few answers hold a concern, the area isn't said to be calm."""
    level = named(LEVELS, finding.score)
    early = finding.confidence < ENOUGH and level == CALM and finding.score > 0
    return "unknown" if early or not is_known(finding) else level


def is_known(finding: Finding) -> bool:
    """Whether enough was answered to say how an area stands."""
    return bool(finding.evidence) or finding.confidence >= ENOUGH


def named(bands: tuple[tuple[float, str], ...], value: float) -> str:
    """The name of the band in which a value falls."""
    return next(name for least, name in bands if value >= least)
