// Going from flag to flag and from doubt to doubt, and deciding flags.

import { post } from "./api.js";

// room: {rows, ops, panel, announce, say}. Returns the commands of flags, and what else is needed.
export function flags(room) {
  const { rows, ops, say, announce } = room;
  const openOf = (id) => rows.order.get(id).open ?? 0;
  const flagged = () => rows.ids.filter(openOf);

  function showPosition() {
    const here = rows.order.index.get(rows.id) ?? -1;
    let [before, total] = [0, 0];
    for (const [index, id] of rows.ids.entries()) {
      const open = openOf(id);
      total += open;
      if (index < here) before += open;
      else if (index === here && open) before += 1;
    }
    document.getElementById("flag-position").textContent = total ? `${before}/${total}` : "0";
  }

  function toFlag(by) {
    const { panel } = room;
    const found = flagged();
    if (!found.length) return announce(say.noFlags);
    const open = panel.open;
    const at = open.findIndex((card) => card.classList.contains("pointed"));
    const inRow = open[at < 0 && by < 0 ? -1 : at + by];
    if (inRow && at >= 0) return panel.point(inRow.dataset.flag);
    const here = rows.order.index.get(rows.id) ?? -1;
    const place = (id) => rows.order.index.get(id);
    const ahead = by > 0 ? found.find((id) => place(id) > here) : found.findLast((id) => place(id) < here);
    rows.go(ahead ?? (by > 0 ? found[0] : found.at(-1)));
    const card = by > 0 ? panel.open[0] : panel.open.at(-1);
    return card && panel.point(card.dataset.flag);
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
  }

  async function always(flag, reason, scope) {
    await ops.idle();
    const answer = await post(room.page.rules, { flag, reason, scope });
    if (!answer.ok) room.tell(answer.data.error ?? say.unsaved);
    else announce(say.ruled);
    await ops.look();
    return answer.ok;
  }

  function decideHere(verdict) {
    const card = room.panel.flag();
    if (!card) return announce(say.noNotes);
    return verdict === "dismissed" ? room.panel.reasons(card) : decide(card.dataset.flag, verdict, "");
  }

  const commands = {
    "next-flag": () => toFlag(1),
    "previous-flag": () => toFlag(-1),
    doubtful: toDoubt,
    accept: () => decideHere("accepted"),
    dismiss: () => decideHere("dismissed"),
    later: () => decideHere("deferred"),
  };
  return { commands, decide, showPosition };
}
