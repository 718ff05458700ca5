// One slide at a time, by arrow keys or buttons. N opens this file again, in a window that has the notes; each window
// tells the other what it shows. The two know each other, so that a file which was opened from a folder can do it, too.
const slides = [...document.querySelectorAll(".slide")];
const isNotes = new URLSearchParams(location.search).has("notes");
let other = isNotes ? window.opener : null;
let at = 0;
let isShown = false;
document.documentElement.classList.add(isNotes ? "with-notes" : "one-by-one");

const turn = Object.assign(document.createElement("nav"), { className: "turn" });
turn.setAttribute("aria-label", "Slides");
const button = (text, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    made.addEventListener("click", act);
    turn.append(made);
    return made;
};
const back = button("← Back", () => go(at - 1));
const on = button("Next →", () => go(at + 1));
const later = button("Show what was measured", () => go(at, !isShown));
if (!isNotes) button("Notes (N)", notes);
const place = document.createElement("output");
turn.append(place);
document.body.append(turn);
const nextUp = isNotes && document.querySelector("main").appendChild(Object.assign(document.createElement("p"), { className: "next-up" }));

function notes() {
    other = window.open(`${location.pathname}?notes#${at + 1}`, "notes", "popup,width=700,height=800");
}

/** Shows a slide, with what it hides or without; `isTold` if the other window said so. */
function go(to, show = false, isTold = false) {
    const turned = to !== at;
    at = Math.max(0, Math.min(slides.length - 1, to));
    isShown = show;
    slides.forEach((slide, index) => (slide.hidden = index !== at));
    const slide = slides[at];
    slide.classList.toggle("shown", isShown);
    const hides = slide.querySelector(".later") !== null;
    later.hidden = !hides;
    later.textContent = isShown ? "Hide it again" : "Show what was measured";
    later.setAttribute("aria-expanded", String(isShown));
    [back.disabled, on.disabled] = [at === 0, at === slides.length - 1];
    place.textContent = `${at + 1} of ${slides.length}`;
    const title = (of) => of?.querySelector("h2").textContent ?? "the end";
    if (nextUp) nextUp.textContent = `Next: ${title(slides[at + 1])}`;
    document.title = `${isNotes ? "Notes: " : ""}${title(slide)}`;
    history.replaceState(null, "", `#${at + 1}`);
    if (turned) {
        scrollTo(0, 0);
        const heading = slide.querySelector("h2");
        heading.tabIndex = -1;
        if (!isTold) heading.focus({ preventScroll: true });
    }
    reach(slide);
    if (!isTold) other?.postMessage({ slide: at, isShown }, "*");
}

/** What scrolls by itself can be reached by keyboard. */
function reach(slide) {
    for (const part of slide.querySelectorAll("pre, .table-wrapper, figure")) {
        if (part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight + 1) part.tabIndex = 0;
    }
}

addEventListener("resize", () => reach(slides[at]));

addEventListener("message", ({ data, source }) => {
    if (!Number.isInteger(data?.slide)) return;
    other ??= source;
    if (source === other) go(data.slide, data.isShown === true, true);
});

addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key, target } = event;
    const acts = {
        ArrowRight: () => go(at + 1),
        PageDown: () => go(at + 1),
        ArrowLeft: () => go(at - 1),
        PageUp: () => go(at - 1),
        Home: () => go(0),
        End: () => go(slides.length - 1),
        n: notes,
    };
    // Enter on a button presses that button.
    if (!target.closest("button, a")) acts.Enter = acts[" "] = () => go(at, !isShown);
    if (isNotes) delete acts.n;
    if (!acts[key]) return;
    event.preventDefault();
    acts[key]();
});

go((Number.parseInt(location.hash.slice(1), 10) || 1) - 1, false, isNotes);
