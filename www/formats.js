// The formats beside our own JSON: written and read by a module of its own, loaded for the first of
// them. Between the modules goes our JSON.

let loading;

async function program() {
  loading ??= import("./rubricate_formats.js").then((module) => module.default());
  try {
    return await loading;
  } catch (error) {
    loading = undefined;
    throw error;
  }
}

/** Our JSON as a file of that format: `{file, report}`. */
export async function write(json, format, options = {}) {
  const { writeFormat } = await program();
  const { name, mediaType, bytes, report } = writeFormat(json, format, JSON.stringify(options));
  return { file: new File([bytes], name, { type: mediaType }), report: JSON.parse(report) };
}

/** What files of that format hold, or of the one that they tell, as our JSON: `{format, json, report}`. */
export async function read(files, format = "", options = {}) {
  const { readFormat } = await program();
  const named = await Promise.all(
    files.map(async (file) => [file.name ?? "", new Uint8Array(await file.arrayBuffer())]),
  );
  const { report, ...rest } = readFormat(named, format, JSON.stringify(options));
  return { ...rest, report: JSON.parse(report) };
}

/** Whether a text or the beginning of one is our own JSON, as far as it says so itself. */
export const isOurs = (text) => /^\uFEFF?\s*\{\s*"format"\s*:\s*"span-annotations"/.test(text);
