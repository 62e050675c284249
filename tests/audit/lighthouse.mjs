// Lighthouse over many pages with one browser. Its arguments are the browser and its flags; each line that it reads is an
// address, and each line that it prints is JSON: the scores (0 to 1), figures in milliseconds, what was asked for, and what was
// missed; or the fault. The end of its input ends it, and its browser.
import { createInterface } from "node:readline";
import * as chrome from "chrome-launcher";
import lighthouse, { defaultConfig, Gatherer } from "lighthouse";

// Lighthouse asks for robots.txt in the page's name, which the policy of a page without scripts rightly forbids. So it is
// asked for beside the page, and judged by Lighthouse as ever.
class RobotsTxt extends Gatherer {
  meta = { supportedModes: ["navigation"] };
  async getArtifact({ baseArtifacts }) {
    const answer = await fetch(new URL("/robots.txt", baseArtifacts.URL.finalDisplayedUrl));
    return { status: answer.status, content: await answer.text() };
  }
}

// A mid-range phone on slow 4G, simulated. The pauses are for pages that go on loading; ours are done at once.
const quiet = 250; // milliseconds
const config = {
  ...defaultConfig,
  settings: { pauseAfterFcpMs: quiet, pauseAfterLoadMs: quiet, networkQuietThresholdMs: quiet, cpuQuietThresholdMs: quiet },
  artifacts: defaultConfig.artifacts.map((one) =>
    one.id === "RobotsTxt" ? { ...one, gatherer: { instance: new RobotsTxt() } } : one,
  ),
};

// By how much this processor has to be slowed to stand for that phone. Lighthouse measures it in every run, and its guide to
// throttling says what each measure asks for: four times is right for a fast desktop alone. Never more than that.
const slowdowns = [[150, 1], [800, 2], [1300, 3], [1533, 4]];
const powers = []; // of the runs so far
const latest = 5;

function slowdown() {
  const power = powers.slice(-latest).sort((a, b) => a - b)[Math.floor(Math.min(powers.length, latest) / 2)];
  const next = slowdowns.findIndex(([asked]) => power < asked);
  if (next === 0) return 1;
  if (next < 0) return 4;
  const [[low, least], [high, most]] = [slowdowns[next - 1], slowdowns[next]];
  return least + ((most - least) * (power - low)) / (high - low);
}

const [browser, ...flags] = process.argv.slice(2);
const launched = await chrome.launch({
  chromePath: browser,
  chromeFlags: ["--headless=new", ...flags],
  logLevel: "silent",
});
try {
  for await (const url of createInterface({ input: process.stdin })) {
    // The first run also warms up what it runs in; the next ones ask for the power and for nothing else.
    if (!powers.length) await judge(url, 4);
    while (powers.length < latest) await measure(url);
    console.log(JSON.stringify(await judge(url, slowdown())));
  }
} finally {
  launched.kill();
}

async function measure(url, more = { onlyAudits: ["viewport"] }) {
  const options = { port: launched.port, logLevel: "silent", output: [], disableFullPageScreenshot: true, ...more };
  const { lhr } = await lighthouse(url, options, config);
  powers.push(lhr.environment.benchmarkIndex);
  return lhr;
}

async function judge(url, cpuSlowdownMultiplier) {
  const throttling = { ...defaultConfig.settings.throttling, cpuSlowdownMultiplier };
  const lhr = await measure(url, { throttling });
  if (lhr.runtimeError) return { fault: lhr.runtimeError.message };
  const figure = (audit) => lhr.audits[audit].numericValue;
  return {
    scores: Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, score])),
    lcp: figure("largest-contentful-paint"),
    cls: figure("cumulative-layout-shift"),
    tbt: figure("total-blocking-time"),
    power: lhr.environment.benchmarkIndex,
    slowdown: cpuSlowdownMultiplier,
    asked: lhr.audits["network-requests"].details.items.map((one) => one.url),
    missed: Object.values(lhr.categories).flatMap(({ id, auditRefs }) =>
      auditRefs
        .filter(({ weight }) => weight > 0)
        .map(({ id: audit }) => lhr.audits[audit])
        .filter(({ score }) => score !== null && score < 1)
        .map(({ id: audit, title, displayValue }) => `${id}: ${audit} (${title}) ${displayValue ?? ""}`.trim()),
    ),
  };
}
