// html-validate's recommended rules, and what we do without and why.
export default {
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
