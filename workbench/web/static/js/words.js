// The word cursor and the selections, one for each text, measured in code points of the texts.
// The browser counts UTF-16 units; the conversion happens here and nowhere else.

const length = (text) => [...text].length;
const SIDES = ["src", "tgt"];

export class Words {
  // on: {change(), rows(side, start, stop): the row elements that hold a run of characters}
  constructor(page, on) {
    this.on = on;
    this.langs = { src: page.srcLang, tgt: page.tgtLang };
    this.side = "tgt";
    this.cursor = null; // {row, index}: the word under the cursor
    this.picked = { src: null, tgt: null }; // {start, stop, words}
    this.paints = Object.fromEntries(
      ["cursor", "picked"].map((name) => [name, new Highlight()]),
    );
    for (const [name, paint] of Object.entries(this.paints)) CSS.highlights.set(name, paint);
  }

  // Where a point of the DOM lies: {side, row, offset} or null.
  locate(node, units) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const run = element?.closest(".run");
    const cell = element?.closest(".cell[data-side]");
    if (!run || !cell) return null;
    const text = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, units) : "";
    return {
      side: cell.dataset.side,
      row: cell.closest(".row"),
      offset: Number(run.dataset.a) + length(text),
    };
  }

  // Take over what the mouse selected; a click without a selection sets the cursor.
  fromMouse() {
    const selection = getSelection();
    if (!selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const start = this.locate(range.startContainer, range.startOffset);
    if (selection.isCollapsed) {
      if (start) this.putCursor(start.row, start.side, start.offset);
      return;
    }
    const stop = this.locate(range.endContainer, range.endOffset);
    if (!start || !stop || start.side !== stop.side || stop.offset <= start.offset) return;
    this.side = start.side;
    this.pick(start.side, start.offset, stop.offset);
    selection.removeAllRanges();
  }

  pick(side, start, stop) {
    this.picked[side] = { start, stop, words: this.quote(side, start, stop) };
    this.paint();
    this.on.change();
  }

  clear() {
    this.picked = { src: null, tgt: null };
    this.cursor = null;
    this.paint();
    this.on.change();
  }

  get any() {
    return Boolean(this.picked.src || this.picked.tgt);
  }

  // The words of one side of a row, with their offsets; no punctuation, no blanks.
  words(row, side) {
    const found = [];
    const segmenter = new Intl.Segmenter(this.langs[side], { granularity: "word" });
    for (const sentence of row.querySelectorAll(`.cell.${side} .s`)) {
      const first = sentence.querySelector(".run");
      if (!first) continue;
      const base = Number(first.dataset.a);
      const text = sentence.textContent;
      for (const part of segmenter.segment(text)) {
        if (!part.isWordLike) continue;
        const start = base + length(text.slice(0, part.index));
        found.push({ start, stop: start + length(part.segment) });
      }
    }
    return found;
  }

  putCursor(row, side, offset) {
    const words = this.words(row, side);
    if (!words.length) return;
    const at = words.findIndex((word) => offset < word.stop);
    this.side = side;
    this.cursor = { row: row.dataset.id, index: at < 0 ? words.length - 1 : at };
    this.paint();
  }

  // Move the cursor by one word; with `extend`, the selection goes with it.
  step(row, by, extend) {
    let words = this.words(row, this.side);
    if (!words.length) {
      this.otherSide(row);
      words = this.words(row, this.side);
      if (!words.length) return;
    }
    const here = this.cursor?.row === row.dataset.id ? this.cursor.index : null;
    const next = here === null ? (by > 0 ? 0 : words.length - 1) : here + by;
    const index = Math.max(0, Math.min(words.length - 1, next));
    this.cursor = { row: row.dataset.id, index };
    if (extend) {
      if (this.anchor?.row !== row.dataset.id || this.anchor.side !== this.side || !this.picked[this.side])
        this.anchor = { row: row.dataset.id, side: this.side, index: here ?? index };
      const [a, b] = [this.anchor.index, index].sort((x, y) => x - y);
      this.pick(this.side, words[a].start, words[b].stop);
    } else {
      this.anchor = null;
    }
    this.paint();
  }

  otherSide(row) {
    this.side = this.side === "src" ? "tgt" : "src";
    this.cursor = null;
    this.anchor = null;
    this.step(row, 1, false);
  }

  // Where to split: before the word under the cursor, else null.
  splitPoint(row) {
    if (this.cursor?.row !== row.dataset.id) return null;
    const word = this.words(row, this.side)[this.cursor.index];
    return word ? { side: this.side, offset: word.start } : null;
  }

  quote(side, start, stop) {
    const ranges = this.ranges(side, start, stop);
    const sentence = (range) => range.startContainer.parentElement.closest(".s");
    const blank = this.langs[side].startsWith("zh") ? "" : " "; // it lies outside the runs
    return ranges.reduce(
      (text, range, n) => text + (n && sentence(range) !== sentence(ranges[n - 1]) ? blank : "") + range,
      "",
    );
  }

  // DOM ranges of a span of one text; several when it crosses runs.
  ranges(side, start, stop) {
    const found = [];
    const runs = this.on.rows(side, start, stop).flatMap((row) => [...row.querySelectorAll(`.cell.${side} .run`)]);
    for (const run of runs) {
      const a = Number(run.dataset.a);
      const node = run.firstChild;
      if (!node || a >= stop) continue;
      const points = [...node.data];
      if (a + points.length <= start) continue;
      const from = points.slice(0, Math.max(0, start - a)).join("").length;
      const to = points.slice(0, Math.min(points.length, stop - a)).join("").length;
      const range = new Range();
      range.setStart(node, from);
      range.setEnd(node, to);
      found.push(range);
    }
    return found;
  }

  paint() {
    for (const paint of Object.values(this.paints)) paint.clear();
    for (const side of SIDES) {
      const span = this.picked[side];
      if (span) for (const range of this.ranges(side, span.start, span.stop)) this.paints.picked.add(range);
    }
    const row = this.cursor && document.getElementById(`r-${this.cursor.row}`);
    const word = row && this.words(row, this.side)[this.cursor.index];
    if (word) for (const range of this.ranges(this.side, word.start, word.stop)) this.paints.cursor.add(range);
    this.on.moved();
  }
}
