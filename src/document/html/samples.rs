//! Whole files: hostile ones, and pages of newspapers.
//!
//! The pages lie beside the repository and not in it; without them their tests print that they were
//! skipped.

use super::tests::seen;
use crate::document::{Binary, DocumentMeta, LoadError, charset, check, html, plain};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The newspapers' pages, or `None` if they are not there.
fn pages() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/pages");
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: there is no ../shared/data/pages");
    None
}

/// A folder of the hostile files.
fn hostile(folder: &str) -> PathBuf {
    let collection = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile");
    collection.join(folder)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

fn id_of(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// What is to be seen of each hostile page; `-` if nothing is.
#[rustfmt::skip]
const HOSTILE_PAGES: &[(&str, &str)] = &[
    ("h01_script_inline", "p Before | p After"),
    ("h03_svg_onload", "p A"),
    ("h04_a_javascript", "p click"),
    ("h06_iframe_srcdoc", "p text"),
    ("h07_iframe_js", "p x"),
    ("h08_object_data", "-"),
    ("h09_embed", "p t"),
    ("h11_base_href", "p r"),
    ("h12_link_stylesheet", "p t"),
    ("h14_style_attr_url", "p cover"),
    ("h15_formaction", "-"),
    ("h17_details_ontoggle", "p s | p body"),
    ("h18_video_onerror", "p t"),
    ("h19_img_srcset", "p t"),
    ("h22_mxss_noscript", "p \">"),
    ("h23_mxss_nested_form", "-"),
    ("h24_mxss_annotation_xml", "-"),
    ("h25_template", "p t"),
    ("h26_declarative_shadow", "p light"),
    ("h28_cdata", "p t"),
    ("h29_clobber_form", "-"),
    ("h30_clobber_window", "p t"),
    ("h31_self_element", "p nested"),
    ("h34_deep_5000", "p deep"),
    ("h35_deep_b_50k", "p x"),
    ("h36_nul_in_tag", "p (window.__pwned=window.__pwned||[]).push('h36b')t"),
    ("h37_utf7", "p +ADw-script+AD4-(window.__pwned=window.__pwned||[]).push('h37')+ADw-/script+AD4-"),
    ("h39_svg_a_xlink", "-"),
    ("h40_svg_use_data", "p t"),
    ("h41_svg_animate", "-"),
    ("h42_a_ping_target", "p x"),
    ("h43_plaintext", "p a | pre <img src=x onerror=(window.__pwned=window.__pwned||[]).push('h43')></p>"),
    ("h45_select_mxss", "-"),
    ("h47_dangling", "p secret follows"),
    ("h50_accesskey", "p x"),
    ("h51_dialog", "p Session expired"),
    ("h52_speculation", "p t"),
    ("h53_meta_csp", "p t"),
    ("h54_css_exfil", "p t"),
    ("h55_importmap_module", "p t"),
    ("h56_mathml_href", "p x"),
    ("h57_marquee_ontransition", "p m | p p"),
    ("h58_frameset", "-"),
];

#[test]
fn of_a_hostile_page_its_text_is_left() {
    let folder = hostile("html");
    let mut seen_of = Vec::new();
    for path in files(&folder) {
        let (page, _) = charset::decode(&std::fs::read(&path).unwrap(), None);
        seen_of.push((id_of(&path), seen(&page)));
    }
    let expected: Vec<_> = HOSTILE_PAGES
        .iter()
        .map(|(id, blocks)| ((*id).to_owned(), (*blocks).to_owned()))
        .collect();
    assert_eq!(seen_of, expected);
}

#[test]
fn a_hostile_text_is_kept_to_the_character() {
    let folder = hostile("text");
    for path in files(&folder) {
        let bytes = std::fs::read(&path).unwrap();
        let id = id_of(&path);
        if bytes.is_empty() {
            assert_eq!(check(&bytes), Err(LoadError::Empty), "{id}");
            continue;
        }
        assert_eq!(check(&bytes), Ok(()), "{id}");
        let (text, charset) = charset::decode(&bytes, Some("text/plain"));
        let document = plain(text.clone(), DocumentMeta::default()).unwrap();
        assert_eq!(document.text.as_str(), text, "{id}");
        match id.as_str() {
            "t03_utf16le" => assert_eq!(text, "héllo 😀"),
            "t05_latin1" => assert_eq!(text, "café naïve"),
            "t07_newlines" => assert_eq!(document.blocks.len(), 8),
            "t15_many_lines" => assert_eq!(document.blocks.len(), 0),
            _ => {}
        }
        let by_fallback = charset.by == charset::By::Fallback;
        assert_eq!(
            by_fallback,
            matches!(id.as_str(), "t04_invalid_utf8" | "t05_latin1"),
            "{id}"
        );
        if charset.label == "utf-8" {
            assert_eq!(text.as_bytes(), bytes, "{id}");
        }
    }
}

#[test]
fn an_archive_is_refused_whatever_its_name() {
    let bytes = std::fs::read(hostile("import").join("i40_zip_as_html.html")).unwrap();
    assert_eq!(check(&bytes), Err(LoadError::Binary(Binary::Zip)));
}

#[test]
fn of_a_page_of_a_newspaper_everything_shown_is_kept_and_nothing_else() {
    let Some(folder) = pages() else {
        return;
    };
    let manifest = std::fs::read_to_string(folder.join("manifest.json")).unwrap();
    let pages: Vec<Value> = serde_json::from_str(&manifest).unwrap();
    for page in &pages {
        let file = page["file"].as_str().unwrap();
        let (content, charset) = charset::decode(&std::fs::read(folder.join(file)).unwrap(), None);
        if let Some(declared) = page["declared_charset"].as_str() {
            let expected = charset::encoding_of(declared);
            assert_eq!(Some(charset.label), expected, "{file}");
        }
        let document = html(&content, DocumentMeta::default()).unwrap();
        assert!(document.title.is_some(), "{file}");
        for markup in ["</", "function(", "function (", "display:", "src="] {
            assert!(!document.text.as_str().contains(markup), "{file}: {markup}");
        }
        // Counted by another program with other rules for a line.
        let lines = page["visible_lines"].as_f64().unwrap();
        let share = document.blocks.len() as f64 / lines;
        assert!(
            lines < 30.0 || (0.75..1.3).contains(&share),
            "{file}: {share} of the lines"
        );
    }
}

#[test]
fn what_a_page_hides_by_its_markup_is_left_out() {
    let Some(folder) = pages() else {
        return;
    };
    for (file, blocks) in [
        ("23_moz_hidden-nodes.html", "h1 p h2 h2"),
        ("25_moz_visibility-hidden.html", "h1 h2 p p"),
    ] {
        let seen = seen(&std::fs::read_to_string(folder.join(file)).unwrap());
        let kinds: Vec<_> = seen
            .split(" | ")
            .filter_map(|block| block.split(' ').next())
            .collect();
        assert_eq!(kinds.join(" "), blocks, "{file}");
    }
}
