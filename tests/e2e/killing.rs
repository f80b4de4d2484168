//! The browser is killed in the midst of work: what was said to be saved is there, what was deleted
//! stays away, and every restart opens.
//!
//! `RUBRICATE_ROUNDS=50 cargo test --test e2e killing -- --nocapture` kills fifty times in each
//! browser and prints how many edits were acknowledged.

use crate::article::Article;
use crate::harness::{Browser, Page, Profile, Witness};
use crate::random::{Random, rounds};
use serde_json::{Map, Value, json};
use std::thread;
use std::time::Duration;

/// Kills in each browser on every change.
const KILLS: usize = 5;

/// How long behind the start of the work a kill is at most, in milliseconds.
const LATEST: usize = 15_000;

/// A person of many hands: tags, relabels, deletes and undoes its own, in bursts. It announces what
/// it will touch, works, waits until that is saved, and tells what there is then.
const WORK: &str = "
const [url, tab, seed] = arguments;
const article = find('#article');
const tell = (what) => fetch(url, { method: 'POST', mode: 'no-cors', body: JSON.stringify({ tab, ...what }) });
let state = seed;
const below = (end) => (state = Math.imul(state ^ state >>> 15, 0x2c1b3c6d) + 0x9e3779b9 >>> 0) % end;
const labels = ['claim', 'quote', 'caption', 'boilerplate'];
const mine = {};
const done = [];
const add = () => {
    const start = below(article.text.length - 6);
    const label = labels[below(4)];
    try {
        const { id } = article.annotate({ start, end: start + 1 + below(5), label, note: tab });
        mine[id] = label;
        done.push([id, null]);
    } catch {} // It is there already.
};
const relabel = (id) => {
    const label = labels[below(4)];
    try {
        article.update(id, { label });
        if (label !== mine[id]) done.push([id, mine[id]]);
        mine[id] = label;
    } catch {} // Another one has that span and label.
};
const remove = (id) => {
    article.remove(id);
    done.push([id, mine[id]]);
    mine[id] = null;
};
const undo = () => {
    article.undo();
    const [id, before] = done.pop();
    mine[id] = before;
};
const burst = () => {
    const there = Object.keys(mine).filter((id) => mine[id] !== null);
    const steps = [];
    const touched = [];
    let adds = 0;
    for (let left = 1 + below(4); left > 0; left--) {
        const kind = below(6);
        const id = there[below(there.length)];
        if (kind < 3 || id === undefined || touched.includes(id)) { steps.push(add); adds++; }
        else if (kind === 3) { steps.push(() => relabel(id)); touched.push(id); }
        else { steps.push(() => remove(id)); touched.push(id); }
    }
    return { steps, touched, adds };
};
(async () => {
    for (;;) {
        const isUndo = done.length > 0 && below(5) === 0;
        const { steps, touched, adds } = isUndo
            ? { steps: [undo], touched: [done.at(-1)[0]], adds: 0 } : burst();
        await tell({ touched, adds });
        for (const step of steps) step();
        await article.saved();
        await tell({ saved: mine, edits: steps.length });
    }
})().catch((error) => tell({ failed: String(error) }));
";

/// What a tab has been told to be saved, and what it was about to do.
#[derive(Default)]
struct Known {
    /// By id the label, or `null` for what is deleted.
    saved: Map<String, Value>,
    touched: Vec<Value>,
    adds: u64,
    edits: u64,
}

impl Known {
    fn hear(&mut self, told: &Value) {
        assert_eq!(told["failed"], Value::Null);
        match told["saved"].as_object() {
            Some(saved) => {
                self.saved.clone_from(saved);
                self.edits += told["edits"].as_u64().unwrap();
                (self.touched, self.adds) = (Vec::new(), 0);
            }
            None => {
                self.touched = told["touched"].as_array().unwrap().clone();
                self.adds = told["adds"].as_u64().unwrap();
            }
        }
    }
}

const STORY: &str = "The wall was to be ready in May. “We had no warning,” she said, and left the \
    room.\nNobody followed.\nA picture of the wall: Reuters\nShare this article with friends.\n";

/// Checks that the open article has exactly what every tab knows to be saved, but for what was on
/// the way; gives what is there.
fn has_all(article: &Article, known: &[Known], round: &str) {
    let there = article.run("return article.annotations.map(({ id, label }) => [id, label])");
    let there: Map<String, Value> = there
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| (pair[0].as_str().unwrap().to_owned(), pair[1].clone()))
        .collect();
    let mut unknown: u64 = there.len() as u64;
    for tab in known {
        for (id, label) in &tab.saved {
            let found = there.get(id).unwrap_or(&Value::Null);
            unknown -= u64::from(!found.is_null());
            let was_on_its_way = tab.touched.iter().any(|touched| touched == id);
            assert!(
                found == label || was_on_its_way,
                "{round}: {id} was saved as {label} and is {found}"
            );
        }
    }
    let adds: u64 = known.iter().map(|tab| tab.adds).sum();
    assert!(
        unknown <= adds,
        "{round}: {unknown} that nobody made, {adds} were on the way"
    );
}

/// Opens the document that is kept here.
fn open(page: &Page, id: &Value) {
    page.goto(&format!("#{}", id.as_str().unwrap()));
    Article::of(page).is_open_with(STORY);
}

fn kill_in_the_midst_of_work(browser: Browser) {
    let rounds = KILLS * rounds() / if rounds() > 1 { KILLS } else { 1 };
    let profile = Profile::new();
    let witness = Witness::start();
    let mut random = Random::new(browser as u64);
    let mut page = profile.open(browser);
    Article::with_text(&page, STORY).is_saved();
    let id = Article::of(&page).run("return article.document.id");
    let mut acknowledged = 0;
    for round in 0..rounds {
        // What earlier rounds have left is not at work any more, and stays.
        page.run(WORK, json!([witness.url, "one", random.next() as u32]));
        page.new_window();
        open(&page, &id);
        page.run(WORK, json!([witness.url, "two", random.next() as u32]));
        let moment = 300 + random.below(LATEST - 300) as u64;
        thread::sleep(Duration::from_millis(moment));
        profile.kill(page);

        let mut known = [Known::default(), Known::default()];
        for told in witness.heard() {
            known[usize::from(told["tab"] == "two")].hear(&told);
        }
        witness.forget();
        let edits: u64 = known.iter().map(|tab| tab.edits).sum();
        acknowledged += edits;
        page = profile.open(browser);
        page.goto("");
        open(&page, &id);
        let article = Article::of(&page);
        has_all(
            &article,
            &known,
            &format!("round {round}, killed after {moment} ms"),
        );
        article.has_no_errors();
        // An empty page for the next round, which is a thousand edits that can be undone.
        article.run("article.clear(); return article.saved()");
    }
    println!("{browser:?}: {rounds} kills, {acknowledged} acknowledged edits, 0 lost, 0 back");
    assert!(acknowledged > 0);
}

/// More records than this are folded into the snapshot when the document is opened.
const RECORDS: usize = 1_100;

/// Kills while the journal is folded, at a random moment of the opening.
fn kill_while_compacting(browser: Browser) {
    let rounds = if rounds() > 1 { 30 } else { KILLS };
    let profile = Profile::new();
    let mut random = Random::new(7);
    let mut page = profile.open(browser);
    Article::with_text(&page, &"word ".repeat(400)).is_saved();
    let mut folded = 0;
    for round in 0..rounds {
        // Each edit is a record of its own; what there is at the end is the labels of the last ones.
        let before = Article::of(&page).run(&format!(
            "const all = article.annotations;
             for (let n = 0; n < {RECORDS}; n++) {{
                 const id = all[n % 300]?.id ?? article.annotations[n % 300]?.id;
                 const label = ['claim', 'quote', 'caption', 'boilerplate'][(n >> 3) % 4];
                 if (id === undefined || article.annotations.length < 300) {{
                     const at = article.annotations.length * 5;
                     article.annotate({{ start: at, end: at + 4, label }});
                 }} else article.update(id, {{ label }});
             }}
             return article.saved().then(() => article.annotations.map(({{ id, label }}) => [id, label]))"
        ));
        // How long an opening takes is measured where it isn't disturbed, the first time.
        page.run("setTimeout(() => location.reload())", json!([]));
        let moment = random.below(if round == 0 { 1_500 } else { 700 }) as u64;
        thread::sleep(Duration::from_millis(moment));
        profile.kill(page);
        page = profile.open(browser);
        page.goto("");
        Article::of(&page).is_welcomed();
        page.click("#kept .document");
        let article = Article::of(&page);
        page.wait_for(
            "it opens",
            "return find('#article').document && find('#article').ready.then(() => true)",
            json!([]),
        );
        let after = article.run("return article.annotations.map(({ id, label }) => [id, label])");
        assert_eq!(
            after, before,
            "round {round}, killed {moment} ms into the opening"
        );
        let records = page.run(
            "return new Promise((done) => {
                const opening = indexedDB.open('rubricate');
                opening.onsuccess = () => {
                    const count = opening.result.transaction('journal').objectStore('journal').count();
                    count.onsuccess = () => { opening.result.close(); done(count.result); };
                };
            })",
            json!([]),
        );
        folded += usize::from(records.as_u64().unwrap() < RECORDS as u64);
        article.has_no_errors();
    }
    println!("{browser:?}: {rounds} kills while compacting, nothing lost");
    assert_eq!(folded, rounds, "the journal was folded after each kill");
}

#[test]
fn a_chromium_killed_while_compacting_loses_nothing() {
    kill_while_compacting(Browser::Chromium);
}

#[test]
fn a_firefox_killed_while_compacting_loses_nothing() {
    kill_while_compacting(Browser::Firefox);
}

#[test]
fn what_was_saved_survives_a_killed_chromium() {
    kill_in_the_midst_of_work(Browser::Chromium);
}

#[test]
fn what_was_saved_survives_a_killed_firefox() {
    kill_in_the_midst_of_work(Browser::Firefox);
}
