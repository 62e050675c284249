// html-validate over every page of a folder, its argument; it prints what it found as JSON, a file each that has a fault.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

// The recommended rules, and what we do without and why.
const config = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // The standard takes the word in either case.
    "doctype-style": "off",
    // The boxes of one question share a name, as a form is sent, and so does the fieldset around them, by which the script of the
    // search page knows it. The tests of that page send the form.
    "form-dup-name": "off",
    // A title is the claim (at most 120 characters) and the atlas's name. Where it is shown cut it still begins with what is said.
    "long-title": ["error", { maxlength: 160 }],
  },
};

// Its own loader puts the rules together anew for every page, which takes as long as judging it.
class Loaded extends StaticConfigLoader {
  getConfigFor(...given) {
    this.found ??= super.getConfigFor(...given);
    return this.found;
  }
}

const folder = process.argv[2];
const judge = new HtmlValidate(new Loaded(config));
const pages = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
console.log(JSON.stringify(pages.flatMap((name) => judge.validateFileSync(join(folder, name)).results)));
