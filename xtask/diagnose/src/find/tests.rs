//! What is found in small profiles.

use super::*;
use crate::read;

/// A case with signs, as a manifest would have them.
fn case(name: &str, signs: serde_json::Value) -> Case {
    Case {
        name: name.into(),
        title: name.into(),
        part: "Memory".into(),
        minutes: 1,
        order: 1,
        symptom: String::new(),
        look: String::new(),
        peer: String::new(),
        signs: serde_json::from_value(signs).unwrap(),
        seen: None,
        folder: "/nowhere".into(),
        bench: "/nowhere".into(),
        dependencies: Vec::new(),
    }
}

fn cases() -> Vec<Case> {
    use serde_json::json;
    vec![
        case("hashing", json!([{"what": "SipHash", "frames": ["hash::sip::"], "least": 0.05}])),
        case(
            "arenas",
            json!([
                {"what": "boxes", "frames": ["malloc"], "under": ["Box<T>::new"], "least": 0.05,
                 "sure": 7},
                {"what": "malloc", "frames": ["malloc"], "least": 0.05, "sure": 2},
            ]),
        ),
        case(
            "pools",
            json!([{"what": "any malloc", "frames": ["malloc"], "least": 0.05, "sure": 3}]),
        ),
        case(
            "tables",
            json!([{"what": "bits", "owner": ["crc*"], "innermost": true,
                               "least": 0.1}]),
        ),
        case(
            "memo",
            json!([{"what": "calls itself", "recursion": 3,
                             "least": 0.2}]),
        ),
        case(
            "batching",
            json!([{"what": "writes", "calls": ["write"], "often": 1000,
                                 "least": 0.5}]),
        ),
    ]
}

fn found(folded: &str) -> Vec<(String, f64)> {
    let found = find(&read::profile(folded.as_bytes()).unwrap(), &cases(), &[]);
    found.findings.into_iter().map(|finding| (finding.case, finding.share)).collect()
}

const ROOT: &str = "_start;main;app::main";

#[test]
fn a_share_that_may_be_chance_is_no_accusation() {
    let of = |hits: u64, all: u64| {
        found(&format!(
            "{ROOT};<core::hash::sip::H>::write {hits}\n{ROOT};app::go {}\n",
            all - hits
        ))
    };
    assert_eq!(of(10, 100), [], "of a hundred samples, ten could be four");
    assert_eq!(of(100, 1_000), [("hashing".into(), 0.1)]);
    assert_eq!(of(40_000_000, 1_000_000_000), [], "nanoseconds are no samples");
}

#[test]
fn the_surest_sign_gets_what_several_explain() {
    let text = format!("{ROOT};app::tree;alloc::boxed::Box<T>::new;malloc 300\n{ROOT} 700\n");
    let found = find(&read::profile(text.as_bytes()).unwrap(), &cases(), &[]);
    let [finding, other] = &found.findings[..] else { panic!("{:?}", found.findings) };
    assert_eq!((other.case.as_str(), other.own, other.perhaps), ("pools", 0.0, true));
    assert!(!finding.perhaps, "pools has nothing that arenas does not explain surer");
    assert_eq!((finding.case.as_str(), finding.own, finding.share), ("arenas", 0.3, 0.3));
    assert_eq!(finding.callers[0].name, "app::tree");
    assert_eq!(finding.overlaps[0], Part { name: "pools".into(), share: 1.0 });
    assert!(finding.low < 0.3 && finding.high > 0.3);
    let other = format!("{ROOT};app::tree;malloc 300\n{ROOT} 700\n");
    assert_eq!(super::tests::found(&other)[0].0, "pools");
}

#[test]
fn the_programs_own_function_is_the_nearest_of_mains_crate() {
    let text = format!(
        "{ROOT};app::sum;core::iter::fold;app::crc32::{{{{closure}}}};core::num::shift 50\n\
         {ROOT};app::sum;app::crc32;regex::run 30\n{ROOT};app::sum 20\n"
    );
    assert_eq!(found(&text), [("tables".into(), 0.5)], "what it calls elsewhere is not its own");
}

#[test]
fn a_function_that_calls_itself_is_counted_by_name() {
    let text =
        format!("{ROOT};app::f;app::f::{{{{closure}}}};app::f 90\n{ROOT};app::f;app::g 10\n");
    assert_eq!(found(&text), [("memo".into(), 0.9)]);
}

#[test]
fn system_calls_are_judged_by_signs_about_them() {
    let table = |count: u64| {
        format!(
            "% time seconds usecs/call calls errors syscall\n 9 0.1 1 {count} write\n 1 0.1 1 9 read\n"
        )
    };
    assert_eq!(found(&table(5_000))[0].0, "batching");
    assert_eq!(found(&table(50)), [], "too few to matter");
}

#[test]
fn what_is_under_none_of_the_programs_functions_is_none_of_its_doing() {
    assert_eq!(found(&format!("ld.so;malloc 600\n{ROOT} 400\n")), []);
}

#[test]
fn where_all_of_a_program_is_in_its_library_that_is_the_readers_own() {
    let text = format!("{ROOT};applib::run;applib::crc32 60\n{ROOT};applib::run 40\n");
    assert_eq!(found(&text), [("tables".into(), 0.6)]);
}

/// The arithmetic of a loop leaves no frames: what is known of its code is all there is.
#[test]
fn machine_code_is_a_sign_where_it_is_known() {
    let signs = serde_json::json!([
        {"what": "a chain", "code_least": {"chains": 1}, "code_most": {"packed": 0}, "least": 0.2},
        {"what": "checks", "frames": ["::index"], "code_most": {"gathers": 0}, "least": 0.2},
    ]);
    let cases = [case("sums", signs)];
    let what = |inside: &str| {
        let text = format!("{ROOT};app::go{inside} 600\n{ROOT} 400\n");
        let found = find(&read::profile(text.as_bytes()).unwrap(), &cases, &[]).findings;
        found.first().map(|finding| (finding.what[0].clone(), finding.frames[0].name.clone()))
    };
    let go = |what: &str| Some((what.to_owned(), "app::go".to_owned()));
    assert_eq!(what(";[code loads=1 chains=1]"), go("a chain"));
    assert_eq!(what(";[code loads=1 chains=1 packed=4]"), None, "it has vectors");
    assert_eq!(what(""), None, "nobody knows");
    let index = |code: &str| what(&format!(";core::slice::index{code}")).map(|(what, _)| what);
    assert_eq!(index("").as_deref(), Some("checks"), "what is not known is no excuse");
    assert_eq!(index(";[code loads=2 gathers=1]"), None);
}

/// What programs that are as they should be have as well accuses none, but where something is wrong
/// it is worth a word.
#[test]
fn what_is_seen_too_often_to_accuse_is_said_beside_another_case() {
    let cases = [
        case("sip", serde_json::json!([{"what": "a", "frames": ["sip::"], "least": 0.1}])),
        case(
            "text",
            serde_json::json!([{"what": "b", "frames": ["str::eq"], "least": 0.5,
                                         "beside_another": 0.1}]),
        ),
        case(
            "wide",
            serde_json::json!([{"what": "c", "frames": ["lanes"], "beside_another": 0.1}]),
        ),
        case(
            "sips",
            serde_json::json!([{"what": "d", "frames": ["sip::"], "least": 0.1, "sure": 1}]),
        ),
    ];
    let said = |text: &str| {
        let found = find(&read::profile(text.as_bytes()).unwrap(), &cases, &[]);
        let said = found.findings.into_iter().map(|of| (of.case, of.perhaps));
        said.collect::<Vec<_>>()
    };
    let of = |case: &str, perhaps| (case.to_owned(), perhaps);
    let text = format!("{ROOT};app::go;core::str::eq 300\n{ROOT};app::lanes 300\n{ROOT} 400\n");
    assert_eq!(said(&text), []);
    let also = format!("{text}{ROOT};app::go;core::sip::write 300\n");
    let [sip, others @ ..] = &said(&also)[..] else { panic!("{also}") };
    assert_eq!(*sip, of("sip", false));
    assert_eq!(others, [of("text", true), of("wide", true)], "before what explains the same only");
    let eaten = format!("{ROOT};app::go;core::sip::write 300\n{ROOT} 700\n");
    assert_eq!(said(&eaten), [of("sip", false), of("sips", true)]);
}

/// A core that was idle may have had nothing to do, and a thread that slept may have had to wait.
#[test]
fn what_is_seen_of_the_whole_run_is_told_and_accuses_nobody() {
    let signs = serde_json::json!([
        {"what": "cores were idle", "idle": 0.4, "least": 0.5},
        {"what": "threads slept", "sleeps": 5_000, "least": 0.5},
    ]);
    let cases = [case("threads", signs)];
    let mut profile = read::profile(b"a::main;a::work 1000\n").unwrap();
    let told = |profile: &Profile| {
        let found = find(profile, &cases, &[]);
        assert!(found.findings.is_empty());
        found.asides.into_iter().map(|(_, what)| what).collect::<Vec<_>>()
    };
    assert!(told(&profile).is_empty(), "nobody knows");
    profile.busy = Some(0.9);
    profile.sleeps = Some(4_999.0);
    assert!(told(&profile).is_empty());
    profile.busy = Some(0.5);
    assert_eq!(told(&profile), ["cores were idle"]);
    profile.sleeps = Some(5_000.0);
    assert_eq!(told(&profile), ["cores were idle", "threads slept"]);
}

/// Of two ways in which a problem is seen each may be too rare, and both together are not.
#[test]
fn signs_of_a_case_that_each_see_too_little_see_enough_together() {
    let signs = serde_json::json!([
        {"what": "a", "frames": ["sip::"], "least": 0.3},
        {"what": "b", "frames": ["eq::"], "least": 0.2},
    ]);
    let cases = [case("words", signs)];
    let said = |sip: u64, eq: u64| {
        let all = 1_000 - sip - eq;
        let text = format!("{ROOT};app::a;sip::h {sip}\n{ROOT};app::a;eq::e {eq}\n{ROOT} {all}\n");
        let found = find(&read::profile(text.as_bytes()).unwrap(), &cases, &[]);
        found.findings.first().map_or(0, |finding| finding.what.len())
    };
    assert_eq!(said(200, 100), 2, "two thirds and a half");
    assert_eq!(said(200, 50), 0, "two thirds and a quarter");
    assert_eq!(said(350, 0), 1);
    assert_eq!(said(0, 150), 0);
}

/// A tree is dropped in its own kind; a list of values is not.
#[test]
fn what_stands_in_its_own_kind_is_told_by_the_frame_itself() {
    let signs = serde_json::json!([
        {"what": "a", "frames": ["drop_in_place"], "nested": 2, "least": 0.1},
    ]);
    let cases = [case("trees", signs)];
    let said = |inside: &str| {
        let text = format!("{ROOT};app::go;{inside};free 500\n{ROOT} 500\n");
        find(&read::profile(text.as_bytes()).unwrap(), &cases, &[]).findings.len()
    };
    let (node, list) =
        ("core::ptr::drop_in_place<app::Node>", "core::ptr::drop_in_place<[app::Node]>");
    assert_eq!(said(&format!("{node};{list};{node}")), 1);
    assert_eq!(said(&format!("{list};{node}")), 0);
}
