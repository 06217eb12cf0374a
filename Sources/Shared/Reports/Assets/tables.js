// Sortable tables: a button in each column's head sorts the rows by that column, up and down in turn.

// The number that a cell begins with, +0.225 [0.178, 0.276] for example; null for other text.
function leadingNumber(text) {
  const match = /^[<+]?(-?[0-9][0-9,]*(\.[0-9]+)?(e[-+]?[0-9]+)?)/.exec(text.trim());
  return match ? Number(match[1].replaceAll(",", "")) : null;
}

// Numbers by value, other text by its letters, and undefined scores (–) last in either direction.
function compareCells(left, right, direction) {
  if (left === right) return 0;
  if (left === "–") return 1;
  if (right === "–") return -1;
  const [a, b] = [leadingNumber(left), leadingNumber(right)];
  const order = a !== null && b !== null ? a - b : left.localeCompare(right, "en", { numeric: true });
  return direction * order;
}

function sortByColumn(table, column, direction) {
  const body = table.tBodies[0];
  const text = (row) => row.cells[column].textContent;
  const rows = Array.from(body.rows).sort((a, b) => compareCells(text(a), text(b), direction));
  body.append(...rows);
}

for (const table of document.querySelectorAll("table.sortable")) {
  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      sortByColumn(table, column, up ? 1 : -1);
    });
  });
}
