// The dialog for exporting, with the number of units each choice would give.
import { get } from "./api.js";

export function exporting({ page, say }) {
  const dialog = document.getElementById("export");
  const form = dialog.querySelector("form");
  let counts = {};

  function show() {
    const { level, pairs } = form.elements;
    const count = counts[`${level.value}-${pairs.value}`] ?? "…";
    document.getElementById("export-count").textContent = say.units.replace("%(n)s", count);
  }

  async function open() {
    dialog.showModal();
    const answer = await get(page.exportInfo);
    counts = answer.data.counts ?? {};
    show();
  }

  dialog.addEventListener("change", show);
  form.addEventListener("submit", () => dialog.close());
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  return { commands: { export: open } };
}
