"""A practice with something in every table of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from advisor.clients import Summary
from advisor.store import Unit
from advisor.store.practice import Practice

At = Callable[[int], datetime]
LINE = Summary("Levi Bakery", "restaurant", 70, "churn", 21, 90, 12)


async def fill_practice(unit: Unit, chat_id: str, interview_id: str, at: At) -> Practice:
    """A practice whose only client is this chat; the lead is called Dana."""
    made = await unit.accounts.add_practice("One", at(0))
    practice = unit.practice(made.id)
    lead = await unit.accounts.add_consultant(
        made.id, f"Dana@{made.id}.example", "Dana", "lead", "he", "hash", at(0)
    )
    assert lead is not None
    await unit.accounts.set_recovery_codes(lead, [f"code {lead}"])
    await unit.accounts.note_attempt("account:1", at(0))
    await unit.sessions.start(lead, f"digest {lead}", 2, at(0), at(60), "::1", "Browser")
    invited = await practice.invite_owner(f"owner {lead}", lead, "The baker", at(0), 30)
    invitation = await unit.invitations.by_digest(f"owner {lead}")
    assert invitation is not None
    assert invitation.id == invited
    await unit.tie(chat_id, invitation, at(1))
    await unit.note_client(chat_id, interview_id, LINE, "he", at(2))
    await unit.note_tokens(chat_id, {"w:le", "w:lev", "o:sector=restaurant"})
    await practice.add_note(chat_id, lead, "Call on Tuesday", at(3))
    await practice.save_filter(lead, "In danger", {"danger": "1"}, at(3))
    await practice.add_token(f"token {lead}", lead, "Books", ["clients:read"], at(3), 30)
    await practice.add_hook("https://one.example/told", "whsec_c2VjcmV0", ["plan.sent"], at(3))
    await unit.announce(chat_id, "plan.sent", 1, at(4))
    await unit.note_act("client_viewed", at(4), made.id, lead, chat_id, {"version": 1}, "::1")
    return practice
