(() => {
  const form = document.querySelector("form");
  const box = form.querySelector("input");
  const told = form.querySelector("output");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const entries = [...document.querySelectorAll("li[data-also]")].map((item) => ({
    item,
    words: plain(`${item.dataset.also} ${item.textContent} ${item.closest("section").querySelector("h2").textContent}`),
  }));
  const groups = document.querySelectorAll(".group, section");
  const filter = () => {
    const asked = plain(box.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { item, words } of entries) {
      item.hidden = !asked.every((word) => words.includes(word));
      found += item.hidden ? 0 : 1;
    }
    for (const group of groups) group.hidden = !group.querySelector("li[data-also]:not([hidden])");
    told.textContent = asked.length ? form.dataset.found.replace("{found}", found).replace("{total}", entries.length) : "";
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("input", filter);
  document.getElementById("without").hidden = true;
  form.hidden = false;
})();
