// Opens what is told of a service when its card is chosen, and dims the wires of the others meanwhile. In a page of many
// services, shows those alone that are searched for and whose kind is not folded, moved together.
// It has no sign that XML would have escaped, so that the page is XML as well.
"use strict";
const cards = Array.from(document.querySelectorAll("[data-node][aria-controls]"));
const wires = Array.from(document.querySelectorAll(".wire"));
const search = document.querySelector("[type='search']");
const folds = Array.from(document.querySelectorAll(".fold"));
let opened = null;

function open(card) {
  opened = card;
  for (const other of cards) {
    other.setAttribute("aria-expanded", String(other === card));
    document.getElementById(other.getAttribute("aria-controls")).hidden = other !== card;
  }
  for (const wire of wires) {
    const ends = [wire.dataset.source, wire.dataset.target];
    const touches = card === null || ends.includes(card.dataset.node) || ends.includes("cluster");
    wire.classList.toggle("faint", !touches);
  }
  if (card) card.scrollIntoView({ block: "nearest" });
}

function close() {
  if (opened) opened.focus();
  open(null);
}

document.addEventListener("click", (event) => {
  const card = event.target.closest("[data-node][aria-controls]");
  const fold = event.target.closest(".fold");
  if (card) open(card === opened ? null : card);
  else if (fold) {
    fold.setAttribute("aria-expanded", String(fold.getAttribute("aria-expanded") === "false"));
    showSoon();
  } else if (event.target.closest("button")) close();
});

document.addEventListener("keydown", (event) => {
  const card = event.target.closest("[data-node][aria-controls]");
  if (event.target === search) return;
  if (event.key === "Escape") close();
  else if (card) {
    if (![" ", "Enter"].includes(event.key)) return;
    event.preventDefault();
    open(card === opened ? null : card);
  }
});

if (search) {
  search.addEventListener("input", showSoon);
  if (search.value) showSoon(); // as a browser restores it
}

// What is shown

const GAP = 24;
const HALF_LANE = 8;
const MARGIN = 24;
let drawn = null;
let isAsked = false;

function showSoon() {
  if (!isAsked) requestAnimationFrame(show);
  isAsked = true;
}

function show() {
  isAsked = false;
  drawn = drawn || readPicture();
  const { boxes, services, lines, cluster } = drawn;
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const folded = new Set(folds.filter((one) => one.getAttribute("aria-expanded") === "false").map((one) => one.dataset.kind));
  const unfolded = services.filter((one) => !folded.has(one.kind));
  const found = unfolded.filter((one) => words.every((word) => one.told.includes(word)));
  const shown = new Set([cluster, ...found]);
  const shownLines = lines.filter((line) => shown.has(line.own)).filter((line) => !folded.has(line.used.kind));
  for (const line of shownLines) shown.add(line.used);
  const isWhole = found.length + shownLines.length === services.length + lines.length;
  place(boxes, shown, lines, new Set(shownLines), isWhole);
  const number = (count) => count.toLocaleString("en");
  const told = number(services.length) + (services.length === 1 ? " service" : " services");
  document.querySelector("output").textContent = isWhole ? told : `${number(found.length)} of ${told}`;
  if (opened) if (!found.some((one) => one.element === opened)) open(null);
}

// Reads from the picture, once, where everything is and what may be searched for.
function readPicture() {
  const boxes = Array.from(document.querySelectorAll(".node"), (element) => {
    const rectangle = element.querySelector("rect");
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(rectangle.getAttribute(name)));
    const name = Array.from(element.querySelectorAll(".name, .service-name"), (text) => text.textContent).join("");
    const containers = Array.from(element.querySelectorAll(".container"), (group) => group.textContent);
    const told = [name, ...containers].join("\n").toLowerCase();
    return { element, rectangle, x, y, width, height, kind: element.dataset.kind, told, at: "" };
  });
  const byId = new Map(boxes.map((box) => [box.element.dataset.node, box]));
  const cluster = byId.get("cluster");
  const services = cards.map((card) => byId.get(card.dataset.node));
  cluster.head = Math.min(...services.map((one) => one.y)) - cluster.y;
  const isOwn = new Set([cluster, ...services]);
  const names = new Map(services.map((one) => [one, [one.told, one.kind]]));
  const lines = wires.map((element) => {
    const ends = [byId.get(element.dataset.source), byId.get(element.dataset.target)];
    const [own, used] = isOwn.has(ends[0]) ? ends : ends.reverse();
    if (names.has(own)) names.get(own).push(used.told);
    const paths = Array.from(element.children, (path) => ({ path, way: path.getAttribute("d") }));
    const lanes = Array.from(paths[0].way.matchAll(POINT), ([, x]) => Number(x));
    return { element, own, used, paths, lanes, at: "" };
  });
  for (const [one, told] of names) one.told = told.join("\n").toLowerCase();
  const svg = document.querySelector("svg");
  const [, top, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  return { boxes, services, lines, cluster, svg, top, width, height };
}

const POINT = /(-?[\d.]+) (-?[\d.]+)/g;

// Moves what is shown together: what is between is left out, and nothing changes its order.
function place(boxes, shown, lines, shownLines, isWhole) {
  const { cluster, svg, top, width, height } = drawn;
  const some = boxes.filter((box) => shown.has(box));
  const deep = (box) => (box === cluster ? cluster.head : box.height);
  const across = isWhole ? same : closedUp([
    ...some.map((box) => [box.x, box.x + box.width]),
    ...lines.filter((line) => shownLines.has(line)).flatMap((line) => line.lanes.map((x) => [x - HALF_LANE, x + HALF_LANE])),
  ]);
  const down = isWhole ? same : closedUp(some.map((box) => [box.y, box.y + deep(box)]));
  for (const box of boxes) {
    const at = shown.has(box) ? `translate(${across(box.x) - box.x} ${down(box.y) - box.y})` : "none";
    change(box, at, () => box.element.setAttribute("transform", at));
  }
  for (const line of lines) {
    const moved = (way) => way.replace(POINT, (_, x, y) => `${across(Number(x))} ${down(Number(y))}`);
    const at = shownLines.has(line) ? moved(line.paths[0].way) : "none";
    change(line, at, () => line.paths.forEach(({ path, way }) => path.setAttribute("d", moved(way))));
  }
  const ends = some.map((box) => [across(box.x) + box.width, down(box.y) + deep(box)]);
  const inFrame = some.filter((box) => box.element.hasAttribute("aria-controls"));
  const last = inFrame.reduce((most, box) => Math.max(most, down(box.y) + box.height), cluster.y + cluster.head - GAP);
  const deepest = isWhole ? cluster.height : last + GAP - cluster.y;
  resize(cluster.rectangle, { height: deepest });
  const right = isWhole ? width : ends.reduce((most, [x]) => Math.max(most, x), 0) + MARGIN;
  const bottom = isWhole ? height : ends.reduce((most, [, y]) => Math.max(most, y), cluster.y + deepest) + MARGIN - top;
  resize(svg, { viewBox: `0 ${top} ${right} ${bottom}`, width: right, height: bottom });
}

// An attribute that stays as it is costs a layout of the whole picture if it is set.
function resize(element, sizes) {
  for (const [name, size] of Object.entries(sizes))
    if (element.getAttribute(name) !== String(size)) element.setAttribute(name, size);
}

function change(one, at, draw) {
  if (one.at === at) return;
  one.at = at;
  if (at === "none") one.element.setAttribute("display", "none");
  else {
    one.element.removeAttribute("display");
    draw();
  }
}

function same(where) {
  return where;
}

// Returns where each place comes to be when what is between some spans becomes no wider than a gap.
function closedUp(spans) {
  const moves = [];
  let [end, by] = [0, 0];
  for (const [from, to] of spans.sort((one, other) => one[0] - other[0])) {
    if (from > end + GAP) {
      by += from - end - GAP;
      moves.push([from, by]);
    }
    end = Math.max(end, to);
  }
  return (where) => {
    let [low, high] = [0, moves.length];
    while (high > low) {
      const middle = (low + high) >> 1;
      if (where >= moves[middle][0]) low = middle + 1;
      else high = middle;
    }
    return low ? where - moves[low - 1][1] : where;
  };
}
