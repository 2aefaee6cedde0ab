"""HTML: a page for reading, alone in one file, and the packet for a reviewer without an account."""

import json
from collections.abc import Callable, Iterator
from html import escape
from importlib.resources import files
from typing import BinaryIO

from workbench.domain.beads import Side
from workbench.domain.review import AnnotationKind
from workbench.exchange.legal import Sieve
from workbench.exchange.outgoing import ExportFormat, ExportOptions, ExportReport
from workbench.exchange.outgoing.lines import flag_line, note_line
from workbench.exchange.outgoing.pieces import Piece, count_lost, is_dismissed, page_numbers, pieces
from workbench.exchange.printing import to_pdf
from workbench.exchange.whole import WholeBitext, WholeRow

Escape = Callable[[str], str]
_SAY = {
    "select": "Select some words first, or go to a row with the Tab key. 请先选中词语。",
    "name": "Write your name first. 请先填写姓名。",
    "count": "0 comments of yours 条批注",
    "remove": "Remove 删除",
}


def write_html(stream: BinaryIO, bitext: WholeBitext, options: ExportOptions) -> ExportReport:
    """A page for reading: both texts with flags and notes, one file, nothing to download."""
    sieve = Sieve()
    stream.write(_page(bitext, sieve).encode())
    return _report(bitext, sieve)


def write_packet(stream: BinaryIO, bitext: WholeBitext, options: ExportOptions) -> ExportReport:
    """The reading page with comments: somebody without an account writes them, and sends them back.

    What they save is a file of notes, which `workbench import` brings to its bitext.
    """
    sieve = Sieve()
    stream.write(_page(bitext, sieve, packet=True).encode())
    return _report(bitext, sieve)


def write_pdf(stream: BinaryIO, bitext: WholeBitext, options: ExportOptions) -> ExportReport:
    """The reading page on A4, printed by the Chromium or Chrome of this machine."""
    sieve = Sieve()
    stream.write(to_pdf(_page(bitext, sieve).encode()))
    return _report(bitext, sieve)


def _report(bitext: WholeBitext, sieve: Sieve) -> ExportReport:
    report = ExportReport(len(bitext.rows), removed=sieve.removed)
    count_lost(report, bitext)
    return report.tidy()


def _page(bitext: WholeBitext, sieve: Sieve, *, packet: bool = False) -> str:
    def text(words: str) -> str:
        return escape(sieve.text(words))

    numbers = page_numbers(bitext)
    rows = "\n".join(
        _row(bitext, row, str(numbers.get(row.id, "")), text, packet=packet) for row in bitext.rows
    )
    heads = "".join(
        f'<th scope="col" lang="{text(one.lang)}">{text(one.title)}</th>'
        for one in (bitext.src, bitext.tgt)
    )
    about = " · ".join(filter(None, (bitext.src.source, bitext.src.date, bitext.tgt.date)))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{text(bitext.title)}</title><style>{_data('reading.css')}</style></head>\n<body>"
        f'<h1>{text(bitext.title)}</h1><p class="meta">{text(about)}</p>'
        + (_bar() if packet else "")
        + f'<table><thead><tr><th scope="col">#</th>{heads}</tr></thead><tbody>\n{rows}\n'
        f'</tbody></table><p class="meta">{text(bitext.signature)}</p>'
        + (_script(bitext) if packet else "")
        + "</body></html>\n"
    )


def _row(bitext: WholeBitext, row: WholeRow, number: str, text: Escape, *, packet: bool) -> str:
    cells = "".join(_cell(bitext, row, side, text) for side in ("src", "tgt"))
    notes = list(_notes(bitext, row, text))
    listed = f'<ul class="notes">{"".join(notes)}</ul>' if notes else ""
    cells = cells.removesuffix("</td>") + listed + "</td>"
    focus = ' tabindex="0"' if packet else ""
    return (
        f'<tr id="r{row.number}" class="{row.role}"{focus}><td class="n">{number}</td>{cells}</tr>'
    )


def _cell(bitext: WholeBitext, row: WholeRow, side: Side, text: Escape) -> str:
    cut = pieces(bitext, row, side)
    lang = text(bitext.text(side).lang)
    if not cut:
        return f'<td class="{side}" lang="{lang}" data-side="{side}">—</td>'
    words = "".join(_marked(piece, text) for piece in cut)
    place = f'data-start="{cut[0].span.start}" data-stop="{cut[-1].span.stop}"'
    # The words are the cell's first child alone, so that offsets can be counted in it.
    return f'<td class="{side}" lang="{lang}"><span data-side="{side}" {place}>{words}</span></td>'


def _marked(piece: Piece, text: Escape) -> str:
    if piece.severity is None:
        return text(piece.text)
    choice = not piece.flags and all(
        note.annotation.kind is not AnnotationKind.ERROR for note in piece.notes
    )
    return f'<span class="m {"choice" if choice else piece.severity}">{text(piece.text)}</span>'


def _notes(bitext: WholeBitext, row: WholeRow, text: Escape) -> Iterator[str]:
    noted = {note.annotation.flag for note in row.notes}
    for note in row.notes:
        yield f"<li>{text(note_line(bitext, note))}</li>"
    for entry in row.flags:
        if not is_dismissed(entry) and entry.flag.fingerprint not in noted:
            yield f"<li>{text(flag_line(entry))}</li>"


def _bar() -> str:
    return (
        '<div class="bar"><label>Your name 姓名 <input id="name" maxlength="60"></label>'
        '<button id="add">Comment 批注 (c)</button>'
        '<button id="save" class="main">Save my comments 保存批注</button>'
        '<span id="say" role="status" class="meta"></span></div>'
        '<dialog id="note" aria-labelledby="quoted"><form method="dialog"><p id="quoted"></p>'
        '<label>Comment 批注 <textarea id="text" rows="4" required></textarea></label>'
        '<label>Better wording 建议译法 <textarea id="wording" rows="2"></textarea></label>'
        '<button value="keep" class="main">Keep 保留</button> '
        '<button value="no" formnovalidate>Cancel 取消</button></form></dialog>'
    )


def _script(bitext: WholeBitext) -> str:
    data = {
        "id": bitext.id,
        "src": bitext.src.sha256,
        "tgt": bitext.tgt.sha256,
        "say": _SAY,
    }
    body = json.dumps(data, ensure_ascii=True).replace("<", "\\u003c")
    return (
        f'<script type="application/json" id="packet">{body}</script>'
        f"<script>{_data('packet.js')}</script>"
    )


def _data(name: str) -> str:
    path = files("workbench.exchange.outgoing").joinpath("data", name)
    return path.read_text(encoding="utf-8")


HTML = ExportFormat(write_html, ".html", "text/html")
PACKET = ExportFormat(write_packet, "-packet.html", "text/html")
PDF = ExportFormat(write_pdf, ".pdf", "application/pdf")
