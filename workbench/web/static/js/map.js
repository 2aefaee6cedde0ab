// The map of the document at the edge: a tick a row, gaps empty, flags coloured, decided rows faint,
// a frame for the part on the screen. Click, drag, and keys when it has the focus.
import { lacks } from "./order.js";

const WIDTH = 16;
const PAGE = 20; // rows that Page Up and Page Down go

export class DocumentMap {
  constructor(rows, words) {
    this.rows = rows;
    this.words = words;
    this.place = document.getElementById("map");
    this.canvas = document.createElement("canvas");
    this.frame = Object.assign(document.createElement("div"), { className: "frame" });
    this.here = Object.assign(document.createElement("div"), { className: "here" });
    this.list = []; // ids of the rows that have a tick, in order
    this.place.append(this.canvas, this.here, this.frame);
    addEventListener("scroll", () => this.move(), { passive: true });
    const anew = () => this.measure();
    new ResizeObserver(anew).observe(this.place);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", anew);
    new MutationObserver(anew).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    this.place.addEventListener("pointerdown", (event) => this.jump(event));
    this.place.addEventListener("pointermove", (event) => this.jump(event));
    this.place.addEventListener("keydown", (event) => this.pressed(event));
    this.measure();
  }

  // The size and the colours; asked for only when they may be others, since asking makes the
  // browser lay out the page.
  measure() {
    this.height = this.place.getBoundingClientRect().height;
    const style = getComputedStyle(this.place);
    this.colours = Object.fromEntries(
      ["line-strong", "neutral", "minor", "major", "critical"].map((name) => [name, style.getPropertyValue(`--${name}`)]),
    );
    this.draw();
  }

  jump(event) {
    if (!(event.buttons & 1)) return;
    const box = this.place.getBoundingClientRect();
    const at = Math.floor(((event.clientY - box.top) / box.height) * this.list.length);
    this.rows.go(this.list[Math.max(0, Math.min(this.list.length - 1, at))]);
  }

  pressed(event) {
    const last = this.list.length - 1;
    const at = this.list.indexOf(this.rows.id);
    const next = {
      ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + PAGE, PageUp: at - PAGE, Home: 0, End: last,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.rows.go(this.list[Math.max(0, Math.min(last, next))], { focus: false });
  }

  draw() {
    this.list = this.rows.ids.filter((id) => this.rows.visible(id));
    const { height, colours } = this;
    const scale = devicePixelRatio || 1;
    this.canvas.width = WIDTH * scale;
    this.canvas.height = Math.round(height * scale);
    const pen = this.canvas.getContext("2d");
    pen.scale(scale, scale);
    const step = height / Math.max(1, this.list.length);
    const tall = Math.max(0.75, Math.min(step - 0.75, 6));
    // One shape for each colour: quicker than thousands of strokes of the pen.
    const shapes = Object.fromEntries(["decided", "plain", ...Object.keys(colours)].map((name) => [name, new Path2D()]));
    this.list.forEach((id, index) => {
      const entry = this.rows.order.get(id);
      const [y, missing] = [index * step, lacks(entry)];
      const ticks = entry.confirmed ? shapes.decided : shapes.plain;
      if (missing !== "src") ticks.rect(1, y, 4, tall);
      if (missing !== "tgt") ticks.rect(6, y, 4, tall);
      if (entry.worst) shapes[entry.worst].rect(11, y, 4, Math.max(tall, 1.5));
    });
    for (const [name, shape] of Object.entries(shapes)) {
      pen.fillStyle = colours[name] ?? colours["line-strong"];
      pen.globalAlpha = { decided: 0.28, plain: 0.75 }[name] ?? 1;
      pen.fill(shape);
    }
    this.step = step;
    this.mark();
    this.move();
  }

  // Show which row is the current one.
  mark() {
    const at = this.list.indexOf(this.rows.id);
    this.here.style.transform = `translateY(${Math.max(0, at) * this.step}px)`;
    this.here.style.height = `${at < 0 ? 0 : Math.max(2, Math.min(this.step, 6))}px`;
    const values = { min: 1, max: this.list.length, now: at + 1, text: this.said() };
    for (const [name, value] of Object.entries(values)) this.place.setAttribute(`aria-value${name}`, value);
  }

  said() {
    const number = this.rows.number(this.rows.id);
    return number ? this.words.row.replace("%(n)s", number) : this.words.commentary;
  }

  move() {
    if (this.moving) return;
    this.moving = requestAnimationFrame(() => {
      this.moving = 0;
      const all = document.documentElement.scrollHeight;
      const { height } = this;
      this.frame.style.transform = `translateY(${(scrollY / all) * height}px)`;
      this.frame.style.height = `${Math.max(6, (innerHeight / all) * height)}px`;
    });
  }
}
