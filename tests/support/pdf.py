"""What a PDF says, read by a library that had no part in writing it."""

import io
from dataclasses import dataclass

from pypdf import PdfReader


@dataclass(frozen=True, slots=True)
class Read:
    """Its text, spaces and ends of lines as one space; what it says of itself."""

    text: str
    title: str
    language: str
    is_tagged: bool


def read_pdf(raw: bytes) -> Read:
    """Read a PDF; one that is none raises."""
    reader = PdfReader(io.BytesIO(raw), strict=True)
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    root = reader.root_object
    return Read(text, str(reader.metadata.title if reader.metadata else ""), str(root.get("/Lang", "")), "/StructTreeRoot" in root)
