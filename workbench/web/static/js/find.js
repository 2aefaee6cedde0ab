// Looking for words beside the texts: what is found is gone to in its place.
import { get } from "./api.js";

// room: {rows, quoting, say, announce, flags}. Answers with the command.
export function finding(room) {
  const { rows, say } = room;
  const place = document.getElementById("find-view");
  const form = place.querySelector("form");
  const found = document.getElementById("found");
  const everywhere = place.querySelector("[data-everywhere]");
  let asked = 0;

  async function look() {
    const mine = ++asked;
    const query = new URLSearchParams(new FormData(form));
    const answer = await get(`${place.dataset.url}?${query}`);
    if (mine !== asked) return;
    if (everywhere) everywhere.href = `${everywhere.pathname}?${query}`;
    if (answer.ok) found.innerHTML = answer.data.html;
    else found.replaceChildren(Object.assign(document.createElement("p"), { className: "form-error", textContent: answer.data.error ?? say.noAnswer }));
  }

  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 250);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    await look();
    found.querySelector("a")?.focus();
  });

  // The list stays, so that one can go from one to the next.
  found.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-row]");
    if (!link) return;
    event.preventDefault();
    if (!room.quoting.follow(link.hash)) rows.go(link.dataset.row, { focus: false });
    link.focus({ preventScroll: true });
  });
  found.addEventListener("keydown", (event) => {
    const links = [...found.querySelectorAll("a[data-row]")];
    const at = links.indexOf(document.activeElement);
    const next = links[at + ({ ArrowDown: 1, ArrowUp: -1 }[event.key] ?? NaN)];
    if (at < 0 || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    next?.focus();
    next?.click();
  });
  place.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    room.flags.show("row");
    rows.current?.focus({ preventScroll: true });
  });

  function open() {
    room.flags.show("find");
    form.elements.q.select();
    form.elements.q.focus();
    if (!found.childElementCount) look();
  }
  return { commands: { find: open } };
}
