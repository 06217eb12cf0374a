// One pair (x, C) in full: the prompt with its feature marked, and what every checkpoint did and said.

function promptOf(pair) {
  return pair.messages.map(([role, ...parts]) => element("div", { class: "message" },
    element("span", { class: "role" }, role),
    element("div", { class: "content", dir: "auto" }, ...(parts.length === 1
      ? parts : [parts[0], element("mark", {}, parts[1]), parts[2]]))));
}

function truth(right) {
  return element("span", { class: right === "right" ? "right" : "wrong" }, right === "right" ? "✓ true" : "✗ false");
}

// What each checkpoint did without and with C; for explainers also what they said, and whether it is true.
function checkpointTable(pair, filters) {
  const rows = data.names.map((name, place) => {
    const [base, s] = pair.did[place];
    const done = [name, base, s, base === s ? "no" : "yes"];
    if (place >= data.explainers) return [...done, "–", "–", "–", "–"];
    const known = facts(pair, place, filters.orig);
    return [...done, element("span", { dir: "auto" }, known.text ?? ""), known.stated ?? "does not parse",
      truth(known.self), truth(known.origRight)];
  });
  return tableOf("What each checkpoint did and said",
    ["NAME", "on x", "on x∖C", "changed", "explanation", "states", "of self", `of orig (${data.names[filters.orig]})`],
    rows, filters.explainer);
}

const logProbability = (value) => (typeof value === "number" ? value.toFixed(3) : "–");

function probabilityTable(pair) {
  const rows = [];
  data.names.forEach((name, place) => {
    const scores = pair.did[place].slice(2, 4);
    ["x", "x∖C"].forEach((input, index) => {
      if (scores[index]) rows.push([`${name} on ${input}`, ...pair.choices.map((_, i) => logProbability(scores[index][i]))]);
    });
  });
  return rows.length ? tableOf("Log-probability of each choice (nats)", ["", ...pair.choices], rows) : null;
}

function generatedTexts(pair) {
  const texts = [];
  data.names.forEach((name, place) => {
    ["x", "x∖C"].forEach((input, index) => {
      const text = pair.did[place][4 + index];
      if (text !== null) texts.push(element("dt", {}, `${name} on ${input}`), element("dd", { dir: "auto" }, text));
    });
  });
  return texts.length ? element("dl", { class: "texts" }, ...texts) : null;
}

function exampleDetail(pair, filters) {
  return [
    element("h3", {}, pair.id),
    element("p", { class: "labels" }, `task ${pair.task}, feature kind ${pair.kind} · `,
      element("a", { href: linkOf(pair, filters) }, "link to this example")),
    ...promptOf(pair),
    checkpointTable(pair, filters),
    pair.choices ? probabilityTable(pair) : null,
    generatedTexts(pair),
  ].filter((part) => part !== null);
}
