"""The errors of the knowledge side, as one tree.

KnowledgeError              an operator reads it at the terminal or in the log
├── LibraryError            a document in the library is broken: file, line, what to do
├── BuildError              an index build is missing, damaged or made by another model
├── ModelError              the embedding model cannot be loaded
└── RefreshRefused          a refresh stopped before the switch; the old build still serves
"""

from __future__ import annotations


class KnowledgeError(Exception):
    """Something an operator can put right; the message says what, where and how."""


class LibraryError(KnowledgeError):
    """A library file that cannot be used, with the place of the fault."""

    def __init__(self, path: str, line: int, problem: str, remedy: str) -> None:
        super().__init__(f"{path}:{line}: {problem}. {remedy}")
        self.path = path
        self.line = line
        self.problem = problem
        self.remedy = remedy


class ExtractError(KnowledgeError):
    """A file brought for ingestion that cannot be read, or that must not be opened."""

    def __init__(self, path: str, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {problem}. {remedy}")
        self.path = path
        self.problem = problem
        self.remedy = remedy


class BuildError(KnowledgeError):
    """No usable index build."""


class ModelError(KnowledgeError):
    """No usable embedding model."""


class RefreshRefused(KnowledgeError):
    """A refresh that must not go live."""
