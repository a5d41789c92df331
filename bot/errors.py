"""The errors of the talking side, as one tree.

BotError                an operator reads it at the terminal: what, where, what to do
├── ConfigError         config.yaml or the environment: key, value, allowed values
├── ChannelError        a channel cannot start or go on (token refused, port taken)
└── ModelUnavailable    the chat model did not give a usable answer; the answer is composed without it
QuestionError           the person reads it in chat: a Vietnamese sentence that says what to send instead
"""

from __future__ import annotations


class BotError(Exception):
    """Something an operator can put right."""


class ConfigError(BotError):
    """A setting that cannot be used."""


class ChannelError(BotError):
    """A channel that cannot run."""


class ModelUnavailable(BotError):
    """No usable answer from the chat model."""


class QuestionError(Exception):
    """A message that is no question; its text is shown to the person who sent it."""
