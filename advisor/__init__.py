"""What we know and decide: interview, facts, findings, plan. No Telegram, no Rasa, no HTTP."""
