//! What a label asks of each of its annotations: answered in the card, kept, exported, taken in.

use crate::article::Article;
use crate::harness::{Page, in_each_browser, wait_until_equal};
use serde_json::{Value, json};

const STORY: &str = "“We had no warning,” Ms Adeyemi said.\nThe wall stands by spring.\n";
const QUOTE: &str = "“We had no warning,”";

const LABELS: &str = "[
    { id: 'claim', shortcut: 'C', attributes: [{ id: 'worth', name: 'Check-worthiness', options: ['high', 'low'] }] },
    { id: 'quote', shortcut: 'Q', attributes: [
        { id: 'speaker', name: 'Speaker' },
        { id: 'tone', name: 'Tone', options: ['calm', 'loud'] },
        { id: 'continues', name: 'Continues', type: 'flag' }] }]";

fn open(page: &Page) -> Article<'_> {
    let article = Article::with_text(page, STORY);
    article.run(&format!("article.labelSet = {LABELS}"));
    article
}

/// Opens the card of the active annotation.
fn open_card(article: &Article, page: &Page) {
    article.keys("Enter");
    let open = "const card = find('#article >>> .card');
        return !card.hidden && card.matches(':focus-within')";
    page.wait_for("the card is open", open, json!([]));
}

/// Goes on to the field of an attribute by Tab, as often as it takes.
fn tab_to(page: &Page, name: &str) {
    for _ in 0..12 {
        page.press(&["Tab"]);
        let there = "const at = find('#article').shadowRoot.activeElement;
            return at?.closest('label')?.querySelector('.name')?.textContent === arguments[0]";
        if page.run(there, json!([name])) == json!(true) {
            return;
        }
    }
    panic!("Tab never comes to {name}");
}

fn said(article: &Article) -> Value {
    article.run("return article.annotations.map(({ attributes }) => attributes ?? null)")
}

fn has_said(article: &Article, expected: &Value) {
    wait_until_equal(expected, || said(article));
}

in_each_browser! {
    fn an_attribute_is_set_by_keyboard_kept_shown_undone_and_done_again(page: &Page) {
        let article = open(page);
        article.press("Home S Q");
        article.has_tags(&[("quote", QUOTE)]);
        open_card(&article, page);
        tab_to(page, "Speaker");
        page.type_text("Ms Adeyemi");
        // Leaving the field keeps it, as leaving the note does.
        tab_to(page, "Tone");
        has_said(&article, &json!([{ "speaker": "Ms Adeyemi" }]));
        page.type_text("l");
        page.press(&["Tab"]);
        has_said(&article, &json!([{ "speaker": "Ms Adeyemi", "tone": "loud" }]));
        page.press(&["Space"]);
        let all = json!([{ "speaker": "Ms Adeyemi", "tone": "loud", "continues": true }]);
        has_said(&article, &all);
        page.press(&["Escape"]);
        let row = "return [find('#article >>> .row .said').textContent, find('#article >>> .row').getAttribute('aria-label')]";
        wait_until_equal(&json!([
            "Ms Adeyemi, loud, Continues",
            format!("quote: {QUOTE}, Speaker: Ms Adeyemi, Tone: loud, Continues"),
        ]), || page.run(row, json!([])));
        article.keys("I");
        article.has_said("Quote, 4 words, Speaker: Ms Adeyemi, Tone: loud, Continues");

        article.is_saved();
        article.reload();
        article.run(&format!("article.labelSet = {LABELS}"));
        has_said(&article, &all);
        article.focus();
        article.keys("Z");
        has_said(&article, &json!([{ "speaker": "Ms Adeyemi", "tone": "loud" }]));
        article.keys("Z Z");
        has_said(&article, &json!([null]));
        article.keys("Shift+Z Shift+Z Shift+Z");
        has_said(&article, &all);
        article.has_no_errors();
    }

    fn what_is_being_written_is_kept_when_the_card_goes(page: &Page) {
        let article = open(page);
        article.press("Home S Q");
        open_card(&article, page);
        tab_to(page, "Speaker");
        page.type_text("Ada");
        page.press(&["Escape"]);
        has_said(&article, &json!([{ "speaker": "Ada" }]));
        open_card(&article, page);
        tab_to(page, "Speaker");
        page.press(&["Control+a", "Delete", "Escape"]);
        has_said(&article, &json!([null]));
        article.has_no_errors();
    }

    fn another_label_keeps_what_it_lacks_without_showing_it(page: &Page) {
        let article = open(page);
        article.press("Home S Q");
        article.run("article.update(article.annotations[0].id, { attributes: { speaker: 'Ada' } })");
        article.keys("R C");
        article.has_tags(&[("claim", QUOTE)]);
        open_card(&article, page);
        let fields = "return [...find('#article >>> .card-attributes').querySelectorAll('.name')].map((one) => one.textContent)";
        assert_eq!(page.run(fields, json!([])), json!(["Check-worthiness"]));
        let shown = "return find('#article >>> .row .said').checkVisibility()";
        wait_until_equal(&json!(false), || page.run(shown, json!([])));
        page.press(&["Escape"]);
        article.keys("R Q");
        article.has_tags(&[("quote", QUOTE)]);
        has_said(&article, &json!([{ "speaker": "Ada" }]));
        wait_until_equal(&json!("Ada"), || page.run("return find('#article >>> .row .said').textContent", json!([])));
        article.has_no_errors();
    }

    fn two_tabs_that_set_different_attributes_both_count(page: &Page) {
        let article = open(page);
        article.press("Home S Q");
        article.is_saved();
        let address = page.run("return location.href", json!([]));
        let first = page.tab();
        let second = page.new_tab();
        page.goto(address.as_str().unwrap());
        article.is_open_with(STORY);
        article.run(&format!("article.labelSet = {LABELS}"));
        // Each on its own clock, without waiting for the other.
        let set = |attributes: &str| {
            article.run(&format!("setTimeout(() => article.update(article.annotations[0].id, {{ attributes: {attributes} }}), 5)"));
        };
        set("{ speaker: 'Ada' }");
        page.switch_to(&first);
        set("{ continues: true }");
        let both = json!([{ "speaker": "Ada", "continues": true }]);
        has_said(&article, &both);
        page.switch_to(&second);
        has_said(&article, &both);
        article.is_saved();
        article.reload();
        has_said(&article, &both);
        article.has_no_errors();
    }

    fn what_attributes_say_goes_out_and_comes_back_in_each_format(page: &Page) {
        let article = open(page);
        article.press("Home S Q");
        let there_and_back = "
            const given = { speaker: 'Ms “Adeyemi” 😀', tone: 'loud', continues: true };
            article.update(article.annotations[0].id, { attributes: given });
            const came = {};
            for (const format of ['json', 'hf-jsonl', 'w3c', 'label-studio', 'brat', 'csv', 'uima-json', 'gate-bdoc']) {
                const { file, report } = await article.exportWithReport(format);
                article.clear();
                await article.import(file, format);
                came[format] = article.annotations.map(({ attributes }) => attributes);
                if (JSON.stringify(report).includes('Annotations whose attributes')) came[format] = report;
            }
            const without = await article.exportWithReport('conll2003');
            return [came, JSON.stringify(without.report).includes('Annotations whose attributes are not all in the file: 1.')];";
        let given = json!([{ "speaker": "Ms “Adeyemi” 😀", "tone": "loud", "continues": true }]);
        let done = article.run(&format!("return (async () => {{ {there_and_back} }})()"));
        let (came, told) = (&done[0], &done[1]);
        for (format, said) in came.as_object().unwrap() {
            assert_eq!(said, &given, "{format}");
        }
        assert_eq!(told, &json!(true));
        article.has_no_errors();
    }

    fn the_label_editor_gives_a_label_attributes(page: &Page) {
        let article = Article::with_text(page, STORY);
        let edit = "find('#more [data-act=labels]').click()";
        page.run(edit, json!([]));
        page.wait_for("the labels are shown", "return find('#labels-dialog')?.open", json!([]));
        let click = |row: usize, name: &str| {
            let click = "const [row, name] = arguments;
                [...document.querySelectorAll('.label-row')[row].querySelectorAll('.attributes button')].find((one) => one.textContent === name).click()";
            page.run(click, json!([row, name]));
        };
        click(0, "Ask for “Check-worthiness”");
        click(1, "Ask for “Speaker”");
        click(2, "Add an attribute");
        // The new one has the focus.
        page.type_text("Source of it");
        let set = "const row = document.querySelectorAll('.label-row')[2].querySelector('.attribute-row');
            const type = row.querySelector('select');
            type.value = 'choice';
            type.dispatchEvent(new Event('change'));";
        page.run(set, json!([]));
        let keep = "#labels-dialog > form > .actions .primary";
        page.click(keep);
        page.wait_for("it wants options",
            "return find('#labels-problem').textContent === 'The choice “Source of it” has no options yet: write one on each line.'", json!([]));
        page.click(".label-row:nth-child(3) .attribute-row textarea");
        page.type_text("agency");
        page.press(&["Enter"]);
        page.type_text("own");
        page.click(keep);
        wait_until_equal(&json!([
            [{ "id": "worth", "name": "Check-worthiness", "type": "choice", "options": ["high", "medium", "low"] }],
            [{ "id": "speaker", "name": "Speaker", "type": "text" }],
            [{ "id": "source_of_it", "name": "Source of it", "type": "choice", "options": ["agency", "own"] }],
            null,
        ]), || article.run("return article.labelSet.map(({ attributes }) => attributes ?? null)"));
        article.press("Home S Q");
        open_card(&article, page);
        tab_to(page, "Speaker");
        page.type_text("Ada");
        page.press(&["Escape"]);
        has_said(&article, &json!([{ "speaker": "Ada" }]));
        article.is_saved();
        article.reload();
        assert_eq!(article.run("return article.labelSet[1].attributes[0].name"), json!("Speaker"));
        has_said(&article, &json!([{ "speaker": "Ada" }]));
        // The defaults' definitions have an example each, in the guide and on the bar.
        assert!(article.run("return article.labelSet[3].description").as_str().unwrap().contains("Yes: "));
        let title = "return find('#article >>> .labels [data-label=claim]').title";
        assert!(page.run(title, json!([])).as_str().unwrap().contains("The mayor closed three libraries in May."));
        article.has_no_errors();
    }

    fn a_host_sets_them_and_is_told_what_is_wrong(page: &Page) {
        let article = open(page);
        let script = "
            const thrown = (act) => { try { act(); return 'nothing'; } catch (error) { return `${error.name}: ${error.message}`; } };
            const made = article.annotate({ start: 0, end: 20, label: 'quote', attributes: { speaker: 'Ada', continues: false } });
            const changed = article.update(made.id, { attributes: { speaker: null, tone: 'calm' } });
            const before = JSON.stringify(article.annotations);
            const errors = [
                () => article.update(made.id, { attributes: { mood: 'sad' } }),
                () => article.update(made.id, { attributes: { tone: 'shrill' } }),
                () => article.update(made.id, { attributes: { continues: 'yes' } }),
                () => article.update(made.id, { note: 'n', attributes: { speaker: ['Ada'] } }),
                () => article.update(made.id, { attributes: 'speaker' }),
                () => article.annotate({ start: 21, end: 23, label: 'claim', attributes: { worth: 3 } }),
            ].map(thrown);
            const element = document.createElement('rubricate-article');
            element.storage = 'none';
            document.body.append(element);
            await element.load({ text: article.text });
            element.restore([...article.annotations, { start: 0, end: 1, label: 'x', attributes: { n: 2.5, yes: true } }]);
            const restored = element.annotations.map(({ attributes }) => attributes);
            element.remove();
            return [made.attributes, Object.isFrozen(made.attributes), changed.attributes, errors, before === JSON.stringify(article.annotations), restored];";
        assert_eq!(article.run(&format!("return (async () => {{ {script} }})()")), json!([
            { "speaker": "Ada" }, true, { "tone": "calm" },
            [
                "TypeError: attributes.mood: the label \"quote\" has no such attribute; it has speaker, tone, continues.",
                "RangeError: attributes.tone: \"shrill\" is none of its options, which are calm, loud.",
                "TypeError: attributes.continues must be true or false.",
                "TypeError: attributes.speaker must be a string, a number, true, false or null.",
                "TypeError: attributes must be an object.",
                "TypeError: attributes.worth must be a string.",
            ],
            true,
            [{ "tone": "calm" }, { "n": 2.5, "yes": true }],
        ]));
        let bad = "article.labelSet = [{ id: 'a', attributes: [{ id: 'b', type: 'choice' }] }];
            return article.labelSet.map(({ id }) => id)";
        assert_eq!(article.run(bad), json!(["claim", "quote"]));
    }
}
