// The map of the document at the edge: a tick a row, gaps empty, flags coloured, a frame for the view.
const NS = "http://www.w3.org/2000/svg";

export class DocumentMap {
  constructor(rows) {
    this.rows = rows;
    this.place = document.getElementById("map");
    this.svg = document.createElementNS(NS, "svg");
    this.frame = document.createElementNS(NS, "rect");
    this.frame.setAttribute("class", "frame");
    this.here = document.createElementNS(NS, "rect");
    this.here.setAttribute("class", "here");
    this.list = []; // the rows that have a tick, in order
    this.step = 1;
    this.place.append(this.svg);
    addEventListener("scroll", () => this.move(), { passive: true });
    addEventListener("resize", () => this.draw());
    const jump = (event) => {
      if (!(event.buttons & 1)) return;
      const box = this.svg.getBoundingClientRect();
      const at = Math.floor(((event.clientY - box.top) / box.height) * this.list.length);
      this.rows.go(this.list[Math.max(0, Math.min(this.list.length - 1, at))]);
    };
    this.place.addEventListener("pointerdown", jump);
    this.place.addEventListener("pointermove", jump);
    this.draw();
  }

  draw() {
    this.list = this.rows.all.filter((row) => this.rows.visible(row));
    const { height } = this.place.getBoundingClientRect();
    this.step = height / Math.max(1, this.list.length);
    const tall = Math.max(0.75, Math.min(this.step - 0.75, 6));
    this.svg.replaceChildren();
    this.list.forEach((row, index) => {
      const y = index * this.step;
      const lacks = row.dataset.lacks;
      const settled = "confirmed" in row.dataset ? " confirmed" : "";
      if (lacks !== "src") this.tick(1, y, 4, tall, `text${settled}`);
      if (lacks !== "tgt") this.tick(6, y, 4, tall, `text${settled}`);
      if (row.dataset.worst) this.tick(11, y, 4, Math.max(tall, 1.5), `flag sev-${row.dataset.worst}`);
    });
    this.svg.append(this.here, this.frame);
    this.mark();
    this.move();
  }

  // Show which row is the current one.
  mark() {
    const index = this.list.indexOf(this.rows.current);
    const values = { x: 0, y: Math.max(0, index) * this.step, width: index < 0 ? 0 : 16, height: Math.max(2, Math.min(this.step, 6)) };
    for (const [key, value] of Object.entries(values)) this.here.setAttribute(key, value);
  }

  tick(x, y, width, height, name) {
    const rect = document.createElementNS(NS, "rect");
    for (const [key, value] of Object.entries({ x, y, width, height, class: name })) rect.setAttribute(key, value);
    this.svg.append(rect);
  }

  move() {
    const all = document.documentElement.scrollHeight;
    const { height } = this.place.getBoundingClientRect();
    const values = { x: 0.5, width: 15, y: (scrollY / all) * height, height: Math.max(6, (innerHeight / all) * height) };
    for (const [key, value] of Object.entries(values)) this.frame.setAttribute(key, value);
  }
}
