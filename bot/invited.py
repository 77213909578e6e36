"""An owner who followed a practice's invitation."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from advisor.catalog import Catalog
from advisor.model import LANGUAGES
from advisor.store import StoredChat, Unit
from advisor.store.practice import Invitation
from advisor.store.practice.tokens import digest
from bot.conversation import Conversation
from bot.messages import Reply


async def follow(unit: Unit, chat: StoredChat, token: str, at: datetime) -> Invitation | None:
    """Tie the chat to the practice that invited its owner; None where the link is no longer good.
    Whoever follows a link twice is welcome twice."""
    invitation = await unit.invitations.by_digest(digest(token))
    if invitation is None or invitation.kind != "owner" or invitation.practice_id is None:
        return None
    if await unit.invitations.use(invitation.id, at):
        await unit.tie(chat.id, invitation, at)
        await unit.note_act(
            "owner_joined", at, invitation.practice_id, invitation.consultant_id, chat.id
        )
        return invitation
    return invitation if await unit.is_tied(chat.id, invitation) else None


async def told(catalog: Catalog, unit: Unit, language: str, invitation: Invitation | None) -> Reply:
    """What the owner is told: who will see the answers, or that the link is no longer good."""
    texts = catalog.texts[language]["replies"]
    if invitation is None or invitation.practice_id is None:
        return Reply("say", str(texts["invitation_over"]), language=language)
    practice = unit.practice(invitation.practice_id)
    text = str(texts["invited"]).format(practice=await practice.name())
    return Reply("say", text, language=language)


def token_in(rest: str) -> str | None:
    """The invitation in what follows /start, which may also name a language or nothing."""
    return rest if rest and rest not in LANGUAGES else None


async def admit(conversation: Conversation, address: str, token: str, language: str) -> None:
    """Follow an invitation from a channel whose links are typed; what is said waits to be shown."""
    now = conversation.clock()
    async with conversation.store.unit() as unit:
        chat = await unit.chat(address, now)
        invitation = await follow(unit, chat, token, now)
        reply = await told(conversation.catalog, unit, language, invitation)
        await unit.queue(chat.id, asdict(reply), now)
