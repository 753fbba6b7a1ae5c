// Keys for lists and pages: J and K move, Enter opens; a page names what a letter leads to.
(function () {
  "use strict";

  function isTyping(target) {
    return target.closest("input, textarea, select, [contenteditable]");
  }
  function move(step) {
    var links = Array.from(document.querySelectorAll("[data-moves] .row-title"));
    if (!links.length) return;
    var next = links.indexOf(document.activeElement) + step;
    if (document.activeElement === document.body || next < 0) next = 0;
    var link = links[Math.min(next, links.length - 1)];
    link.focus();
    link.closest("li").scrollIntoView({ block: "nearest" });
  }
  function lead(letter) {
    var place = document.querySelector('[data-key="' + letter + '"]');
    if (!place) return false;
    if (place.matches("button")) { place.click(); return true; }
    var folded = place.closest("details");
    if (folded) folded.open = true;
    place.scrollIntoView({ block: "nearest" });
    place.focus();
    return true;
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    var letter = event.key.toLowerCase();
    if (letter === "j" || letter === "k") move(letter === "j" ? 1 : -1);
    else if (/^[a-z]$/.test(letter) && lead(letter)) event.preventDefault();
  });
})();
