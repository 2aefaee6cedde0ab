// Saying what a paragraph is: text, heading, dateline or commentary.

// room: {rows, ops}
export function roles({ rows, ops }) {
  const dialog = document.getElementById("role-dialog");
  const form = dialog.querySelector("form");
  const KINDS = ["body", "heading", "dateline", "commentary"];
  let before = {};

  function open() {
    if (!rows.id) return;
    before = {};
    for (const part of form.querySelectorAll("[data-side]")) {
      const { side } = part.dataset;
      const cell = rows.current.querySelector(`.cell.${side}`);
      const [start, stop] = rows.entry[side];
      part.hidden = part.disabled = start === stop;
      part.querySelector(".quote").textContent = cell?.textContent.trim().slice(0, 60) ?? "";
      before[side] = KINDS.find((kind) => cell?.classList.contains(kind)) ?? "body";
      form.elements[side].value = before[side];
    }
    dialog.returnValue = "";
    dialog.showModal();
  }

  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "save") return;
    for (const side of ["src", "tgt"]) {
      const [start, stop] = rows.entry[side];
      const role = form.elements[side].value;
      if (start < stop && role !== before[side]) ops.do("role", { side, offset: start, role });
    }
  });

  return { commands: { role: open } };
}
