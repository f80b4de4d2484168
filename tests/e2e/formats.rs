//! Files of every format, made and read by real browsers.

use crate::harness::{Answer, Host, Page, in_each_browser};
use base64::Engine;
use rubricate::format::FORMATS;
use rubricate::format::zip::{Limits, unzip};
use serde_json::{Value, json};
use std::fs;
use std::process::Command;

/// A text in which code points, UTF-16 code units and bytes all differ, with line breaks.
const STORY: &str =
    "😀 Start.\r\nShe said: “We had no warning,” and left cafe\u{301}. مرحبا بالعالم.\n";

/// Puts an element with the story on a page of the site, and tags parts of it, some overlapping; then
/// runs the script, in which `element`, `fresh()` (another one with the same text) and `tags(element)`
/// are there.
fn run(page: &Page, script: &str) -> Value {
    page.goto("icon.svg");
    page.goto("");
    let prepare = "
        const [story] = arguments;
        await customElements.whenDefined('rubricate-article');
        const fresh = async () => {
            const element = document.createElement('rubricate-article');
            element.storage = 'none';
            document.body.append(element);
            await element.load({ text: story, title: 'The story.txt', id: 'story' });
            return element;
        };
        const tags = (element) => element.annotations.map(({ label, text }) => `${label}: ${text}`);
        const element = await fresh();
        const tag = (text, label) => {
            const start = story.indexOf(text);
            return element.annotate({ start, end: start + text.length, label });
        };
        tag('Start.', 'claim');
        tag('“We had no warning,”', 'quote');
        const warning = tag('no warning', 'claim');
        element.update(warning.id, { note: 'a \\u201cnote\\u201d' });
        tag('cafe\\u0301', 'caption');
        tag('بالعالم', 'quote');";
    page.run(
        &format!("return (async () => {{ {prepare} {script} }})()"),
        json!([STORY]),
    )
}

/// All that is tagged, in document order.
const TAGS: [&str; 5] = [
    "claim: Start.",
    "quote: “We had no warning,”",
    "claim: no warning",
    "caption: cafe\u{301}",
    "quote: بالعالم",
];

in_each_browser! {
    fn every_format_goes_out_and_comes_back(page: &Page) {
        let all = run(page, "
            const results = {};
            for (const { id } of element.formats) {
                try {
                    const { file, report } = await element.exportWithReport(id);
                    const other = await fresh();
                    const { added, rejected } = await other.import(file, id);
                    const lost = report.losses.filter(({ ofContent }) => ofContent).map(({ kind }) => kind);
                    results[id] = [file.name, lost, added, rejected, tags(other)];
                    other.remove();
                } catch (error) {
                    results[id] = error.message;
                }
            }
            return results;");
        let files = [
            ("json", "the-story.annotations.json"),
            ("hf-jsonl", "the-story.hf-jsonl.zip"),
            ("w3c", "the-story.w3c.zip"),
            ("spacy-docbin", "the-story.spacy"),
            ("spacy-json", "the-story.jsonl"),
            ("prodigy", "the-story.jsonl"),
            ("doccano", "the-story.jsonl"),
            ("doccano-py", "the-story.jsonl"),
            ("label-studio", "the-story.label-studio.zip"),
            ("brat", "the-story.brat.zip"),
            ("uima-json", "story.json"),
            ("uima-xmi", "the-story.uima-xmi.zip"),
            ("pubannotation", "story.json"),
            ("gate-bdoc", "story.bdocjs"),
        ];
        for (id, file) in files {
            assert_eq!(all[id], json!([file, [], 5, 0, TAGS]), "{id}");
        }
        for (id, file) in [("csv", "the-story.csv"), ("tsv", "the-story.tsv")] {
            assert_eq!(all[id], json!([file, ["text"], 5, 0, TAGS]), "{id}");
        }
        assert_eq!(all["csv-spreadsheet"][4], json!(TAGS));
        // One label a token: the claim within the quotation is left out. The text is not in the file.
        for id in ["conll2003", "bio", "bilou"] {
            let lost = all[id][1].as_array().map_or(0, Vec::len);
            assert!(lost > 0 || all[id].is_string(), "{id}: {}", all[id]);
        }
        assert_eq!(all.as_object().unwrap().len(), 20);
    }

    fn a_format_is_told_by_its_files(page: &Page) {
        let told = run(page, "
            const results = [];
            for (const id of ['json', 'hf-jsonl', 'w3c', 'prodigy', 'label-studio', 'brat', 'uima-xmi', 'csv']) {
                const file = await element.export(id);
                const other = await fresh();
                const imported = await other.import(file);
                results.push([imported.format ?? 'json', imported.added]);
                other.remove();
            }
            return results;");
        let expected = ["json", "hf-jsonl", "w3c", "prodigy", "label-studio", "brat", "uima-xmi", "csv"];
        assert_eq!(told, json!(expected.map(|id| (id, 5))));
    }

    fn what_a_format_cannot_hold_is_said_and_what_is_wrong_with_a_file_too(page: &Page) {
        let said = run(page, "
            const events = [];
            element.addEventListener('rubricate-error', ({ detail }) => events.push([detail.code, detail.message]));
            const { report } = await element.exportWithReport('doccano');
            const note = report.losses.find(({ kind }) => kind === 'note');
            const lossless = await element.export('bio', { lossless: true }).catch(({ message }) => message);
            const wrong = JSON.stringify({ text: story, spans: [{ start: 0, end: 5, label: 'x', text: 'Start' }] });
            const refused = await element.import(wrong, 'hf-jsonl').catch(({ message }) => message);
            const units = JSON.stringify({ text: story, spans: [{ start: 3, end: 8, label: 'claim', text: 'Start' }] });
            const before = tags(element).length;
            const imported = await element.import(units, 'hf-jsonl');
            element.undo();
            return [note?.count, lossless, refused, events, imported.notes, imported.added, tags(element).length - before];");
        let lossy = said[1].as_str().unwrap();
        assert!(lossy.starts_with("The format can't hold all of it, so no file was made. Ann"), "{lossy}");
        let refused = "file, line 1: The words \"Start\" do not stand at 0 to 5, whether that counts code points, UTF-16 code units or bytes.";
        assert_eq!(said, json!([
            1,
            lossy,
            refused,
            [["export", lossy], ["import", refused]],
            ["file, line 1: The offsets count UTF-16 code units: only so do they select the words that the file quotes."],
            1,
            0,
        ]));
    }

    fn a_corpus_goes_out_piece_by_piece(page: &Page) {
        let out = run(page, "
            const { writeAll } = await import('./formats.js');
            const other = await fresh();
            other.annotate({ start: 3, end: 9, label: 'claim' });
            const json = async (element) => (await element.export()).text();
            async function* pieces() {
                yield await json(element);
                yield (await json(other)).replaceAll('\"story\"', '\"other\"');
            }
            const { file, report } = await writeAll(pieces(), 'prodigy', { stem: 'all' });
            const lines = (await file.text()).split('\\n');
            const archive = await writeAll(pieces(), 'brat');
            const unknown = await writeAll(pieces(), 'docx').catch(({ message }) => message);
            return [file.name, lines.length, report.documents, report.annotations, archive.file.name, unknown];");
        assert_eq!(out, json!([
            "all.jsonl", 3, 2, 6, "dataset.brat.zip", "There is no format \"docx\" that can be written.",
        ]));
    }

    fn the_programs_memory_does_not_grow_with_the_corpus(page: &Page) {
        let host = Host::start([("/", Answer::page("<!doctype html><meta charset=utf-8><script type=module>
            const memories = [];
            for (const name of ['instantiate', 'instantiateStreaming']) {
                const real = WebAssembly[name];
                WebAssembly[name] = async (...values) => {
                    const made = await real(...values);
                    memories.push((made.instance ?? made).exports.memory);
                    return made;
                };
            }
            const { writeAll } = await import('/formats.js');
            const text = 'The mayor closed three libraries. '.repeat(1500);
            const piece = (number) => JSON.stringify({
                format: 'span-annotations', version: '1.0.0', offset_unit: 'unicode_code_point', labels: [{ id: 'claim', name: 'Claim' }],
                documents: Array.from({ length: 10 }, (_, at) => ({ id: `${number}-${at}`, text, metadata: {} })),
                annotations: [],
            });
            async function* pieces(count) {
                for (let number = 0; number < count; number++) yield piece(number);
            }
            const afterwards = async (count, format) => {
                const { file, report } = await writeAll(pieces(count), format);
                return [report.documents, memories.at(-1).buffer.byteLength];
            };
            const few = [await afterwards(3, 'hf-jsonl'), await afterwards(3, 'brat')];
            window.measured = [...few, await afterwards(30, 'hf-jsonl'), await afterwards(30, 'brat')];
            </script>"))]);
        page.goto(&host.at("/"));
        let measured = page.wait_for("all is written", "return window.measured", json!([]));
        let counts: Vec<[u64; 2]> = serde_json::from_value(measured).unwrap();
        assert_eq!(counts.iter().map(|[documents, _]| *documents).collect::<Vec<_>>(), [30, 30, 300, 300]);
        // Ten times as much passes through what the first few took.
        assert_eq!(counts[3][1], counts[1][1], "{counts:?}");
    }

    fn the_browser_and_the_command_line_make_the_same_bytes(page: &Page) {
        let made = run(page, "
            const base64 = async (file) => {
                const bytes = new Uint8Array(await file.arrayBuffer());
                return [file.name, btoa(String.fromCharCode(...bytes))];
            };
            const files = {};
            // One export to start from, since it says when it was made.
            const ours = await element.export();
            const { write } = await import('./formats.js');
            for (const { id } of element.formats) {
                const { file } = await write(await ours.text(), id, { stem: 'the-story' });
                files[id] = await base64(file);
            }
            files.ours = await base64(ours);
            return files;");
        let file = |id: &str| {
            let bytes = made[id][1].as_str().unwrap();
            let bytes = base64::engine::general_purpose::STANDARD.decode(bytes).unwrap();
            (made[id][0].as_str().unwrap().to_owned(), bytes)
        };
        let folder = tempfile::tempdir().unwrap();
        let (name, json) = file("ours");
        let input = folder.path().join(name);
        fs::write(&input, json).unwrap();
        for format in FORMATS.iter().filter(|format| format.writes) {
            let (name, bytes) = file(format.id);
            let browsers = match name.ends_with(".zip") {
                true => unzip(&bytes, Limits::default()).unwrap(),
                false => vec![(name, bytes)],
            };
            let out = folder.path().join(format.id);
            let output = Command::new(env!("CARGO_BIN_EXE_rubricate"))
                .args(["convert", "--to", format.id, "--quiet", "-o"])
                .arg(format!("{}/", out.display()))
                .arg(&input)
                .output()
                .unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            for (name, bytes) in &browsers {
                let same = fs::read(out.join(name)).is_ok_and(|other| other == *bytes);
                assert!(same, "{}: {name}", format.id);
            }
            assert_eq!(fs::read_dir(&out).unwrap().count(), browsers.len(), "{}", format.id);
        }
    }
}
