// What scrolls by itself on a narrow screen can be reached by keyboard.
for (const region of document.querySelectorAll(".content :is(figure, .table-wrapper, pre, pre code, .stays)")) {
    if (region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight + 1) region.tabIndex = 0;
}

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
