"""Our search inside a LangChain chain: the same articles in the same order, with what to cite them by; our vectors in a LangChain store."""

from __future__ import annotations

from datetime import date

import pytest
from langchain_core.vectorstores import InMemoryVectorStore

from bot.serve import LiveKnowledge
from knowledge.chains import LawEmbeddings, LawRetriever
from knowledge.embedding import Embedder
from knowledge.signals import OF_ARTICLES, OF_PLACES
from knowledge.spelling import wording

TODAY = date(2026, 11, 23)
QUESTION = "Thời hạn tự nguyện thi hành án là bao lâu?"


@pytest.fixture(scope="module")
def retriever(live: LiveKnowledge) -> LawRetriever:
    knowledge = live()
    return LawRetriever(search=knowledge.search, lists=knowledge.lists, on=TODAY)


def test_retriever_finds_what_search_finds(retriever: LawRetriever, live: LiveKnowledge) -> None:
    found = live().search.find(wording(QUESTION, live().lists), TODAY, "citizen", 5)
    assert [d.id for d in retriever.invoke(QUESTION)] == [hit.best.passage.id for hit in found]


def test_a_document_says_what_to_cite(retriever: LawRetriever) -> None:
    first = retriever.invoke(QUESTION)[0]
    assert (first.metadata["document"], first.metadata["article"]) == ("106/2025/QH15", "36")
    assert first.metadata["in_force_from"] == "2026-07-01"
    assert "106/2025/QH15" in first.metadata["citation"]
    assert first.page_content
    assert set(first.metadata["why"]) <= {*OF_PLACES, *OF_ARTICLES}


def test_the_date_decides(retriever: LawRetriever) -> None:
    then = retriever.model_copy(update={"on": date(2024, 5, 10)})
    assert "106/2025/QH15" not in {d.metadata["document"] for d in then.invoke(QUESTION)}


def test_it_is_a_part_of_a_chain(retriever: LawRetriever) -> None:
    chain = retriever | (lambda documents: [d.metadata["article"] for d in documents])
    assert "36" in chain.invoke(QUESTION)


@pytest.mark.parametrize("text", ["", "???"])
def test_nothing_to_look_for(retriever: LawRetriever, text: str) -> None:
    assert retriever.invoke(text) == []


def test_vectors_in_a_langchain_store(embedder: Embedder) -> None:
    texts = ["kê biên nhà ở của người phải thi hành án", "phí thi hành án", "khiếu nại quyết định thi hành án"]
    store = InMemoryVectorStore.from_texts(texts, LawEmbeddings(embedder))
    assert store.similarity_search("ke bien nha", k=1)[0].page_content == texts[0]
