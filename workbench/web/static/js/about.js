// Who issued each version, and whether it is official: shown over its column and changed there.
import { post } from "./api.js";

// room: {page, announce, say, words}. Answers with the commands about the texts.
export function about(room) {
  const { page, announce, say } = room;
  const dialog = document.getElementById("about-dialog");
  const form = dialog.querySelector("form");
  const problem = dialog.querySelector(".form-error");
  const link = dialog.querySelector("[data-source]");
  let shown = null; // {text, button}

  function open(id) {
    const text = page.texts.find((one) => one.id === id);
    shown = { text, button: document.querySelector(`.about[data-text="${CSS.escape(id)}"]`) };
    const name = dialog.querySelector(".about-name");
    name.textContent = text.title;
    name.lang = text.lang;
    for (const field of form.querySelectorAll("[name]")) field.value = text[field.name];
    problem.hidden = true;
    link.hidden = !/^https?:/.test(text.source);
    link.href = link.hidden ? "" : text.source;
    dialog.showModal();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { text, button } = shown;
    const values = Object.fromEntries([...form.querySelectorAll("[name]")].map(({ name, value }) => [name, value]));
    const answer = await post(text.url, values);
    if (!answer.ok) {
      problem.textContent = answer.data.error ?? say.noAnswer;
      problem.hidden = false;
      return;
    }
    Object.assign(text, answer.data.values);
    button.innerHTML = answer.data.html;
    dialog.close();
    announce(say.saved);
  });
  dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
  document.querySelector(".heads").addEventListener("click", (event) => {
    const button = event.target.closest(".about[data-text]");
    if (button) open(button.dataset.text);
  });

  return { commands: { about: () => open(page.texts[room.words.side === "src" ? 0 : 1].id) } };
}
