"""What an owner supposes: "what if I give 15 % off?"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from advisor.model import Answer, Money
from advisor.spans import Span

Kind = Literal[
    "discount",
    "price_rise",
    "mailing",
    "costs",
    "costs_rise",
    "part",
    "hire",
    "dismiss",
    "supplier",
    "back",
    "gone",
    "client",
    "calls",
    "sales_fall",
    "sales_rise",
    "runway",
    "closing",
    "answers",
    "unclear",
]


@dataclass(frozen=True, slots=True)
class Supposition:
    """One "what if".

    `share` is a percentage (of the price, the costs, the sales or the lost customers), `count`
    letters, calls or customers, `money` a sum: off the price, off a month's costs or sales, or the
    price of one letter. "part" is one cost of which no answer tells how much it is.
    `answers` are the different answers of the kind "answers". "unclear" is a "what if" of
    nothing that can be worked out. What isn't said is None.
    """

    kind: Kind
    share: Span | None = None
    count: Span | None = None
    money: Money | None = None
    answers: tuple[Answer, ...] = ()


EXAMPLES: dict[str, Supposition] = {
    "discount": Supposition("discount", share=Span.exact(15)),
    "price_rise": Supposition("price_rise", share=Span.exact(5)),
    "mailing": Supposition("mailing", count=Span.exact(100)),
    "costs": Supposition("costs", share=Span.exact(10)),
    "supplier": Supposition("supplier"),
    "back": Supposition("back", count=Span.exact(10)),
}
"""What can be asked, as one tap; the amounts stand in where a question names none."""
