/* The desk's one script. The pages work without it: it shows the passages of the paragraph that is being
   edited, asks before typed words are left behind, copies what is there to be copied, and lets the items of a
   digest be dragged into order. */
"use strict";
(function () {
  var groups = document.querySelectorAll("[data-paragraph]");
  var narrow = window.matchMedia("(max-width: 61.99rem)");
  var jump = null;

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
    offer(document.getElementById("passages-" + number));
  }

  /* On a phone the passages stand far below the text: a link to those of this paragraph, and back. */
  function offer(group) {
    if (jump) { jump.remove(); jump = null; }
    if (!group || !narrow.matches) { return; }
    jump = document.createElement("a");
    jump.className = "jump";
    jump.href = "#" + group.id;
    jump.textContent = "The passage of this paragraph";
    document.querySelector("#text").appendChild(jump);
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

  /* Copying: by the clipboard where the browser has one (https, or this machine), else by what is marked. */
  function copy(field, formatted) {
    if (!navigator.clipboard) {
      field.select();
      return document.execCommand("copy") ? Promise.resolve() : Promise.reject();
    }
    if (!formatted) { return navigator.clipboard.writeText(field.value); }
    var plain = new DOMParser().parseFromString(field.value, "text/html").body.textContent;
    return navigator.clipboard.write([new ClipboardItem({
      "text/html": new Blob([field.value], { type: "text/html" }),
      "text/plain": new Blob([plain], { type: "text/plain" })
    })]);
  }

  function button(words, field, formatted) {
    var one = document.createElement("button");
    one.type = "button";
    one.className = "second small";
    one.textContent = words;
    one.addEventListener("click", function () {
      copy(field, formatted).then(
        function () { said.textContent = "Copied."; },
        function () { field.select(); said.textContent = "Your browser did not copy it. It is marked: copy it by hand."; }
      );
    });
    return one;
  }

  var said = document.createElement("p");
  said.setAttribute("role", "status");
  said.className = "hint";
  document.querySelectorAll("[data-copy]").forEach(function (field) {
    var name = field.parentElement.querySelector("label").textContent;
    var row = document.createElement("p");
    row.className = "buttons moves";
    if (field.hasAttribute("data-formatted") && window.ClipboardItem && navigator.clipboard) {
      row.appendChild(button("Copy with its formatting", field, true));
    }
    row.appendChild(button("Copy: " + name.split(",")[0], field, false));
    field.after(row);
    field.closest(".copies").after(said);
    field.addEventListener("focus", function () { field.select(); });
  });

  /* What was typed: not left behind by mistake, and not sent when it is too long to be taken. */
  function length(form) {
    return Array.prototype.reduce.call(form.querySelectorAll("textarea"), function (sum, one) {
      return sum + one.value.length;
    }, 0);
  }

  function refuse(form, has, most) {
    var told = form.querySelector("[data-too-long]") || document.createElement("p");
    told.setAttribute("data-too-long", "");
    told.setAttribute("role", "alert");
    told.className = "summary";
    told.textContent = "The text is too long: " + has.toLocaleString("en-GB") + " characters, and " +
      most.toLocaleString("en-GB") + " are taken. Nothing was sent. Shorten it, and save it.";
    form.appendChild(told);
    told.scrollIntoView({ block: "center" });
  }

  document.querySelectorAll("form[data-keep]").forEach(function (form) {
    var typed = false;
    form.addEventListener("input", function () { typed = true; });
    form.addEventListener("submit", function (event) {
      var most = Number(form.getAttribute("data-most")), has = most ? length(form) : 0;
      if (most && has > most) {
        event.preventDefault();
        refuse(form, has, most);
      } else {
        typed = false;
      }
    });
    window.addEventListener("beforeunload", function (event) { if (typed) { event.preventDefault(); } });
  });

  /* Dragging: by mouse, pen or finger, within one topic. It sends the form that the buttons send. */
  var EDGE = 70; // pixels from the edge of the window, in which the page scrolls
  var live = document.querySelector("[data-live]");

  function say(words) { if (live) { live.textContent = words; } }

  function place(item) {
    var list = item.parentElement;
    var title = item.querySelector("h4").textContent.trim();
    var number = Array.prototype.indexOf.call(list.children, item) + 1;
    var words = "number " + number + " of " + list.children.length;
    return { title: "“" + title + "”", words: words + " under " + list.getAttribute("data-drag") };
  }

  function numbers(list) {
    return Array.prototype.map.call(list.children, function (one) { return one.getAttribute("data-story"); });
  }

  function hidden(form, name, value) {
    var field = form.querySelector('input[name="' + name + '"]') || document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.appendChild(field);
  }

  function drag(item, handle, start) {
    var list = item.parentElement;
    var before = Array.prototype.slice.call(list.children);
    var box = item.getBoundingClientRect();
    var above = start.clientY - box.top, below = box.bottom - start.clientY; // where in the item it is held
    var y = start.clientY;
    var going = false;
    var ended = false;

    function middle(other) {
      var place = other.getBoundingClientRect();
      return place.top + place.height / 2;
    }

    function settle() { // the others are moved: an element that is itself moved loses the pointer
      var other, passed = false;
      while ((other = item.nextElementSibling) && y + below > middle(other)) {
        list.insertBefore(other, item);
        passed = true;
      }
      while ((other = item.previousElementSibling) && y - above < middle(other)) {
        list.insertBefore(other, item.nextElementSibling);
        passed = true;
      }
      if (passed) {
        var now = place(item);
        say(now.title + " is " + now.words + ".");
      }
    }

    function scroll() {
      if (ended) { return; }
      var by = y < EDGE ? -8 : y > window.innerHeight - EDGE ? 8 : 0;
      if (by && going) {
        window.scrollBy({ top: by, behavior: "instant" });
        settle();
      }
      window.requestAnimationFrame(scroll);
    }

    function move(event) {
      going = going || Math.abs(event.clientY - start.clientY) > 4;
      y = event.clientY;
      if (going) { settle(); }
    }

    function key(event) { if (event.key === "Escape") { end(event); } }

    function end(event) {
      ended = true;
      item.classList.remove("dragged");
      handle.removeEventListener("pointermove", move);
      handle.removeEventListener("pointerup", end);
      handle.removeEventListener("pointercancel", end);
      document.removeEventListener("keydown", key);
      if (event.type !== "pointerup") { before.forEach(function (one) { list.appendChild(one); }); }
      var now = place(item);
      if (before.every(function (one, number) { return list.children[number] === one; })) {
        say(now.title + " stays " + now.words + ".");
        return;
      }
      say(now.title + " is " + now.words + " now. It is being kept.");
      var form = list.closest("form");
      hidden(form, "move", "order:" + numbers(list).join());
      hidden(form, "moved", item.getAttribute("data-story"));
      form.requestSubmit();
    }

    handle.setPointerCapture(start.pointerId);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", end);
    handle.addEventListener("pointercancel", end);
    document.addEventListener("keydown", key);
    item.classList.add("dragged");
    window.requestAnimationFrame(scroll);
  }

  document.querySelectorAll("[data-drag] > [data-story]").forEach(function (item) {
    var handle = document.createElement("span");
    handle.className = "handle";
    handle.textContent = "⠿";
    handle.title = "Drag to move";
    handle.setAttribute("aria-hidden", "true"); // a keyboard and a screen reader have the buttons
    handle.addEventListener("pointerdown", function (event) {
      if (event.button !== 0) { return; }
      event.preventDefault();
      drag(item, handle, event);
    });
    item.classList.add("draggable");
    item.insertBefore(handle, item.firstChild);
  });
  document.querySelectorAll("[data-with-drag]").forEach(function (hint) {
    hint.hidden = !hint.parentElement.querySelector("[data-drag]");
  });

  /* A screen reader reads no status that was there when the page came: say it again, a moment later. */
  window.setTimeout(function () {
    var moved = document.querySelector("[data-drag] > :target");
    if (!moved) { return; }
    var now = place(moved);
    say("Moved: " + now.title + " is " + now.words + ".");
  }, 300);
  document.addEventListener("focusin", function () { say(""); }); // it covers nothing that has the focus
})();
