// Keys and the commands they run. Commands come from the server with their names and keys; each
// part of the page adds what its commands do.
import { post } from "./api.js";

const KEYS_LIMIT = 4; // for one command
const PATIENCE = 700; // milliseconds

// The pressed key as commands name it; "" while only a modifier is down.
export function keyName(event) {
  if (event.isComposing || ["Shift", "Control", "Alt", "Meta", "Dead", "Process", "Unidentified"].includes(event.key)) return "";
  const key = event.key === " " ? "Space" : event.key;
  const shift = event.shiftKey && key.length > 1 ? "Shift+" : "";
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${shift}${key}`;
}

const CAPS = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc" };
export const keyCaps = (key, words) =>
  key.split(" ").flatMap((part) => part.match(/[^+]+|\+$/g)).map((part) => (part === "Space" ? words.space : CAPS[part] ?? part));

export class Commands {
  // groups: [{label, commands: [{id, label, keys, usual}]}]. url: where changed keys are kept.
  constructor(groups, url, words) {
    this.groups = groups;
    this.url = url;
    this.words = words;
    this.all = new Map(groups.flatMap((group) => group.commands).map((command) => [command.id, command]));
    this.does = {};
    this.pending = "";
    this.ahead = []; // commands typed while an edit is under way; they see what it made
    this.busy = false;
    document.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-command]");
      if (button && !button.closest("dialog")) this.run(button.dataset.command);
    });
    this.title();
  }

  // handlers: functions by command id.
  add(handlers) {
    Object.assign(this.does, handlers);
  }

  run(id) {
    this.ahead.push(id);
    if (!this.busy) this.next();
  }

  // Run what was typed, each command after the one before has done its work. One that takes
  // long, as when the server is away, keeps nobody waiting.
  async next() {
    this.busy = true;
    while (this.ahead.length) {
      const work = this.does[this.ahead.shift()]?.();
      if (work instanceof Promise) await Promise.race([work, new Promise((go) => setTimeout(go, PATIENCE))]);
    }
    this.busy = false;
  }

  // The command of a key or of two keys pressed after each other.
  of(keys) {
    return [...this.all.values()].find((command) => command.keys.includes(keys));
  }

  pressed(event) {
    const name = keyName(event);
    if (!name || document.querySelector("dialog[open]")) return;
    if ((name === "Space" || name === "Enter") && event.target.closest?.("button, a, summary")) return;
    const keys = this.pending ? `${this.pending} ${name}` : name;
    this.pending = "";
    const command = this.of(keys);
    // A dialog that was just closed keeps the focus until the page is drawn again.
    const typing = event.target.matches?.("input, textarea, select, [contenteditable]") && event.target.checkVisibility();
    if (typing && command?.id !== "palette") return;
    if (command) {
      event.preventDefault();
      this.run(command.id);
    } else if ([...this.all.values()].some(({ keys: own }) => own.some((key) => key.startsWith(`${keys} `)))) {
      event.preventDefault();
      this.pending = keys;
    }
  }

  // Change the keys of a command. A key taken from another command is its no more.
  // Answers with the label of the command that lost the key, or "".
  async change(id, keys) {
    const command = this.all.get(id);
    let loser = "";
    for (const other of this.all.values()) {
      if (other === command || !other.keys.some((key) => keys.includes(key))) continue;
      other.keys = other.keys.filter((key) => !keys.includes(key));
      loser = other.label;
    }
    command.keys = keys.slice(-KEYS_LIMIT);
    await this.keep();
    return loser;
  }

  async reset() {
    for (const command of this.all.values()) command.keys = [...command.usual];
    await this.keep();
  }

  async keep() {
    this.title();
    await post(this.url, { keys: Object.fromEntries([...this.all.values()].map(({ id, keys }) => [id, keys])) });
  }

  // What a button does and its key, shown when the mouse rests on it; the keys of the cards'
  // buttons are in the styles.
  title() {
    for (const { id, keys } of this.all.values()) {
      const caps = keys[0] ? keyCaps(keys[0], this.words).join(" ") : "";
      document.documentElement.style.setProperty(`--key-${id}`, JSON.stringify(caps));
    }
    for (const button of document.querySelectorAll("[data-command]")) {
      const command = this.all.get(button.dataset.command);
      if (!command) continue;
      const caps = command.keys[0] ? ` (${keyCaps(command.keys[0], this.words).join(" ")})` : "";
      button.title = `${command.label}${caps}`;
    }
  }
}
