// Runs the phone's engines on cases from standard input and prints what they say: [{kind, …}] → [result].
const fs = require("node:fs"), path = require("node:path");
const home = path.join(__dirname, "../../src/xaso/platform/static/xaso/phone");
for (const name of ["form.js", "search.js"]) require(path.join(home, name));
const given = JSON.parse(fs.readFileSync(0, "utf8"));
const forms = given.forms.map(({ schema, words, today, choices, pages }) =>
  pages.map((page) => {
    const { answers } = xasoForm.read(schema, new Map(Object.entries(page)));
    const errors = xasoForm.validate(schema, answers, { today, choices });
    return { answers, errors: errors.map((error) => [error.path, error.code, xasoForm.wordsOf(error, xasoForm.fieldAt(schema, error.path), words)]) };
  }),
);
const searches = given.searches.map(({ documents, light, queries }) => {
  const find = xasoSearch.indexOf(documents, light);
  return queries.map(find);
});
process.stdout.write(JSON.stringify({ forms, searches }));
