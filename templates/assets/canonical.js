// clause-v1, the form in which quotations are compared, and its hash: worked out in the reader's own browser.
const MARKS = [
  [/[\u2018-\u201b\u2032\u00b4\u02bc]/g, "'"],
  [/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"'],
  [/[\u2010-\u2015\u2212]/g, "-"],
  [/[\u2022\u25cf\u25e6\u25aa\u2023\u2043]/g, " "],
  [/[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/g, ""],
];
const BLANKS = /[\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
const mapped = (text) => MARKS.reduce((so, [marks, one]) => so.replace(marks, one), text);

export const clauseV1 = (text) => mapped(mapped(text).normalize("NFKC")).replace(BLANKS, " ").replace(/^ | $/g, "");

export async function clauseSha256(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(clauseV1(text)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The box appears only where it can work: browsers hash on secure pages alone.
const box = document.querySelector("[data-fingerprint]");
if (box && globalThis.crypto?.subtle) {
  const [text, result] = ["textarea", "output"].map((name) => box.querySelector(name));
  let turn = 0;
  const show = async () => {
    const mine = ++turn;
    const hash = text.value.trim() && (await clauseSha256(text.value));
    if (mine === turn) result.textContent = hash && box.dataset.fingerprint + hash;
  };
  text.addEventListener("input", show);
  box.hidden = false;
  show();
}
