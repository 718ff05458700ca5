//! The folder of pages as a whole, also of a record that means harm; and a house of prose and cases
//! to make pages of.

use cases::{Case, Workspace};
use maud::Render;
use protocol::machine::{Cost, Peak};
use pulldown_cmark::{Event, Parser};
use record::fixture::record;
use record::mutated::HOSTILE;
use record::{Condition, Severity};
use serde_json::Value;

use super::*;
use crate::across::tests as synthetic;
use crate::places;
use crate::render::render_beside;

/// What a page would have if something of a record were alive in it.
pub const LIVE: [&str; 6] =
    ["<script", "<img", "alert(1)</script>", "](javascript", "\n# loud", "{{"];

/// A case without sources.
pub fn case(name: &str) -> Case {
    Case {
        name: name.into(),
        title: name.into(),
        part: "Memory".into(),
        minutes: 5,
        order: 1,
        symptom: "it is slow".into(),
        look: "a profile".into(),
        peer: "memchr".into(),
        signs: Vec::new(),
        seen: None,
        folder: "/nowhere".into(),
        bench: "/nowhere/bench.rs".into(),
        dependencies: Vec::new(),
    }
}

/// A workspace of cases alone.
pub fn workspace(cases: Vec<Case>) -> Workspace {
    Workspace { root: "/".into(), target: "/".into(), cases }
}

/// This very workspace, and what is committed of its records: for what must hold of the book as it
/// is.
pub fn committed() -> (Workspace, Vec<(std::path::PathBuf, Record)>) {
    let workspace = Workspace::load().unwrap();
    let load = |path: std::path::PathBuf| {
        let record = Record::load(&path).unwrap();
        (path, record)
    };
    let records: Vec<_> = workspace.committed_records().into_iter().map(load).collect();
    assert!(!records.is_empty(), "there is a record to hold things against");
    (workspace, records)
}

/// A lab that belongs to no case.
const LAB: &str = "[package]\nname = \"slow\"\n[[bench]]\npath = \"b.rs\"\n\
    [package.metadata.lab]\ntitle = \"A slow <one>\"\npart = \"Diagnosis\"\norder = 1\nminutes = 20\n\
    headline = { input = \"all\", n = 1000 }\nsecond = { input = \"few\", n = 5 }\n\
    reference = \"optimized\"\n";

/// A course with that lab.
const EVENING: &str = "title = \"An evening\"\nabout = \"for the curious\"\n[[session]]\n\
    title = \"All of it\"\ntarget = 60\nitems = [{ break = 5 }, { lab = \"slow\" }]\n";

/// A workspace that can be made a book of, in a folder of its own.
pub struct House {
    /// Prose, and cases with their sources.
    pub workspace: Workspace,
    _folder: tempfile::TempDir,
}

impl House {
    /// With cases of these names.
    pub fn new(names: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let write = |name: &str, text: &str| {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let lib = "#![forbid(unsafe_code)]\nconst RUNGS: &[R] = &[Rung::new(\"naive\", a), \
                   Rung::new(\"wide\", b), Rung::new(\"optimized\", c)];\n";
        let mut cases = Vec::new();
        for name in names {
            write(
                &format!("{name}/README.md"),
                &format!("# {name}\n\nlede\n\n## The job\n\njob\n"),
            );
            write(&format!("{name}/src/lib.rs"), lib);
            for rung in ["naive", "wide", "optimized"] {
                write(&format!("{name}/src/{rung}.rs"), &format!("fn {rung}() {{}}\n"));
            }
            write(&format!("benches/{name}.rs"), "fn main() {}\n");
            let (folder, bench) = (root.join(name), root.join(format!("benches/{name}.rs")));
            cases.push(Case { folder, bench, ..case(name) });
        }
        write("docs/src/introduction.md", "# Casebook\n\n{{ranking}}\n\n{{symptoms}}\n");
        write("docs/src/part-memory.md", "# Memory\n\n{{symptoms}}\n");
        let places = "## Alone and among others\n## Processes that differ\n## Counts\n## Profiles\n## Bills\n## Machine code\n## Several machines\n## Whole programs\n";
        write(
            "docs/src/method.md",
            &format!("# Method\n\n{{{{calibration}}}}\n\n{{{{alone}}}}\n\n{places}"),
        );
        write("docs/src/machine.md", "# This machine\n\n{{machine}}\n");
        write("docs/src/circulating.toml", "claim = []\n");
        for page in
            ["builds", "card", "circulating", "your-data", "record", "architecture", "contributing"]
        {
            write(&format!("docs/src/{page}.md"), &format!("# {page}\n"));
        }
        write("docs/src/course.md", "# How to begin\n\n{{labs}}\n");
        write("docs/src/guess.md", "# Guess\n\n{{guess}}\n");
        write("docs/src/courses.md", "# Outlines\n\n{{outlines}}\n");
        write("docs/courses/evening.toml", EVENING);
        write("crates/slow/Cargo.toml", LAB);
        write("crates/slow/lab/task.md", "# Slow\n\nIt is.\n\n## Questions\n\n1. Why?\n");
        write("docs/src/glossary.md", include_str!("../../../../docs/src/glossary.md"));
        write("docs/casebook.css", ".ci { color: gray }\n");
        write("docs/casebook.js", "\n");
        write("docs/book.toml", "[book]\n[output.html]\nadditional-css = [\"casebook.css\"]\n");
        let target = root.join("target");
        Self { workspace: Workspace { root, target, cases }, _folder: folder }
    }
}

/// Every word of a record made hostile, except what a program has to understand: what cannot be
/// read otherwise, what says that it is a record, and the names by which rungs are known.
fn hostile(record: &Record) -> Record {
    with_words(record, &[HOSTILE], |value| serde_json::from_value::<Record>(value.clone()).is_ok())
}

/// The same as far as a record from elsewhere may be: what is refused stays as it was.
fn hostile_but_read(record: &Record) -> Record {
    let line = HOSTILE.replace('\n', " ");
    let plain = line.replace(['<', '>'], "");
    let words = [HOSTILE, &line, &plain];
    with_words(record, &words, |value| Record::read(&value.to_string()).is_ok())
}

/// Behind every word the first of some that is accepted there.
fn with_words(record: &Record, behind: &[&str], accepted: impl Fn(&Value) -> bool) -> Record {
    let mut value = serde_json::to_value(record).unwrap();
    let mut paths = Vec::new();
    words(&value, &mut String::new(), &mut paths);
    for path in paths {
        let word = value.pointer(&path).and_then(Value::as_str).unwrap().to_owned();
        if path != "/format" && !["naive", "optimized", "peer"].contains(&&*word) {
            let mut put = |text: String| {
                *value.pointer_mut(&path).unwrap() = text.into();
                accepted(&value)
            };
            let _ = behind.iter().any(|behind| put(format!("{word}{behind}"))) || put(word);
        }
    }
    serde_json::from_value(value).unwrap()
}

/// Where words are, as pointers into the value.
fn words(value: &Value, path: &mut String, found: &mut Vec<String>) {
    let mut below = |key: &str, value: &Value| {
        let length = path.len();
        path.push('/');
        path.push_str(&key.replace('~', "~0").replace('/', "~1"));
        words(value, path, found);
        path.truncate(length);
    };
    match value {
        Value::String(_) => found.push(path.clone()),
        Value::Array(all) => {
            all.iter().enumerate().for_each(|(at, value)| below(&at.to_string(), value));
        }
        Value::Object(all) => all.iter().for_each(|(key, value)| below(key, value)),
        _ => {}
    }
}

/// Something in each list that the shared record leaves empty.
pub fn fill_lists(record: &mut Record) {
    record.commit = Some("abc".into());
    let condition =
        |name: &str, severity| Condition { name: name.into(), finding: "found".into(), severity };
    record.conditions = vec![condition("turbo", Severity::Note), condition("power", Severity::Ok)];
    let machine = &mut record.machine;
    machine.system = "linux".into();
    machine.features = vec!["avx2".into()];
    machine.read = vec![(1e3, 9.0), (1e6, 8.0)];
    machine.copy = machine.read.clone();
    machine.latency = machine.read.clone();
    machine.peaks = vec![Peak { vectors: "scalar".into(), flops32: 1.0, flops64: 1.0 }];
    machine.costs = vec![Cost { name: "fault".into(), ns: Some(1.0), how: "touched".into() }];
    let case = record.cases.get_mut("words").unwrap();
    // Two values of what varies make a plot.
    case.description.as_mut().unwrap().axes[0].input = case.scenarios[0].scenario.input.clone();
    case.scenarios[0].alone = vec![Some(100.0), None, Some(10.0)];
    let mut larger = case.scenarios[0].clone();
    larger.scenario.n *= 2;
    case.scenarios.push(larger);
}

/// The shared record with all that, and every word hostile.
fn hostile_fixture() -> Record {
    let mut record = record();
    fill_lists(&mut record);
    let mut record = hostile(&record);
    // Names are words too, and so are the keys under which a file was refused.
    let case = record.cases["words"].clone();
    record.cases.insert(HOSTILE.into(), case);
    record.file.as_mut().unwrap().refused.insert(HOSTILE.into(), HOSTILE.into());
    record
}

/// Records whose conclusions differ, and which say nothing that is not hostile.
fn hostile_records() -> Vec<Record> {
    let flip = |processor, ratios| hostile(&synthetic::record(processor, &[(1_000, ratios)]));
    vec![hostile_fixture(), flip("A", [3.0, 4.0, 3.0]), flip("B", [0.7, 2.0, 2.5])]
}

/// The pages of these records, by name.
pub fn pages(
    house: &House,
    records: &[Record],
    file_record: Option<&Record>,
) -> Result<Vec<(String, String)>> {
    let across = Across::new(&records.iter().collect::<Vec<_>>());
    Book { workspace: &house.workspace, across: &across, file_record }.pages()
}

fn texts(folder: &Path, extension: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let of_kind = entries.filter(|path| path.extension().is_some_and(|of| of == extension));
    let text = |path: std::path::PathBuf| {
        (path.file_name().unwrap().display().to_string(), fs::read_to_string(&path).unwrap())
    };
    of_kind.map(text).collect()
}

/// Words of the shared record, one of each kind that a page shows.
const WORDS: [&str; 28] = [
    "Example, \"fast\" one",
    "linux",
    "avx2",
    "rustc 1.95.0",
    "-C opt-level=3",
    "abc",
    "words.txt",
    "turbo",
    "found",
    "power",
    "memchr",
    "word",
    "wide",
    "no avx2",
    "short, mixed",
    " %",
    "short",
    "interrupted",
    "words::naive::count",
    "memchr::memchr",
    "ret",
    "valgrind-3.19.0",
    "no counters",
    " is no number",
    "branches",
    "scalar",
    "fault",
    "touched",
];

/// The files of a folder and those below it, by path.
fn files(folder: &Path) -> std::collections::BTreeMap<std::path::PathBuf, Vec<u8>> {
    let mut found = std::collections::BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}

/// What a beginner needs before any technique, in the order in which it is needed.
const FIRST: [&str; 5] = ["slow", "--release", "stdout", "println!", "profile"];

#[test]
fn what_comes_before_any_technique_stands_first_and_is_found() {
    let root = committed().0.root;
    let front = fs::read_to_string(root.join("docs/src/introduction.md")).unwrap();
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    for (text, then) in [(&front, "{{ranking}}"), (&readme, "cargo xtask bench-all")] {
        let (first, _) = text.split_once(then).unwrap();
        assert!(FIRST.iter().all(|word| first.contains(word)), "{first}");
    }
    let house = House::new(&["batching"]);
    fs::write(house.workspace.root.join("docs/src/introduction.md"), front).unwrap();
    render_beside(&house.workspace, &[]).unwrap();
    let files = files(&house.workspace.book());
    let is_index = |path: &&std::path::PathBuf| path.to_string_lossy().contains("searchindex");
    let index = files.keys().find(is_index).unwrap();
    let index = String::from_utf8_lossy(&files[index]);
    assert!(FIRST.iter().all(|word| index.contains(word)));
}

#[test]
fn line_ends_of_a_checkout_change_no_page() {
    let house = House::new(&["words"]);
    let sources = files(&house.workspace.root);
    let record = record();
    let made = || {
        render_beside(&house.workspace, &[&record]).unwrap();
        files(&house.workspace.book())
    };
    let plain = made();
    for (path, text) in sources {
        let text = String::from_utf8(text).unwrap().replace('\n', "\r\n");
        fs::write(path, format!("\u{feff}{text}")).unwrap();
    }
    let other = made();
    assert!(plain.keys().eq(other.keys()), "{:?}\n{:?}", plain.keys(), other.keys());
    for (path, text) in plain {
        assert!(text == other[&path], "{}", path.display());
    }
}

#[test]
fn what_a_record_says_is_text_on_every_page() {
    let house = House::new(&["words", "bitsets"]);
    let pages = pages(&house, &hostile_records(), Some(&hostile_fixture())).unwrap();
    for (name, text) in &pages {
        for part in LIVE {
            assert!(!text.contains(part), "{part} on {name}:\n{text}");
        }
    }
    for name in ["index.md", "machines.md", "your-file.md", "words.md", "machine.md", "method.md"] {
        let page = &pages.iter().find(|page| page.0 == name).unwrap().1;
        assert!(page.contains("&lt;script&gt;"), "nothing hostile was shown on {name}:\n{page}");
    }
    // Whatever a page shows was hostile here.
    let all: String = pages.into_iter().map(|(_, text)| text).collect();
    for word in WORDS {
        let word = word.render().into_string();
        assert!(all.contains(&format!("{word}&lt;script&gt;")), "{word} is shown nowhere");
    }
}

/// maud escapes whatever is no template, unless it is told that a text is HTML already; and a link
/// leads where a case of this book is, or where the program says.
#[test]
fn nothing_passes_for_html_and_no_link_leads_where_a_record_says() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let folders = [sources.clone(), sources.join("page"), sources.join("plot")];
    let mut links = 0;
    for (name, text) in folders.iter().flat_map(|folder| texts(folder, "rs")) {
        assert!(!text.contains(concat!("Pre", "Escaped")), "{name} passes a text for HTML");
        let text = text.split("#[cfg(test)]\n").next().unwrap();
        for (_, to) in text.match_indices(" href=").map(|(at, _)| text.split_at(at + 6)) {
            let known = ["\"", "(Link::", "(link)", "(group.link)", "{ (case.name)"];
            let is_known = known.iter().any(|known| to.starts_with(known));
            let reads_links = ["links.rs", "tests.rs"].contains(&&*name);
            assert!(is_known || reads_links, "{name}: href={to:.40}");
            links += 1;
        }
    }
    assert!(links > 10, "{links}");
}

/// Each word by itself, as a record from elsewhere may have it: refused when it is read, or shown.
#[test]
fn no_word_of_a_committed_record_gets_alive_into_a_page() {
    let (_, records) = committed();
    let value = serde_json::to_value(&records[0].1).unwrap();
    let case = records[0].1.cases.keys().next().unwrap();
    let (value, house) = (record::mutated::part(&value, case, 2), House::new(&[case]));
    let mut paths = Vec::new();
    words(&value, &mut String::new(), &mut paths);
    let (mut refused, mut shown) = (0, 0);
    for path in &paths {
        let mut changed = value.clone();
        *changed.pointer_mut(path).unwrap() = HOSTILE.into();
        let Ok(record) = Record::read(&changed.to_string()) else {
            refused += 1;
            continue;
        };
        for (name, text) in pages(&house, &[record], None).unwrap() {
            assert!(!LIVE.iter().any(|part| text.contains(part)), "{path} on {name}:\n{text}");
            shown += usize::from(text.contains("&lt;script&gt;"));
        }
    }
    assert!(refused > 50 && shown > 5, "{refused} of {} refused, {shown} shown", paths.len());
}

#[test]
fn what_a_record_says_is_text_in_the_finished_book() {
    let house = House::new(&["words", "bitsets"]);
    let (records, file_record) = (hostile_records(), house.workspace.file_record());
    let results = house.workspace.root.join("docs/results");
    fs::create_dir_all(&results).unwrap();
    fs::create_dir_all(file_record.parent().unwrap()).unwrap();
    let mut full = record();
    fill_lists(&mut full);
    hostile_but_read(&full).save(&file_record).unwrap();
    let other = hostile_but_read(&synthetic::record("A", &[(1_000, [3.0, 4.0, 3.0])]));
    other.save(&results.join("other.json")).unwrap();
    render_beside(&house.workspace, &records.iter().collect::<Vec<_>>()).unwrap();
    let book = house.workspace.book();
    for (name, text) in texts(&book, "html") {
        let Some((_, text)) = text.split_once("<main>") else { continue };
        let (text, _) = text.split_once("</main>").unwrap();
        for part in ["<script", "<img", "onerror=x>", "href=\"javascript", "loud</a>", "[package]"]
        {
            assert!(!text.contains(part), "{part} on {name}:\n{text}");
        }
    }
    // In a copy no tag is one, and no link leads where a record says.
    for (name, text) in texts(&book, "md") {
        let mut events = Parser::new_ext(&text, places::options());
        let tag = events.find(|event| matches!(event, Event::Html(_) | Event::InlineHtml(_)));
        assert_eq!(tag, None, "{name}:\n{text}");
        assert!(!places::links(&text).iter().any(|to| to.contains("javascript")), "{name}");
        assert!(!places::places(&text).contains("loud"), "{name}:\n{text}");
    }
    // Whatever it says is shown to the last letter.
    let machine = fs::read_to_string(book.join("machine.html")).unwrap();
    let escaped = HOSTILE.replace('<', "&lt;").replace('>', "&gt;");
    assert!(machine.contains(&format!("<td>turbo{escaped}</td>")), "{machine}");
    assert_eq!(crate::links::broken(&book).unwrap(), Vec::<String>::new());
}

#[test]
fn the_table_of_contents_has_every_page_once() {
    let house = House::new(&["words", "bitsets", "arenas"]);
    let pages = pages(&house, &[record()], None).unwrap();
    let contents = &pages.iter().find(|(name, _)| name == "SUMMARY.md").unwrap().1;
    for (name, _) in pages.iter().filter(|(name, _)| name != "SUMMARY.md") {
        assert_eq!(contents.matches(&format!("({name})")).count(), 1, "{name} in\n{contents}");
    }
    for case in &house.workspace.cases {
        let entry = format!("\n- [{0}]({0}.md)\n", case.name);
        assert_eq!(contents.matches(&entry).count(), 1, "{entry} in\n{contents}");
    }
    // Of one record alone there is nothing to hold side by side, and a part without cases is none.
    assert!(!contents.contains("machines.md") && !contents.contains("your-file.md"));
    assert!(contents.contains("\n# Memory\n") && !contents.contains("# The CPU"), "{contents}");
}

#[test]
fn other_machines_and_a_file_have_pages_of_their_own() {
    let house = House::new(&["words"]);
    let record = record();
    let pages = pages(&house, &[record.clone(), record.clone()], Some(&record)).unwrap();
    let contents = &pages.iter().find(|(name, _)| name == "SUMMARY.md").unwrap().1;
    let expected = "# Summary\n\n[Casebook](index.md)\n[Across machines](machines.md)\n\
                    [On your file](your-file.md)\n\n# Memory\n";
    assert!(contents.starts_with(expected), "{contents}");
}

#[test]
fn a_page_that_is_missing_is_named() {
    for page in ["docs/src/record.md", "docs/src/part-memory.md", "words/README.md"] {
        let house = House::new(&["words"]);
        fs::remove_file(house.workspace.root.join(page)).unwrap();
        let error = pages(&house, &[], None).unwrap_err();
        assert!(format!("{error:#}").contains(page), "{error:#}");
    }
    let house = House::new(&["words"]);
    fs::write(house.workspace.root.join("words/README.md"), "# Other\n").unwrap();
    let error = pages(&house, &[], None).unwrap_err();
    assert!(error.to_string().contains("must begin with the heading `# words`"), "{error}");
}

#[test]
fn an_unusual_profile_and_wrapper_are_named_under_the_figures() {
    let of = |profile: &str, wrapper: &str| {
        let (profile, wrapper) = (profile.to_owned(), wrapper.to_owned());
        unusual(&Toolchain { profile, wrapper, ..Toolchain::default() })
    };
    assert_eq!(of("", ""), "");
    assert_eq!(of("release; opt-level=0: regex", ""), "");
    let both = " · profile release, lto=fat · by sccache";
    assert_eq!(of("release, lto=fat; opt-level=0: regex", "sccache"), both);
}
