// The list of keys, where each can be changed in place.
import { keyCaps, keyName } from "./keys.js";

export class Help {
  constructor(commands, words) {
    this.commands = commands;
    this.words = words;
    this.dialog = document.getElementById("help");
    this.place = this.dialog.querySelector(".keys");
    this.status = this.dialog.querySelector("[role=status]");
    this.waiting = null; // the command that gets the next key
    this.first = "";
    this.place.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-id]");
      if (button) this.listen(button.dataset.id);
    });
    this.dialog.addEventListener("keydown", (event) => this.pressed(event), true);
    this.dialog.addEventListener("close", () => this.stop());
    this.dialog.querySelector("[data-reset]").addEventListener("click", async () => {
      await commands.reset();
      this.draw();
      this.status.textContent = words.keysReset;
    });
  }

  open() {
    this.draw();
    this.status.textContent = "";
    this.dialog.showModal();
    this.dialog.scrollTop = 0; // the button that has the keyboard is at the foot
  }

  draw() {
    this.place.replaceChildren(...this.commands.groups.map((group) => this.section(group)));
  }

  section(group) {
    const section = document.createElement("section");
    const head = Object.assign(document.createElement("h3"), { textContent: group.label });
    const list = document.createElement("dl");
    list.append(...group.commands.map((command) => this.line(command)));
    section.append(head, list);
    return section;
  }

  line(command) {
    const line = document.createElement("div");
    const term = document.createElement("dt");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet" });
    button.dataset.id = command.id;
    button.title = this.words.changeKey;
    button.setAttribute("aria-label", `${command.label}: ${command.keys.join(", ") || this.words.noKey}. ${this.words.changeKey}`);
    for (const key of command.keys.slice(0, 2)) {
      for (const cap of keyCaps(key, this.words)) button.append(Object.assign(document.createElement("kbd"), { textContent: cap }));
    }
    if (!command.keys.length) button.append("–");
    term.append(button);
    line.append(term, Object.assign(document.createElement("dd"), { textContent: command.label }));
    return line;
  }

  listen(id) {
    this.stop();
    this.waiting = id;
    const button = this.place.querySelector(`[data-id="${id}"]`);
    button.textContent = "…";
    button.classList.add("waiting");
    this.status.textContent = this.words.pressKey.replace("%(name)s", this.commands.all.get(id).label);
  }

  stop() {
    clearTimeout(this.timer);
    this.waiting = null;
    this.first = "";
  }

  async pressed(event) {
    if (!this.waiting) return;
    const name = keyName(event);
    if (!name || name === "Tab" || name === "Shift+Tab") return;
    event.preventDefault();
    event.stopPropagation();
    const id = this.waiting;
    if (name === "Escape" && id !== "escape") return this.finish(id, null);
    if (name === "g" && !this.first) {
      this.first = name; // two keys after each other, such as "g l"; alone it counts after a while
      this.timer = setTimeout(() => this.finish(id, [name]), 1200);
      return undefined;
    }
    return this.finish(id, name === "Backspace" ? [] : [this.first ? `${this.first} ${name}` : name]);
  }

  // keys: null leaves them as they were.
  async finish(id, keys) {
    this.stop();
    const loser = keys ? await this.commands.change(id, keys) : "";
    this.draw();
    this.status.textContent = loser ? this.words.keyTaken.replace("%(name)s", loser) : keys ? this.words.keyKept : "";
    this.place.querySelector(`[data-id="${id}"]`).focus();
  }
}
