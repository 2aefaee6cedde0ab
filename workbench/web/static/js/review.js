// The review page: joins rows, words, panel, map and edits, and gives every command its key.
import { get } from "./api.js";
import { DocumentMap } from "./map.js";
import { Operations } from "./ops.js";
import { Panel } from "./panel.js";
import { Rows } from "./rows.js";
import { Words } from "./words.js";

const page = JSON.parse(document.getElementById("page-data").textContent);
const say = page.words;
const byId = (id) => document.getElementById(id);

const announce = (text) => {
  byId("announce").textContent = text;
};

let timer = 0;
function tell(text) {
  const line = byId("message");
  line.textContent = text;
  line.hidden = !text;
  clearTimeout(timer);
  if (text) timer = setTimeout(() => tell(""), 9000);
}

const words = new Words(page, () => placeSelectionBar());
const rows = new Rows((row) => {
  panel?.show(row, rows.number(row));
  map?.mark();
  showFlagPosition();
});
const ops = new Operations(page, {
  patch(patch, kind) {
    const wasOpen = document.activeElement?.closest?.("#panel .card, #panel .reasons");
    rows.patch(patch);
    byId("summary").innerHTML = patch.summary;
    page.checking = patch.checking;
    state(patch.checking ? "checking" : "saved");
    if (rows.current && (patch.groups || Object.keys(patch.rows).length)) {
      panel.show(rows.current, rows.number(rows.current));
      if (wasOpen) rows.current.focus({ preventScroll: true });
      words.paint();
      map.draw();
    }
    if (kind === "undo" || kind === "redo") announce(kind === "undo" ? say.undone : say.redone);
    showTools();
  },
  refuse(error) {
    tell(error);
  },
  state,
});
const panel = new Panel(page, words, {
  decide,
  save: (annotation, id) => ops.do("annotate", { annotation, id }).then((done) => {
    if (done) words.clear();
    return done;
  }),
  remove: (id) => ops.do("remove-annotation", { id }),
  back: () => rows.current?.focus({ preventScroll: true }),
});
const map = new DocumentMap(rows);
let marked = null;

function state(which) {
  const place = byId("saved");
  place.textContent = say[which];
  place.dataset.state = which;
}

function showTools() {
  for (const name of ["undo", "redo"]) {
    document.querySelector(`.tools [data-command="${name}"]`).disabled = !page[name];
  }
  showFlagPosition();
}

// -- flags ------------------------------------------------------------------------------

const flagged = () => rows.all.filter((row) => Number(row.dataset.open));

function showFlagPosition() {
  const found = flagged();
  const total = found.reduce((sum, row) => sum + Number(row.dataset.open), 0);
  const before = found
    .filter((row) => rows.current && row.compareDocumentPosition(rows.current) & Node.DOCUMENT_POSITION_FOLLOWING)
    .reduce((sum, row) => sum + Number(row.dataset.open), 0);
  const here = rows.current && Number(rows.current.dataset.open) ? before + 1 : before;
  byId("flag-position").textContent = total ? `${here}/${total}` : "0";
}

function toFlag(by) {
  const found = flagged();
  if (!found.length) return announce(say.noFlags);
  const open = panel.open;
  const at = open.findIndex((card) => card.classList.contains("pointed"));
  const inRow = open[at < 0 && by < 0 ? -1 : at + by];
  if (inRow && at >= 0) return panel.point(inRow.dataset.flag);
  const all = rows.all;
  const here = all.indexOf(rows.current);
  const ahead = by > 0 ? found.filter((row) => all.indexOf(row) > here) : found.filter((row) => all.indexOf(row) < here).reverse();
  const row = ahead[0] ?? (by > 0 ? found[0] : found.at(-1));
  rows.go(row);
  const card = by > 0 ? panel.open[0] : panel.open.at(-1);
  if (card) panel.point(card.dataset.flag);
}

// The pairing that is most likely wrong among those nobody has looked at; each key press the next.
const visited = new Set();
function toDoubt() {
  const doubt = (row) => Number(row.dataset.doubt);
  const rest = rows.all.filter((row) => rows.visible(row) && doubt(row) > 0 && !visited.has(row.dataset.id));
  if (!rest.length) {
    visited.clear();
    return announce(say.noDoubt);
  }
  const row = rest.reduce((worst, other) => (doubt(other) > doubt(worst) ? other : worst));
  visited.add(row.dataset.id);
  rows.go(row);
}

async function decide(flag, verdict, reason) {
  const done = await ops.do("decide", { flag, verdict: verdict || null, reason });
  if (!done) return;
  const next = panel.flag();
  if (next) panel.point(next.dataset.flag);
}

function decideKey(verdict) {
  const card = panel.flag();
  if (!card) return announce(say.noNotes);
  if (verdict === "dismissed") panel.reasons(card);
  else decide(card.dataset.flag, verdict, "");
}

// -- notes ------------------------------------------------------------------------------

function compose(kind) {
  const row = rows.current;
  if (!row && !words.any) return;
  const spans = {};
  const quotes = {};
  for (const side of ["src", "tgt"]) {
    const picked = words.picked[side] ?? (words.any ? null : whole(row, side));
    if (!picked) continue;
    spans[side] = [picked.start, picked.stop];
    quotes[side] = picked.words;
  }
  if (spans.src || spans.tgt) panel.compose(kind, spans, quotes);
}

function whole(row, side) {
  const found = words.words(row, side);
  if (!found.length) return null;
  const [start, stop] = [found[0].start, found.at(-1).stop];
  return { start, stop, words: words.quote(side, start, stop) };
}

function placeSelectionBar() {
  const bar = byId("selection-bar");
  const span = words.picked[words.side];
  bar.hidden = !span;
  if (!span) return;
  const box = words.ranges(words.side, span.start, span.stop).at(-1)?.getBoundingClientRect();
  if (!box) return;
  bar.style.top = `${box.bottom + scrollY + 6}px`;
  bar.style.left = `${Math.max(8, Math.min(box.left + scrollX, document.body.clientWidth - 260))}px`;
}

// -- pairing ----------------------------------------------------------------------------

const edit = (kind, args = {}) => rows.current && ops.do(kind, { row: rows.current.dataset.id, ...args });

function mark() {
  const row = rows.current;
  if (!row) return;
  if (marked && marked !== row.dataset.id && byId(`r-${marked}`)) {
    ops.do("pair", { row: marked, other: row.dataset.id });
    unmark();
    return;
  }
  const again = marked === row.dataset.id;
  unmark();
  if (again) return announce(say.unmarked);
  marked = row.dataset.id;
  row.classList.add("marked");
  tell(say.marked);
}

function unmark() {
  document.querySelector(".row.marked")?.classList.remove("marked");
  marked = null;
}

function split() {
  const row = rows.current;
  if (!row) return;
  const at = words.splitPoint(row) ?? firstCut(row);
  ops.do("split", { row: row.dataset.id, ...at });
}

// Without a cursor: after the first sentence of the side that has several.
function firstCut(row) {
  for (const side of ["tgt", "src"]) {
    const runs = row.querySelectorAll(`.cell.${side} .s:nth-of-type(2) .run`);
    if (runs.length) return { side, offset: Number(runs[0].dataset.a) };
  }
  return { side: "tgt", offset: Number(row.dataset.tgtA) };
}

function mergeAbove() {
  const above = rows.current && rows.neighbour(rows.current, -1);
  if (above) ops.do("merge", { row: above.dataset.id });
}

function confirm() {
  const row = rows.current;
  if (!row) return;
  const confirmed = !("confirmed" in row.dataset);
  ops.do("confirm", { rows: [row.dataset.id], confirmed }).then((done) => {
    if (done && confirmed) rows.step(1);
  });
}

// -- commands ---------------------------------------------------------------------------

const move = (side, up) => () => edit("move", { side, up });
const commands = {
  "next-row": () => rows.step(1),
  "previous-row": () => rows.step(-1),
  "next-flag": () => toFlag(1),
  "previous-flag": () => toFlag(-1),
  doubtful: toDoubt,
  accept: () => decideKey("accepted"),
  dismiss: () => decideKey("dismissed"),
  later: () => decideKey("deferred"),
  comment: () => compose("comment"),
  error: () => compose("error"),
  choice: () => compose("choice"),
  merge: () => edit("merge"),
  "merge-above": mergeAbove,
  split,
  unpair: () => edit("unpair"),
  mark,
  "src-up": move("src", true),
  "src-down": move("src", false),
  "tgt-up": move("tgt", true),
  "tgt-down": move("tgt", false),
  confirm,
  "confirm-above": () => edit("confirm-above"),
  undo: () => ops.do("undo"),
  redo: () => ops.do("redo"),
  left: () => rows.current && words.step(rows.current, -1, false),
  right: () => rows.current && words.step(rows.current, 1, false),
  "select-left": () => rows.current && words.step(rows.current, -1, true),
  "select-right": () => rows.current && words.step(rows.current, 1, true),
  "other-side": () => rows.current && words.otherSide(rows.current),
  fold: () => {
    rows.fold(!rows.folded);
    map.draw();
  },
  help: () => byId("help").showModal(),
  export: openExport,
  escape: () => {
    words.clear();
    unmark();
    tell("");
    rows.current?.focus({ preventScroll: true });
  },
};

const KEYS = {
  j: "next-row", k: "previous-row", ArrowDown: "next-row", ArrowUp: "previous-row",
  n: "next-flag", p: "previous-flag", d: "doubtful", a: "accept", x: "dismiss", l: "later",
  c: "comment", e: "error", t: "choice",
  m: "merge", M: "merge-above", s: "split", u: "unpair", " ": "mark",
  "[": "src-up", "]": "src-down", "{": "tgt-up", "}": "tgt-down",
  v: "confirm", V: "confirm-above", z: "undo", Z: "redo",
  ArrowLeft: "left", ArrowRight: "right", o: "other-side", f: "fold", "?": "help", Escape: "escape",
};

let waiting = "";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const target = event.target;
  if (target.matches("input, textarea, select")) return;
  if (event.key === " " && target.closest("button, a")) return;
  if (waiting === "g") {
    waiting = "";
    if (event.key === "l") location.assign("/");
    return;
  }
  if (event.key === "g") {
    waiting = "g";
    return;
  }
  const arrow = event.key.startsWith("Arrow") && event.shiftKey;
  const name = arrow ? { ArrowLeft: "select-left", ArrowRight: "select-right" }[event.key] : KEYS[event.key];
  if (!name) return;
  event.preventDefault();
  commands[name]();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-command]");
  if (button) {
    commands[button.dataset.command]();
    return;
  }
  if (event.target.closest(".fold")) commands.fold();
});

const texts = byId("texts");
texts.addEventListener("mousedown", (event) => {
  const row = event.target.closest(".row[data-id]");
  if (row && row !== rows.current) rows.go(row, { focus: false });
});
texts.addEventListener("mouseup", (event) => {
  const row = event.target.closest(".row[data-id]");
  if (!row) return;
  words.fromMouse();
  const refs = event.target.closest("[data-refs]")?.dataset.refs.split(" ");
  if (refs) panel.point(refs[0]);
  row.focus({ preventScroll: true });
});

// Pointing at a flag's words, or at its card, lights it on both sides.
function light(refs) {
  for (const run of document.querySelectorAll(".run.lit")) run.classList.remove("lit");
  for (const ref of refs) {
    for (const run of texts.querySelectorAll(`[data-refs~="${ref}"]`)) run.classList.add("lit");
  }
}
document.addEventListener("mouseover", (event) => {
  const run = event.target.closest?.("[data-refs]");
  const card = event.target.closest?.(".card");
  light(run ? run.dataset.refs.split(" ") : card ? [card.dataset.flag ?? card.dataset.note] : []);
});

// -- export -----------------------------------------------------------------------------

const dialog = byId("export");
let counts = {};
async function openExport() {
  dialog.showModal();
  const answer = await get(page.exportInfo);
  counts = answer.data.counts ?? {};
  showCount();
}
function showCount() {
  const { level, pairs } = dialog.querySelector("form").elements;
  byId("export-count").textContent = say.units.replace("%(n)s", counts[`${level.value}-${pairs.value}`] ?? "…");
}
dialog.addEventListener("change", showCount);
dialog.querySelector("form").addEventListener("submit", () => dialog.close());
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());

rows.go(rows.all.find((row) => rows.visible(row)), { focus: false });
showTools();
document.documentElement.dataset.ready = "";
