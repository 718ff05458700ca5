// What scrolls by itself on a narrow screen can be reached by keyboard.
for (const region of document.querySelectorAll(".content :is(figure, .table-wrapper, pre, pre code)")) {
    if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
}
