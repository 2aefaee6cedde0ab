// The rows on the page. Every row has its place; its words are put in when it comes near the
// screen and taken out when it is far away, so that a long text is as quick as a short one.
import { get } from "./api.js";
import { Order, lacks } from "./order.js";

const BLOCK = 60; // rows that are brought in and taken out together, at most
const NEAR = "1600px 0px";
const ASKED = 120; // rows asked for at once
const AROUND = 12; // rows on either side brought in with one that is gone to

export class Rows {
  // onCurrent: called with the row that becomes the current one, and when its words are there.
  constructor(page, onCurrent) {
    this.page = page;
    this.order = new Order(page.rows, page.groups);
    this.place = document.getElementById("groups");
    this.onCurrent = onCurrent;
    this.id = null;
    this.folded = true;
    this.elements = new Map();
    this.html = new Map(); // words of rows, as the server wrote them
    this.asked = new Set();
    this.arrange = null; // puts the cells of a row into the order that the reader wants
    this.observer = new IntersectionObserver((seen) => this.seen(seen), { rootMargin: NEAR });
    this.read(document.getElementById("first-rows").content);
    this.whole = this.html.size === this.order.ids.length; // a short text stays in the page
    this.draw(0, this.order.groups, null);
  }

  get ids() {
    return this.order.ids;
  }

  get current() {
    return this.elements.get(this.id);
  }

  get entry() {
    return this.order.get(this.id);
  }

  element(id) {
    return this.elements.get(id);
  }

  number(id) {
    return this.order.number(id);
  }

  visible(id) {
    return !(this.folded && this.order.commentary.has(id));
  }

  // -- going about ------------------------------------------------------------------------

  // top: how far from the top of the screen the row is to stay, if it can.
  go(id, { focus = true, top = undefined } = {}) {
    if (!this.order.has(id)) return;
    if (!this.visible(id)) this.fold(false);
    this.current?.classList.remove("current");
    this.current?.removeAttribute("aria-current");
    this.id = id;
    const row = this.current;
    row.classList.add("current");
    row.setAttribute("aria-current", "true");
    if (focus) row.focus({ preventScroll: true });
    if (top !== undefined) keepAt(row, top);
    keepInView(row);
    this.bring(this.around(id)).then((late) => late && this.id === id && keepInView(row));
    this.onCurrent(row);
  }

  around(id) {
    const at = this.order.index.get(id);
    return this.ids.slice(Math.max(0, at - AROUND), at + AROUND + 1);
  }

  step(by) {
    const ids = this.folded ? this.ids.filter((id) => this.visible(id)) : this.ids;
    const at = ids.indexOf(this.id);
    this.go(ids[at < 0 ? 0 : Math.max(0, Math.min(ids.length - 1, at + by))]);
  }

  fold(folded) {
    this.folded = folded;
    for (const block of this.place.querySelectorAll(".group.commentary")) this.showFold(block);
    this.fill([...this.place.querySelectorAll(".group.near")]);
  }

  showFold(block) {
    block.classList.toggle("folded", this.folded);
    const button = block.querySelector(".fold");
    if (!button) return;
    button.setAttribute("aria-expanded", String(!this.folded));
    button.querySelector(".fold-mark").textContent = this.folded ? "▸" : "▾";
  }

  // -- words come and go --------------------------------------------------------------------

  seen(seen) {
    for (const { target, isIntersecting } of seen) {
      target.classList.toggle("near", isIntersecting);
      if (!isIntersecting) this.empty(target);
    }
    this.fill(seen.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target));
  }

  fill(blocks) {
    const shown = blocks.filter((block) => !(this.folded && block.dataset.role === "commentary"));
    this.bring(shown.flatMap((block) => [...block.querySelectorAll(":scope > .row[data-id]")].map((row) => row.dataset.id)));
  }

  empty(block) {
    if (this.whole || block.contains(this.current ?? null)) return;
    for (const row of block.querySelectorAll(":scope > .row.filled")) {
      row.style.minHeight = `${estimate(this.order.get(row.dataset.id))}px`; // the block keeps its own height
      row.replaceChildren();
      row.classList.remove("filled");
    }
  }

  // Put the words of rows into the page, asking for those that are not here. Answers whether
  // the server had to be asked.
  async bring(ids) {
    const missing = [];
    for (const id of ids) {
      const row = this.elements.get(id);
      if (!row || row.classList.contains("filled")) continue;
      if (this.html.has(id)) this.put(row, this.html.get(id));
      else if (!this.asked.has(id)) missing.push(id);
    }
    for (let at = 0; at < missing.length; at += ASKED) await this.ask(missing.slice(at, at + ASKED));
    return missing.length > 0;
  }

  async ask(ids) {
    for (const id of ids) this.asked.add(id);
    const answer = await get(`${this.page.rowsUrl}?ids=${ids.join(",")}`);
    for (const id of ids) this.asked.delete(id);
    if (!answer.ok) return;
    const holder = document.createElement("template");
    holder.innerHTML = answer.data.html;
    this.read(holder.content);
    for (const id of ids) {
      const row = this.elements.get(id);
      if (row && this.html.has(id)) this.put(row, this.html.get(id));
    }
    if (ids.includes(this.id)) this.onCurrent(this.current);
  }

  read(content) {
    for (const holder of content.querySelectorAll("[data-row]")) this.html.set(holder.dataset.row, holder.innerHTML);
  }

  put(row, html) {
    row.innerHTML = html;
    row.querySelector(".num").textContent = this.number(row.dataset.id);
    row.style.minHeight = "";
    row.classList.add("filled");
    this.arrange?.(row);
    this.dress?.(row); // another version, if one is shown
  }

  // -- changes --------------------------------------------------------------------------------

  // Put a patch of the server into the page. Rows keep their elements as far as they can.
  patch({ rows, html, splice }) {
    const changed = Object.keys(rows);
    if (!changed.length && !splice) return;
    const seat = this.seat();
    for (const id of changed) this.html.delete(id);
    const holder = document.createElement("template");
    holder.innerHTML = html;
    this.read(holder.content);
    const gone = splice && this.order.groups.slice(splice.at, splice.drop < 0 ? undefined : splice.at + splice.drop);
    this.order.patch(rows, splice);
    for (const id of changed) if (this.elements.has(id)) this.refresh(id);
    if (splice) this.draw(splice.at, splice.groups, gone);
    if (this.whole) this.bring(changed);
    if (seat && (splice || changed.includes(this.id))) this.reseat(seat);
  }

  refresh(id) {
    const row = this.elements.get(id);
    this.describe(row, this.order.get(id));
    if (!row.classList.contains("filled")) return;
    if (this.html.has(id)) return this.put(row, this.html.get(id));
    row.classList.remove("filled"); // its old words stay until the new ones are here
    if (row.parentElement.classList.contains("near")) this.bring([id]);
    return undefined;
  }

  // Draw groups in the place of others. gone: the groups that they replace, null at first. What
  // can stay where it is stays: moving it would cost the browser the layout of all it holds.
  draw(at, groups, gone) {
    const after = this.blockOf(this.order.groups[at + groups.length]);
    const free = new Set((gone ?? []).flatMap((group) => group.blocks));
    const left = gone ? [...this.elements.keys()].filter((id) => !this.order.has(id)) : [];
    for (const id of left) this.forget(id);
    const drawn = groups.flatMap((group) => (group.blocks = this.blocks(group, free)));
    for (const block of free) {
      this.observer.unobserve(block);
      block.remove();
    }
    setInPlace(this.place, drawn, after);
    if (gone) this.renumber();
  }

  forget(id) {
    this.elements.get(id).remove();
    this.elements.delete(id);
    this.html.delete(id);
  }

  blockOf(group) {
    return group?.blocks?.[0] ?? null;
  }

  // The blocks of a group. free: blocks of groups that are no more; those used are taken out.
  blocks(group, free) {
    const blocks = [];
    for (let at = 0; at < group.rows.length; at += BLOCK) {
      const ids = group.rows.slice(at, at + BLOCK);
      const block = this.block(group.role, ids, free);
      block.classList.toggle("goes-on", at > 0);
      block.classList.toggle("unfinished", at + BLOCK < group.rows.length);
      const rows = ids.map((id) => this.elements.get(id) ?? this.make(id));
      const title = group.title && !at ? [this.header(group.title)] : [];
      for (const old of block.querySelectorAll(":scope > .fold-row")) old.remove();
      setInPlace(block, [...title, ...rows], null);
      const height = ids.reduce((sum, id) => sum + estimate(this.order.get(id)), 20);
      block.style.containIntrinsicSize = `auto ${height}px`;
      if (group.role === "commentary") this.showFold(block);
      blocks.push(block);
    }
    return blocks;
  }

  // A block to put these rows into: one that holds some of them already, or a new one.
  block(role, ids, free) {
    for (const id of ids) {
      const had = this.elements.get(id)?.parentElement;
      if (!free.has(had) || had.dataset.role !== role) continue;
      free.delete(had);
      return had;
    }
    const block = document.createElement("div");
    block.className = `group ${role}`;
    block.dataset.role = role;
    block.setAttribute("role", "rowgroup");
    this.observer.observe(block);
    return block;
  }

  header(title) {
    const row = document.getElementById("fold-row").content.firstElementChild.cloneNode(true);
    row.querySelector(".fold-title").textContent = title;
    return row;
  }

  make(id) {
    const row = document.createElement("div");
    const entry = this.order.get(id);
    row.id = `r-${id}`;
    row.dataset.id = id;
    row.tabIndex = -1;
    row.setAttribute("role", "row");
    row.className = "row";
    this.elements.set(id, row);
    this.describe(row, entry);
    if (this.html.has(id)) this.put(row, this.html.get(id));
    else row.style.minHeight = `${estimate(entry)}px`;
    return row;
  }

  describe(row, entry) {
    const { kind, open, worst, doubt, confirmed, opens } = entry;
    row.classList.toggle("opens", Boolean(opens));
    Object.assign(row.dataset, { kind, open: open ?? 0, worst: worst ?? "", doubt: doubt ?? 0 });
    Object.assign(row.dataset, { srcA: entry.src[0], srcZ: entry.src[1], tgtA: entry.tgt[0], tgtZ: entry.tgt[1] });
    row.toggleAttribute("data-confirmed", Boolean(confirmed));
    const missing = lacks(entry);
    if (missing) row.dataset.lacks = missing;
    else delete row.dataset.lacks;
  }

  renumber() {
    for (const [id, row] of this.elements) {
      const place = row.classList.contains("filled") && row.querySelector(".num");
      const number = this.number(id);
      if (place && place.textContent !== number) place.textContent = number;
    }
  }

  // Where the work is: the words of the current row, and whether the keyboard is there.
  seat() {
    const row = this.current;
    if (!row) return null;
    const active = document.activeElement;
    return {
      index: this.order.index.get(this.id),
      entry: this.entry,
      top: row.getBoundingClientRect().top,
      focus: active === row || active === document.body || row.contains(active),
    };
  }

  // After an edit, stay where the work was: on the row that now holds the same words.
  reseat({ index, entry, top, focus }) {
    const held = (side) => entry[side][1] > entry[side][0] && this.order.holding(side, entry[side][0]);
    let id = (this.order.has(this.id) && this.id) || held("src") || held("tgt") || this.ids[Math.min(index, this.ids.length - 1)];
    if (!this.visible(id)) id = this.ids.slice(this.order.index.get(id)).find((other) => this.visible(other)) ?? id;
    this.id = null;
    this.go(id, { focus, top });
  }
}

// Make `wanted` the run of elements in `place` that ends before `after`, touching only what is not there.
function setInPlace(place, wanted, after) {
  let next = after;
  for (const element of wanted.toReversed()) {
    const before = next ? next.previousSibling : place.lastChild;
    if (before !== element) place.insertBefore(element, next);
    next = element;
  }
}

// How tall a row will be, roughly, before its words are here.
function estimate({ src, tgt }) {
  const lines = Math.max(30 * Math.ceil((src[1] - src[0]) / 30), 27 * Math.ceil((tgt[1] - tgt[0]) / 62), 30);
  return lines + 8;
}

function keepAt(row, top) {
  const moved = row.getBoundingClientRect().top - top;
  if (Math.abs(moved) > 1 && Math.abs(moved) < innerHeight) scrollBy(0, moved);
}

// Scroll no more than needed; on a narrow screen the panel covers the lower part.
function keepInView(row) {
  const { top, bottom } = row.getBoundingClientRect();
  const head = document.querySelector(".heads").getBoundingClientRect();
  const panel = document.getElementById("panel").getBoundingClientRect();
  const upper = Math.max(head.bottom, document.getElementById("top").getBoundingClientRect().bottom);
  const lower = panel.left < 10 ? panel.top : innerHeight;
  const margin = Math.min(90, (lower - upper) / 6);
  if (top < upper + 8) scrollBy(0, top - upper - margin);
  else if (bottom > lower - 16) scrollBy(0, Math.min(bottom - lower + margin, top - upper - 8));
}
