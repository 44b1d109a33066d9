/* The desk's one script. The pages work without it: it shows the passages of the paragraph that is being
   edited, asks before typed words are left behind, and marks the whole of a text that is to be copied. */
"use strict";
(function () {
  var form = document.querySelector("form[data-keep]");
  var groups = document.querySelectorAll("[data-paragraph]");

  function show(number) {
    groups.forEach(function (group) {
      var here = group.getAttribute("data-paragraph") === String(number);
      group.classList.toggle("here", here);
      if (here) {
        group.querySelectorAll("details").forEach(function (one) { one.open = true; });
        var column = group.closest(".column");
        if (column && column.scrollHeight > column.clientHeight) {
          column.scrollTop = group.offsetTop - column.offsetTop - 60;
        }
      }
    });
  }

  function paragraphAt(field) {
    if (field.getAttribute("data-passages") === "title") { return 0; }
    var before = field.value.slice(0, field.selectionStart).replace(/\r\n?/g, "\n");
    return before.replace(/^\s+/, "").split(/\n[ \t]*\n\s*/).length;
  }

  document.querySelectorAll("[data-passages]").forEach(function (field) {
    ["click", "keyup"].forEach(function (event) {
      field.addEventListener(event, function () { show(paragraphAt(field)); });
    });
  });

  document.querySelectorAll("[data-copy]").forEach(function (field) {
    field.addEventListener("focus", function () { field.select(); });
  });

  if (form) {
    var typed = false;
    form.addEventListener("input", function () { typed = true; });
    document.addEventListener("submit", function () { typed = false; });
    window.addEventListener("beforeunload", function (event) { if (typed) { event.preventDefault(); } });
  }
})();
