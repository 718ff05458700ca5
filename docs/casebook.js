// What scrolls by itself can be reached by keyboard, from when it does: on a narrow screen, or once its fold is opened.
const scrolling = new ResizeObserver((changed) => {
    for (const { target: region } of changed) {
        const scrolls = region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight + 1;
        if (scrolls) region.tabIndex = 0;
        else region.removeAttribute("tabindex");
    }
});
for (const region of document.querySelectorAll(".content :is(figure, .table-wrapper, pre, pre code, .stays)")) scrolling.observe(region);

// A link to a rung chooses its tab; one to a folded part opens it.
function show() {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place) return;
    if (place.matches(".tabs input")) {
        place.checked = true;
        place.closest(".pair").scrollIntoView();
    }
    for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}
addEventListener("hashchange", show);
show();

// What hurts: rows that have every word that is typed.
const hurts = document.getElementById("what-hurts");
if (hurts) {
    const rows = [];
    for (let next = hurts.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) {
        rows.push(...next.querySelectorAll("tbody tr"));
    }
    const label = Object.assign(document.createElement("label"), { className: "find", textContent: "Find" });
    const input = Object.assign(document.createElement("input"), { type: "search", placeholder: "HashMap, clone, println, cache …" });
    label.append(input);
    hurts.after(label);
    input.addEventListener("input", () => {
        const words = input.value.toLowerCase().split(/\s+/);
        for (const row of rows) {
            const text = row.textContent.toLowerCase();
            row.hidden = !words.every((word) => text.includes(word));
        }
    });
}

// Ratios to guess: which ranges hold the answer, and how wide they are.
const quiz = document.querySelector(".quiz");
if (quiz) {
    quiz.querySelectorAll("[hidden]").forEach((part) => (part.hidden = false));
    const hold = (question) => {
        const [low, high] = [...question.querySelectorAll("input")].map((input) => input.valueAsNumber);
        const answer = question.querySelector("output");
        if (Number.isNaN(low) && Number.isNaN(high)) return (answer.textContent = "");
        if (!(low > 0 && high >= low)) return (answer.textContent = "a range, please: the lower end first, both above 0");
        const { ratio, says } = question.dataset;
        const isHit = low <= +ratio && +ratio <= high;
        answer.textContent = `${isHit ? "Hit" : "Miss"}: it is ${says}`;
        return { isHit, width: high / low };
    };
    quiz.addEventListener("submit", (event) => {
        event.preventDefault();
        const held = [...quiz.querySelectorAll("fieldset")].map(hold).filter((it) => it.width);
        const hits = held.filter((it) => it.isHit).length;
        const widths = held.map((it) => it.width).sort((a, b) => a - b);
        const width = widths[Math.floor(widths.length / 2)];
        const { aim, least, most } = quiz.dataset;
        const all = held.length === quiz.querySelectorAll("fieldset").length;
        const verdict = hits < least ? "your ranges are too narrow" : hits > most ? "your ranges could be narrower" : "your ranges are about as wide as they should be";
        const says = [`${hits} of ${held.length} ranges hold the answer; ${100 * aim} % would be ${(aim * held.length).toFixed(0)}`];
        if (width) says.push(`the upper end of the middle range is ${width.toFixed(1)} times the lower`);
        says.push(all ? verdict : "give all of them a range to see whether they are as wide as they should be");
        quiz.querySelector("[role=status]").textContent = `${says.join("; ")}.`;
    });
}

// What the whole program gains, by Amdahl's law: as `judge::whole` and `judge::words` have it.
const whole = document.querySelector(".whole form");
if (whole) {
    const { share, size } = whole.elements;
    const answer = whole.querySelector("output");
    const places = (value, digits) => {
        const above = Math.floor(Math.log10(Math.max(value, 1e-9) * (1 + 0.5 * 10 ** -digits)));
        return Math.max(digits - 1 - above, value < 1.995 ? 2 : 0);
    };
    const first = (from, below, fits) => {
        for (let at = from; at < below; at++) if (fits(at)) return at;
        return below;
    };
    const interval = (low, mid, high) => {
        const usual = first(places(mid, 2), places(mid, 3), (at) => (high - low) * 10 ** at >= 2);
        const end = (value, round) => {
            const rounded = (at) => round(value * 10 ** at) / 10 ** at;
            const from = Math.min(usual, places(value, 3));
            const at = first(from, from + 4, (at) => Math.sign(rounded(at) - 1) === Math.sign(value - 1));
            return rounded(at).toFixed(at);
        };
        const [from, to] = [end(low, Math.floor), end(high, Math.ceil)];
        const at = first(usual, usual + 4, (at) => +from <= +mid.toFixed(at) && +mid.toFixed(at) <= +to);
        return `${mid.toFixed(at)}× [${from}, ${to}]`;
    };
    const bound = (value) => `${value.toFixed(value >= 9.95 ? 0 : value >= 1.995 ? 1 : 2)}× at most, if that part cost nothing`;
    const say = () => {
        const part = share.valueAsNumber / 100;
        if (!(part >= 0 && part <= 1)) {
            answer.textContent = "a share from 0 to 100 %";
            return;
        }
        const { low, ratio, high, verdict } = size.selectedOptions[0].dataset;
        const gain = (ratio) => 1 / (1 - part + part / ratio);
        const tooLittle = verdict === "faster" && gain(high) <= whole.dataset.pays;
        const found = interval(gain(low), gain(ratio), gain(high));
        const strong = Object.assign(document.createElement("strong"), { textContent: `${found} ${tooLittle ? "does not pay" : verdict}` });
        answer.replaceChildren(strong, `; ${part < 1 ? bound(1 / (1 - part)) : "no bound"}`);
    };
    whole.hidden = false;
    whole.closest(".whole").classList.add("live");
    whole.addEventListener("submit", (event) => event.preventDefault());
    whole.addEventListener("input", say);
    say();
}
