/* The columns of the timeline: a toolbar of WAI-ARIA for the keyboard, a press and a release for a pointer. */

(function () {
  "use strict";

  const atlas = window.dashExtensions.atlas;

  const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, Home: -Infinity, End: Infinity };

  /** Where a press or the extending of a period began. */
  let pressed = null;
  let anchor = null;

  function columnAt(event) {
    const under = document.elementFromPoint(event.clientX, event.clientY);
    return under && under.closest("[data-semester]");
  }

  function columnOf(event) {
    return event.target.closest && event.target.closest("[data-semester]");
  }

  /** The semesters from one to another; where these are the period already, no period any more. */
  function toggle(from, to) {
    const period = [from, to].sort().join(",");
    if (atlas.operationChoice().period === period) atlas.choosePeriod(null, null);
    else atlas.choosePeriod(from, to);
  }

  document.addEventListener("pointerdown", function (event) {
    const column = columnOf(event);
    pressed = column ? column.dataset.semester : null;
    anchor = null;
  });

  // a finger keeps the column that it began on: what lies under it now is asked of the page
  document.addEventListener("pointerup", function (event) {
    const column = pressed && columnAt(event);
    if (column) toggle(pressed, column.dataset.semester);
    pressed = null;
  });

  // Enter, Space and assistive technologies click without a pointer
  document.addEventListener("click", function (event) {
    const column = event.detail === 0 && columnOf(event);
    if (column) toggle(column.dataset.semester, column.dataset.semester);
  });

  document.addEventListener("focusin", function (event) {
    const column = columnOf(event);
    if (!column) return;
    for (const other of column.parentElement.children) other.tabIndex = other === column ? 0 : -1;
  });

  document.addEventListener("keydown", function (event) {
    const column = columnOf(event);
    if (!column || !(event.key in STEPS) || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    const columns = [...column.parentElement.children];
    const at = columns.indexOf(column) + STEPS[event.key];
    const next = columns[Math.max(0, Math.min(at, columns.length - 1))];
    next.focus();
    anchor = event.shiftKey ? anchor || column.dataset.semester : null;
    if (anchor) atlas.choosePeriod(anchor, next.dataset.semester);
  });
})();
