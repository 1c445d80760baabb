#!/usr/bin/env bash
# One expects blanks between the children of a flex container to make no item: "if the entire sequence of child text runs contains only
# white space, it is instead not rendered" (CSS Flexible Box Layout 1, section 4). So it is between elements. After a text and a child
# out of the flow (words hidden for the eye, that a screen reader says), Chromium 149 makes an empty item of the blanks, and the container
# grows by its gap. A formatter of templates that puts </button> on a line of its own widens every such button. Seen on
# 30 November 2026, by comparing pictures. The product puts the text and its hidden words in one span.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cd "$folder"
npm install --silent --no-audit --no-fund @sparticuz/chromium@149.0.0 playwright-core@1.65.1 || exit 2
cat >widths.mjs <<'END'
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";

const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: chromium.args, headless: true });
const page = await browser.newPage();
const style = "<style>.flex { display: inline-flex; gap: 8px } .hidden { position: absolute; width: 1px; overflow: hidden }</style>";
const extra = async (children) => {
    const width = async (inside) => {
        await page.setContent(`<!doctype html>${style}<span data-box class="flex">${inside}</span>`);
        return page.evaluate(() => document.querySelector("[data-box]").getBoundingClientRect().width);
    };
    return (await width(`${children}\n`)) - (await width(children));
};
console.log(`Chromium ${browser.version()}`);
console.log("Pixels that a line end before the closing tag adds (expected: 0, 0, 0)");
console.log(`text alone: ${await extra("Send")}`);
console.log(`element, then hidden element: ${await extra('<b>Send</b><b class="hidden"> the form</b>')}`);
console.log(`text, then hidden element: ${await extra('Send<b class="hidden"> the form</b>')}`);
await browser.close();
END
node widths.mjs >seen || exit 2
cat seen
grep -qx "text alone: 0" seen && grep -qx "element, then hidden element: 0" seen && grep -qx "text, then hidden element: 8" seen
