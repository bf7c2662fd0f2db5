"use strict";
// The handout and its strings: choose one, and the other is marked; and both are renewed when a catalog is saved.
const frame = document.querySelector("iframe");
const list = document.getElementById("strings");
const status = document.getElementById("said");
let chosen = null;

function spans() {
  return frame.contentDocument ? [...frame.contentDocument.querySelectorAll(".said")] : [];
}

function item(key) {
  return [...list.querySelectorAll("li[data-key]")].find((one) => one.dataset.key === key);
}

function mark(key) {
  chosen = key;
  for (const span of spans()) span.classList.toggle("chosen", span.dataset.key === key);
  for (const one of list.querySelectorAll("li[data-key]")) {
    one.classList.toggle("chosen", one.dataset.key === key);
    one.querySelector("button").setAttribute("aria-pressed", String(one.dataset.key === key));
  }
}

function fromList(key) {
  mark(key);
  const span = spans().find((one) => one.dataset.key === key);
  if (span) span.scrollIntoView({ block: "center" });
  status.textContent = span ? "Marked in the handout." : "Not on these pages.";
}

function fromPage(key) {
  mark(key);
  const one = item(key);
  if (!one) return void (status.textContent = "Hidden by the filter.");
  one.scrollIntoView({ block: "center" });
  one.querySelector("button").focus();
}

function ready() {
  for (const span of spans()) {
    span.tabIndex = 0;
    span.addEventListener("click", (event) => { event.preventDefault(); fromPage(span.dataset.key); });
    span.addEventListener("keydown", (event) => { if (event.key === "Enter") fromPage(span.dataset.key); });
  }
  if (chosen) mark(chosen);
}

list.addEventListener("click", (event) => {
  const button = event.target.closest("li[data-key] > button");
  if (button) fromList(button.parentElement.dataset.key);
});

async function renew() {
  const focused = document.activeElement.closest("li[data-key]")?.dataset.key;
  const top = list.scrollTop;
  list.innerHTML = await (await fetch("/strings" + location.search)).text();
  list.scrollTop = top;
  if (focused) item(focused)?.querySelector("button").focus();
  const place = frame.contentWindow.scrollY;
  frame.onload = () => { ready(); frame.contentWindow.scrollTo(0, place); };
  frame.contentWindow.location.replace("/handout?" + version);
  mark(chosen);
  status.textContent = "Renewed.";
}

let version = null;
frame.onload = ready;
if (frame.contentDocument?.readyState === "complete" && spans().length) ready();
new EventSource("/events").onmessage = (event) => {
  const before = version;
  version = event.data;
  if (before !== null && before !== version) renew();
};
