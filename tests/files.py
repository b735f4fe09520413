"""Files that strangers bring: whole, faulty and hostile ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from itertools import pairwise

import docx

_WORD_NAMES = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(text: str, *, trailer: str = "", objects: tuple[str, ...] = ()) -> bytes:
    """A PDF of one page that shows ``text``; ``objects`` are numbered from 6."""
    shown = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
    parts = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
            "/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *objects,
    )
    content = "%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{part}\nendobj\n"
    table = len(content)
    content += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n"
    content += "".join(f"{place:010d} 00000 n \n" for place in places)
    content += f"trailer\n<< /Size {len(parts) + 1} /Root 1 0 R {trailer}>>\n"
    content += f"startxref\n{table}\n%%EOF\n"
    return content.encode("latin-1")


def pdf_with_newer_encryption() -> bytes:
    """A PDF that says that it is encrypted with AES-256, which needs a library that we lack."""
    zeros = "00" * 48
    rule = (
        f"<< /Filter /Standard /V 5 /R 6 /Length 256 /P -4 /O <{zeros}> /U <{zeros}> "
        f"/OE <{zeros[:64]}> /UE <{zeros[:64]}> /Perms <{zeros[:32]}> "
        "/CF << /StdCF << /CFM /AESV3 /Length 32 >> >> /StmF /StdCF /StrF /StdCF >>"
    )
    return pdf("hidden", trailer="/Encrypt 6 0 R /ID [<00> <00>] ", objects=(rule,))


def pdf_with_password(text: str, password: str) -> bytes:
    """A PDF that opens only with ``password``."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(pdf(text))))
    writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(*paragraphs: str, heading: str = "") -> bytes:
    """A Word file as python-docx writes it, with a table of one merged cell at its end."""
    document = docx.Document()
    if heading:
        document.add_heading(heading, level=1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "a merged cell"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_with(parts: Mapping[str, bytes]) -> bytes:
    """A Word file with some of its parts replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word("a paragraph"))) as whole,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        names = dict.fromkeys((*whole.namelist(), *parts))
        for name in names:
            changed.writestr(name, parts[name] if name in parts else whole.read(name))
    return out.getvalue()


def word_body(body: str, before: str = "") -> bytes:
    """A Word file whose document holds ``body``, with ``before`` ahead of its first element."""
    text = f'{before}<w:document xmlns:w="{_WORD_NAMES}"><w:body>{body}</w:body></w:document>'
    return word_with({"word/document.xml": text.encode()})


def entity_bomb() -> bytes:
    """A Word file of a few kilobytes that would grow to gigabytes of laughter."""
    names = "abcdefghij"
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{smaller};" * 10}">' for smaller, name in pairwise(names)
    )
    return word_body("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", f"<!DOCTYPE w [{entities}]>")


def zip_bomb() -> bytes:
    """A Word file of a quarter of a megabyte that unpacks to 250 MB."""
    return word_with({"word/media/picture.bin": bytes(250_000_000)})


def element_bomb() -> bytes:
    """A small Word file with a million paragraphs."""
    return word_body("<w:p/>" * 1_000_000)


def merged_cell_bomb() -> bytes:
    """A small Word file with a table cell that says that it is a billion columns wide."""
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p/></w:tc>'
    return word_body(
        f"<w:tbl><w:tblGrid/><w:tr>{cell}</w:tr></w:tbl><w:p><w:r><w:t>words</w:t></w:r></w:p>"
    )
