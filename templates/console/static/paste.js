// Keeps the marks of what was pasted (headings, tables, bold) beside its plain text. Once
// somebody changes the text by hand, the text counts.
(function () {
  "use strict";
  document.querySelectorAll("[data-paste-into]").forEach(function (area) {
    var kept = document.getElementById(area.dataset.pasteInto);
    var told = document.getElementById(area.dataset.pasteInto + "-told");
    var pasted = null;
    area.addEventListener("paste", function (event) {
      var html = event.clipboardData && event.clipboardData.getData("text/html");
      var whole = area.selectionStart === 0 && area.selectionEnd === area.value.length;
      pasted = html && whole ? html : null;
    });
    area.addEventListener("input", function () {
      kept.value = pasted || "";
      told.textContent = pasted
        ? "已带格式粘贴，标题、表格和加粗会保留"
        : area.value ? "将按纯文字读取" : "";
      pasted = null;
    });
  });
})();
