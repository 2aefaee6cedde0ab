// Going from flag to flag and from doubt to doubt, and deciding flags one by one or many at once.
import { post } from "./api.js";
import { Queue } from "./queue.js";
import { reasonsForm } from "./reasons.js";

// room: {page, rows, ops, panel, announce, tell, say}. Returns the commands of flags, and what
// else is needed.
export function flags(room) {
  const { rows, ops, say, announce } = room;
  const place = document.getElementById("queue");
  const bulk = document.getElementById("bulk");
  const decided = document.getElementById("all-decided");
  const queue = new Queue(room, { go });
  const pointed = () => {
    const card = room.panel?.pointed;
    return card?.dataset.flag ?? card?.dataset.note ?? "";
  };

  // The panel shows the row, the queue, or what was looked for.
  function show(name) {
    for (const tab of document.querySelectorAll("#panel [role=tab]")) {
      const shown = tab.id === `tab-${name}`;
      tab.setAttribute("aria-selected", String(shown));
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !shown;
    }
    if (name === "queue") queue.draw();
  }

  function showPosition() {
    const { length } = queue.items;
    const at = queue.position(pointed());
    document.getElementById("flag-position").textContent = at ? `${at}/${length}` : String(length);
    document.getElementById("queue-size").textContent = length;
  }

  function refresh() {
    queue.offer();
    queue.refresh();
    decided.hidden = queue.narrowed || queue.items.length > 0 || Boolean(room.page.checking);
    showPosition();
  }

  function go(item) {
    show("row");
    rows.go(item.row);
    room.panel.point(item.id);
    showPosition();
  }

  function toFlag(by) {
    const item = queue.next(pointed(), by);
    return item ? go(item) : announce(queue.narrowed ? say.nothingFits : say.noFlags);
  }

  // The pairing that is most likely wrong among those nobody has looked at; each key press the next.
  const visited = new Set();
  function toDoubt() {
    const doubt = (id) => rows.order.get(id).doubt ?? 0;
    const rest = rows.ids.filter((id) => doubt(id) > 0 && rows.visible(id) && !visited.has(id));
    if (!rest.length) {
      visited.clear();
      return announce(say.noDoubt);
    }
    const id = rest.reduce((worst, other) => (doubt(other) > doubt(worst) ? other : worst));
    visited.add(id);
    return rows.go(id);
  }

  // scope: where all flags like it are dismissed too, "" for this one alone.
  async function decide(flag, verdict, reason, scope = "") {
    const done = scope ? await always(flag, reason, scope) : await ops.do("decide", { flag, verdict: verdict || null, reason });
    const next = done && room.panel.flag();
    if (next) room.panel.point(next.dataset.flag);
    if (done && verdict) announce(say[verdict]);
  }

  async function always(flag, reason, scope) {
    await ops.idle();
    const answer = await post(room.page.rules, { flag, reason, scope });
    if (!answer.ok) room.tell(answer.data.error ?? say.noAnswer);
    else announce(say.ruled);
    await ops.look();
    return answer.ok;
  }

  // The rendering of the card becomes the term's; without a button, the one the panel points at.
  async function keepTerm(button = room.panel.pointed?.querySelector("[data-keep-term]")) {
    if (!button) return announce(say.noTerm);
    const { keepTerm: src, rendering } = button.dataset;
    const answer = await post(room.page.keepTerm, { src, rendering });
    if (!answer.ok) return room.tell(answer.data.error ?? say.unsaved);
    const { src: term, preferred } = answer.data;
    button.textContent = `${term} = ${preferred}`;
    button.disabled = true;
    return announce(say.termKept.replace("%(src)s", term).replace("%(rendering)s", preferred));
  }

  function decideHere(verdict) {
    const card = room.panel.flag();
    if (!card) return announce(say.noNotes);
    return verdict === "dismissed" ? room.panel.reasons(card) : decide(card.dataset.flag, verdict, "");
  }

  // Everything in the queue, in one step that is undone in one step.
  function decideAll(verdict) {
    const { type } = queue.wants;
    const ids = type === "flags" ? queue.items.map(({ id }) => id) : [];
    if (!ids.length) return announce(say.nothingFits);
    const close = () => bulk.close();
    const send = async (reason) => {
      close();
      if (await ops.do("decide", { flags: ids, verdict, reason })) announce(say[verdict]);
    };
    bulk.querySelector("h2").textContent = say[`all-${verdict}`].replace("%(n)s", ids.length);
    const form = bulk.querySelector("[data-plain]");
    const reasons = verdict === "dismissed" && reasonsForm({ close, decide: send }, { one: false });
    form.hidden = Boolean(reasons);
    form.onsubmit = () => send("");
    bulk.querySelector("[data-reasons]").replaceChildren(...(reasons ? [reasons] : []));
    return bulk.showModal();
  }
  bulk.querySelector("[data-close]").addEventListener("click", () => bulk.close());

  function openQueue() {
    const list = place.hidden;
    show(list ? "queue" : "row");
    if (list) queue.form.elements.text.focus();
    else rows.current?.focus({ preventScroll: true });
  }
  place.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    show("row");
    rows.current?.focus({ preventScroll: true });
  });

  const commands = {
    "next-flag": () => toFlag(1),
    "previous-flag": () => toFlag(-1),
    doubtful: toDoubt,
    accept: () => decideHere("accepted"),
    dismiss: () => decideHere("dismissed"),
    later: () => decideHere("deferred"),
    "keep-term": () => keepTerm(),
    queue: openQueue,
    "row-view": () => show("row"),
    "accept-all": () => decideAll("accepted"),
    "dismiss-all": () => decideAll("dismissed"),
    "later-all": () => decideAll("deferred"),
  };
  return { commands, decide, keepTerm, show, showPosition, refresh };
}
