/* Bundle the scripts of the browser into app/web/built: one file for each page that has any, as the server sends it.
   With --check nothing is written: the name of each file that is not what its modules make is told, and exit 1. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const BUILT = "app/web/built";
/** Name of the file and the module that it begins with. */
const ENTRIES = {
  atlas: "app/assets/main.js",
  booklets: "app/booklets/assets/booklets.js",
  files: "app/data/assets/files.js",
  search: "app/documents/assets/search.js",
  offline: "app/exports/offline/assets/offline.js",
};

const { outputFiles } = await build({
  absWorkingDir: ROOT, entryPoints: ENTRIES, outdir: BUILT, bundle: true, minify: true, format: "iife",
  target: "es2022", charset: "utf8", legalComments: "none", write: false,
});
if (process.argv.includes("--check")) {
  for (const { path, text } of outputFiles) {
    const kept = await readFile(path, "utf8").catch(() => "");
    if (kept === text) continue;
    console.error(`${path.slice(ROOT.length)} : plus d’accord avec ses modules ; tapez : make scripts`);
    process.exitCode = 1;
  }
} else {
  await mkdir(ROOT + BUILT, { recursive: true });
  for (const { path, contents } of outputFiles) await writeFile(path, contents);
}
