// The pane for one file that holds more than a text: it says what was found, and what to do with it.
import { send } from "./api.js";

export function severalPane(form, settle) {
  const element = form.querySelector(".several");
  const file = element.querySelector('input[type="file"]');
  const preview = element.querySelector(".preview");
  const dropButton = element.querySelector(".drop-file");
  let asked = 0;
  let state = { ok: false, links: false };

  async function look() {
    const chosen = file.files[0];
    const mine = ++asked;
    state = { ok: false, links: false };
    element.querySelector(".file").dataset.name = chosen?.name ?? "";
    dropButton.hidden = !chosen;
    preview.replaceChildren();
    settle();
    if (!chosen) return;
    preview.textContent = form.dataset.looking;
    const body = new FormData();
    body.append("several", chosen, chosen.name);
    const answer = await send(form.dataset.several, body);
    if (mine !== asked) return;
    if (answer.ok) {
      state = answer.data;
      preview.innerHTML = answer.data.html;
    } else {
      const problem = answer.data.error ?? form.dataset.offline;
      preview.replaceChildren(Object.assign(document.createElement("p"), { className: "form-error", textContent: problem }));
    }
    settle();
  }

  function take(chosen) {
    const holder = new DataTransfer();
    holder.items.add(chosen);
    file.files = holder.files;
    look();
    element.scrollIntoView({ block: "nearest" });
  }

  file.addEventListener("change", look);
  dropButton.addEventListener("click", () => {
    file.value = "";
    look();
    file.focus();
  });
  element.addEventListener("dragover", (event) => event.preventDefault());
  element.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  });

  return {
    take,
    file: () => file.files[0] ?? null,
    ready: () => state.ok,
    links: () => state.links,
    append(body, name) {
      body.append(name, file.files[0], file.files[0].name);
      for (const part of preview.querySelectorAll("input, select"))
        if (part.type !== "radio" || part.checked) body.append(part.name, part.value);
    },
  };
}
