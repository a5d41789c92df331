"""The errors of the talking side, as one tree.

BotError                an operator reads it at the terminal: what, where, what to do
├── ConfigError         config.yaml or the environment: key, value, allowed values
├── ChannelError        a channel cannot start or go on (port taken, platform out of reach); it is started again after a while
│   ├── ChannelEnded    waiting cannot mend it (token refused): it runs again when the program is started anew
│   │   └── PlatformRefused the platform will not take a call, however often it is made (wrong token, person out of reach)
│   └── PlatformBusy    the platform could not take a call now; it may be made again
├── ReceiptUnknown      no answer is kept under a number
├── SpeechUnavailable   a spoken message could not be turned into text; the person is asked to type
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


class ChannelEnded(ChannelError):
    """A channel that cannot run before somebody changes something."""


class PlatformRefused(ChannelEnded):
    """A call that the platform turned down, with its own code for the reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"refused ({code}): {reason}")
        self.code = code


class PlatformBusy(ChannelError):
    """A call that the platform could not take; `wait` is the pause in seconds that it asks for, None when it names none."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class ReceiptUnknown(BotError):
    """A receipt that was never given, or whose answer has been forgotten."""


class SpeechUnavailable(BotError):
    """No text for a spoken message."""


class ModelUnavailable(BotError):
    """No usable answer from the chat model."""


class QuestionError(Exception):
    """A message that is no question; its text is shown to the person who sent it."""
