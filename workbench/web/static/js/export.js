// The export dialog: shows the options that a format heeds, and what the file would hold.
const dialog = document.getElementById("export");
const form = dialog.querySelector("form");
const preview = document.getElementById("export-preview");

export function exporting() {
  return { commands: { export: open } };
}

function open() {
  dialog.showModal();
  offer();
  look();
}

/** Show the options of the chosen format; what is hidden is not sent. */
function offer() {
  const format = form.elements.format.selectedOptions[0];
  const profiles = JSON.parse(format.dataset.profiles);
  const heeds = [...format.dataset.heeds.split(" "), ...(profiles.length ? ["profile"] : [])];
  document.getElementById("export-about").textContent = format.dataset.about;
  const select = form.elements.profile;
  const before = select.value;
  select.replaceChildren(...profiles.map(([name, about]) => new Option(`${name}: ${about}`, name)));
  if (profiles.some(([name]) => name === before)) select.value = before;
  for (const part of form.querySelectorAll("[data-option]")) {
    const shown = part.dataset.option.split(" ").some((name) => heeds.includes(name));
    part.hidden = !shown;
    if (part.matches("fieldset")) part.disabled = !shown;
    else for (const field of part.querySelectorAll("input, select")) field.disabled = !shown;
  }
}

let asked = 0;
async function look() {
  const mine = ++asked;
  preview.setAttribute("aria-busy", "true");
  const query = new URLSearchParams(new FormData(form));
  const answer = await fetch(`${form.dataset.preview}?${query}`, { headers: { Accept: "text/html" } });
  const html = await answer.text();
  if (mine !== asked) return; // a later choice was asked for meanwhile
  if (answer.ok) preview.innerHTML = html;
  else preview.textContent = new DOMParser().parseFromString(html, "text/html").querySelector("main")?.innerText ?? "";
  preview.setAttribute("aria-busy", "false");
}

form.addEventListener("change", () => {
  offer();
  look();
});
form.addEventListener("submit", () => dialog.close());
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
