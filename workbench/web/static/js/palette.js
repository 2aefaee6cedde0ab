// The command palette: every command by its name; a number goes to the row of that number.
import { keyCaps } from "./keys.js";

const SHOWN = 60;

// Whether the letters of a query stand in a label in that order; smaller is nearer.
function distance(query, label) {
  const text = label.toLocaleLowerCase();
  const at = text.indexOf(query);
  if (at >= 0) return at ? 1 + at / 100 : 0;
  let from = 0;
  for (const letter of query) {
    from = text.indexOf(letter, from) + 1;
    if (!from) return Infinity;
  }
  return 10 + from / 100;
}

export class Palette {
  // on: {number(n): a choice {label, run} for a row number, or null}
  constructor(commands, words, on) {
    this.commands = commands;
    this.words = words;
    this.on = on;
    this.dialog = document.getElementById("palette");
    this.input = this.dialog.querySelector("input");
    this.list = this.dialog.querySelector("[role=listbox]");
    this.choices = [];
    this.at = 0;
    this.input.addEventListener("input", () => this.draw());
    this.dialog.addEventListener("keydown", (event) => this.pressed(event));
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(Number(option.dataset.index));
    });
  }

  open() {
    this.input.value = "";
    this.draw();
    this.dialog.showModal();
    this.input.focus();
  }

  found() {
    const query = this.input.value.trim().toLocaleLowerCase();
    const row = /^\d+$/.test(query) ? this.on.number(Number(query)) : null;
    const commands = this.commands.groups.flatMap((group) =>
      group.commands
        .filter(({ id }) => id in this.commands.does && id !== "palette" && id !== "escape")
        .map((command) => ({
          label: command.label,
          group: group.label,
          keys: command.keys[0],
          far: Math.min(distance(query, command.label), distance(query, command.id)),
          run: () => this.commands.run(command.id),
        })),
    );
    const near = commands.filter(({ far }) => far < Infinity);
    if (query) near.sort((a, b) => a.far - b.far);
    return [...(row ? [row] : []), ...near].slice(0, SHOWN);
  }

  draw() {
    this.choices = this.found();
    this.at = 0;
    this.list.replaceChildren(
      ...this.choices.map(({ label, group, keys }, index) => {
        const option = document.createElement("li");
        option.id = `palette-${index}`;
        option.dataset.index = index;
        option.setAttribute("role", "option");
        const name = Object.assign(document.createElement("span"), { textContent: label });
        const meta = Object.assign(document.createElement("span"), { className: "meta", textContent: group ?? "" });
        option.append(name, meta);
        for (const cap of keys ? keyCaps(keys, this.words) : []) {
          option.append(Object.assign(document.createElement("kbd"), { textContent: cap }));
        }
        return option;
      }),
    );
    this.dialog.querySelector(".nothing").hidden = this.choices.length > 0;
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === this.at)));
    const option = this.list.children[this.at];
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.choices.length) {
      event.preventDefault();
      this.at = (this.at + step + this.choices.length) % this.choices.length;
      this.mark();
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      this.take(this.at);
    }
  }

  take(index) {
    const choice = this.choices[index];
    if (!choice) return;
    this.dialog.close();
    choice.run();
  }
}
