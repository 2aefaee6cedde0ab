// How far a row, and the review as a whole, has come; and what happened to a row.
import { get } from "./api.js";

// room: {page, rows, ops, say, announce}. Returns the commands, and how to show all of it.
export function standing(room) {
  const { page, rows, ops, say } = room;
  const dialog = document.getElementById("review-dialog");
  const form = dialog.querySelector("form");
  const past = document.getElementById("history");
  const list = document.getElementById("history-list");

  const set = (status) => async () => {
    if (!rows.id) return;
    const done = await ops.do("status", { rows: [rows.id], status });
    if (done && status !== "draft") rows.step(1);
  };

  function show() {
    const status = rows.entry?.status ?? "draft";
    for (const button of document.querySelectorAll("[data-stage]")) {
      button.setAttribute("aria-pressed", String(button.dataset.stage === status));
    }
    document.getElementById("review-state").textContent = say[page.review.status];
    document.body.dataset.signatures = page.review.signatures;
  }

  function open() {
    form.elements.status.value = page.review.status;
    form.elements.second.checked = page.review.signatures === 2;
    const rest = [...rows.order.numbers.keys()].filter((id) => rows.order.get(id).status !== "approved").length;
    form.querySelector("[data-rest]").textContent = rest ? say.rest.replace("%(n)s", rest) : say.noRest;
    dialog.returnValue = "";
    dialog.showModal();
  }

  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "save") return;
    ops.do("review", { status: form.elements.status.value, signatures: form.elements.second.checked ? 2 : 1 });
  });

  // The history is fetched only while it is open.
  async function tell() {
    if (!past.open || !rows.id) return;
    const id = rows.id;
    const answer = await get(`${page.history}?row=${id}`);
    if (id !== rows.id || !answer.ok) return;
    list.innerHTML = answer.data.html;
    if (!list.children.length) list.textContent = say.noHistory;
  }
  past.addEventListener("toggle", tell);

  const commands = {
    draft: set("draft"),
    revised: set("revised"),
    approved: set("approved"),
    "review-status": open,
    history() {
      past.open = !past.open;
      if (past.open) past.scrollIntoView({ block: "nearest" });
    },
  };
  return { commands, show, tell };
}
