/* Comfort for the staff screens; everything works without it. */
(function () {
  "use strict";

  // A form is sent once: the second press of an impatient finger finds the button asleep.
  document.addEventListener("submit", function (event) {
    if (event.defaultPrevented || event.target.method === "get") return;
    setTimeout(function () {
      event.target.querySelectorAll("button").forEach(function (button) { button.disabled = true; });
    });
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form button[disabled]").forEach(function (button) { button.disabled = false; });
  });

  // The menu folds on a narrow screen only.
  const menu = document.querySelector(".rail-menu");
  const wide = window.matchMedia("(min-width: 62rem)");
  function fold() { if (menu) menu.open = wide.matches; }
  wide.addEventListener("change", fold);
  fold();

  // A filter that changes is a filter that is wanted.
  document.querySelectorAll("form[data-live]").forEach(function (form) {
    form.addEventListener("change", function () { form.requestSubmit(); });
  });

  // Arrow keys walk a matrix.
  document.addEventListener("keydown", function (event) {
    const cell = event.target.closest && event.target.closest(".matrix a");
    if (!cell) return;
    const row = cell.closest("tr");
    const column = Array.prototype.indexOf.call(row.cells, cell.closest("td"));
    const next = {
      ArrowRight: function () { return find(row, column + 1, 1); },
      ArrowLeft: function () { return find(row, column - 1, -1); },
      ArrowDown: function () { return below(row, column, "nextElementSibling"); },
      ArrowUp: function () { return below(row, column, "previousElementSibling"); }
    }[event.key];
    const target = next && next();
    if (!target) return;
    event.preventDefault();
    target.focus();
  });

  function find(row, column, step) {
    for (let at = column; at > 0 && at < row.cells.length; at += step) {
      const link = row.cells[at].querySelector("a");
      if (link) return link;
    }
    return null;
  }

  function below(row, column, side) {
    for (let other = row[side]; other; other = other[side]) {
      const link = other.cells[column] && other.cells[column].querySelector("a");
      if (link) return link;
    }
    return null;
  }
})();
