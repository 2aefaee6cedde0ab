// The review page: joins rows, words, panel, map and edits. Each part brings its own commands.
import { about } from "./about.js";
import { beside } from "./beside.js";
import { Composer } from "./composer.js";
import { Drafts } from "./drafts.js";
import { exporting } from "./export.js";
import { finding } from "./find.js";
import { flags } from "./flags.js";
import { Help } from "./help.js";
import { Commands } from "./keys.js";
import { links } from "./links.js";
import { leftOff, live } from "./live.js";
import { look } from "./look.js";
import { DocumentMap } from "./map.js";
import { notes } from "./notes.js";
import { Operations } from "./ops.js";
import { pairing } from "./pairing.js";
import { Palette } from "./palette.js";
import { Panel } from "./panel.js";
import { quoting } from "./quote.js";
import { realigning } from "./realign.js";
import { rewording } from "./rewording.js";
import { roles } from "./roles.js";
import { Rows } from "./rows.js";
import { standing } from "./standing.js";
import { waiting } from "./waiting.js";
import { Words } from "./words.js";

const page = JSON.parse(document.getElementById("page-data").textContent);
const say = page.words;
const byId = (id) => document.getElementById(id);

// What the parts of the page share.
const room = { page, say, announce, tell };

// Said aloud and, for a while, in the bar.
function announce(text) {
  const place = byId("announce");
  place.textContent = place.title = text;
  for (const fading of place.getAnimations()) fading.play();
}

let timer = 0;
function tell(text) {
  const line = byId("message");
  line.textContent = text;
  line.hidden = !text;
  clearTimeout(timer);
  if (text) timer = setTimeout(() => tell(""), 9000);
}

room.words = new Words(page, {
  change: () => room.notes?.placeBar(),
  moved: () => room.links?.moved(),
  rows: (side, start, stop) => room.rows.order.overlapping(side, start, stop).map((id) => room.rows.element(id)),
});
room.rows = new Rows(page, (row) => {
  room.panel?.show(row, room.rows.number(row.dataset.id));
  room.map?.mark();
  room.flags?.showPosition();
  room.links?.show();
  room.standing?.show();
  room.standing?.tell();
  room.live?.moved();
  room.beside?.moved(row);
});
const drafts = (room.drafts = new Drafts(page.bitext));
room.ops = new Operations(page, {
  patch,
  state,
  refuse: tell,
  row: () => room.rows.id,
  waiting: waiting(room),
  settled: ({ draft }, done) => draft && drafts.keep(draft.key, done ? null : draft.value),
});
room.notes = notes(room);
room.pairing = pairing(room);
room.links = links(room);
room.standing = standing(room);
room.composer = new Composer(page, drafts, {
  async save(annotation, id, draft) {
    const done = await ops.do("annotate", { annotation, id }, draft);
    if (done) words.clear();
    return done;
  },
  back(kept) {
    if (kept) announce(say.draftKept);
    toText();
  },
});
room.panel = new Panel(page, drafts, room.composer, {
  decide: (...all) => room.flags.decide(...all),
  keepTerm: (button) => room.flags.keepTerm(button),
  remove: (id) => ops.do("remove-annotation", { id }),
  reply: (note, text) => ops.do("reply", { note, text }, { key: `reply.${note}`, value: { text } }),
  removeReply: (id) => ops.do("remove-reply", { id }),
  resolve: (note, resolved) => ops.do("resolve", { notes: [note], resolved }),
  back: toText,
});
room.flags = flags(room);
room.map = new DocumentMap(room.rows, say);
room.live = live(room);
room.beside = beside(room);
const { rows, words, ops, panel, map } = room;
room.flags.refresh();

function toText() {
  rows.current?.focus({ preventScroll: true });
}

function patch(news, kind) {
  const inPanel = document.activeElement?.closest?.("#panel .card, #panel .reasons");
  rows.patch(news);
  byId("summary").innerHTML = news.summary;
  page.checking = news.checking;
  state(news.checking ? "checking" : "saved");
  if (rows.current && (news.splice || Object.keys(news.rows).length)) {
    panel.show(rows.current, rows.number(rows.id));
    if (inPanel && document.activeElement === document.body) toText();
    room.flags.refresh();
    words.paint();
    room.links.redraw();
    map.draw();
  }
  room.standing.show();
  room.live.show(news.people);
  room.beside.patched(news);
  if (kind === "undo" || kind === "redo") announce(kind === "undo" ? say.undone : say.redone);
  showTools();
}

// "Saving" is said only of what takes its time: a word that flickers at each key is no rest.
let saving = 0;
function state(which) {
  const place = byId("saved");
  clearTimeout(saving);
  const show = () => (place.textContent = say[which]);
  if (which === "saving") saving = setTimeout(show, 300);
  else if (place.textContent !== say[which]) show();
  place.dataset.state = which;
}

function showTools() {
  for (const name of ["undo", "redo"]) {
    document.querySelector(`.tools [data-command="${name}"]`).disabled = !page[name];
  }
  room.flags.showPosition();
}

// -- commands ---------------------------------------------------------------------------

const commands = new Commands(page.commands, page.preferences, say);
const help = new Help(commands, say);
const palette = new Palette(commands, say, {
  number(n) {
    const id = rows.order.numbered(n);
    return id && { label: say.row.replace("%(n)s", n), run: () => rows.go(id) };
  },
});
room.quoting = quoting(room);
room.rewording = rewording(room);
const parts = [room.flags, room.notes, room.pairing, room.links, room.standing, room.live, roles(room), room.rewording, room.beside, realigning(room), exporting(room), about(room), look(room), room.quoting, finding(room)];
for (const part of parts) commands.add(part.commands);
commands.add({
  "next-row": () => rows.step(1),
  "previous-row": () => rows.step(-1),
  "first-row": () => rows.step(-Infinity),
  "last-row": () => rows.step(Infinity),
  undo: () => ops.do("undo"),
  redo: () => ops.do("redo"),
  fold() {
    rows.fold(!rows.folded);
    map.draw();
  },
  help: () => help.open(),
  palette: () => palette.open(),
  library: () => location.assign("/"),
  search: () => location.assign("/search"),
  escape() {
    words.clear();
    room.pairing.unmark();
    room.beside.leave();
    tell("");
    toText();
  },
});

// What stays at the top of the screen makes room for messages; the panel begins below it.
const [bar, top] = [document.querySelector(".bar"), byId("top")];
new ResizeObserver(() => {
  const above = getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0;
  document.documentElement.style.setProperty("--top", `${above + top.offsetHeight}px`);
}).observe(top);

// -- the mouse --------------------------------------------------------------------------

const texts = byId("texts");
texts.addEventListener("click", (event) => {
  if (event.target.closest(".fold")) commands.run("fold");
});
texts.addEventListener("mousedown", (event) => {
  const row = event.target.closest(".row[data-id]");
  if (row && row !== rows.current) rows.go(row.dataset.id, { focus: false });
});
texts.addEventListener("mouseup", (event) => {
  const row = event.target.closest(".row[data-id]");
  if (!row) return;
  words.fromMouse();
  const elsewhere = event.target.closest("[data-to]");
  if (elsewhere) return rows.go(rows.order.holding(elsewhere.dataset.to, Number(elsewhere.dataset.at)));
  const refs = event.target.closest("[data-refs]")?.dataset.refs.split(" ");
  if (refs) panel.point(refs[0]);
  return row.focus({ preventScroll: true });
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

// A link may lead to a row; else the first one that is no commentary.
function start() {
  if (room.quoting.follow(location.hash)) return;
  const wanted = location.hash.startsWith("#r-") && location.hash.slice(3);
  const first = wanted && rows.order.has(wanted) ? wanted : leftOff(page, rows.order);
  rows.go(first ?? rows.ids.find((id) => rows.visible(id)), { focus: Boolean(wanted) });
}
addEventListener("hashchange", start);
start();
room.live.begin();

// What was being written when the page was left.
const sent = ops.outbox.all.map(({ draft }) => draft?.key);
const unfinished = drafts.all.find(({ key, value }) => value.kind && !sent.includes(key));
byId("draft-bar").hidden = !unfinished;
byId("draft-bar").querySelector("button").addEventListener("click", () => {
  byId("draft-bar").hidden = true;
  const { kind, spans, quotes, value, id } = unfinished.value;
  if (kind === "reword") return room.rewording.goOn(unfinished);
  const side = spans.src ? "src" : "tgt";
  rows.go(rows.order.holding(side, spans[side][0]));
  return room.composer.open(kind, spans, quotes, value, id);
});
showTools();
ops.resume();
document.documentElement.dataset.ready = "";
performance.mark("ready");
