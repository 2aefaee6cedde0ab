// Word links: pointing at a word, or putting the word cursor on it, lights its counterparts; all
// links of the current row as fine lines between the columns; the dictionary entry of a word.
import { get } from "./api.js";
import { Dictionary } from "./dictionary.js";

const SIDES = ["src", "tgt"];
const SETTLES = 70; // milliseconds that the pointer rests before the server is asked
const AGAIN = 4000; // milliseconds before a row that was not linked yet is asked for again
const LINKED = 0.5; // the least probability of a counterpart
const SVG = "http://www.w3.org/2000/svg";

export function links(room) {
  const { page, words, announce } = room;
  const place = document.getElementById("links");
  const kept = new Map(); // answers by row and place, see `key`
  const paints = Object.fromEntries(["linked", "pointed", "unlinked"].map((name) => [name, new Highlight()]));
  for (const [name, paint] of Object.entries(paints)) CSS.highlights.set(name, paint);
  const dictionary = new Dictionary(place);
  let all = false;
  let lit = null; // {id, side, index}: the word whose counterparts are lit
  let waiting = 0;
  let recent = null; // {id, side, offset}: what was last pointed at, or gone to with the cursor

  // A row's words have a place in the texts; other words have another, and so another key.
  function key(id) {
    const { src, tgt } = room.rows.order.get(id) ?? {}; // an edit may have taken the row away
    return `${id} ${src} ${tgt}`;
  }

  async function of(id) {
    const name = key(id);
    const old = kept.get(name);
    if (old && (old.answer || old.asked || Date.now() - old.at < AGAIN)) return old.answer ?? old.asked;
    const asked = get(`${place.dataset.links}?ids=${id}`).then(({ ok, data }) => (ok ? data.rows[id] : null));
    kept.set(name, { asked, at: Date.now() });
    const answer = await asked;
    kept.set(name, { answer, at: Date.now() });
    return answer;
  }

  const known = (id) => kept.get(key(id))?.answer;
  const wordAt = (found, side, offset) =>
    found[`${side}_words`].findIndex(([start, stop]) => start <= offset && offset < stop);
  const across = (found, side, index) =>
    found.links.filter((link) => link[side === "src" ? 0 : 1] === index).map((link) => link[side === "src" ? 1 : 0]);
  const other = (side) => (side === "src" ? "tgt" : "src");
  const textOf = (side, word) => words.quote(side, word[0], word[1]);

  // -- lighting ----------------------------------------------------------------------------

  function paint(paint_, side, [start, stop]) {
    for (const range of words.ranges(side, start, stop)) paint_.add(range);
  }

  function light(target, index) {
    paints.linked.clear();
    paints.pointed.clear();
    lit = null;
    const found = target && known(target.id);
    if (!found || index < 0) return emphasise();
    lit = { id: target.id, side: target.side, index };
    paint(paints.pointed, target.side, found[`${target.side}_words`][index]);
    for (const k of across(found, target.side, index)) {
      paint(paints.linked, other(target.side), found[`${other(target.side)}_words`][k]);
    }
    return emphasise();
  }

  // What is under a point of the screen: {id, side, offset} or null.
  function under(x, y) {
    const caret = document.caretPositionFromPoint?.(x, y);
    const range = caret ? null : document.caretRangeFromPoint?.(x, y);
    const node = caret?.offsetNode ?? range?.startContainer;
    if (node?.nodeType !== Node.TEXT_NODE) return null;
    const units = caret?.offset ?? range.startOffset;
    for (const from of [units, units - 1]) {
      if (from < 0 || from >= node.length) continue;
      const letter = new Range();
      letter.setStart(node, from);
      letter.setEnd(node, from + 1);
      const box = letter.getBoundingClientRect();
      if (x < box.left || x > box.right || y < box.top || y > box.bottom) continue;
      const at = words.locate(node, from);
      return at && at.row?.dataset.id ? { id: at.row.dataset.id, side: at.side, offset: at.offset } : null;
    }
    return null;
  }

  function point(target) {
    clearTimeout(waiting);
    if (!target) return light(null);
    recent = target;
    const found = known(target.id);
    if (found) return light(target, wordAt(found, target.side, target.offset));
    light(null);
    waiting = setTimeout(async () => {
      const answer = await of(target.id);
      if (answer && pointer && pointer.id === target.id) point(pointer);
    }, SETTLES);
    return undefined;
  }

  let pointer = null;
  let frame = 0;
  const texts = document.getElementById("texts");
  texts.addEventListener("mousemove", (event) => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      if (event.buttons) return;
      pointer = under(event.clientX, event.clientY);
      point(pointer);
    });
  });
  texts.addEventListener("mouseleave", () => {
    cancelAnimationFrame(frame);
    pointer = null;
    point(null);
  });

  // The word cursor may have come to another word.
  let before = "";
  async function moved() {
    const at = cursor();
    const here = at ? `${at.id} ${at.side} ${at.offset}` : "";
    if (here === before) return undefined;
    before = here;
    recent = at;
    if (!at) return light(null);
    const found = await of(at.id);
    if (!found || here !== before) return undefined;
    const index = wordAt(found, at.side, at.offset);
    light(at, index);
    if (index >= 0) {
      const there = other(at.side);
      const said = across(found, at.side, index).map((k) => textOf(there, found[`${there}_words`][k]));
      announce(`${textOf(at.side, found[`${at.side}_words`][index])} – ${said.join(", ") || place.dataset.none}`);
    }
    return undefined;
  }

  function cursor() {
    const row = words.cursor && room.rows.element(words.cursor.row);
    const word = row && words.words(row, words.side)[words.cursor.index];
    return word ? { id: words.cursor.row, side: words.side, offset: word.start } : null;
  }

  // -- all links of the current row ----------------------------------------------------------

  async function show() {
    document.querySelector(".link-lines")?.remove();
    paints.unlinked.clear();
    const row = room.rows.current;
    if (!all || !row) return;
    const found = await of(row.dataset.id);
    if (!all || row !== room.rows.current || document.querySelector(".link-lines")) return;
    if (!found) {
      announce(place.dataset.later);
      return;
    }
    for (const side of SIDES) {
      for (const word of found[`${side}_words`]) if (word[2] < LINKED && !word[3]) paint(paints.unlinked, side, word);
    }
    draw(row, found);
    emphasise();
  }

  // A line starts at the height of its word's line, a little lower for words further on in it.
  function draw(row, found) {
    const cells = SIDES.map((side) => ({ side, box: row.querySelector(`.cell.${side}`).getBoundingClientRect() }));
    const [left, right] = cells.sort((one, other) => one.box.left - other.box.left).map((cell) => cell.box);
    const src = cells.find(({ side }) => side === "src").box;
    const tgt = cells.find(({ side }) => side === "tgt").box;
    const box = row.getBoundingClientRect();
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "link-lines");
    svg.setAttribute("aria-hidden", "true");
    const width = right.left - left.right;
    Object.assign(svg.style, { left: `${left.right - box.left}px`, width: `${width}px`, height: `${box.height}px` });
    const height = (side, cell, word) => {
      const rect = words.ranges(side, word[0], word[1])[0]?.getClientRects()[0];
      if (!rect) return null;
      const along = (rect.left + rect.width / 2 - cell.left) / cell.width;
      return rect.top - box.top + rect.height * (0.2 + 0.6 * along);
    };
    for (const [i, j, probability] of found.links) {
      const ends = [height("src", src, found.src_words[i]), height("tgt", tgt, found.tgt_words[j])];
      if (ends.includes(null)) continue;
      const [a, b] = src === left ? ends : ends.reverse();
      const line = document.createElementNS(SVG, "path");
      line.setAttribute("d", `M0 ${a} C${width / 2} ${a} ${width / 2} ${b} ${width} ${b}`);
      line.setAttribute("opacity", String(0.2 + 0.6 * probability ** 2));
      Object.assign(line.dataset, { src: i, tgt: j });
      svg.append(line);
    }
    row.append(svg);
  }

  function emphasise() {
    const svg = document.querySelector(".link-lines");
    if (!svg) return;
    const here = lit && lit.id === room.rows.id;
    svg.classList.toggle("one", Boolean(here));
    for (const line of svg.children) line.classList.toggle("on", Boolean(here) && Number(line.dataset[lit.side]) === lit.index);
  }

  function toggle() {
    all = !all;
    announce(all ? place.dataset.shown : place.dataset.hidden);
    return show();
  }

  let shown = null; // the row that was current
  let resized = 0;
  addEventListener("resize", () => {
    clearTimeout(resized);
    resized = setTimeout(show, 100);
  });

  // -- the dictionary ------------------------------------------------------------------------

  const isChinese = (side) => page[`${side}Lang`].startsWith("zh");

  // The Chinese words in question: those selected, else the word pointed at or gone to last, else
  // the first of the row. An English word stands for its counterparts.
  async function asked() {
    const zh = SIDES.find(isChinese);
    const picked = words.picked[zh];
    if (picked) return { spans: [[picked.start, picked.stop]], side: zh };
    const at = recent ?? { id: room.rows.id, side: zh, offset: room.rows.entry?.[zh][0] };
    const found = at.id && (await of(at.id));
    if (!found) return { spans: [], side: zh };
    const index = wordAt(found, at.side, at.offset);
    const numbers = at.side === zh ? [Math.max(index, 0)] : across(found, at.side, index);
    return { spans: numbers.map((k) => found[`${zh}_words`][k]).filter(Boolean), side: zh };
  }

  async function look() {
    if (dictionary.close()) return;
    const { spans, side } = await asked();
    if (!spans.length) {
      room.tell(place.dataset.noWord);
      return;
    }
    const beside = words.ranges(side, spans[0][0], spans[0][1])[0]?.getBoundingClientRect();
    await dictionary.open(spans.map((span) => textOf(side, span)), beside, page[`${side}Lang`]);
  }

  return {
    commands: { links: toggle, gloss: look },
    show() {
      if (room.rows.id !== shown) dictionary.close();
      shown = room.rows.id;
      return show();
    },
    // The words of rows may be new elements.
    redraw() {
      if (lit) light(lit, lit.index);
      return show();
    },
    moved,
  };
}
