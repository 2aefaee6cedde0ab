// What every page does: language, theme, name.
import { post } from "./api.js";

const root = document.documentElement;
const THEMES = ["auto", "light", "dark"];

async function prefer(values) {
  return post("/preferences", values);
}

document.querySelector("[data-language]").addEventListener("click", async (event) => {
  await prefer({ language: event.currentTarget.dataset.language });
  location.reload();
});

document.getElementById("theme").addEventListener("click", () => {
  const next = THEMES[(THEMES.indexOf(root.dataset.theme) + 1) % THEMES.length];
  root.dataset.theme = next;
  prefer({ theme: next });
});

const dialog = document.getElementById("name-dialog");
const nameButton = document.getElementById("name-button");
nameButton.addEventListener("click", () => dialog.showModal());
dialog.querySelector("[data-stay]")?.addEventListener("click", () => dialog.close());
dialog.addEventListener("close", async () => {
  if (!dialog.querySelector("input[name=name]")) return;
  const name = dialog.querySelector("input[name=name]").value.trim();
  if (dialog.returnValue !== "save" || !name) return;
  const answer = await prefer({ name });
  if (answer.ok) {
    nameButton.textContent = answer.data.name;
    document.dispatchEvent(new CustomEvent("reviewer-changed"));
  }
});
