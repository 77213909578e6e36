"""From a supposition to the numbers of its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from advisor.facts import Inputs
from advisor.model import Answers
from advisor.whatif import customers, dearer, mailing, prices, running, selling
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
    "calls": customers.calls,
    "costs_rise": dearer.costs_rise,
    "part": dearer.part,
    "client": customers.client,
    "hire": dearer.hire,
    "dismiss": dearer.dismiss,
    "runway": dearer.runway,
    "closing": dearer.closing,
    "sales_fall": selling.sales_fall,
    "sales_rise": selling.sales_rise,
}


def work_out(supposition: Supposition, answers: Answers) -> Worked:
    """The numbers of an answer, from stored answers alone; nothing for different answers, whose
    effect is the difference of two plans."""
    rule = RULES.get(supposition.kind)
    if rule is None:
        return Worked()
    inputs = Inputs(answers)
    return beyond(supposition, inputs) or rule(supposition, inputs)
