// Links to one example, as a fragment of the page's address: #example=ID&part=FEATURE&explainer=NAME&orig=NAME. The
// id alone will do.

function linkOf(pair, filters) {
  const fields = new URLSearchParams({
    example: pair.id, part: pair.part, explainer: data.names[filters.explainer], orig: data.names[filters.orig],
  });
  return `#${fields}`;
}

// What the page's address asks for: a place in data.pairs (-1 where the page does not have that pair), and explainer and
// orig as places in data.names where it names them. null where it asks for no example.
function linkedExample() {
  const fields = new URLSearchParams(location.hash.slice(1));
  const id = fields.get("example");
  if (id === null) return null;
  const part = fields.get("part");
  const named = (field, places) => places.find((place) => data.names[place] === fields.get(field));
  return {
    id, place: data.pairs.findIndex((pair) => pair.id === id && (part === null || pair.part === part)),
    explainer: named("explainer", Array.from({ length: data.explainers }, (_, place) => place)),
    orig: named("orig", data.origs),
  };
}
