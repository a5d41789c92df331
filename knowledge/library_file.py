"""Writes a document as a library file, in the form that `knowledge.parse` reads back."""

from __future__ import annotations

from typing import Any

import yaml

from knowledge.document import LegalDocument


class _Plain(yaml.SafeDumper):
    """Writes a value out each time: a reference to another line is nothing for a lawyer's eyes."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def library_text(document: LegalDocument, body: str) -> str:
    """The file: the keys of the document, then a body that already has the form of the library."""
    head = yaml.dump(_keys(document), Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{head}---\n\n{body}"


def _keys(document: LegalDocument) -> dict[str, Any]:
    return {
        "number": document.number,
        "kind": document.kind,
        "title": document.title,
        "issuer": document.issuer,
        "issued": document.issued,
        "effective_from": document.effective_from,
        "effective_to": document.effective_to,
        "status": document.status,
        "replaces": list(document.replaces),
        "amended_by": [{"number": each.number, "from": each.effective_from} for each in document.amended_by],
        "audience": document.audience,
        "text": document.text,
        "sources": [{"title": each.title, "url": each.url, "checked": each.checked} for each in document.sources],
        "partial_effect": [
            {"articles": list(each.places), "from": each.effective_from, "to": each.effective_to}
            for each in document.partial_effect
        ],
        "notes": document.notes,
    }
