// What the page says while the workbench does not answer: that edits wait, where, and what to do.

// room: {page, rows, ops, say}. Answers with what is told about edits that wait.
export function waiting(room) {
  const { say } = room;
  const bar = document.getElementById("away-bar");
  const text = bar.querySelector("span");
  bar.querySelector("button").addEventListener("click", () => room.ops.now());
  let marked = [];

  // why: "gone", what the server said, or "" when it is back.
  return (edits, why) => {
    for (const row of marked) row.removeAttribute("data-waiting");
    marked = edits.map(({ row }) => room.rows.element(row)).filter(Boolean);
    for (const row of marked) row.setAttribute("data-waiting", "");
    const said = why === "gone" ? say.gone : why;
    const kept = edits.length ? say.waiting.replace("%(n)s", edits.length) : "";
    const whole = [said, kept].filter(Boolean).join(" ");
    if (text.textContent !== whole) text.textContent = whole; // said once, not at each new try
    bar.hidden = !why;
  };
}
