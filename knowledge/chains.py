"""Our search inside other people's LangChain chains: a retriever over one open build, and our embedder as LangChain embeddings."""

from __future__ import annotations

from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from knowledge.citation import write_citation
from knowledge.embedding import Embedder
from knowledge.search import ArticleHit, Reader, Search
from knowledge.spelling import WordLists, wording
from knowledge.text import clean


class LawRetriever(BaseRetriever):
    """Finds the articles in force on a date; a document of the chain is the best place of an article, with what to cite it by.

    Metadata: `citation`, `document`, `article`, `clause`, `point`, `heading`, `in_force_from`,
    `in_force_to` (ISO days), `digest`, `confirmed`, `score`, `why`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: Search
    lists: WordLists
    on: date
    reader: Reader = "citizen"
    limit: int = 5

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        question = wording(clean(query), self.lists)
        return [_document(hit) for hit in self.search.find(question, self.on, self.reader, self.limit)]


class LawEmbeddings(Embeddings):
    """Our embedder for LangChain's vector stores."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in row] for row in self._embedder.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def _document(found: ArticleHit) -> Document:
    passage = found.best.passage
    about: dict[str, Any] = {
        "citation": write_citation(passage.citation),
        "document": passage.citation.number,
        "article": passage.citation.article,
        "clause": passage.citation.clause,
        "point": passage.citation.point,
        "heading": passage.heading,
        "in_force_from": passage.in_force_from.isoformat(),
        "in_force_to": passage.in_force_to.isoformat() if passage.in_force_to else None,
        "digest": passage.digest,
        "confirmed": passage.confirmed,
        "score": found.score,
        "why": dict(found.best.why),
    }
    return Document(page_content=passage.text, metadata=about, id=passage.id)
