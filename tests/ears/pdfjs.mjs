// What Firefox's PDF engine makes of each file: as the page paints it, and in the order of the tags.
// node pdfjs.mjs FILE... prints JSON: for each file {flat: [page, ...], tags: [page, ...]}, or {fault}.
import { readFileSync } from "node:fs";

// Only drawing needs them, and nothing is drawn here.
for (const name of ["DOMMatrix", "ImageData", "Path2D"]) globalThis[name] ??= class {};
const { getDocument, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.mjs");

const BLOCKS = new Set("H H1 H2 H3 H4 H5 H6 P L LI LBody Lbl Table TR TH TD Caption Figure Formula".split(" "));
const PICTURES = new Set(["Figure", "Formula"]);
const HAS_LETTERS = /\p{L}/u;

const said = (item) => item.str + (item.hasEOL ? "\n" : "");

/** The text of each piece of marked content, by the id that the tag tree calls it. */
function markedContent(items) {
  const textOf = new Map();
  const open = [];
  for (const item of items) {
    if (item.type === "endMarkedContent") open.pop();
    else if (item.type) open.push(item.id ?? open.at(-1));
    else textOf.set(open.at(-1), (textOf.get(open.at(-1)) ?? "") + said(item));
  }
  return textOf;
}

/** The words of a tag: what stands for them (pdf.js calls it alt), else those of its kids; no mere list markers. */
function inTagOrder(tag, textOf) {
  if (tag.type) return tag.type === "content" ? (textOf.get(tag.id) ?? "") : "";
  const words = tag.alt ?? tag.children.map((kid) => inTagOrder(kid, textOf)).join("");
  if (tag.role === "Lbl" && !HAS_LETTERS.test(words)) return "\n";
  return BLOCKS.has(tag.role) || PICTURES.has(tag.role) ? `\n${words}\n` : words;
}

async function read(path) {
  const task = getDocument({
    data: new Uint8Array(readFileSync(path)),
    cMapUrl: new URL("node_modules/pdfjs-dist/cmaps/", import.meta.url).pathname,
    cMapPacked: true,
    standardFontDataUrl: new URL("node_modules/pdfjs-dist/standard_fonts/", import.meta.url).pathname,
    verbosity: VerbosityLevel.ERRORS,
  });
  const pdf = await task.promise;
  const flat = [];
  const tags = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const painted = await page.getTextContent();
    flat.push(painted.items.map(said).join(""));
    const marked = await page.getTextContent({ includeMarkedContent: true });
    const tree = await page.getStructTree();
    tags.push(tree ? inTagOrder(tree, markedContent(marked.items)) : "");
  }
  await task.destroy();
  return { flat, tags };
}

const heard = {};
for (const path of process.argv.slice(2)) {
  heard[path] = await read(path).catch((fault) => ({ fault: String(fault) }));
}
process.stdout.write(JSON.stringify(heard));
