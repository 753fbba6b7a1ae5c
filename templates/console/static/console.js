// What the pages cannot do by themselves: countdowns, larger type without a reload, the help on
// keys, Ctrl K. All works without it.
(function () {
  "use strict";
  var root = document.documentElement;

  root.classList.toggle("large-type", /(^|; )tongbu_type=large/.test(document.cookie));
  function setLargeType(on) {
    root.classList.toggle("large-type", on);
    document.cookie = "tongbu_type=" + (on ? "large" : "") + "; path=/; samesite=lax; max-age="
      + (on ? 31536000 : 0) + (location.protocol === "https:" ? "; secure" : "");
    document.querySelectorAll("[data-large-type]").forEach(function (form) {
      form.elements.large.value = on ? "" : "1";
      form.querySelector("button").setAttribute("aria-pressed", String(on));
    });
  }

  // The same words as the server's: two units, from an hour on to the nearest minute.
  function span(seconds) {
    if (seconds < 60) return seconds + " 秒";
    if (seconds < 3600) {
      var rest = seconds % 60;
      return Math.floor(seconds / 60) + (rest ? " 分 " + rest + " 秒" : " 分钟");
    }
    seconds = Math.floor((seconds + 30) / 60) * 60;
    if (seconds < 86400) {
      var minutes = Math.floor((seconds % 3600) / 60);
      return Math.floor(seconds / 3600) + " 小时" + (minutes ? " " + minutes + " 分" : "");
    }
    var hours = Math.floor((seconds % 86400) / 3600);
    return Math.floor(seconds / 86400) + " 天" + (hours ? " " + hours + " 小时" : "");
  }
  // Counted from the server's clock: the one on the desk may be wrong.
  function tick() {
    document.querySelectorAll("[data-left]").forEach(function (place) {
      if (!place.dataset.since) place.dataset.since = String(performance.now());
      var passed = (performance.now() - Number(place.dataset.since)) / 1000;
      var left = Math.floor(Number(place.dataset.left) - passed);
      place.textContent = left >= 1 ? "还有 " + span(left) : "已到时间";
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    setInterval(tick, 1000);
    unfold();
    forget();
    var summary = document.querySelector(".summary");
    if (summary) summary.focus();
  });
  // As Python counts: code points, without the blanks around.
  document.addEventListener("input", function (event) {
    var most = Number(event.target.dataset.most);
    var place = most && document.getElementById(event.target.id + "-most");
    if (!place) return;
    var length = Array.from(event.target.value.replace(/\n/g, "").trim()).length;
    place.textContent = "现在 " + length + " 字，最多 " + most + " 字";
    place.classList.toggle("over", length > most);
  });
  // What was just done is told once: not again after a reload, when it may not be true any more.
  function forget() {
    var here = new URL(location.href);
    if (!here.searchParams.has("done")) return;
    here.searchParams.delete("done");
    history.replaceState(history.state, "", here);
  }
  // A finding leads to its title, also where the form is folded.
  function unfold() {
    var wanted = location.hash && document.getElementById(location.hash.slice(1));
    var folded = wanted && wanted.closest("details");
    if (folded) folded.open = true;
  }
  window.addEventListener("hashchange", unfold);
  document.addEventListener("submit", function (event) {
    if (!event.target.matches("[data-large-type]")) return;
    event.preventDefault();
    setLargeType(!root.classList.contains("large-type"));
  });
  // The help on keys opens over the page, so only a script shows its button.
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-opens]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        document.getElementById(button.dataset.opens).showModal();
      });
    });
  });
  // What refreshes by itself waits while somebody has opened a part of it.
  document.addEventListener("htmx:beforeRequest", function (event) {
    var at = event.target;
    if (/^every/.test(at.getAttribute("hx-trigger") || "") && at.querySelector("details[open]")) event.preventDefault();
  });
  // A list of tabs that is wider than the screen shows the one that is open.
  document.addEventListener("DOMContentLoaded", function () {
    var open = document.querySelector(".tabs [aria-current]");
    if (open) open.parentElement.scrollLeft = open.offsetLeft - open.parentElement.offsetLeft - 48;
  });
  // Copying needs a script, so only a script shows its button.
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-copy]").forEach(function (button) {
      if (!navigator.clipboard) return;
      button.hidden = false;
      button.addEventListener("click", function () {
        var from = document.getElementById(button.dataset.copy);
        from.select();
        navigator.clipboard.writeText(from.value).then(function () { button.textContent = "已复制"; });
      });
    });
  });
  document.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      var find = document.getElementById("find");
      if (find) { event.preventDefault(); find.focus(); find.select(); }
    }
  });
})();
