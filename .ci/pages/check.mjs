// Opens the finished book from its folder in headless Chromium and holds every page to what the book promises: no
// violation of the rules of axe-core, light and dark, wide and on a phone; nothing scrolls sideways; tabs work by
// keyboard; search finds what beginners and experts look for; print shows every rung.
//
// node check.mjs FOLDER [PAGE…]   the book's folder; pages, where not all are wanted
import { readdirSync, readFileSync, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WIDE = { width: 1400, height: 900 };
// Places that are shown of each kind of problem.
const SHOWN = 8;
const PHONE = { width: 390, height: 844 };
// What mdBook itself draws around the pages, and pages that only it uses.
const NOT_OURS = ["#mdbook-menu-bar", "#mdbook-help-container"];
// The rules that look at colours, of those that axe-core holds pages to by default.
const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
const BUT_COLOURS = Object.fromEntries(COLOURS.values.map((rule) => [rule, { enabled: false }]));
const FRAMES = ["toc.html", "404.html", "print.html"];
// What readers type, and the page that must be among the first three, or be the first.
const SEARCHES = JSON.parse(readFileSync(new URL("searches.json", import.meta.url), "utf8"));

const [folder, ...wanted] = process.argv.slice(2);
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
if (!folder || !existsSync(folder)) {
  console.error("usage: node check.mjs FOLDER [PAGE…], with the folder of a finished book");
  process.exit(2);
}
if (!executablePath) {
  console.error("no Chromium here: apt-get install chromium");
  process.exit(69);
}
const all = readdirSync(folder).filter((name) => name.endsWith(".html") && !FRAMES.includes(name));
const pages = wanted.length ? wanted : all;
const address = (page) => pathToFileURL(resolve(folder, page)).href;
const problems = new Map();
const found = (what, where) => problems.set(what, [...(problems.get(what) ?? []), where]);

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
});

/** A tab that looks so, on a book that nobody has visited. */
async function tab(colorScheme) {
  const context = await browser.newContext({ viewport: WIDE, colorScheme });
  return context.newPage();
}

/**
 * Rules of axe-core: those that look at colours, or all others, on all of the page or on what was marked. What it is
 * made of is the same in light and dark, and so are the others' answers.
 */
async function rules(view, page, name, { colours, marked = false }) {
  const { violations } = await view.evaluate(
    ([exclude, options, marked]) => axe.run(marked ? { include: window.marked, exclude } : { exclude }, options),
    [NOT_OURS.map((selector) => [selector]), { resultTypes: ["violations"], ...(colours ? { runOnly: COLOURS } : { rules: BUT_COLOURS }) }, marked],
  );
  for (const { id, help, nodes } of violations) {
    const first = nodes[0];
    found(`${id}: ${help}`, `${page}, ${name}: ${nodes.length}, first ${first.target.join(" ")} (${first.failureSummary})`);
  }
}

/** Remembers how each element looks that is to be seen; says how many look otherwise than remembered, and marks those. */
async function looks(view) {
  return view.evaluate(() => {
    const look = (element) => {
      const style = getComputedStyle(element);
      return [style.color, style.backgroundColor, style.backgroundImage, style.opacity, style.fontSize, style.fontWeight, style.textDecorationLine].join();
    };
    const seen = [...document.querySelectorAll("body *")].filter((it) => it.checkVisibility({ visibilityProperty: true }));
    const before = window.looked ?? new Map();
    window.looked = new Map(seen.map((element) => [element, look(element)]));
    window.marked = seen.filter((element) => before.get(element) !== window.looked.get(element));
    return window.marked.length;
  });
}

/** Waits until what follows a change of size has followed. */
async function drawn(view) {
  await view.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

async function width(view, page, name) {
  const beyond = await view.evaluate(() => {
    const root = document.documentElement;
    return Math.max(root.scrollWidth, document.body.scrollWidth) - root.clientWidth;
  });
  if (beyond > 0) found("scrolls sideways", `${page}, ${name}: by ${beyond} px`);
}

/** Each tab is reached by Tab and chosen by arrows, and shows another panel. */
async function keyboard(view, page) {
  const groups = await view.locator(".tabs").count();
  for (let at = 0; at < groups; at++) {
    const group = view.locator(".tabs").nth(at);
    const inputs = await group.locator("> input").count();
    if (inputs < 2) continue;
    await group.locator("> input").first().press("Space");
    const seen = new Set();
    for (let press = 0; press < inputs; press++) {
      const shown = group.locator("> .panel:visible");
      if ((await shown.count()) !== 1) found("tabs show one panel", `${page}, group ${at + 1}: ${await shown.count()}`);
      seen.add(await shown.first().innerHTML().catch(() => ""));
      await view.keyboard.press("ArrowRight");
    }
    if (seen.size !== inputs) found("arrows reach every tab", `${page}, group ${at + 1}: ${seen.size} of ${inputs}`);
  }
}

/** What a reader enters gives what the table says, which nobody sees then; nonsense is told as such. */
async function calculator(view, page) {
  const rows = await view.locator(".whole tbody tr").evaluateAll((rows) =>
    rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
  if (!rows.length) return;
  const [share, answer] = [view.locator(".whole input"), view.locator(".whole output")];
  for (const [part, gain, bound] of rows) {
    await share.fill(part.replace(" %", ""));
    const said = await answer.textContent();
    if (!said.startsWith(`${gain}; ${bound}`)) found("the calculator says what the table does", `${page}: ${part}: ${said}`);
  }
  if (await view.locator(".whole table").isVisible()) found("the table is there without a script alone", page);
  const sizes = view.locator(".whole select");
  for (const at of (await sizes.locator("option").all()).keys()) {
    await sizes.selectOption({ index: at });
    const said = await answer.textContent();
    if (!/^[\d.]+× \[[\d.]+, [\d.]+\] (faster|slower|undecided|does not pay); /.test(said)) found("every size has an answer", `${page}: ${said}`);
  }
  await share.fill("101");
  if (!(await answer.textContent()).includes("from 0 to 100")) found("a share is a share", page);
}

/** Ranges that hold all answers are hits, others are not, and what is no range is told as such. */
async function guesses(view, page) {
  const ratios = await view.locator(".quiz fieldset").evaluateAll((all) => all.map((it) => +it.dataset.ratio));
  if (!ratios.length) return;
  const answer = async (low, high) => {
    for (const [at, ratio] of ratios.entries()) {
      const inputs = view.locator(".quiz fieldset").nth(at).locator("input");
      await inputs.first().fill(String(ratio * low));
      await inputs.last().fill(String(ratio * high));
    }
    await view.locator(".quiz button").press("Enter");
    return view.locator(".quiz [role=status]").textContent();
  };
  for (const [low, high, says] of [[0.5, 2, `${ratios.length} of`], [2, 4, "0 of"], [2, 1, "0 of 0"]]) {
    const said = await answer(low, high);
    if (!said.startsWith(says)) found("guesses are held against the record", `${page}: ${said}`);
  }
  const told = await view.locator(".quiz fieldset output").first().textContent();
  if (!told.includes("a range")) found("what is no range is told", `${page}: ${told}`);
}

/** On paper nothing can be opened or chosen. */
async function paper(view, page) {
  await view.emulateMedia({ media: "print" });
  const hidden = await view.evaluate(() => {
    const shown = (element) => element.getClientRects().length > 0;
    const panels = [...document.querySelectorAll(".content .panel")].filter((it) => !shown(it)).length;
    const closed = [...document.querySelectorAll(".content details")];
    const lost = closed.filter((it) => [...it.children].some((part) => part.tagName !== "SUMMARY" && !part.checkVisibility()));
    return { panels, closed: lost.length };
  });
  if (hidden.panels) found("print shows every rung", `${page}: ${hidden.panels} are missing`);
  if (hidden.closed) found("print opens every section", `${page}: ${hidden.closed} are closed`);
  await view.emulateMedia({ media: "screen" });
}

async function search(view) {
  for (const [query, page] of Object.entries(SEARCHES)) {
    await view.goto(address("index.html"));
    await view.locator("#mdbook-search-toggle").click();
    await view.locator("#mdbook-searchbar").pressSequentially(query);
    const header = view.locator("#mdbook-searchresults-header", { hasText: `'${query}'` });
    await header.waitFor({ timeout: 20_000 }).catch(() => {});
    const links = await view.locator("#mdbook-searchresults a").evaluateAll((links) =>
      links.map((link) => new URL(link.href).pathname.split("/").pop()));
    const files = [...new Set(links)].slice(0, 3);
    const right = [page.first ?? page].flat();
    if (!right.some((right) => (page.first ? files.slice(0, 1) : files).includes(right))) found("search finds it", `${query}: ${files.join(", ") || "nothing"} instead of ${right.join(" or ")}`);
  }
}

/**
 * All pages in these colours, first wide and then on a phone. Contrast takes ten times as long as all else together: on a
 * phone only what looks otherwise there, or is to be seen only there, is looked at once more.
 */
async function walk(scheme) {
  const view = await tab(scheme);
  const light = scheme === "light";
  view.on("pageerror", (error) => found("a script fails", `${view.url()}: ${error.message}`));
  for (const page of pages) {
    await view.setViewportSize(WIDE);
    await view.goto(address(page), { waitUntil: "load" });
    await view.evaluate(AXE);
    await looks(view);
    await rules(view, page, `wide, ${scheme}`, { colours: true });
    if (light) {
      await rules(view, page, `wide, ${scheme}`, { colours: false });
      await width(view, page, "wide");
    }
    await view.setViewportSize(PHONE);
    await drawn(view);
    if ((await looks(view)) > 0) await rules(view, page, `phone, ${scheme}`, { colours: true, marked: true });
    if (!light) continue;
    await rules(view, page, `phone, ${scheme}`, { colours: false });
    await width(view, page, "phone");
    await view.setViewportSize(WIDE);
    await keyboard(view, page);
    await calculator(view, page);
    await guesses(view, page);
    await paper(view, page);
  }
  await view.context().close();
}

await Promise.all(["light", "dark"].map(walk));
if (!wanted.length) await search(await tab("light"));
await browser.close();

for (const [what, places] of problems) {
  console.log(`${what}: ${places.length}`);
  for (const place of places.slice(0, SHOWN)) console.log(`  ${place.replaceAll("\n", " ")}`);
  if (places.length > SHOWN) console.log(`  … ${places.length - SHOWN} more`);
}
console.log(`${pages.length} pages, ${problems.size ? `${problems.size} kinds of problems` : "nothing found"}`);
process.exit(problems.size ? 1 : 0);
