// Keys for lists and pages: J and K move, Enter opens; a page names what a letter leads to. In a
// list that knows them, R and T open the row and lead there. A question mark shows them all.
(function () {
  "use strict";

  function isTyping(target) {
    return target.closest("input, textarea, select, [contenteditable]");
  }
  function move(step) {
    var rows = document.querySelectorAll("[data-moves] .row-title, [data-moves] summary");
    var links = Array.from(rows).filter(function (row) {
      return row.matches("summary") || !row.closest("details:not([open])");
    });
    if (!links.length) return;
    var next = links.indexOf(document.activeElement) + step;
    if (document.activeElement === document.body || next < 0) next = 0;
    var link = links[Math.min(next, links.length - 1)];
    link.focus();
    link.closest("li").scrollIntoView({ block: "nearest" });
  }
  function openAndLead(letter) {
    var row = document.activeElement.closest("[data-leads] .row-title");
    if (row) location.assign(row.getAttribute("href") + "#key-" + letter);
    return Boolean(row);
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
    var letter = event.key.toLowerCase(), help = document.getElementById("key-help");
    if (document.querySelector("dialog[open]")) return;
    if (letter === "?" && help) help.showModal();
    else if (letter === "j" || letter === "k") move(letter === "j" ? 1 : -1);
    else if (/^[a-z]$/.test(letter) && (openAndLead(letter) || lead(letter))) event.preventDefault();
  });
  document.addEventListener("DOMContentLoaded", function () {
    var come = /^#key-([rt])$/.exec(location.hash);
    if (!come) return;
    history.replaceState(null, "", location.pathname + location.search);
    lead(come[1]);
  });
})();
