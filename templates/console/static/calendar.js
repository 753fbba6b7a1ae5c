// Another time for a post by dragging it to a day; the page for it opens as a dialog. Without
// this script its link leads to the same page.
(function () {
  "use strict";
  var dragged = null;
  var dialog = document.getElementById("move");
  var told = document.getElementById("drag-told");

  function dayAt(event) { return dragged && event.target.closest("[data-day]"); }
  function timeOn(day) { return day.dataset.day + dragged.dataset.at.slice(10); }
  function unmark() {
    document.querySelectorAll(".drop-here").forEach(function (day) {
      day.classList.remove("drop-here");
    });
  }

  document.addEventListener("dragstart", function (event) {
    dragged = event.target.closest && event.target.closest("[data-post]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.post);
  });
  // What the drop would mean is told before anything is dropped.
  document.addEventListener("dragover", function (event) {
    var day = dayAt(event);
    if (!day) return;
    event.preventDefault();
    if (day.classList.contains("drop-here")) return;
    unmark();
    day.classList.add("drop-here");
    told.hidden = false;
    told.textContent = "放在这里：" + dragged.dataset.at.slice(11) + "，" + day.dataset.told;
  });
  document.addEventListener("drop", function (event) {
    var day = dayAt(event);
    if (!day) return;
    event.preventDefault();
    if (timeOn(day) === dragged.dataset.at) return;
    var address = dragged.querySelector(".slot-move").getAttribute("href");
    window.htmx.ajax("GET", address + "&at=" + encodeURIComponent(timeOn(day)), "#move");
  });
  document.addEventListener("dragend", function () {
    dragged = null;
    told.hidden = true;
    unmark();
  });

  // Settled, not only swapped: before, its form would leave the page.
  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.target === dialog && !dialog.open) dialog.showModal();
  });
  document.addEventListener("click", function (event) {
    if (!dialog.open || !event.target.closest("[data-close]")) return;
    event.preventDefault();
    dialog.close();
  });
})();
