// Selecting words and writing on them.

// room: {rows, words, panel, composer, ops, announce, say}. Returns the commands of notes and of the word cursor.
export function notes(room) {
  const { rows, words } = room;
  const bar = document.getElementById("selection-bar");

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
    if (spans.src || spans.tgt) room.composer.open(kind, spans, quotes);
  }

  function whole(row, side) {
    const found = words.words(row, side);
    if (!found.length) return null;
    const [start, stop] = [found[0].start, found.at(-1).stop];
    return { start, stop, words: words.quote(side, start, stop) };
  }

  // The small bar under the selected words.
  function placeBar() {
    const span = words.picked[words.side];
    bar.hidden = !span;
    if (!span) return;
    const box = words.ranges(words.side, span.start, span.stop).at(-1)?.getBoundingClientRect();
    if (!box) return;
    bar.style.top = `${box.bottom + scrollY + 6}px`;
    bar.style.left = `${Math.max(8, Math.min(box.left + scrollX, document.body.clientWidth - 260))}px`;
  }

  // A command about an annotation: the one pointed at, else the first of the row.
  const onNote = (act) => () => {
    const card = room.panel.note();
    return card ? act(card) : room.announce(room.say.noNote);
  };
  const resolve = (card) => {
    const resolved = !card.classList.contains("settled");
    return room.ops.do("resolve", { notes: [card.dataset.note], resolved });
  };

  const step = (by, extend) => () => rows.current && words.step(rows.current, by, extend);
  const commands = {
    comment: () => compose("comment"),
    error: () => compose("error"),
    choice: () => compose("choice"),
    "next-card": () => room.panel.step(1),
    "previous-card": () => room.panel.step(-1),
    reply: onNote((card) => room.panel.answer(card)),
    resolve: onNote(resolve),
    "edit-note": onNote((card) => room.panel.edit(card)),
    "remove-note": onNote((card) => room.ops.do("remove-annotation", { id: card.dataset.note })),
    left: step(-1, false),
    right: step(1, false),
    "select-left": step(-1, true),
    "select-right": step(1, true),
    "other-side": () => rows.current && words.otherSide(rows.current),
  };
  return { commands, placeBar };
}
