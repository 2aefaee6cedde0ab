// Going from flag to flag and from doubt to doubt, and deciding flags.

// room: {rows, ops, panel, announce, say}. Returns the commands of flags, and what else is needed.
export function flags(room) {
  const { rows, ops, say, announce } = room;
  const flagged = () => rows.all.filter((row) => Number(row.dataset.open));

  function showPosition() {
    const found = flagged();
    const total = found.reduce((sum, row) => sum + Number(row.dataset.open), 0);
    const before = found
      .filter((row) => rows.current && row.compareDocumentPosition(rows.current) & Node.DOCUMENT_POSITION_FOLLOWING)
      .reduce((sum, row) => sum + Number(row.dataset.open), 0);
    const here = rows.current && Number(rows.current.dataset.open) ? before + 1 : before;
    document.getElementById("flag-position").textContent = total ? `${here}/${total}` : "0";
  }

  function toFlag(by) {
    const { panel } = room;
    const found = flagged();
    if (!found.length) return announce(say.noFlags);
    const open = panel.open;
    const at = open.findIndex((card) => card.classList.contains("pointed"));
    const inRow = open[at < 0 && by < 0 ? -1 : at + by];
    if (inRow && at >= 0) return panel.point(inRow.dataset.flag);
    const all = rows.all;
    const here = all.indexOf(rows.current);
    const ahead =
      by > 0
        ? found.filter((row) => all.indexOf(row) > here)
        : found.filter((row) => all.indexOf(row) < here).reverse();
    rows.go(ahead[0] ?? (by > 0 ? found[0] : found.at(-1)));
    const card = by > 0 ? panel.open[0] : panel.open.at(-1);
    return card && panel.point(card.dataset.flag);
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
    return rows.go(row);
  }

  async function decide(flag, verdict, reason) {
    const done = await ops.do("decide", { flag, verdict: verdict || null, reason });
    const next = done && room.panel.flag();
    if (next) room.panel.point(next.dataset.flag);
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
