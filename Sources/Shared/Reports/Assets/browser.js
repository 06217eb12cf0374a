// The browser of examples: a list of which only the rows in view exist, and one pair in full.

function startBrowser(root) {
  const rowHeight = 52;
  const form = document.getElementById("filters");
  const list = document.getElementById("list");
  const rows = document.getElementById("rows");
  const detail = document.getElementById("detail");
  const count = document.getElementById("count");
  let filters, places = [], selected = 0;

  function fill(name, options) {
    form.elements[name].append(...options.map(([value, text]) => element("option", { value }, text)));
  }
  const any = ["", "any"];
  const named = (places) => places.map((place) => [String(place), data.names[place]]);
  fill("explainer", named(Array.from({ length: data.explainers }, (_, place) => place)));
  // The last of --self has learned most; a baseline stands after it.
  const lastExplainer = form.elements.explainer.options[data.selves - 1];
  lastExplainer.defaultSelected = true;
  fill("orig", named(data.origs));
  for (const key of ["task", "kind"]) fill(key, [any, ...valuesOf(key).map((value) => [value, value])]);
  for (const key of ["self", "origRight"]) fill(key, [any, ["right", "yes"], ["wrong", "no"]]);
  for (const key of ["diverged", "changed"]) fill(key, [any, ["yes", "yes"], ["no", "no"]]);
  fill("order", [["diverged", "s ≠ o first"], ["id", "by id"]]);
  fill("said", [any, ["yes", "yes"], ["no", "no"], ["unparsed", "does not parse"]]);

  function option(index) {
    const pair = data.pairs[places[index]];
    const known = facts(pair, filters.explainer, filters.orig);
    const made = element("div", {
      id: `example-${index}`, role: "option", class: "row", "aria-selected": String(index === selected),
      "aria-posinset": String(index + 1), "aria-setsize": String(places.length),
    },
      element("span", { class: "what" }, pair.feature),
      element("span", { class: "facts" },
        `${known.base} → ${known.s}, says ${known.stated ?? "nothing"}; `,
        `self ${mark(known.self)} orig ${mark(known.origRight)}`));
    made.style.top = `${index * rowHeight}px`;
    made.addEventListener("click", () => choose(index));
    return made;
  }
  const mark = (right) => (right === "right" ? "✓" : "✗");

  // Only the rows in view, and a few around them, are in the page.
  function renderList() {
    const first = Math.max(0, Math.floor(list.scrollTop / rowHeight) - 5);
    const last = Math.min(places.length, Math.ceil((list.scrollTop + list.clientHeight) / rowHeight) + 5);
    const made = [];
    for (let index = first; index < last; index++) made.push(option(index));
    rows.replaceChildren(...made);
    if (document.getElementById(`example-${selected}`)) {
      list.setAttribute("aria-activedescendant", `example-${selected}`);
    } else {
      list.removeAttribute("aria-activedescendant");
    }
  }

  function select(index) {
    if (!places.length) return;
    selected = Math.min(places.length - 1, Math.max(0, index));
    const top = selected * rowHeight;
    if (top < list.scrollTop) list.scrollTop = top;
    if (top + rowHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + rowHeight - list.clientHeight;
    renderList();
    detail.replaceChildren(...exampleDetail(data.pairs[places[selected]], filters));
  }

  // As a reader selects: the page's address then names the example, to be copied.
  function choose(index) {
    select(index);
    if (places.length) history.replaceState(null, "", linkOf(data.pairs[places[selected]], filters));
  }

  function applyFilters() {
    filters = Object.fromEntries(new FormData(form));
    filters.explainer = Number(filters.explainer);
    filters.orig = Number(filters.orig);
    places = filtered(filters);
    rows.style.height = `${places.length * rowHeight}px`;
    count.textContent = `${places.length.toLocaleString("en")} of ${data.pairs.length.toLocaleString("en")} examples`;
    list.scrollTop = 0;
    selected = 0;
    renderList();
    detail.replaceChildren();
    select(0);
  }

  // Shows the example that the page's address names, whatever the filters were.
  function followLink() {
    const link = linkedExample();
    if (!link) return;
    // As Clear does, but at once.
    for (const select of form.querySelectorAll("select")) {
      select.selectedIndex = Math.max(0, Array.from(select.options).findIndex((option) => option.defaultSelected));
    }
    form.elements.text.value = "";
    if (link.explainer !== undefined) form.elements.explainer.value = String(link.explainer);
    if (link.orig !== undefined) form.elements.orig.value = String(link.orig);
    applyFilters();
    if (link.place < 0) count.textContent += `; ${link.id} is not among them`;
    else select(places.indexOf(link.place));
    root.scrollIntoView();
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", applyFilters);
  form.addEventListener("reset", () => setTimeout(applyFilters));
  list.addEventListener("scroll", renderList);

  const page = () => Math.max(1, Math.floor(list.clientHeight / rowHeight) - 1);
  const moves = {
    j: () => selected + 1, ArrowDown: () => selected + 1, k: () => selected - 1, ArrowUp: () => selected - 1,
    PageDown: () => selected + page(), PageUp: () => selected - page(), Home: () => 0, End: () => places.length - 1,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    // Letters work wherever the page has the focus, the other keys only in the list: they scroll elsewhere.
    const isLetter = event.key === "j" || event.key === "k";
    if (event.key === "/") form.elements.text.focus();
    else if (moves[event.key] && (isLetter || event.target === list)) choose(moves[event.key]());
    else return;
    event.preventDefault();
  });

  root.hidden = false;
  applyFilters();
  followLink();
  window.addEventListener("hashchange", followLink);
}

const browserRoot = document.getElementById("browser");
if (browserRoot) startBrowser(browserRoot);
