// Opens what is told of a service when its card is chosen, and dims the wires of the others meanwhile.
"use strict";
const cards = Array.from(document.querySelectorAll("[aria-controls]"));
const wires = Array.from(document.querySelectorAll(".wire"));
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
  const card = event.target.closest("[aria-controls]");
  if (card) open(card === opened ? null : card);
  else if (event.target.closest("button")) close();
});

document.addEventListener("keydown", (event) => {
  const card = event.target.closest("[aria-controls]");
  if (event.key === "Escape") close();
  else if (card) {
    if (![" ", "Enter"].includes(event.key)) return;
    event.preventDefault();
    open(card === opened ? null : card);
  }
});
