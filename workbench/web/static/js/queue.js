// The queue: flags, or annotations, that fit the filter, in the order in which they are looked at.
import { lacks, rank } from "./order.js";

const SHOWN = 200; // lines of the list; the filter finds the rest
const FIELDS = ["type", "status", "severity", "category", "detector", "kind", "doubt", "text", "order"];
const WAITING = ["open", "deferred"];

const folded = (text) => text.normalize("NFKC").toLocaleLowerCase();

export class Queue {
  // room: {page, rows, say}. on: {go(item)}
  constructor(room, on) {
    this.rows = room.rows;
    this.say = room.say;
    this.names = room.page.names;
    this.on = on;
    this.form = document.getElementById("filter");
    this.list = document.getElementById("queue-list");
    this.count = document.getElementById("queue-count");
    this.at = -1; // where in the queue the last item was
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("reset", () => setTimeout(() => this.changed()));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const line = event.target.closest("button[data-item]");
      if (line) this.on.go(this.items.find((item) => item.id === line.dataset.item));
    });
    this.refresh();
  }

  get wants() {
    return Object.fromEntries(FIELDS.map((name) => [name, this.form.elements[name].value]));
  }

  get narrowed() {
    const { type, status, severity, category, detector, kind, doubt, text } = this.wants;
    return Boolean(type !== "flags" || status !== "waiting" || severity || category || detector || kind || doubt || text);
  }

  changed() {
    this.at = -1;
    this.offer();
    this.refresh();
    document.getElementById("filtered").hidden = !this.narrowed;
  }

  // Categories and detectors that occur, to choose from.
  offer() {
    const { type } = this.wants;
    const entries = this.rows.ids.map((id) => this.rows.order.get(id));
    const found = entries.flatMap((entry) => (type === "flags" ? entry.flags : entry.notes) ?? []);
    const options = (name, values, names) => {
      const select = this.form.elements[name];
      const [any] = select.options;
      const before = select.value;
      const sorted = [...new Set(values)].filter(Boolean).sort();
      if (select.dataset.offered === sorted.join(" ")) return;
      select.dataset.offered = sorted.join(" ");
      select.replaceChildren(any, ...sorted.map((value) => new Option(names[value] ?? value, value)));
      select.value = sorted.includes(before) ? before : "";
    };
    options("category", found.map(({ category }) => category), { ...this.names.errors, ...this.names.choices });
    options("detector", found.map(({ detector }) => detector), this.names.detectors);
    this.form.elements.detector.disabled = type !== "flags";
  }

  // Everything anew after a change of the rows.
  refresh() {
    const wants = this.wants;
    this.items = this.ordered(this.rows.ids.flatMap((id, index) => this.matching(id, index, wants)), wants);
    if (this.visible) this.draw();
  }

  get visible() {
    return !document.getElementById("queue").hidden;
  }

  matching(id, index, wants) {
    const entry = this.rows.order.get(id);
    const found = wants.type === "flags" ? entry.flags : entry.notes;
    if (!found?.length || !this.rowFits(entry, wants)) return [];
    return found.filter((one) => this.fits(one, wants)).map((one) => ({ ...one, row: id, index }));
  }

  rowFits(entry, { kind, doubt }) {
    const missing = lacks(entry);
    const kinds = { pair: !missing, "no-tgt": missing === "tgt", "no-src": missing === "src", many: !missing && entry.kind !== "1-1" };
    return (!kind || kinds[kind]) && (!doubt || (entry.doubt ?? 0) >= Number(doubt));
  }

  fits(one, { type, status, severity, category, detector, text }) {
    const sought = folded(text.trim());
    const words = () => folded([one.src, one.tgt, one.note ?? "", ...(one.tags ?? []), one.by ?? ""].join("\n"));
    return (
      (type === "flags" || type === "notes" || one.kind === type) &&
      (status === "all" || (status === "waiting" ? WAITING : [status]).includes(one.status)) &&
      (!severity || one.severity === severity) &&
      (!category || one.category === category) &&
      (!detector || one.detector === detector) &&
      (!sought || words().includes(sought))
    );
  }

  // Gravest first: what was put off last, then by severity, then the surest, then as they stand.
  ordered(items, { order }) {
    if (order === "text") return items;
    const off = ({ status }) => (status === "deferred" ? 1 : 0);
    return items.sort(
      (a, b) =>
        off(a) - off(b) ||
        rank(b.severity) - rank(a.severity) ||
        (b.confidence ?? 0) - (a.confidence ?? 0) ||
        a.index - b.index,
    );
  }

  // The item after or before the one that is pointed at; round the end to the beginning.
  next(pointed, by) {
    const { length } = this.items;
    if (!length) return null;
    const here = this.items.findIndex(({ id }) => id === pointed);
    let at = here + by;
    if (here < 0) at = this.at < 0 ? (by > 0 ? 0 : length - 1) : by > 0 ? this.at : this.at - 1;
    this.at = ((at % length) + length) % length;
    return this.items[this.at];
  }

  position(pointed) {
    return this.items.findIndex(({ id }) => id === pointed) + 1;
  }

  draw() {
    const { length } = this.items;
    this.count.textContent = this.say.found.replace("%(n)s", length);
    for (const button of document.querySelectorAll("#queue [data-bulk]")) button.disabled = !length || this.wants.type !== "flags";
    this.list.replaceChildren(...this.items.slice(0, SHOWN).map((item) => this.line(item)));
    if (length > SHOWN) this.list.append(Object.assign(document.createElement("li"), { className: "meta", textContent: this.say.more.replace("%(n)s", length - SHOWN) }));
    const nothing = document.querySelector("#queue .nothing");
    nothing.hidden = length > 0;
    nothing.textContent = this.narrowed ? this.say.nothingFits : this.say.noFlags;
  }

  line(item) {
    const line = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet" });
    button.dataset.item = item.id;
    const add = (tag, className, text, lang) => {
      const part = Object.assign(document.createElement(tag), { className, textContent: text });
      if (lang) part.lang = lang;
      button.append(part);
      return part;
    };
    add("span", `swatch m-${item.line ?? "note"} sev-${item.severity || "neutral"}`, "").setAttribute("aria-hidden", "true");
    add("b", "", this.names.errors[item.category] ?? this.names.choices[item.category] ?? this.names.comment);
    add("span", "meta", `${item.severity ? `${this.names.severities[item.severity]} · ` : ""}${this.say.row.replace("%(n)s", this.rows.number(item.row) || "–")}`);
    if (item.src) add("span", "words", item.src, this.rows.page.srcLang);
    if (item.tgt) add("span", "words", item.tgt, this.rows.page.tgtLang);
    if (item.note) add("span", "words said", item.note);
    line.append(button);
    return line;
  }
}
