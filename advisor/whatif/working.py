"""From a supposition to the numbers of its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from advisor.facts import Inputs
from advisor.model import Answers
from advisor.whatif import customers, mailing, prices, running
from advisor.whatif.bounds import beyond
from advisor.whatif.supposition import Supposition
from advisor.whatif.worked import Worked

RULES: Mapping[str, Callable[[Supposition, Inputs], Worked]] = {
    "discount": prices.discount,
    "price_rise": prices.price_rise,
    "mailing": mailing.mailing,
    "costs": running.costs,
    "supplier": running.supplier,
    "back": customers.back,
    "gone": customers.gone,
}


def work_out(supposition: Supposition, answers: Answers) -> Worked:
    """The numbers of an answer, from stored answers alone; nothing for different answers, whose
    effect is the difference of two plans."""
    rule = RULES.get(supposition.kind)
    if rule is None:
        return Worked()
    return beyond(supposition) or rule(supposition, Inputs(answers))
