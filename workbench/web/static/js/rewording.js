// Editing the English of a row. The text stays as it is; what differs becomes a correction.
import { get } from "./api.js";

// room: {page, rows, ops, say, tell, announce}
export function rewording({ page, rows, ops, say, tell, announce }) {
  const dialog = document.getElementById("reword-dialog");
  const form = dialog.querySelector("form");
  const field = form.elements.text;
  const kept = new Map(); // what was typed and not saved, by row
  let row = "";
  let before = "";

  async function open() {
    if (!rows.id) return;
    row = rows.id;
    const answer = await get(`${page.reading}?row=${encodeURIComponent(row)}`);
    if (!answer.ok) return tell(answer.data.error ?? say.noAnswer);
    before = answer.data.tgt;
    dialog.querySelector(".quote").textContent = answer.data.src;
    field.value = kept.get(row) ?? before;
    dialog.showModal();
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  async function save() {
    const text = field.value;
    kept.set(row, text);
    dialog.close();
    if (text.trim() === before.trim() || (await ops.do("reword", { row, text }))) {
      kept.delete(row);
      announce(say.reworded);
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    }
  });
  form.querySelector("[data-cancel]").addEventListener("click", () => {
    kept.delete(row);
    dialog.close();
  });
  dialog.addEventListener("cancel", () => {
    if (field.value === before) return;
    kept.set(row, field.value);
    announce(say.draftKept);
  });
  dialog.addEventListener("close", () => rows.current?.focus({ preventScroll: true }));

  return { commands: { reword: open, corrected: () => location.assign(page.corrected) } };
}
