"""An owner who answers whatever is asked, by buttons or by typing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram_peer import Message, Phone

from advisor.catalog import Catalog

TYPED = {
    "business_name": "Alma & Sons <cafe>",
    "employees": "4",
    "revenue_before": "60000",
    "revenue_now": "35000",
    "cash_runway": "90 days",
    "hours_per_week": "10",
    "monthly_budget": "1500",
    "customers_before": "400",
    "customers_now": "250",
    "churn_share": "20%",
    "average_sale": "80",
    "gross_margin": "60%",
}
CONTROLS = ("/keep", "/reading:0", "/continue")

Answering = Callable[[Phone, Catalog, Message], Awaitable[None]]


async def by_button(phone: Phone, catalog: Catalog, asked: Message) -> None:
    """Press where there is something to press; of several, one and then Done."""
    options = [option for option in asked.options if not option.startswith("/")]
    if "/done" in asked.options:
        await phone.press(asked, "/done")
    elif options:
        await phone.press(asked, options[0])
    else:
        await by_typing(phone, catalog, asked)


async def by_typing(phone: Phone, catalog: Catalog, asked: Message) -> None:
    """Type the wording of an option, a number, or a name."""
    slot = catalog.slots.get(asked.question)
    if slot is None:
        option = next(option for option in CONTROLS if option in asked.options)
        await phone.press(asked, option)
    elif slot.options:
        await phone.say(asked.buttons[-1 if phone.code == "he" else 0][0])
    else:
        typed = TYPED.get(slot.id, "20")
        await phone.say(typed.replace("days", "ימים") if phone.code == "he" else typed)


async def interviewed(
    phone: Phone, catalog: Catalog, answer: Answering, questions: int = 60
) -> list[str]:
    """Answer until the menu that follows the plan, or so many questions; those, in order."""
    asked: list[str] = []
    while len(asked) < questions:
        message = await phone.prompt()
        if "/plan" in message.options:
            return asked
        asked.append(message.question)
        await answer(phone, catalog, message)
    return asked
