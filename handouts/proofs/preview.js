"use strict";
// The handout and its strings: choose one, and the other is marked; what is saved is shown, and marked, on both sides.
const frame = document.querySelector("iframe");
const pages = document.getElementById("pages");
const list = document.getElementById("strings");
const status = document.getElementById("said");
let chosen = null;
const main = document.querySelector("main");
let seen = { strings: Number(main.dataset.strings), pages: Number(main.dataset.pages) };
let follow = null;

function places() {
  const where = pages || frame.contentDocument;
  return where ? [...where.querySelectorAll(".said")] : [];
}

function place(key) {
  return places().find((one) => one.dataset.key === key);
}

function item(key) {
  return [...list.querySelectorAll("li[data-key]")].find((one) => one.dataset.key === key);
}

function mark(key) {
  chosen = key;
  for (const one of places()) {
    one.classList.toggle("chosen", one.dataset.key === key);
    if (pages && one.dataset.key === key) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
  for (const one of list.querySelectorAll("li[data-key]")) {
    one.classList.toggle("chosen", one.dataset.key === key);
    one.querySelector("button").setAttribute("aria-pressed", String(one.dataset.key === key));
  }
}

// What happened to `one`, in the page's own words: its page, or the handout as a whole.
function told(what, one) {
  const sheet = one.closest("li[data-digest]");
  const words = main.dataset[what + (sheet ? "Page" : "Web")];
  return sheet ? words.replace("{page}", sheet.querySelector("h3").textContent) : words;
}

function fromList(key) {
  mark(key);
  const one = place(key);
  if (one) one.scrollIntoView({ block: "center" });
  status.textContent = one ? told("marked", one) : main.dataset.elsewhere;
}

function fromPage(key) {
  mark(key);
  const one = item(key);
  if (!one) return void (status.textContent = main.dataset.hidden);
  one.scrollIntoView({ block: "center" });
  one.querySelector("button").focus();
}

list.addEventListener("click", (event) => {
  const button = event.target.closest("li[data-key] > button");
  if (button) fromList(button.parentElement.dataset.key);
});

pages?.addEventListener("click", (event) => {
  const one = event.target.closest(".said");
  if (!one) return;
  event.preventDefault();
  fromPage(one.dataset.key);
});

function ready() {
  for (const span of places()) {
    span.tabIndex = 0;
    span.addEventListener("click", (event) => { event.preventDefault(); fromPage(span.dataset.key); });
    span.addEventListener("keydown", (event) => { if (event.key === "Enter") fromPage(span.dataset.key); });
  }
  if (chosen) mark(chosen);
}

async function fetched(address) {
  return (await fetch(address + location.search)).text();
}

async function renewStrings() {
  const words = await fetched("/strings");
  const focused = document.activeElement.closest("#strings li[data-key]")?.dataset.key;
  const top = list.scrollTop;
  list.innerHTML = words;
  list.scrollTop = top;
  if (focused) item(focused)?.querySelector("button").focus({ preventScroll: true });
  mark(chosen);
  status.textContent = main.dataset.renewed;
}

// A page that looks as before keeps its picture; another one stays until its new picture is there.
async function renewPages() {
  const made = document.createElement("div");
  made.innerHTML = await fetched("/pages");
  const focused = document.activeElement.closest("#pages .said")?.dataset.key;
  const fresh = [...made.querySelectorAll("li[data-digest]")];
  const kept = [...pages.querySelectorAll("li[data-digest]")];
  const sheets = pages.querySelector(".sheets");
  sheets.className = made.querySelector(".sheets").className;
  for (const note of pages.querySelectorAll(".note")) note.remove();
  for (const note of made.querySelectorAll(".note")) pages.prepend(note);
  fresh.forEach((sheet, at) => {
    const before = kept[at];
    if (!before) return void sheets.append(sheet);
    const picture = before.querySelector("img");
    if (before.dataset.digest !== sheet.dataset.digest) {
      const next = sheet.querySelector("img");
      for (const name of ["width", "height", "srcset", "src"]) picture.setAttribute(name, next.getAttribute(name));
      before.dataset.digest = sheet.dataset.digest;
    }
    before.querySelector("h3").textContent = sheet.querySelector("h3").textContent;
    before.querySelector("svg").replaceWith(sheet.querySelector("svg"));
  });
  for (const sheet of kept.slice(fresh.length)) sheet.remove();
  mark(chosen);
  if (focused) place(focused)?.focus({ preventScroll: true });
}

function renewFrame(version) {
  const top = frame.contentWindow.scrollY;
  frame.onload = () => { ready(); frame.contentWindow.scrollTo(0, top); showFollowed(); };
  frame.contentWindow.location.replace("/handout?" + version);
}

// What was just saved is marked, and brought into view; the focus stays where it is.
function showFollowed() {
  const key = follow;
  follow = null;
  const one = key && place(key);
  if (!one) return void (status.textContent = main.dataset.renewed);
  mark(key);
  one.scrollIntoView({ block: "nearest" });
  item(key)?.scrollIntoView({ block: "nearest" });
  status.textContent = told("renewed", one);
}

if (frame) {
  frame.onload = ready;
  if (frame.contentDocument?.readyState === "complete" && places().length) ready();
}

let work = Promise.resolve();
new EventSource("/events").onmessage = (event) => {
  const now = JSON.parse(event.data);
  const before = seen;
  seen = now;
  if (before.strings !== now.strings && now.changed.length) follow = now.changed[0];
  if (before.strings !== now.strings) work = work.then(renewStrings);
  if (frame && before.strings !== now.strings) work = work.then(() => renewFrame(now.strings));
  if (pages && before.pages !== now.pages) work = work.then(renewPages).then(showFollowed);
};
