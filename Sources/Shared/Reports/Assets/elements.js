// Elements and tables, made from text: all text is set as text, never as markup.

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function tableOf(caption, head, rows, chosen) {
  const cells = (row) => row.map((cell, column) => element(column ? "td" : "th", column ? {} : { scope: "row" }, cell));
  return element("div", { class: "scroll" }, element("table", {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { scope: "col" }, text)))),
    element("tbody", {}, ...rows.map((row, index) =>
      element("tr", index === chosen ? { class: "chosen" } : {}, ...cells(row))))));
}
