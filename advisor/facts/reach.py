"""Who may lawfully be reached and by what, and what a channel needs to pay (A16-A26, E1, E3, E10,
E11).
"""

from __future__ import annotations

from math import ceil

from advisor.facts.inputs import Inputs, Needs, Rule, flag, number, parameter
from advisor.model import Fact, Facts
from advisor.spans import Span


def may_phone(i: Inputs, _: Facts) -> Fact | None:
    """Phone numbers are held; a human call needs no consent but a registry check (A17, E11)."""
    return flag("may_phone", i.has("contact_channels", "phone"), "contact_channels")


def may_mail(i: Inputs, _: Facts) -> Fact | None:
    """Addresses are held; letters are outside the message law (A23, E10)."""
    return flag("may_mail", i.has("contact_channels", "address"), "contact_channels")


def may_email(i: Inputs, _: Facts) -> Fact | None:
    """E-mails are held and customers agreed (A18, E10)."""
    return consented(i, "may_email", "email")


def may_message(i: Inputs, _: Facts) -> Fact | None:
    """Phone numbers are held and customers agreed to messages (A17, E10)."""
    return consented(i, "may_message", "phone")


def consented(i: Inputs, name: str, channel: str) -> Fact | None:
    """A channel that needs prior consent; unknown consent is no consent."""
    held = i.has("contact_channels", channel)
    agreed = i.value("marketing_consent") in ("yes", "partly")
    slots = [s for s in ("contact_channels", "marketing_consent") if i.known(s)]
    return flag(name, None if held is None else held and agreed, *slots)


def reachable(_: Inputs, f: Facts) -> Fact | None:
    """Whether any lawful channel to customers is there (A11, E10, E11)."""
    ways = [f[n] for n in ("may_phone", "may_email", "may_message", "may_mail") if n in f]
    slots = tuple(dict.fromkeys(slot for way in ways for slot in way.slots))
    return flag("reachable", any(way.value for way in ways) if ways else None, *slots)


def undelivered_emails(i: Inputs, _: Facts) -> Fact | None:
    """email_list × one in six, messages that may not reach the inbox (A19, E1)."""
    size = i.rough("email_list")
    if size is None or not size.mid:
        return None
    missing = size * (parameter("undelivered_share") / 100)
    return number("undelivered_emails", missing, "count", "email_list", prior=True)


def delivered_emails(i: Inputs, _: Facts) -> Fact | None:
    """email_list × five in six, messages that reach the inbox (A19, E1)."""
    size = i.rough("email_list")
    if size is None or not size.mid:
        return None
    arriving = size * (1 - parameter("undelivered_share") / 100)
    return number("delivered_emails", arriving, "count", "email_list", prior=True)


def letter_gain(i: Inputs) -> Span | None:
    """average_sale × gross_margin, shekels that a buyer leaves. Costs of letters are in shekels, so
    the sale has to be; None where it isn't, or where nothing is left."""
    sale, margin = i.rough("average_sale"), i.span("gross_margin")
    if sale is None or margin is None or i.currency("average_sale") != "ILS":
        return None
    gain = sale * margin * 0.01
    return gain if gain.low > 0 else None


def mail_breakeven(i: Inputs, _: Facts) -> Fact | None:
    """piece cost / (average sale × margin) × 100, % of letters that must bring a sale (A24, E3)."""
    gain = letter_gain(i)
    if gain is None:
        return None
    needed = Span.exact(parameter("mail_piece_cost")) / gain * 100
    return number("mail_breakeven", needed, "percent", "average_sale", "gross_margin")


def mail_pays(_: Inputs, f: Facts) -> Fact | None:
    """Whether mail_breakeven is at most the cautious prior for response (A24 against B7)."""
    needed = f.get("mail_breakeven")
    pays = None if needed is None else Span.of(needed).mid <= parameter("mail_response_prior")
    return flag("mail_pays", pays, *(needed.slots if needed else ()))


def mail_pilot_buyers(i: Inputs, _: Facts) -> Fact | None:
    """⌈mail_pilot_cost / (average sale × margin)⌉, buyers that the pilot needs to pay; whole ones
    (A24, E3)."""
    gain = letter_gain(i)
    if gain is None:
        return None
    needed = (Span.exact(parameter("mail_pilot_cost")) / gain).rounded()
    needed = Span(*map(ceil, (needed.low, needed.mid, needed.high)))
    return number("mail_pilot_buyers", needed, "count", "average_sale", "gross_margin")


RULES: tuple[Rule, ...] = (
    may_phone,
    may_mail,
    may_email,
    may_message,
    reachable,
    undelivered_emails,
    delivered_emails,
    mail_breakeven,
    mail_pays,
    mail_pilot_buyers,
)

CONSENTED = ("contact_channels", "marketing_consent")
LETTERS = ("average_sale", "gross_margin")
NEEDS: Needs = {
    "may_phone": ("contact_channels",),
    "may_mail": ("contact_channels",),
    "may_email": CONSENTED,
    "may_message": CONSENTED,
    "reachable": CONSENTED,
    "undelivered_emails": ("email_list",),
    "delivered_emails": ("email_list",),
    "mail_breakeven": LETTERS,
    "mail_pays": LETTERS,
    "mail_pilot_buyers": LETTERS,
}
