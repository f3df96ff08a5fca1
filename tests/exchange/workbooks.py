"""Small workbooks written by hand, part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>'
    '<xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
DATE, MOMENT = 1, 2
"""Styles: a day, a day with a time."""


class Raw(str):
    """A cell as XML of its own; `{}` takes its place, as B3."""


def day(serial: float, style: int = DATE) -> Raw:
    return Raw(f'<c r="{{}}" s="{style}"><v>{serial}</v></c>')


def number(text: str) -> Raw:
    return Raw(f'<c r="{{}}"><v>{text}</v></c>')


def truth(value: bool) -> Raw:
    return Raw(f'<c r="{{}}" t="b"><v>{int(value)}</v></c>')


def formula(result: str) -> Raw:
    return Raw(f'<c r="{{}}" t="str"><f>A1&amp;"x"</f><v>{escape(result)}</v></c>')


def unworked() -> Raw:
    """A formula nobody has worked out, as libraries write it."""
    return Raw('<c r="{}"><f>A1</f><v/></c>')


def error(text: str) -> Raw:
    return Raw(f'<c r="{{}}" t="e"><v>{text}</v></c>')


def sheet(rows: Sequence[Sequence[str]], first: int = 1, merged: Sequence[str] = ()) -> str:
    """Return the XML of a sheet whose rows begin at row `first`; `merged` are places such as B2:B3."""
    out = []
    for row, cells in enumerate(rows, first):
        parts = []
        for column, cell in zip("ABCDEFGHIJ", cells, strict=False):
            place = f"{column}{row}"
            text = f'<c r="{place}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
            parts.append(cell.format(place) if isinstance(cell, Raw) else text if cell else "")
        out.append(f'<row r="{row}">{"".join(parts)}</row>')
    cells = "".join(f'<mergeCell ref="{place}"/>' for place in merged)
    joined = f"<mergeCells>{cells}</mergeCells>" if cells else ""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(out)}</sheetData>{joined}</worksheet>'


def xlsx(sheets: dict[str, str], strings: str = "") -> bytes:
    """Return a workbook of named sheets."""
    listed = "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
    links = [(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    links += [("s", "styles", "styles.xml"), ("t", "sharedStrings", "sharedStrings.xml")]
    related = "".join(f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for i, kind, to in links)
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
        "xl/styles.xml": _STYLES,
        "xl/sharedStrings.xml": strings or f'<sst xmlns="{MAIN}"/>',
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)},
    }
    return packed(parts)


def ods(rows: str) -> bytes:
    """Return an OpenDocument table with the rows given as XML."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
        f'xmlns:text="{names}:text:1.0"><office:body><office:spreadsheet><table:table table:name="People">{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<m:manifest xmlns:m="{names}:manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def packed(parts: dict[str, str]) -> bytes:
    """Return a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()
