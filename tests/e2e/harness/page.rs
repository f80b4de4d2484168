//! A page in a browser: where it is, what it shows, what went wrong in it.
//!
//! Elements are named by a path of CSS selectors; `>>>` enters a shadow root:
//! `"rubricate-article >>> button.undo"`.

use super::driver::Browser;
use super::input::Point;
use super::session::Session;
use super::site::site_url;
use super::wait::wait_until;
use base64::Engine;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// What every script can call: `find(path)`, the element or `null`.
const PRELUDE: &str = "
const find = (path) => path.split('>>>').reduce(
    (root, selector) => (root?.shadowRoot ?? root)?.querySelector(selector.trim()) ?? null, document);
";

/// Where a text stands: from the left edge of its first character to the right edge of its last.
const TEXT_ENDS: &str = "
const [path, wanted] = arguments;
const root = find(path);
const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
let text = '';
const starts = [];
while (walker.nextNode()) {
    starts.push([text.length, walker.currentNode]);
    text += walker.currentNode.data;
}
const at = text.indexOf(wanted);
if (at < 0) throw new Error('no such text: ' + wanted);
const box = (offset) => {
    const [start, node] = starts.findLast(([start]) => start <= offset);
    const range = document.createRange();
    range.setStart(node, offset - start);
    range.setEnd(node, offset - start + 1);
    return range.getBoundingClientRect();
};
if (box(at).top < 0 || box(at).bottom > innerHeight) {
    starts.findLast(([start]) => start <= at)[1].parentElement.scrollIntoView({ block: 'center' });
}
const first = box(at), last = box(at + wanted.length - 1);
return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
";

/// A browser with a fresh profile, or one that is as good as fresh. Dropping it closes the browser or empties it
/// for a later test; if the test failed, a screenshot is kept and said.
pub struct Page {
    /// For what no method here is for.
    pub session: Session,
}

/// A browser tab, for [`Page::switch_to`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab(Value);

impl Page {
    /// Starts the browser.
    pub fn open(browser: Browser) -> Page {
        Page {
            session: Session::start(browser),
        }
    }

    /// Starts the browser with capabilities that `adapt` has changed.
    pub fn open_with(browser: Browser, adapt: impl FnOnce(&mut Value)) -> Page {
        Page {
            session: Session::start_with(browser, adapt),
        }
    }

    /// The browser that shows it.
    pub fn browser(&self) -> Browser {
        self.session.browser
    }

    /// Goes to a path of the site (`"?src=…"`, `""`) or to a URL, and waits until it is loaded.
    pub fn goto(&self, path: &str) {
        let absolute = ["http:", "https:", "about:", "data:", "file:"]
            .iter()
            .any(|scheme| path.starts_with(scheme));
        let url = if absolute {
            path.to_owned()
        } else {
            format!("{}{path}", site_url())
        };
        self.session.post("/url", &json!({ "url": url })).unwrap();
    }

    /// Loads the page anew.
    pub fn reload(&self) {
        self.session.post("/refresh", &json!({})).unwrap();
    }

    /// Runs the body of a function; `arguments` (an array) are its `arguments`, `find(path)` is
    /// there, a promise is awaited. The error is what the script threw.
    pub fn try_run(&self, script: &str, arguments: Value) -> Result<Value, String> {
        self.session
            .execute(&format!("{PRELUDE}{script}"), &arguments)
    }

    /// The same, for a script that mustn't fail.
    pub fn run(&self, script: &str, arguments: Value) -> Value {
        self.try_run(script, arguments)
            .unwrap_or_else(|error| panic!("{error}\nin the script:\n{script}"))
    }

    /// Has the page run a module of its own, by its text or by `import`. (What a driver's script imports
    /// may be another window's.)
    pub fn run_module(&self, module: &str) {
        let add = "
            const script = document.createElement('script');
            script.type = 'module';
            script.textContent = arguments[0];
            document.head.append(script);";
        self.run(add, json!([module]));
    }

    /// Has the page load the element, and waits for it.
    pub fn define_element(&self) {
        self.run_module("import '/rubricate.js'");
        let defined = "return customElements.whenDefined('rubricate-article').then(() => true)";
        self.run(defined, json!([]));
    }

    /// Runs the script until it returns something that JavaScript takes for true; gives that.
    pub fn wait_for(&self, what: &str, script: &str, arguments: Value) -> Value {
        wait_until(what, || {
            let answer = self.try_run(script, arguments.clone()).ok()?;
            let falsy = [json!(null), json!(false), json!(0), json!("")].contains(&answer);
            (!falsy).then_some(answer)
        })
    }

    /// The text content of an element.
    pub fn text(&self, path: &str) -> String {
        let text = self.run("return find(arguments[0]).textContent", json!([path]));
        text.as_str().unwrap().to_owned()
    }

    /// The middle of an element, which is brought into view.
    pub fn middle(&self, path: &str) -> Point {
        let script = "
            const element = find(arguments[0]);
            if (!element) throw new Error('no such element: ' + arguments[0]);
            element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
            const box = element.getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2];";
        let middle = self.run(script, json!([path]));
        point(&middle[0], &middle[1])
    }

    /// Clicks the middle of an element.
    pub fn click(&self, path: &str) {
        self.click_at(self.middle(path), 1);
    }

    /// Where the first occurrence of `text` inside an element begins and ends, brought into view.
    pub fn ends_of_text(&self, path: &str, text: &str) -> (Point, Point) {
        let ends = self.run(TEXT_ENDS, json!([path, text]));
        (point(&ends[0], &ends[1]), point(&ends[2], &ends[3]))
    }

    /// Goes on inside of a frame.
    pub fn enter_frame(&self, path: &str) {
        let frame = self.run("return find(arguments[0])", json!([path]));
        self.session
            .post("/frame", &json!({ "id": frame }))
            .unwrap();
    }

    /// Goes on in the page, outside of all frames.
    pub fn leave_frames(&self) {
        self.session.post("/frame", &json!({ "id": null })).unwrap();
    }

    /// Gives a file to an `<input type="file">`.
    pub fn choose_file(&self, path: &str, file: &Path) {
        self.choose_files(path, &[file]);
    }

    /// Gives several files to an `<input type="file" multiple>`.
    pub fn choose_files(&self, path: &str, files: &[impl AsRef<Path>]) {
        let paths: Vec<_> = files.iter().map(|file| file.as_ref().to_str()).collect();
        let paths: Option<Vec<&str>> = paths.into_iter().collect();
        let paths = paths.expect("names in UTF-8").join("\n");
        let element = self.run("return find(arguments[0])", json!([path]));
        let reference = element["element-6066-11e4-a52e-4f735466cecf"].as_str();
        let command = format!("/element/{}/value", reference.expect("an element"));
        self.session
            .post(&command, &json!({ "text": paths }))
            .unwrap();
    }

    /// The width of a phone in CSS pixels, or the least that the browser's window can have.
    pub fn phone_width(&self) -> i64 {
        match self.browser() {
            Browser::WebKit => 450,
            Browser::Chromium | Browser::Firefox => 320,
        }
    }

    /// Makes the viewport so many CSS pixels wide and high.
    pub fn resize(&self, width: i64, height: i64) {
        let chrome = self.run(
            "return [outerWidth - innerWidth, outerHeight - innerHeight]",
            json!([]),
        );
        let outer = json!({
            "width": width + chrome[0].as_i64().unwrap(),
            "height": height + chrome[1].as_i64().unwrap(),
        });
        self.session.post("/window/rect", &outer).unwrap();
        if self.browser() == Browser::Firefox {
            // Its windows have a least width (450), so the part that shows the page is limited.
            let limit = "const style = gBrowser.selectedBrowser.style;
                 [style.maxWidth, style.maxHeight] = [arguments[0] + 'px', arguments[1] + 'px'];";
            let size = json!([width, height]);
            self.session.execute_privileged(limit, &size).unwrap();
        }
        self.wait_for(
            "the window has its new size",
            "return innerWidth === arguments[0] && innerHeight === arguments[1]",
            json!([width, height]),
        );
    }

    /// Has the browser refuse local storage and IndexedDB to every page from now on, as it does when
    /// its user forbids cookies.
    pub fn refuse_storage(&self) {
        match self.browser() {
            Browser::Firefox => {
                let refuse = "Services.prefs.setIntPref('network.cookie.cookieBehavior', 2)";
                self.session.change_browser(refuse, &json!([]));
            }
            // Its settings can't be changed while it runs; these are the errors that it gives.
            Browser::Chromium => {
                let refuse = "
                    const refused = () => { throw new DOMException('Access is denied.', 'SecurityError'); };
                    for (const name of ['localStorage', 'indexedDB'])
                        Object.defineProperty(window, name, { get: refused });";
                let add = "Page.addScriptToEvaluateOnNewDocument";
                let source = json!({ "source": refuse });
                self.session.command(add, &source).unwrap();
            }
            Browser::WebKit => {}
        }
    }

    /// How many bytes Chromium gives to all that the page's origin stores; without a number, as many as usual.
    pub fn limit_storage(&self, bytes: Option<u64>) {
        let origin = self.run("return location.origin", json!([]));
        let mut limit = json!({ "origin": origin });
        if let Some(bytes) = bytes {
            limit["quotaSize"] = bytes.into();
        }
        self.session.keep_from_others();
        let command = "Storage.overrideQuotaForOrigin";
        self.session.command(command, &limit).unwrap();
    }

    /// The tab that commands go to.
    pub fn tab(&self) -> Tab {
        Tab(self.session.get("/window").unwrap())
    }

    /// Opens a tab of the same profile and goes on there.
    pub fn new_tab(&self) -> Tab {
        let opened = self
            .session
            .post("/window/new", &json!({ "type": "tab" }))
            .unwrap();
        let tab = Tab(opened["handle"].clone());
        self.switch_to(&tab);
        tab
    }

    /// Opens a window of the same profile and goes on there; the others stay in sight.
    pub fn new_window(&self) -> Tab {
        let opened = self
            .session
            .post("/window/new", &json!({ "type": "window" }))
            .unwrap();
        let tab = Tab(opened["handle"].clone());
        self.switch_to(&tab);
        tab
    }

    /// Goes on in another tab.
    pub fn switch_to(&self, tab: &Tab) {
        self.session
            .post("/window", &json!({ "handle": tab.0 }))
            .unwrap();
    }

    /// Closes the tab that commands go to; another has to be switched to.
    pub fn close_tab(&self) {
        self.session.delete("/window").unwrap();
    }

    /// Saves what the viewport shows as `name.png` among the build's temporary files.
    pub fn screenshot(&self, name: &str) -> PathBuf {
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
        let image = self.session.get("/screenshot").unwrap();
        let image = base64::engine::general_purpose::STANDARD.decode(image.as_str().unwrap());
        fs::write(&file, image.unwrap()).unwrap();
        file
    }

    /// The name and content of the one file that was downloaded, which is then removed.
    pub fn downloaded(&self) -> (String, Vec<u8>) {
        wait_until("a file is downloaded", || {
            let files: Vec<PathBuf> = fs::read_dir(self.session.downloads())
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .collect();
            // An unfinished download is a second file, or has a name that nobody chose.
            let [file] = files.as_slice() else {
                return None;
            };
            let name = file.file_name()?.to_str()?.to_owned();
            let unfinished = [".crdownload", ".part", ".tmp"]
                .iter()
                .any(|end| name.ends_with(end))
                || name.starts_with('.');
            let content = fs::read(file).ok().filter(|content| !content.is_empty())?;
            if unfinished {
                return None;
            }
            fs::remove_file(file).unwrap();
            Some((name, content))
        })
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let test = std::thread::current()
                .name()
                .unwrap_or("test")
                .replace("::", "-");
            // A browser that is gone shows nothing any more.
            if self.session.get("/window").is_ok() {
                // Inside of a frame the driver may refuse both; that is no reason to end the process.
                let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                    eprintln!("screenshot: {}", self.screenshot(&test).display());
                    eprintln!("errors: {:#?}", self.errors());
                }));
            }
        }
    }
}

fn point(x: &Value, y: &Value) -> Point {
    Point {
        x: x.as_f64().unwrap(),
        y: y.as_f64().unwrap(),
    }
}
