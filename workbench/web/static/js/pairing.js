// The commands that change how rows are paired.

// room: {rows, words, ops, announce, tell, say}. Returns the commands, and a way to drop the mark.
export function pairing(room) {
  const { rows, words, ops, announce, tell, say } = room;
  let marked = null; // id of the row that waits for its partner

  const edit = (kind, args = {}) => rows.current && ops.do(kind, { row: rows.current.dataset.id, ...args });
  const move = (side, up) => () => edit("move", { side, up });

  function mark() {
    const row = rows.current;
    if (!row) return undefined;
    const [before, id] = [marked, row.dataset.id];
    unmark();
    if (before === id) return announce(say.unmarked);
    if (before && document.getElementById(`r-${before}`)) return ops.do("pair", { row: before, other: id });
    marked = id;
    row.classList.add("marked");
    return tell(say.marked);
  }

  function unmark() {
    document.querySelector(".row.marked")?.classList.remove("marked");
    marked = null;
  }

  function split() {
    const row = rows.current;
    if (row) ops.do("split", { row: row.dataset.id, ...(words.splitPoint(row) ?? firstCut(row)) });
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

  async function confirm() {
    const row = rows.current;
    if (!row) return;
    const confirmed = !("confirmed" in row.dataset);
    const done = await ops.do("confirm", { rows: [row.dataset.id], confirmed });
    if (done && confirmed) rows.step(1);
  }

  const commands = {
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
  };
  return { commands, unmark };
}
