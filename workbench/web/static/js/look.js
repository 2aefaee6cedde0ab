// How the texts are set: size of type, space between lines, which text stands on the left.
// Kept for the person, on the server.
import { post } from "./api.js";

const USUAL = { size: 17, leading: 1, swapped: false };
const LIMITS = { size: [13, 28], leading: [0.85, 1.5] };
const STEP = { size: 1, leading: 0.05 };

// room: {page, rows, map, links, announce, say}. Answers with the commands that change the look.
export function look(room) {
  const { page, rows, say, announce } = room;
  const dialog = document.getElementById("look-dialog");
  const texts = document.getElementById("texts");
  const state = { ...USUAL, ...page.look };
  let timer = 0;

  // The order in the page is the order on the screen, so that a reader of the screen hears it too.
  function arrange(row) {
    const cells = [...row.querySelectorAll(":scope > .cell")];
    const src = cells.find((cell) => cell.matches(".src"));
    if (!src || cells.at(state.swapped ? -1 : 0) === src) return;
    if (state.swapped) cells.at(-1).after(src);
    else cells[0].before(src);
  }

  function set() {
    const { style } = document.documentElement;
    style.setProperty("--size", `${state.size}px`);
    style.setProperty("--leading", state.leading);
    texts.classList.toggle("swapped", state.swapped);
    for (const row of texts.querySelectorAll(".row.head, .row.filled")) arrange(row);
    dialog.querySelector("[data-size]").textContent = `${state.size} px`;
    dialog.querySelector("[data-leading]").textContent = `${Math.round(state.leading * 100)}%`;
    dialog.querySelector("[name=swapped]").checked = state.swapped;
  }

  // Keep the current row where it is on the screen.
  function change(values) {
    const row = rows.current;
    const before = row?.getBoundingClientRect().top ?? 0;
    Object.assign(state, values);
    set();
    if (row) scrollBy(0, row.getBoundingClientRect().top - before);
    room.map.draw();
    room.links.show();
    clearTimeout(timer);
    timer = setTimeout(() => post(page.preferences, { look: state }), 300);
  }

  function step(name, by) {
    const [least, most] = LIMITS[name];
    const value = Math.max(least, Math.min(most, Math.round((state[name] + by * STEP[name]) * 100) / 100));
    change({ [name]: value });
    announce(name === "size" ? `${state.size} px` : `${Math.round(value * 100)}%`);
  }

  function swap() {
    change({ swapped: !state.swapped });
    announce(state.swapped ? say.englishLeft : say.chineseLeft);
  }

  function open() {
    for (const place of dialog.querySelectorAll("[data-of]")) {
      place.textContent = rows.current?.querySelector(`.cell.${place.dataset.of} p`)?.textContent ?? "";
    }
    dialog.showModal();
  }

  const does = {
    larger: () => step("size", 1),
    smaller: () => step("size", -1),
    looser: () => step("leading", 1),
    tighter: () => step("leading", -1),
    usual: () => change({ size: USUAL.size, leading: USUAL.leading }),
  };
  dialog.addEventListener("click", (event) => does[event.target.closest("[data-look]")?.dataset.look]?.());
  dialog.querySelector("[name=swapped]").addEventListener("change", swap);
  rows.arrange = arrange;
  set();

  return {
    commands: {
      look: open,
      "larger-type": does.larger,
      "smaller-type": does.smaller,
      "looser-lines": does.looser,
      "tighter-lines": does.tighter,
      "usual-type": does.usual,
      "swap-columns": swap,
      map: () => document.getElementById("map").focus(),
    },
  };
}
