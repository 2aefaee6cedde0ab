// Other people: what they changed, and which row they are on. News comes by a stream; when the
// server has none left for this page, it asks every few seconds, as ops.js does anyway.
import { post } from "./api.js";
import { newId } from "./ids.js";

const BEAT = 15000; // milliseconds between two signs that this page is open
const REST = 700; // on a row before the others hear of it
const AGAIN = 60000; // before a page without a stream asks for one

export function live(room) {
  const { page, say } = room;
  const me = newId();
  const list = document.getElementById("people");
  let source = null;
  let stirred = true; // a key, a click or a scroll since the last beat
  let told = "";
  let near = new Set();
  let timer = 0;
  let people = [];

  // -- telling ------------------------------------------------------------------------------

  const place = () => ({ src: room.rows.entry?.src[0] ?? 0, tgt: room.rows.entry?.tgt[0] ?? 0 });

  async function beat() {
    if (document.hidden) return;
    const here = place();
    told = JSON.stringify(here);
    const active = stirred;
    stirred = false;
    const answer = await post(page.live.here, { ...here, page: me, active });
    if (answer.ok) show(answer.data.people);
    if (answer.ok && page.live.timed) time(answer.data.seconds);
  }

  function leave() {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content };
    fetch(page.live.here, { method: "POST", keepalive: true, headers, body: JSON.stringify({ page: me, left: true }) }).catch(() => {});
  }

  for (const kind of ["keydown", "pointerdown", "wheel", "scroll", "input"]) {
    addEventListener(kind, () => (stirred = true), { passive: true, capture: true });
  }
  setInterval(beat, BEAT);
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      close();
      leave();
    } else {
      open();
      beat();
    }
  });

  // Called whenever another row becomes the current one.
  function moved() {
    clearTimeout(timer);
    timer = setTimeout(() => JSON.stringify(place()) !== told && beat(), REST);
    besides();
  }

  // -- hearing ------------------------------------------------------------------------------

  // After the edits that are under way: their answers may say it already. What is heard then is
  // news only if the page has not come as far, by an answer or by another look.
  let heard = null; // {seq, mark}: the newest that was heard
  let looking = false;
  async function look() {
    if (looking) return;
    looking = true;
    await room.ops.idle();
    looking = false;
    if (heard.mark !== page.mark && heard.seq >= page.seq) await room.ops.look();
  }

  function open() {
    if (source) return;
    source = new EventSource(page.live.stream);
    source.onopen = () => (page.streaming = true);
    source.onmessage = ({ data }) => {
      const news = JSON.parse(data);
      show(news.people);
      heard = news;
      look();
    };
    source.onerror = () => {
      page.streaming = false;
      if (!room.ops.busy) room.ops.look(); // is the workbench gone?
      if (source.readyState !== EventSource.CLOSED) return; // it tries again by itself
      source = null;
      setTimeout(() => !document.hidden && open(), AGAIN);
    };
  }

  function close() {
    source?.close();
    source = null;
    page.streaming = false;
  }

  // -- showing ------------------------------------------------------------------------------

  const rowOf = ([, src, tgt]) => room.rows.order.holding("src", src) ?? room.rows.order.holding("tgt", tgt);

  function show(found) {
    if (!found) return;
    const before = new Set(people.map(([name]) => name));
    people = found;
    for (const row of document.querySelectorAll(".row[data-people]")) delete row.dataset.people;
    for (const person of people) {
      const row = room.rows.element(rowOf(person));
      if (row) row.dataset.people = row.dataset.people ? `${row.dataset.people}, ${person[0]}` : person[0];
    }
    draw();
    const came = people.filter(([name]) => !before.has(name)).map(([name]) => name);
    if (came.length) room.announce(say.came.replace("%(names)s", came.join(", ")));
    besides();
  }

  function draw() {
    const items = people.map((person) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet small", textContent: person[0] });
      const number = room.rows.number(rowOf(person));
      if (number) button.title = say.row.replace("%(n)s", number);
      button.addEventListener("click", () => room.rows.go(rowOf(person)));
      return button;
    });
    list.replaceChildren(...items);
    list.parentElement.hidden = !items.length;
  }

  // Say who else is on the row that one works on.
  function besides() {
    const here = people.filter((person) => rowOf(person) === room.rows.id).map(([name]) => name);
    const line = document.getElementById("besides");
    const text = here.length ? say.besides.replace("%(names)s", here.join(", ")) : "";
    if (line.textContent !== text) line.textContent = text;
    line.hidden = !text;
    if (here.some((name) => !near.has(name))) room.announce(text);
    near = new Set(here);
  }

  function time(seconds) {
    const line = document.getElementById("time-spent");
    const minutes = Math.floor(seconds / 60);
    line.textContent = say.time.replace("%(hours)s", Math.floor(minutes / 60)).replace("%(minutes)s", String(minutes % 60).padStart(2, "0"));
  }

  // Say that one is done, or not yet; by the button as by its key.
  async function finish() {
    const button = document.getElementById("finish");
    if (!button) return;
    const done = button.getAttribute("aria-pressed") !== "true";
    const answer = await post(page.live.finish, { done });
    if (!answer.ok) return room.tell(answer.data.error);
    button.setAttribute("aria-pressed", String(done));
    return room.announce(done ? say.finished : say.unfinished);
  }

  if (page.live.timed) time(page.live.timed.seconds);

  return {
    moved,
    show,
    begin() {
      open();
      beat();
    },
    commands: {
      "next-person"() {
        if (!people.length) return room.announce(say.nobody);
        const at = people.findIndex((person) => rowOf(person) === room.rows.id);
        return room.rows.go(rowOf(people[(at + 1) % people.length]));
      },
      finish,
    },
  };
}

// Where one was when the page was left, if that is not its beginning.
export function leftOff(page, order) {
  const { src, tgt } = page.live.place;
  return src || tgt ? (order.holding("tgt", tgt) ?? order.holding("src", src)) : undefined;
}
