// The commands that change how rows are paired.

// room: {rows, words, ops, announce, tell, say}. Returns the commands, and a way to drop the mark.
export function pairing(room) {
  const { rows, words, ops, announce, tell, say } = room;
  let marked = null; // id of the row that waits for its partner

  const edit = (kind, args = {}) => rows.id && ops.do(kind, { row: rows.id, ...args });
  const move = (side, up) => () => edit("move", { side, up });

  function mark() {
    const [before, id] = [marked, rows.id];
    if (!id) return undefined;
    unmark();
    if (before === id) return announce(say.unmarked);
    if (before && rows.order.has(before)) return ops.do("pair", { row: before, other: id });
    marked = id;
    rows.current.classList.add("marked");
    return tell(say.marked);
  }

  function unmark() {
    document.querySelector(".row.marked")?.classList.remove("marked");
    marked = null;
  }

  function split() {
    return rows.id && ops.do("split", { row: rows.id, ...(words.splitPoint(rows.current) ?? firstCut()) });
  }

  // Without a cursor: after the first sentence of the side that has several.
  function firstCut() {
    for (const side of ["tgt", "src"]) {
      const run = rows.current.querySelector(`.cell.${side} .s:nth-of-type(2) .run`);
      if (run) return { side, offset: Number(run.dataset.a) };
    }
    return { side: "tgt", offset: rows.entry.tgt[0] };
  }

  function mergeAbove() {
    const above = rows.order.neighbour(rows.id, -1);
    return above && ops.do("merge", { row: above });
  }

  function divide() {
    const at = rows.current && words.splitPoint(rows.current);
    if (!at) return tell(say.noCursor);
    return ops.do("divide", at);
  }

  // The sentence of the word cursor, else the first of the first side that has several.
  function join() {
    if (!rows.id) return undefined;
    const at = words.splitPoint(rows.current) ?? { side: firstCut().side };
    return ops.do("join", { row: rows.id, offset: rows.entry[at.side][0], ...at });
  }

  async function confirm() {
    if (!rows.id) return;
    const confirmed = !rows.entry.confirmed;
    const work = ops.do("confirm", { rows: [rows.id], confirmed });
    if (confirmed) rows.step(1); // at once, so that the next key finds the next row however slow the answer
    await work;
  }

  const commands = {
    merge: () => edit("merge"),
    "merge-above": mergeAbove,
    split,
    unpair: () => edit("unpair"),
    swap: () => edit("swap"),
    divide,
    join,
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
