//! Any host: wherever a page puts the element, whatever the page is like, it is read, painted and
//! tagged by key and by mouse, and the page has nothing of it but what it asked for.

use crate::harness::{
    Answer, Browser, Host, INSECURE, Page, Point, in_each_browser, wait_until_equal,
};
use serde_json::{Value, json};

const ARTICLE: &str = "<!doctype html><title>News</title><p>First block.<p>The second block.";

/// Watches for what must not happen; a file, since a strict policy lets no script stand in a page.
const WATCH: &str = "
window.seen = [];
window.listened = [];
addEventListener('error', (event) => seen.push(String(event.message)), true);
addEventListener('unhandledrejection', (event) => seen.push(String(event.reason)));
document.addEventListener('securitypolicyviolation', (event) => seen.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
document.addEventListener('rubricate-error', (event) => seen.push(event.detail.message));
const isOurs = (path) => /^\\/(rubricate\\w*\\.(js|wasm)|article\\.html|watch\\.js|host\\.(js|css)|favicon\\.ico)$/.test(path);
new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) {
        const url = new URL(name);
        if (url.origin !== location.origin || !isOurs(url.pathname)) seen.push(`request: ${name}`);
    }
}).observe({ type: 'resource' });
const { addEventListener: listen } = EventTarget.prototype;
EventTarget.prototype.addEventListener = function (type, ...rest) {
    const target = this ?? window;
    const root = target instanceof Node && target.isConnected ? target.getRootNode() : null;
    if (target === window || root && root.host?.localName !== 'rubricate-article')
        window.listened.push(`${target === window ? 'window' : target.nodeName} ${type}`);
    return listen.call(target, type, ...rest);
};
";

const ELEMENT: &str = "<rubricate-article id=article src=article.html></rubricate-article>";

/// A page with this in its head and its body, and the element's script.
fn page_of(head: &str, body: &str) -> Answer {
    Answer::page(&format!(
        "<!doctype html><meta charset=utf-8><title>Host</title><script src=watch.js></script>{head}
        <script type=module src=rubricate.js></script><body>{body}"
    ))
}

/// A site with this page, and perhaps a script and a style sheet of the page's own.
fn host_of(page: Answer, script: &str, style: &str) -> Host {
    Host::start([
        ("/", page),
        (
            "/article.html",
            Answer::file("text/html; charset=utf-8", ARTICLE)
                .with("Access-Control-Allow-Origin", "*"),
        ),
        ("/watch.js", Answer::file("text/javascript", WATCH)),
        ("/host.js", Answer::file("text/javascript", script)),
        ("/host.css", Answer::file("text/css", style)),
    ])
}

/// The element is read, painted, and tagged by keys and by the mouse, without a trace elsewhere.
fn works(page: &Page, article: &str) {
    // A driver gives an object back with all that a host has put on the prototype of objects.
    page.wait_for(
        "it is open",
        "return Boolean(find(arguments[0])?.document)",
        json!([article]),
    );
    page.run("return find(arguments[0]).ready", json!([article]));
    focus(page, article);
    page.press(&["Home", "c"]);
    has_tags(page, article, &["claim: First block."]);
    let text = format!("{article} >>> .text");
    let (mut from, mut to) = page.ends_of_text(&text, "second");
    from.x += 3.0;
    to.x -= 3.0;
    let aside = aside(page);
    (from.x, to.x) = (from.x - aside, to.x - aside);
    page.drag(from, to);
    page.press(&["q"]);
    has_tags(page, article, &["claim: First block.", "quote: second"]);
    page.press(&["z"]);
    has_tags(page, article, &["claim: First block."]);
    let painted = "return [...(window.CSS.highlights ?? [])].filter(([name]) => name.startsWith('rubricate-0-'))
        .reduce((sum, [, highlight]) => sum + highlight.size, 0) > 0";
    page.wait_for("its line is painted", painted, json!([]));
    is_clean(page);
}

/// Gives the article the focus. WebKit lets no script move it into a frame of another origin, so there a
/// click does.
fn focus(page: &Page, article: &str) {
    let is_apart = "try { return !top.document } catch { return true }";
    if page.browser() == Browser::WebKit && page.run(is_apart, json!([])) == json!(true) {
        page.click(&format!("{article} >>> .block"));
    }
    page.run("find(arguments[0]).focus()", json!([article]));
}

/// How far to the right the mouse comes out: Chromium's driver misses in frames.
fn aside(page: &Page) -> f64 {
    let listen = "addEventListener('mousemove', ({ clientX }) => (window.mouseAt = clientX), { capture: true, once: true })";
    page.run(listen, json!([]));
    page.hover_at(Point { x: 100.0, y: 5.0 });
    let at = page.wait_for("the mouse moves", "return window.mouseAt", json!([]));
    at.as_f64().unwrap() - 100.0
}

fn has_tags(page: &Page, article: &str, tags: &[&str]) {
    wait_until_equal(&json!(tags), || {
        let tags =
            "return find(arguments[0]).annotations.map(({ label, text }) => `${label}: ${text}`)";
        page.run(tags, json!([article]))
    });
}

/// Nothing went wrong, nothing was requested, and nobody listens for keys or messages outside.
fn is_clean(page: &Page) {
    assert_eq!(page.run("return seen", json!([])), json!([]));
    let listened = page.run("return listened", json!([]));
    let allowed = [
        // `aside` of these tests listens for this.
        "window mousemove",
        "window pagehide",
        "window beforeprint",
        "window afterprint",
        "window mouseup",
        "#document visibilitychange",
        "#document copy",
        // The value that a form submits follows the element's own events.
        "RUBRICATE-ARTICLE rubricate-load",
        "RUBRICATE-ARTICLE rubricate-change",
    ];
    for one in listened.as_array().unwrap() {
        assert!(allowed.contains(&one.as_str().unwrap()), "{one}");
    }
}

/// The colour of the paper under the text, and whether the element has a box.
fn look(page: &Page, article: &str) -> Value {
    let look = "
        const frame = find(arguments[0]).shadowRoot.querySelector('.interface');
        const text = frame.querySelector('.block');
        const style = getComputedStyle(text);
        return [getComputedStyle(frame).backgroundColor, style.color, style.fontSize, style.textTransform,
            style.letterSpacing, style.textAlign, style.visibility, style.userSelect ?? style.webkitUserSelect,
            frame.getBoundingClientRect().width > 200];";
    page.run(look, json!([article]))
}

in_each_browser! {
    fn in_the_light_dom(page: &Page) {
        let host = host_of(page_of("", ELEMENT), "", "");
        page.goto(&host.at("/"));
        works(page, "#article");
        page.run("document.body.insertAdjacentHTML('beforeend', '<input id=field>'); document.getElementById('field').focus()", json!([]));
        page.press(&["c", "q", "z"]);
        assert_eq!(page.run("return field.value", json!([])), json!("cqz"));
        has_tags(page, "#article", &["claim: First block."]);
        page.run("document.activeElement.blur(); postMessage({ rubricate: 'clear' }, '*')", json!([]));
        page.press(&["z"]);
        has_tags(page, "#article", &["claim: First block."]);
    }

    fn in_shadow_roots(page: &Page) {
        let script = "
            const outer = document.getElementById('outer').attachShadow({ mode: 'open' });
            outer.innerHTML = '<section id=inner></section>';
            const inner = outer.getElementById('inner').attachShadow({ mode: 'open' });
            inner.innerHTML = '<rubricate-article id=article src=article.html></rubricate-article>';";
        let host = host_of(page_of("<script defer src=host.js></script>", "<div id=outer></div>"), script, "");
        page.goto(&host.at("/"));
        works(page, "#outer >>> #inner >>> #article");
    }

    fn in_a_frame_of_the_same_origin(page: &Page) {
        let host = host_of(page_of("", ELEMENT), "", "");
        page.goto(&host.at("/article.html"));
        page.run("document.body.innerHTML = '<iframe id=frame src=\"/\" width=900 height=600 style=\"position: absolute; inset: 0; border: 0\"></iframe>'", json!([]));
        page.enter_frame("#frame");
        works(page, "#article");
        page.leave_frames();
        assert_eq!(page.run("return find('#frame').contentDocument.getElementById('article').text", json!([])), json!("First block.\n\nThe second block."));
    }

    fn in_a_frame_of_another_origin(page: &Page) {
        let host = host_of(page_of("", ELEMENT), "", "");
        let outside = Host::start([("/", Answer::page(&format!("<iframe id=frame src='{}' width=900 height=600 style='position: absolute; inset: 0; border: 0'></iframe>", host.named("localhost", "/"))))]);
        page.goto(&outside.at("/"));
        page.enter_frame("#frame");
        page.wait_for("it is open", "return find('#article')?.document", json!([]));
        let said = page.run("return find('#article').ready.then(() =>
            [find('#article >>> .notice').textContent, find('#article').storageMessage, find('#article').storageState])", json!([]));
        let apart = "This article stands within another site’s page, where browsers keep its storage apart: what you tag may be found here alone. Download it to take it elsewhere.";
        assert!(said[0].as_str().unwrap().starts_with(apart), "{said}");
        assert_eq!([&said[1], &said[2]], [&json!(format!("Saved. {apart}")), &json!("saved")]);
        works(page, "#article");
    }

    fn in_a_frame_without_storage_it_says_so_and_goes_on_in_memory(page: &Page) {
        let host = host_of(page_of("", ELEMENT), "", "");
        let body = "<iframe id=frame src='/' sandbox=allow-scripts width=900 height=600></iframe>";
        page.goto(&host.at("/article.html"));
        page.run("document.body.innerHTML = arguments[0]", json!([body]));
        page.enter_frame("#frame");
        page.wait_for("it is open", "return find('#article')?.document", json!([]));
        page.run("return find('#article').ready", json!([]));
        focus(page, "#article");
        page.press(&["Home", "c"]);
        has_tags(page, "#article", &["claim: First block."]);
        let said = page.run("const { storageState, storageMessage, dirty } = find('#article');
            return [storageState, storageMessage, dirty, find('#article >>> .notice').textContent.includes(storageMessage), seen]", json!([]));
        assert_eq!(said[0], json!("memory"));
        assert_eq!([&said[2], &said[3]], [&json!(true), &json!(true)], "{said}");
        assert_eq!(said[4], json!([said[1]]));
    }

    fn under_a_strict_policy_with_trusted_types(page: &Page) {
        let policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; require-trusted-types-for 'script'";
        let host = host_of(page_of("", ELEMENT).with("Content-Security-Policy", policy), "", "");
        page.goto(&host.at("/"));
        drop(page.errors());
        works(page, "#article");
        page.run("find('#article').showHelp()", json!([]));
        page.run("find('#article').labelSet = [{ id: 'fact', color: '#123456' }]", json!([]));
        is_clean(page);
        assert_eq!(page.errors(), Vec::<String>::new());
    }

    fn under_a_hostile_style_sheet(page: &Page) {
        let plain = host_of(page_of("", ELEMENT), "", "");
        page.goto(&plain.at("/"));
        page.wait_for("it is open", "return find('#article')?.document", json!([]));
        page.run("return find('#article').ready", json!([]));
        let looks = look(page, "#article");
        let style = "
            body { font: 40px/3 cursive; color: #fff; text-transform: uppercase; letter-spacing: 1em; text-align: right;
                white-space: nowrap; word-spacing: 2em; text-indent: 5em; cursor: none; font-variant: small-caps; text-shadow: 9px 9px red; }
            * { all: unset !important; user-select: none !important; -webkit-user-select: none !important; }
            body { font: 40px/3 cursive !important; color: #fff !important; text-transform: uppercase !important;
                letter-spacing: 1em !important; text-align: right !important; white-space: nowrap !important; }
            div { position: fixed !important; z-index: 2147483647 !important; right: 0 !important; bottom: 0 !important; }";
        let host = host_of(page_of("<link rel=stylesheet href=host.css>", &format!("<div>over all</div>{ELEMENT}")), "", style);
        page.goto(&host.at("/"));
        works(page, "#article");
        assert_eq!(look(page, "#article"), looks);
    }

    fn on_an_insecure_origin(page: &Page) {
        if page.browser() == Browser::WebKit {
            return;
        }
        let host = host_of(page_of("", ELEMENT), "", "");
        page.goto(&host.named(INSECURE, "/"));
        let missing = "return [isSecureContext, typeof crypto.subtle, typeof crypto.randomUUID, typeof navigator.locks]";
        assert_eq!(page.run(missing, json!([])), json!([false, "undefined", "undefined", "undefined"]));
        works(page, "#article");
        page.run("return find('#article').saved()", json!([]));
        page.reload();
        page.wait_for("it is open", "return find('#article')?.document", json!([]));
        page.run("return find('#article').ready", json!([]));
        has_tags(page, "#article", &["claim: First block."]);
    }

    fn among_patched_prototypes(page: &Page) {
        let script = "
            for (const prototype of [Object.prototype, Array.prototype, Function.prototype, String.prototype, Element.prototype, Node.prototype])
                for (const name of ['extend', 'each', 'first', 'last', 'inject', 'hide', 'show', 'update', 'select', 'isEmpty'])
                    prototype[name] = function () { return this; };
            const wrap = (prototype, ...names) => {
                for (const name of names) {
                    const original = prototype[name];
                    prototype[name] = function (...all) { return original.apply(this, all); };
                }
            };
            wrap(Node.prototype, 'appendChild', 'insertBefore', 'removeChild', 'cloneNode');
            wrap(Element.prototype, 'setAttribute', 'getAttribute', 'removeAttribute', 'append', 'remove', 'closest', 'matches', 'attachShadow');
            wrap(EventTarget.prototype, 'removeEventListener', 'dispatchEvent');
            wrap(Array.prototype, 'push', 'map', 'forEach', 'slice');
            wrap(Promise.prototype, 'then');
            wrap(window, 'setTimeout', 'requestAnimationFrame', 'fetch');
            Array.from = (all) => [].slice.call(all);
            Object.freeze = (value) => value;
            Event.prototype.stop = function () { this.preventDefault(); };";
        let host = host_of(page_of("<script src=host.js></script>", ELEMENT), script, "");
        page.goto(&host.at("/"));
        works(page, "#article");
        let exported = page.run("const article = find('#article');
            article.labelSet = [{ id: 'fact' }];
            return article.export().then((file) => file.text()).then((text) => JSON.parse(text).annotations.length)", json!([]));
        assert_eq!(exported, json!(1));
    }

    // In a frame, since a driver needs what is replaced here.
    fn among_builtins_that_lie(page: &Page) {
        let script = "
            window.honest = JSON.parse;
            Object.prototype.label = 'evil';
            Object.prototype.toJSON = () => 1;
            Array.prototype.extra = 1;
            Storage.prototype.setItem = () => {};
            JSON.parse = () => ({});
            Array.prototype.map = null;";
        let form = "<form><rubricate-article id=form name=tags storage=none src=article.html></rubricate-article></form>";
        let host = Host::start([
            ("/", Answer::page("<iframe src=lying.html></iframe>")),
            ("/lying.html", page_of("<script src=host.js></script>", &format!("{ELEMENT}{form}"))),
            ("/article.html", Answer::file("text/html; charset=utf-8", ARTICLE)),
            ("/watch.js", Answer::file("text/javascript", WATCH)),
            ("/host.js", Answer::file("text/javascript", script)),
        ]);
        page.goto(&host.at("/"));
        let ask = |script: &str| page.run("return frames[0].eval(arguments[0])", json!([script]));
        let are_open = "customElements.get('rubricate-article') !== undefined && typeof form.ready === 'object' &&
            (article.ready.then(() => (window.a = true)), form.ready.then(() => (window.b = true)), window.a && window.b)";
        page.wait_for("both are open", "return frames[0].eval(arguments[0])", json!([are_open]));
        ask("article.annotate({ start: 0, end: 5, label: 'claim' }); article.saved()");
        // Local storage keeps nothing, and that is said; the other store does.
        assert_eq!(
            ask("`${article.storageState}: ${article.storageMessage}`"),
            json!("saved: Saved. IndexedDB alone keeps your work, since local storage failed (what was put there isn’t there).")
        );
        let value = ask("
            const many = [];
            for (let n = 0; n < 100; n++) many.push({ start: 0, end: 1 + n % 9, label: `x${n}` });
            form.restore(many);
            const written = honest(form.value);
            let said = `${form.annotations.length} ${written.length}`;
            for (const { text } of form.annotations) if (text.length > 8) said += ` ${text}`;
            said");
        let ends = " First bl".to_owned() + "o";
        assert_eq!(value, json!(format!("100 100{}", ends.repeat(11))));
    }

    fn in_a_page_that_runs_from_right_to_left(page: &Page) {
        let host = Host::start([
            ("/", Answer::page(&format!("<!doctype html><html dir=rtl lang=ar><meta charset=utf-8><script src=watch.js></script>
                <script type=module src=rubricate.js></script><body>{ELEMENT}"))),
            ("/article.html", Answer::file("text/html; charset=utf-8", "<p>كلمة أولى هنا.<p>The second block.")),
            ("/watch.js", Answer::file("text/javascript", WATCH)),
        ]);
        page.goto(&host.at("/"));
        page.wait_for("it is open", "return find('#article')?.document", json!([]));
        page.run("return find('#article').ready", json!([]));
        page.run("find('#article').focus()", json!([]));
        // Into the piece, and on by a word: to the left.
        page.press(&["Home", "ArrowLeft", "ArrowLeft", "c"]);
        has_tags(page, "#article", &["claim: أولى"]);
        let mirrored = page.run("
            const box = (path) => find('#article').shadowRoot.querySelector(path).getBoundingClientRect();
            const blocks = find('#article').shadowRoot.querySelectorAll('.block');
            return [box('.label').left > box('.undo').left, ...[...blocks].map((block) => getComputedStyle(block).direction)]", json!([]));
        assert_eq!(mirrored, json!([true, "rtl", "ltr"]));
        is_clean(page);
    }

    fn in_a_page_with_highlights_of_its_own(page: &Page) {
        let script = "
            const range = new Range();
            range.selectNodeContents(document.getElementById('own'));
            CSS.highlights.set('own', new Highlight(range));
            CSS.highlights.set('search', new Highlight());";
        let head = "<script defer src=host.js></script><link rel=stylesheet href=host.css>";
        let host = host_of(page_of(head, &format!("<p id=own>Its own</p>{ELEMENT}")), script, "::highlight(own) { color: red }");
        page.goto(&host.at("/"));
        works(page, "#article");
        // As a search does that clears its hits.
        page.run("CSS.highlights.clear(); CSS.highlights.set('own', new Highlight(new Range())); CSS.highlights.set('search', new Highlight())", json!([]));
        page.press(&["ArrowDown"]);
        let lines = "return [...CSS.highlights].filter(([name]) => /^rubricate-(0-|active)/.test(name)).reduce((sum, [, { size }]) => sum + size, 0)";
        assert_eq!(page.run(lines, json!([])), json!(2));
        let left = page.run("
            const article = find('#article');
            article.remove();
            return new Promise((done) => setTimeout(done)).then(() => [...CSS.highlights].map(([name, highlight]) =>
                [name.startsWith('rubricate-') ? 'ours' : name, highlight.size]).filter(([name, size]) => name !== 'ours' || size > 0))", json!([]));
        assert_eq!(left, json!([["own", 1], ["search", 0]]));
    }
}
