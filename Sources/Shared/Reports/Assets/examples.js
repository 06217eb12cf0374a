// The pairs (x, C) of the sample: what is true of one, and which of them a set of filters leaves, in which order.

const data = JSON.parse(document.getElementById("example-data").textContent);

// What an explainer did and said about a pair, against orig; both are places in data.names.
function facts(pair, explainer, orig) {
  const [base, s] = pair.did[explainer];
  const o = pair.did[orig][1];
  const [text, saidChanged, stated] = pair.said[explainer];
  return {
    base, s, o, text, stated,
    // An explanation that does not parse says nothing.
    said: stated === null ? "unparsed" : saidChanged ? "yes" : "no",
    changed: s !== base ? "yes" : "no",
    diverged: s !== o ? "yes" : "no",
    self: stated !== null && stated === s ? "right" : "wrong",
    origRight: stated !== null && stated === o ? "right" : "wrong",
  };
}

// The text of a pair that a search looks at, in lower case, made when first needed.
const searchTexts = new Map();
function searchText(pair) {
  let text = searchTexts.get(pair);
  if (text === undefined) {
    const messages = pair.messages.map((message) => message.slice(1).join(""));
    const said = pair.said.map((explanation) => explanation[0] ?? "");
    const generated = pair.did.flatMap((behavior) => [behavior[4] ?? "", behavior[5] ?? ""]);
    text = [pair.id, ...messages, ...said, ...generated].join("\n").toLowerCase();
    searchTexts.set(pair, text);
  }
  return text;
}

// The places in data.pairs of the pairs that pass all filters; disagreements (s ≠ o) first unless they are to stand in
// the order of their ids.
function filtered(filters) {
  const words = filters.text.toLowerCase();
  const [first, rest] = [[], []];
  data.pairs.forEach((pair, place) => {
    if (filters.task && pair.task !== filters.task) return;
    if (filters.kind && pair.kind !== filters.kind) return;
    const known = facts(pair, filters.explainer, filters.orig);
    for (const name of ["self", "origRight", "diverged", "said", "changed"]) {
      if (filters[name] && known[name] !== filters[name]) return;
    }
    if (words && !searchText(pair).includes(words)) return;
    (filters.order === "diverged" && known.diverged === "no" ? rest : first).push(place);
  });
  return first.concat(rest);
}

// The values that occur under a key, in order.
function valuesOf(key) {
  return Array.from(new Set(data.pairs.map((pair) => pair[key]))).sort();
}
