//! Bringing an article in: by the file picker, by pasting, by an address; and what is refused.

use crate::article::{Article, TEXT};
use crate::harness::{Page, in_each_browser, site_url, wait_until_equal};
use serde_json::json;
use std::net::TcpListener;

/// Puts HTML and plain text on the clipboard, and pastes.
fn paste(page: &Page, html: &str, text: &str) {
    let on_copy = "const [html, text] = arguments;
        addEventListener('copy', (event) => {
            if (html) event.clipboardData.setData('text/html', html);
            event.clipboardData.setData('text/plain', text);
            event.preventDefault();
            event.stopImmediatePropagation();
        }, { capture: true, once: true });";
    page.run(on_copy, json!([html, text]));
    page.press(&["Control+c", "Control+v"]);
}

/// Tag and text of every block on the screen.
fn blocks(page: &Page) -> Vec<(String, String)> {
    let blocks = "return [...find(arguments[0]).querySelectorAll('.block')]
        .map((block) => [[block.localName, ...block.classList].join('.').replace('.block', ''), block.textContent])";
    serde_json::from_value(page.run(blocks, json!([TEXT]))).unwrap()
}

fn block(kind: &str, text: &str) -> (String, String) {
    (kind.to_owned(), text.to_owned())
}

in_each_browser! {
    fn a_page_that_is_hidden_meanwhile_opens_its_article(page: &Page) {
        let article = Article::start(page);
        let load = "
            window.requestAnimationFrame = () => 0; // As in a page that nobody sees.
            find('#article').load({ text: 'One.' }).then(() => (window.isOpen = true));";
        page.run(load, json!([]));
        let hide = "document.dispatchEvent(new Event('visibilitychange')); return window.isOpen";
        page.wait_for("it is open", hide, json!([]));
        assert_eq!(article.text(), "One.");
    }

    fn plain_text_is_kept_to_the_character(page: &Page) {
        let text = "One\r\ntwo\rthree\tfour\u{a0}five\u{2028}six  \n\n  seven 😀 e\u{301} 👩‍👩‍👧‍👦\u{200b}\nاللغة\u{202e}abc\u{202c}\n";
        let article = Article::with_text(page, text);
        assert_eq!(article.text(), text);
        article.reload();
        assert_eq!(article.text(), text);
        article.has_no_errors();
    }

    fn html_is_shown_with_its_structure(page: &Page) {
        let article = Article::start(page);
        article.open_html(
            "<!doctype html><html lang=en><title>News</title><style>p{}</style><script>1</script>
             <h1>A  flood</h1><p>One <b>two</b>
             three.</p><ul><li>Item</ul><blockquote>Said</blockquote>
             <figure><img src=a.png alt='the dam'><figcaption>The dam</figcaption></figure>
             <pre>a\n b</pre><p hidden>not seen</p>",
        );
        assert_eq!(blocks(page), [
            block("h1.heading", "A flood"),
            block("p.paragraph", "One two three."),
            block("p.list-item", "Item"),
            block("blockquote.block-quotation", "Said"),
            block("p.caption", "[image: the dam]"),
            block("p.caption", "The dam"),
            block("pre.preformatted", "a\n b"),
        ]);
        assert_eq!(article.run("return article.document.title"), json!("News"));
        assert_eq!(page.run("return find(arguments[0]).lang", json!([TEXT])), json!("en"));
        assert_eq!(page.run("return document.title", json!([])), json!("News – Rubricate"));
        article.has_no_errors();
    }

    fn of_what_is_pasted_html_comes_before_plain_text(page: &Page) {
        let article = Article::start(page);
        paste(page, "<h2>Head</h2><p>Body</p>", "Head Body");
        article.is_open_with("Head\n\nBody");
        assert_eq!(blocks(page), [block("h2.heading", "Head"), block("p.paragraph", "Body")]);
        paste(page, "", "Plain\ntext");
        article.is_open_with("Plain\ntext");
        article.has_no_errors();
    }

    fn an_article_is_copied_from_one_page_and_pasted_into_ours(page: &Page) {
        page.goto("sample/river.html");
        page.press(&["Control+a", "Control+c"]);
        let article = Article::start(page);
        page.press(&["Control+v"]);
        page.wait_for("it is open", "return find('#article').document", json!([]));
        article.run("return article.ready");
        let shown = blocks(page);
        assert!(shown.contains(&block("h2.heading", "‘A wall is not a promise’")), "{shown:#?}");
    }

    fn text_is_pasted_into_the_dialog(page: &Page) {
        let article = Article::start(page);
        page.click("#welcome [data-act=paste]");
        page.wait_for("the dialog is open", "return find('#paste-dialog').open", json!([]));
        page.type_text("Two words");
        page.click("#paste-dialog .primary");
        article.is_open_with("Two words");
    }

    fn an_address_in_the_pages_own_is_fetched_only_when_the_user_agrees(page: &Page) {
        let requested = "return performance.getEntriesByType('resource').some(({ name }) => name.includes('river'))";
        let url = format!("{}sample/river.html", site_url());
        let asked = |page: &Page| {
            page.goto(&format!("?src={url}"));
            page.wait_for("it asks", "return !find('#ask').hidden", json!([]));
            assert_eq!(page.text("#ask-address"), url);
            assert_eq!(page.run(requested, json!([])), json!(false));
        };
        let article = Article::start(page);
        asked(page);
        page.click("[data-act=do-not-fetch]");
        page.wait_for("it asks no more", "return find('#ask').hidden", json!([]));
        assert_eq!(page.run(requested, json!([])), json!(false));
        asked(page);
        page.click("[data-act=fetch]");
        article.is_open("river.html");
        assert_eq!(article.run("return article.document.id"), json!(url));
        assert_eq!(page.run(requested, json!([])), json!(true));
        article.has_no_errors();
    }

    fn an_address_that_can_not_be_fetched_is_explained(page: &Page) {
        // A port that nobody listens at stands for every refusal: a browser does not tell them apart.
        let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let article = Article::start(page);
        for (src, says) in [
            (format!("http://127.0.0.1:{closed}/a.html"), format!("127.0.0.1:{closed} can’t be fetched from here")),
            (format!("{}absent.html", site_url()), "answered 404".to_owned()),
        ] {
            page.goto(&format!("?src={src}"));
            page.wait_for("it asks", "return !find('#ask').hidden", json!([]));
            page.click("[data-act=fetch]");
            article.page_has_said(&says);
            article.page_has_said("paste it here");
            article.is_welcomed();
        }
        for src in ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,a"] {
            page.goto(&format!("?src={src}"));
            article.page_has_said("Only http and https addresses can be fetched.");
        }
        page.goto("?src=example");
        article.page_has_said("That isn’t a complete address.");
    }

    fn what_can_not_be_opened_is_said_and_what_was_open_stays(page: &Page) {
        let mut large = vec![b'a'; 25_000_001];
        large[100] = b'\n';
        let refused: [(&str, &[u8], &str); 5] = [
            ("empty.txt", b"", "The file is empty."),
            ("image.txt", b"\x89PNG\r\n\x1a\n", "This is an image, not text."),
            ("report.pdf", b"%PDF-1.7 ...", "This is a PDF file"),
            ("binary.txt", &[0; 2000], "full of bytes that no text has"),
            ("blank.html", b"<!doctype html><script>1</script>", "no text that a reader would see"),
        ];
        let article = Article::start(page);
        for (name, content, says) in refused {
            article.pick(name, content);
            article.page_has_said(says);
            article.is_welcomed();
        }
        article.open_text("One two.");
        article.press("C");
        let large: (&str, &[u8], &str) = ("large.txt", &large, "The file has 26 MB, and at most 25 MB");
        for (name, content, says) in refused.into_iter().chain([large]) {
            article.pick(name, content);
            article.has_noticed(says);
            assert_eq!(article.text(), "One two.");
            article.has_tags(&[("claim", "One two.")]);
        }
        article.has_no_errors();
    }

    fn a_file_is_opened_by_dropping_it_anywhere(page: &Page) {
        let article = Article::start(page);
        let drop = "const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File(['Dropped text.'], 'dropped.txt', { type: 'text/plain' }));
            for (const type of ['dragover', 'drop'])
                document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true }));";
        page.run(drop, json!([]));
        article.is_open_with("Dropped text.");
        assert_eq!(page.text("#title"), "dropped.txt");
        assert_eq!(page.run("return find('#drop').hidden", json!([])), json!(true));
    }

    fn several_files_are_all_kept_and_the_first_is_shown(page: &Page) {
        let article = Article::start(page);
        let files = [article.file("a.txt", "First."), article.file("b.txt", "Second.")];
        let both = files.map(|file| file.display().to_string()).join("\n");
        page.choose_file("#file-input", both.as_ref());
        let listed = "return [...document.querySelectorAll('#documents .document')]
            .map((one) => `${one.querySelector('.name').textContent} ${one.getAttribute('aria-current') ?? ''}`).toSorted()";
        wait_until_equal(&json!(["a.txt true", "b.txt "]), || page.run(listed, json!([])));
        article.is_open_with("First.");
        page.click("#documents .document:not([aria-current])");
        article.is_open_with("Second.");
        page.run("history.back()", json!([]));
        article.is_open_with("First.");
    }
}
