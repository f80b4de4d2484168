//! Reading a zip archive within bounds, by what stands in its central directory: what it says of
//! itself is checked against what comes out.

/** The most that is taken out of one archive; an article has 25 MB at most anyway. */
const LIMITS = { entries: 20_000, each: 25_000_000, together: 500_000_000 };

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/** @typedef {{name: string, method: number, crc: number, packed: number, size: number, at: number, encrypted: boolean}} Entry */

/** @param {File} file @param {number} from @param {number} to */
const view = async (file, from, to) => new DataView(await file.slice(from, to).arrayBuffer());

/** @param {File} file */
export async function isArchive(file) {
  if (!/\.zip$/i.test(file.name)) return false;
  const head = await view(file, 0, 4).catch(() => null);
  return head?.byteLength === 4 && [LOCAL, END].includes(head.getUint32(0, true));
}

/** The names are UTF-8 where that is said or comes out right, else of an old encoding. @param {Uint8Array} bytes */
function nameOf(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** @param {File} file @returns {Promise<Entry[]>} */
async function entriesOf(file) {
  // The end has a comment of at most 65,535 bytes behind it.
  const from = Math.max(0, file.size - 65_557);
  const tail = await view(file, from, file.size);
  let at = tail.byteLength - 22;
  while (at >= 0 && tail.getUint32(at, true) !== END) at -= 1;
  if (at < 0) throw new Error("it is cut off, or no zip archive");
  const count = tail.getUint16(at + 10, true);
  const size = tail.getUint32(at + 12, true);
  const start = tail.getUint32(at + 16, true);
  if (count === 0xffff || start === 0xffffffff) throw new Error("it is in the zip64 form; make an archive of less than 4 GB");
  if (count > LIMITS.entries) throw new Error(`it has ${count.toLocaleString("en")} entries, and at most ${LIMITS.entries.toLocaleString("en")} are read`);
  const directory = await view(file, start, start + size);
  /** @type {Entry[]} */
  const entries = [];
  for (let place = 0; entries.length < count; ) {
    if (place + 46 > directory.byteLength || directory.getUint32(place, true) !== CENTRAL) throw new Error("its list of entries is damaged");
    const length = directory.getUint16(place + 28, true);
    const end = place + 46 + length;
    if (end > directory.byteLength) throw new Error("its list of entries is damaged");
    entries.push({
      name: nameOf(new Uint8Array(directory.buffer, place + 46, length)),
      encrypted: (directory.getUint16(place + 8, true) & 1) === 1,
      method: directory.getUint16(place + 10, true),
      crc: directory.getUint32(place + 16, true),
      packed: directory.getUint32(place + 20, true),
      size: directory.getUint32(place + 24, true),
      at: directory.getUint32(place + 42, true),
    });
    place = end + directory.getUint16(place + 30, true) + directory.getUint16(place + 32, true);
  }
  return entries;
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let sum = index;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});

/** @param {File} archive @param {Entry} entry */
async function unpack(archive, entry) {
  if (entry.encrypted) throw new Error("It is encrypted.");
  if (entry.method !== 0 && entry.method !== 8) throw new Error("It is packed by a method that browsers don’t know.");
  if (entry.size > LIMITS.each) throw new Error("It has more than 25 MB.");
  const head = await view(archive, entry.at, entry.at + 30);
  if (head.byteLength < 30 || head.getUint32(0, true) !== LOCAL) throw new Error("It isn’t where the archive says.");
  const start = entry.at + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const packed = archive.slice(start, start + entry.packed).stream();
  const stream = entry.method === 8 ? packed.pipeThrough(new DecompressionStream("deflate-raw")) : packed;
  const reader = stream.getReader();
  const bytes = new Uint8Array(entry.size);
  let length = 0;
  let crc = ~0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Error("It is damaged.");
    });
    if (done) break;
    // A bomb says little of itself and gives much.
    if (length + value.length > entry.size) {
      await reader.cancel().catch(() => {});
      throw new Error("It has more in it than the archive says.");
    }
    bytes.set(value, length);
    length += value.length;
    for (const byte of value) crc = (crc >>> 8) ^ table[(crc ^ byte) & 255];
  }
  if (length !== entry.size || (~crc >>> 0) !== entry.crc) throw new Error("It is damaged.");
  return bytes;
}

/** Whether there is a dataset in it, so that it has to be looked at before it is taken in. @param {File} archive */
export const holdsJson = (archive) =>
  entriesOf(archive).then((entries) => entries.some(({ name }) => /\.json$/i.test(name) && !isHidden(name)), () => false);

/** @param {string} name */
const isHidden = (name) => name.split("/").some((part) => part.startsWith(".") || part === "__MACOSX");

/**
 * The files of an archive one after the other, and what can't be taken out of it.
 * @param {File} archive
 * @returns {AsyncGenerator<File | {name: string, why: string}>}
 */
export async function* filesOf(archive) {
  /** @type {Entry[]} */
  let entries;
  try {
    entries = await entriesOf(archive);
  } catch (error) {
    yield { name: archive.name, why: `The archive was left out: ${/** @type {Error} */ (error).message}.` };
    return;
  }
  const wanted = entries.filter(({ name }) => !name.endsWith("/") && !isHidden(name));
  if (wanted.reduce((sum, { size }) => sum + size, 0) > LIMITS.together) {
    yield { name: archive.name, why: "The archive holds more than 500 MB. Put its files into smaller ones." };
    return;
  }
  for (const entry of wanted) {
    const name = `${archive.name}/${entry.name}`;
    try {
      const bytes = await unpack(archive, entry);
      yield new File([bytes], entry.name.split("/").pop() ?? entry.name);
    } catch (error) {
      yield { name, why: /** @type {Error} */ (error).message };
    }
  }
}
