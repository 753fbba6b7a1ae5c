// 写稿: the preview follows its switches, Ctrl S saves, and leaving with unsaved words is asked about.
(function () {
  "use strict";
  var form = document.getElementById("compose");
  if (!form) return;
  var written = false;

  // A new frame for each look: the old one would put every look into the browser's history.
  function look() {
    var old = document.getElementById("preview-frame");
    var fresh = old.cloneNode(false);
    fresh.removeAttribute("src");
    old.replaceWith(fresh);
    form.requestSubmit(document.getElementById("look-again"));
  }

  form.addEventListener("input", function (event) {
    if (event.target.matches("textarea")) written = true;
  });
  // A reason is no part of the post: checking again would swap its field while one writes in it.
  document.addEventListener("input", function (event) {
    if (!event.target.name.startsWith("why.")) return;
    written = true;
    event.stopPropagation();
  }, true);
  form.addEventListener("change", function (event) {
    if (event.target.matches("[name=shown], [name=shade]")) look();
  });
  form.addEventListener("submit", function (event) {
    var button = event.submitter;
    if (!button || !button.formTarget) written = false;
  });
  window.addEventListener("beforeunload", function (event) {
    if (written) event.preventDefault();
  });
  document.addEventListener("htmx:responseError", function (event) {
    if (event.detail.xhr.status === 401) document.getElementById("session-over").hidden = false;
  });
  document.addEventListener("keydown", function (event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(document.getElementById("save"));
    } else if (event.key === "Enter") {
      event.preventDefault();
      look();
    }
  });
  // In a table Enter and the arrows go to the cell above or below; Tab goes to the next by itself.
  form.addEventListener("keydown", function (event) {
    var cell = event.target.closest("[data-cells] textarea");
    var step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!cell || !step || event.ctrlKey || event.metaKey || event.isComposing) return;
    event.preventDefault();
    var row = cell.closest("tr");
    var place = Array.prototype.indexOf.call(row.cells, cell.closest("td"));
    var other = step > 0 ? row.nextElementSibling : row.previousElementSibling;
    var wanted = other && (other.cells[place] || other.cells[other.cells.length - 1]);
    if (wanted) wanted.querySelector("textarea").focus();
  });
  var focused = form.querySelector("[autofocus]");
  if (focused) focused.scrollIntoView({ block: "center" });
})();
