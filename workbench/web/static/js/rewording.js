// Editing the English of a row. The text stays as it is; what differs becomes a correction.
import { get } from "./api.js";

// room: {page, rows, ops, drafts, say, tell, announce}
export function rewording({ page, rows, ops, drafts, say, tell, announce }) {
  const dialog = document.getElementById("reword-dialog");
  const form = dialog.querySelector("form");
  const field = form.elements.text;
  let row = "";
  let before = "";
  const key = () => `reword.${row}`; // of what was typed and not saved
  const draft = () => ({ kind: "reword", tgt: rows.order.get(row)?.tgt, text: field.value });

  async function open() {
    if (!rows.id) return;
    row = rows.id;
    const answer = await get(`${page.reading}?row=${encodeURIComponent(row)}`);
    if (!answer.ok) return tell(answer.data.error ?? say.noAnswer);
    before = answer.data.tgt;
    dialog.querySelector(".quote").textContent = answer.data.src;
    field.value = drafts.get(key())?.text ?? before;
    dialog.showModal();
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  async function save() {
    const text = field.value;
    const typed = { key: key(), value: draft() };
    dialog.close();
    if (text.trim() === before.trim()) drafts.keep(typed.key, null);
    else if (await ops.do("reword", { row, text }, typed)) announce(say.reworded);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  field.addEventListener("input", () => drafts.keep(key(), field.value !== before && draft()));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    }
  });
  form.querySelector("[data-cancel]").addEventListener("click", () => {
    drafts.keep(key(), null);
    dialog.close();
  });
  dialog.addEventListener("cancel", () => {
    if (field.value !== before) announce(say.draftKept);
  });
  dialog.addEventListener("close", () => rows.current?.focus({ preventScroll: true }));

  // Go on with a draft that a reload left; its row may have become part of another.
  function goOn(left) {
    const id = rows.order.holding("tgt", left.value.tgt[0]);
    drafts.keep(left.key, null);
    drafts.keep(`reword.${id}`, left.value);
    rows.go(id);
    return open();
  }

  return { goOn, commands: { reword: open, corrected: () => location.assign(page.corrected) } };
}
