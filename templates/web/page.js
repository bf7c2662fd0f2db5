/* Makes the page quicker; it works without. Each state is asked of the server by its address, and the parts are put in place. */
(() => {
  "use strict";
  const KEPT = "handouts"; // the one thing that is stored: choices of the counter, none of a family
  const COUNTER = ["paper", "place", "brand"];
  const WAIT_MS = 120;
  const live = document.getElementById("live");
  let asking = null;

  const tell = (words) => { if (words) live.textContent = words; };
  const kept = () => {
    try { return JSON.parse(localStorage.getItem(KEPT)) ?? {}; } catch { return {}; }
  };
  const keep = (values) => {
    try {
      if (Object.keys(values).length) localStorage.setItem(KEPT, JSON.stringify(values));
      else localStorage.removeItem(KEPT);
    } catch { /* a browser that stores nothing works all the same */ }
    showKept();
  };
  const showKept = () => {
    const box = document.getElementById("remember");
    if (box) box.hidden = Object.keys(kept()).length === 0;
  };

  /* The page at `address`, or null when a newer question has overtaken it. */
  const read = async (address) => {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: asking.signal });
      return { ok: answer.ok, page: new DOMParser().parseFromString(await answer.text(), "text/html") };
    } catch (error) {
      if (error.name === "AbortError") return null;
      location.assign(address); // the browser tells best that nobody answers
      return null;
    }
  };

  /* The form of `page` asks what the one that is there asks, which can then stay, with its focus and what is open in it. */
  const asksTheSame = (page) => {
    const names = (from) => [...(from.getElementById("choices")?.elements ?? [])].map((each) => `${each.id} ${each.length ?? ""}`).join();
    return names(document) !== "" && names(document) === names(page);
  };

  /* Put the steps of `page` in place; what had the focus has it again. */
  const place = (page, stay) => {
    const held = document.activeElement?.id;
    const open = [...document.querySelectorAll("main details[open]")].map((each) => each.className);
    document.title = page.title;
    const fresh = page.getElementById("main");
    const old = document.getElementById("main");
    if (stay && asksTheSame(page)) {
      for (const part of ["#condition", "#language", "#ready", ".restart"]) {
        const [was, is] = [old.querySelector(part), fresh.querySelector(part)];
        if (was && is && was.outerHTML !== is.outerHTML) was.replaceWith(is);
      }
    } else {
      for (const child of [...old.children]) if (child !== live) child.remove();
      for (const child of [...fresh.children].reverse()) if (child.id !== "live") old.prepend(child);
    }
    const uis = document.querySelector("nav ul");
    if (uis && page.querySelector("nav ul")) uis.replaceWith(page.querySelector("nav ul"));
    for (const each of document.querySelectorAll("main details")) if (open.includes(each.className)) each.open = true;
    if (held && document.activeElement?.id !== held) document.getElementById(held)?.focus({ preventScroll: true });
    dress();
  };

  const show = async (address, { push = true, focus = false, stay = false } = {}) => {
    const found = await read(address);
    if (!found) return false;
    if (found.page.documentElement.lang !== document.documentElement.lang) {
      location.assign(address);
      return false;
    }
    place(found.page, stay);
    if (push) history.pushState(null, "", address);
    if (focus) {
      const heading = ["choices-heading", "language-heading", "condition-heading"].map((id) => document.getElementById(id)).find(Boolean);
      heading?.focus();
      if (heading) heading.scrollIntoView({ block: "nearest" });
      window.scrollTo(0, 0);
    }
    const told = document.querySelector("#ready[data-told]") ?? document.querySelector("main [data-told]");
    tell(told?.dataset.told);
    return found.ok;
  };

  const addressOf = (form) => {
    const pairs = [...new FormData(form)].filter(([, value]) => value !== "");
    return pairs.length ? `/?${new URLSearchParams(pairs)}` : "/";
  };

  /* As somebody types: the list alone changes. */
  const searchIn = (form) => {
    const box = form.querySelector("input[type=search]");
    let timer = 0;
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const address = addressOf(form);
        const found = await read(address);
        const fresh = found?.page.getElementById(form.dataset.search);
        if (!fresh) return;
        document.getElementById(form.dataset.search).replaceWith(fresh);
        history.replaceState(null, "", address);
        tell(fresh.dataset.told);
      }, WAIT_MS);
    });
  };

  /* The handout that is shown: its picture, its pages, and the print dialog. */
  const attend = (ready) => {
    const picture = ready.querySelector("img");
    const button = ready.querySelector("button[data-pdf]");
    if (!picture || !button) return;
    const part = (id) => ready.querySelector(`#${id}`);
    const busy = (on) => { part("busy").hidden = !on; };
    const drawn = async () => {
      part("drawing").hidden = true;
      picture.classList.remove("failed");
      part("no-picture").hidden = true;
      busy(false);
      const answer = await fetch(button.dataset.pdf, { method: "HEAD" }).catch(() => null);
      const pages = Number(answer?.headers.get("X-Handout-Pages"));
      if (pages) {
        const count = new Intl.NumberFormat(document.documentElement.lang).format(pages);
        part("pages").textContent = part("pages").dataset.words.replace("{count}", count);
        part("pages").hidden = false;
      }
    };
    const failed = async () => {
      part("drawing").hidden = true;
      picture.classList.add("failed");
      const answer = await fetch(picture.src).catch(() => null);
      if (answer?.ok) {
        again();
      } else if (answer?.status === 503) {
        busy(true);
      } else {
        part("no-picture").hidden = false;
      }
    };
    const again = () => {
      busy(false);
      part("drawing").hidden = false;
      const address = picture.src;
      picture.removeAttribute("src");
      picture.src = address;
    };
    picture.addEventListener("load", drawn);
    picture.addEventListener("error", failed);
    if (picture.complete && picture.naturalWidth) drawn();
    else if (picture.complete) failed();
    else part("drawing").hidden = false;
    part("busy").querySelector("button").addEventListener("click", again);

    ready.querySelector("a[data-print]").hidden = true;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const said = part("print-said");
      said.textContent = button.dataset.wait;
      said.hidden = false;
      const answer = await fetch(button.dataset.pdf, { method: "HEAD" }).catch(() => null);
      if (answer?.ok) {
        print(button.dataset.pdf, () => { said.hidden = true; });
        return;
      }
      said.hidden = true;
      if (answer?.status === 503) busy(true);
      else location.assign(button.dataset.pdf);
    });
  };

  /* The browser's print dialog for a PDF; where it can't be opened from here, the PDF itself. */
  const print = (address, done) => {
    if (!navigator.pdfViewerEnabled) {
      done();
      location.assign(address);
      return;
    }
    document.querySelector(".printer")?.remove();
    const frame = document.createElement("iframe");
    frame.className = "printer";
    frame.tabIndex = -1;
    frame.setAttribute("aria-hidden", "true");
    frame.addEventListener("load", () => {
      done();
      try {
        frame.contentWindow.focus();
        frame.contentWindow.print();
      } catch {
        location.assign(address);
      }
    });
    frame.src = address;
    document.body.append(frame);
  };

  /* What the parts that were just put in place need. */
  const dress = () => {
    for (const form of document.querySelectorAll("form[data-search]")) searchIn(form);
    const choices = document.getElementById("choices");
    if (choices && !choices.dataset.dressed) {
      choices.dataset.dressed = "";
      choices.addEventListener("change", () => show(addressOf(choices), { stay: true }));
    }
    const ready = document.getElementById("ready");
    if (ready) attend(ready);
    const here = new URLSearchParams(location.search);
    const last = document.getElementById("last");
    const link = last && document.querySelector(`a[data-language="${CSS.escape(kept().language ?? "")}"]`);
    if (link && !last.querySelector("a")) {
      const again = document.createElement("a");
      again.href = link.href;
      again.className = "button";
      again.dataset.language = link.dataset.language;
      again.append(link.querySelector("bdi").cloneNode(true));
      last.append(again);
      last.hidden = false;
    }
    if (choices && ready?.querySelector("img")) {
      const chosen = new FormData(choices);
      const usual = (name) => !choices.elements[name]?.selectedIndex; // the first value goes without saying
      const values = COUNTER.filter((name) => chosen.get(name) && !usual(name)).map((name) => [name, chosen.get(name)]);
      keep({ ...Object.fromEntries(values), language: chosen.get("language") });
    }
    for (const box of document.querySelectorAll("[autofocus]")) if (!here.size) box.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("main a[href]");
    if (!link || link.dataset.whole !== undefined || link.dataset.print !== undefined) return;
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const address = new URL(link.href);
    if (address.origin !== location.origin || address.pathname !== "/") return;
    event.preventDefault();
    show(address.pathname + address.search, { focus: true });
  });
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    show(addressOf(event.target));
  });
  window.addEventListener("popstate", () => show(location.pathname + location.search, { push: false }));
  document.querySelector("#remember button")?.addEventListener("click", () => {
    keep({});
    tell(document.getElementById("remember").dataset.done);
    document.getElementById("main").focus();
  });

  /* The counter's own choices, where the address says nothing of them. */
  const before = kept();
  const here = new URLSearchParams(location.search);
  const missing = COUNTER.filter((name) => before[name] && !here.has(name));

  document.documentElement.classList.add("js");
  showKept();
  if (!missing.length || document.querySelector(".trouble")) {
    dress();
  } else {
    for (const name of missing) here.set(name, before[name]);
    const address = `/?${here}`;
    show(address, { push: false }).then((ok) => {
      if (ok) history.replaceState(null, "", address);
      else { keep({}); location.reload(); }
    });
  }
})();
